"""A box's end of the link: hub, carriers and the list of paired boxes, joined; what pairing changes is kept.

Loaded only where the link is wanted. Knows what every role must do when boxes come
and go; what they say is handed to the role's `told`. Refuses to know readings.
"""

from ..board import lives
from ..link.hub import Hub
from ..settings.identity import tidy
from ..settings.peers import Peers, mac_bytes, mac_text
from ..tasks.serve_link import serve_link, turn
from .locks import Locks

_TELL_FROM = 4  # wrong codes in a row: from here on the count is worth a write


class Corridor:
    """`hub`, `peers` (settings/peers.py). box: the role; gateway: True on the one that decides.

    told: function (peer, word, body, stamp_ms, index) of the role, for what is not ours.
    """

    def __init__(self, box, gateway, told):
        now_ms = box.clock()
        get = box.settings.get
        self.box = box
        self._told = told
        self.peers = Peers(box.folder).load(lives.last())
        lives.keep(self.peers.boot)
        for note in self.peers.notes:
            box.journal.add(now_ms, *note)
        channel = get("link.channel") if gateway else self.peers.channel
        self.carriers, radio = self._carriers(get("link.way"), gateway, channel)
        pop = box.identity.pop
        self.hub = Hub(mac_bytes(box.identity.mac), self.peers.boot, gateway, box.board.random, now_ms,
                       channel if radio else 0, tidy(pop) if pop else None, self.peers.wrong,
                       _hunt(channel, now_ms) if radio and not gateway else None)
        if radio:
            self.carriers[0].hub = self.hub
        for entry in self.peers.entries:
            self.hub.add(entry.mac, entry.key, now_ms)

    def _carriers(self, way, gateway, channel):
        """(carriers, True when the radio is one of them), as the setting `link.way` says."""
        box, found = self.box, []
        if way != "lan":
            identity = box.identity
            ssid = identity.ssid if gateway else ""
            # Nobody joins an access point without a password; the link needs only its channel.
            password = identity.password or "".join(["%02x" % one for one in box.board.random(12)])
            try:
                found.append(Locks(box.board.radio(channel, ssid, password), gateway))
            except OSError as error:
                box.journal.add(box.clock(), "link_no_radio", str(error))
        radio = bool(found)
        if way != "radio":
            self._add_lan(found, box.settings.get("link.gateway"))
        return found, radio

    def _add_lan(self, found, gateway):
        from ..tasks.link_lan import PORT, Lan
        box = self.box
        try:
            uplink = box.uplink()
            if uplink:
                # An address that DHCP has not given yet: any, so that it works once it has.
                found.append(Lan((uplink.address() or "0.0.0.0", PORT), gateway and (gateway, PORT)))
                return
            why = "network.enabled"
        except OSError as error:
            why = str(error)
        box.journal.add(box.clock(), "link_no_lan", why)

    def start(self, watch):
        """Serve the link from now on, watched."""
        beat = watch.beat_of("serve_link")
        watch.start("serve_link", serve_link(self.hub, self.carriers, self, self.box.clock, beat))

    def turn(self):
        """One look at everything, past the task, which may be dead."""
        turn(self.hub, self.carriers, self, self.box.clock)

    def name(self, peer):
        """What the house calls that box."""
        entry = self.peers.find(peer.mac)
        return entry and entry.name or mac_text(peer.mac)

    def claim(self, mac, pop, name, replaces=None):
        """Gateway: pair with the box of that sticker (texts). ValueError: what is wrong, how long to wait."""
        now_ms = self.box.clock()
        return self.hub.joining(now_ms).start(mac_bytes(mac), tidy(pop), name, now_ms,
                                              mac_bytes(replaces) if replaces else None)

    def heard(self, peer, word, body, stamp_ms, index):
        """Each event of the hub."""
        if peer is None:
            self._own(word, body, index)
            return
        if word == "paired":
            self.peers.put(peer.mac, peer.session.key, peer.name, replaces=peer.replaces)
            if not self.hub.gateway:
                self.peers.entries = self.peers.entries[-1:]  # a member has one gateway
            self.keep()
        note = {"paired": "link_paired", "unpaired": "link_unpaired", "online": "link_online",
                "offline": "link_offline"}.get(word)
        if note:
            self.box.journal.add(self.box.clock(), note, self.name(peer))
        elif word == "undelivered":
            self.box.journal.add(self.box.clock(), "link_undelivered", self.name(peer), index & 31)
        self._told(peer, word, body, stamp_ms, index)
        if word == "unpaired":
            self.peers.drop(peer.mac)
            self.keep()

    def _own(self, word, body, index):
        """What concerns no peer: our channel, our lives, codes that were wrong."""
        now_ms, journal, peers = self.box.clock(), self.box.journal, self.peers
        if word == "channel":
            peers.channel = index
            journal.add(now_ms, "link_channel", index)
        elif word == "boot":
            peers.boot = index
            lives.keep(index)
            journal.add(now_ms, "link_boot", index)
        elif word == "pair_failed":
            journal.add(now_ms, body, index)
            return
        elif word == "wrong_codes":
            peers.wrong = index
            if index:
                journal.add(now_ms, "wrong_codes", index)
            if 0 < index < _TELL_FROM:
                return
        self.keep()

    def keep(self):
        """Put the list of paired boxes on flash."""
        try:
            self.peers.save()
        except OSError as error:
            self.box.journal.add(self.box.clock(), "peers_not_saved", str(error))

    def status(self):
        """Frames not believed, by reason, and each paired box: online, how well it is heard."""
        told = {}
        for peer in self.hub.peers:
            told[self.name(peer)] = {"mac": mac_text(peer.mac), "online": peer.online, "rssi_dbm": peer.rssi,
                                     "loss_pct": peer.session.loss_pct()}
        return {"frames": self.hub.counters, "channel": self.hub.channel, "boxes": told}


def _hunt(channel, now_ms):
    from ..link.hunt import Hunt
    return Hunt(channel, now_ms)
