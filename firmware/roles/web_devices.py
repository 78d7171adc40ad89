"""Other boxes on the page: claimed by MAC-ID and POP code, listed, renamed, removed."""

import json

from .reception import told


def answer(desk, visit, detail):
    """detail: "known", "claim", "rename" or "remove". What the link refuses is answered in its own words."""
    box = desk.box
    if detail == "known":
        return told(_known(box))
    try:
        body = json.loads(visit.request.body)
        if not box.corridor:
            return told({"error": "web_no_link"}, 400)
        if detail == "claim":
            claim = box.corridor.claim(body["mac"], body["pop"], body.get("name", ""))
            return told({"ok": True, "state": claim.state if claim else "calling"})
        entry, peer = _of(box.corridor, body["mac"])
        if entry is None:
            return told({"error": "web_no_box"}, 404)
        if detail == "rename":
            entry.name = str(body["name"])[:24]
            box.corridor.keep()
        else:
            box.corridor.hub.unpair(peer.mac, box.clock())
        return told({"ok": True})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return told({"error": str(error)}, 400)


def _of(corridor, mac):
    from ..settings.peers import mac_bytes
    mac = mac_bytes(mac)
    return corridor.peers.find(mac), corridor.hub.peer(mac)


def _known(box):
    """Ourselves first: [{type, id, name, status, gateway}]; status as the guide has it."""
    get = box.settings.get
    found = [{"type": get("role"), "id": box.identity.mac, "name": get("name") or box.identity.ssid,
              "status": "Online", "gateway": get("role") == "gateway"}]
    if box.corridor:
        from ..settings.peers import mac_text
        for peer in box.corridor.hub.peers:
            entry = box.corridor.peers.find(peer.mac)
            found.append({"type": entry.kind if entry else "", "id": mac_text(peer.mac),
                          "name": box.corridor.name(peer), "rssi_dbm": peer.rssi, "gateway": False,
                          "status": "Online via GW" if peer.online else "Offline"})
    return found
