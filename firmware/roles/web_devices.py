"""Other boxes on the page: claimed by MAC-ID and POP code, listed, renamed, replaced, removed."""

import json

from .reception import refused, told


def answer(desk, visit, detail):
    """detail: "known", "claim", "rename" or "remove". What the link refuses is answered in its own words."""
    box = desk.box
    if detail == "known":
        return told({"devices": _known(box), "claim": _claim(box, visit)})
    if not box.corridor:
        return refused(visit, "web_link_off")
    try:
        body = json.loads(visit.request.body)
        if detail == "claim":
            return _start(box, visit, body)
        entry, peer = _of(box.corridor, body["mac"])
        if entry is None:
            return refused(visit, "web_no_box", status=404)
        if detail == "rename":
            entry.name = str(body["name"])[:24]
            box.corridor.keep()
        else:
            box.corridor.hub.unpair(peer.mac, box.clock())
        return told({"ok": True})
    except ValueError:
        return refused(visit, "web_mac_wrong")
    except (KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")


def _start(box, visit, body):
    """Call the box of that sticker; GET devices tells how it goes."""
    now_ms = box.clock()
    wait_ms = box.corridor.hub.joining(now_ms).throttle.wait_ms(now_ms)
    if wait_ms:
        return refused(visit, "web_wait", ((wait_ms + 999) // 1000,), 429)
    if len(str(body["pop"]).strip()) < 6:
        return refused(visit, "web_pop_wrong")
    box.corridor.claim(body["mac"], body["pop"], str(body.get("name", ""))[:24], body.get("replaces") or None)
    return told({"ok": True})


def _claim(box, visit):
    """How the last claim goes: {"state", "text"}; None when there is none in memory."""
    corridor = box.corridor
    if not corridor or box.settings.get("role") != "gateway":
        return None
    now_ms = box.clock()
    joining = corridor.hub.joining(now_ms)
    if joining.claim is None:
        return None
    from ..words.words import say
    claim = joining.claim
    word = claim.why or "web_claim_" + claim.state
    return {"state": claim.state, "text": say(visit.language, word, (claim.wait_s,))}


def _of(corridor, mac):
    from ..settings.peers import mac_bytes
    mac = mac_bytes(mac)
    return corridor.peers.find(mac), corridor.hub.peer(mac)


def _known(box):
    """Ourselves first: [{type, id, name, status, gateway}]; status as the guide has it."""
    get = box.settings.get
    found = [{"type": box.identity.model, "id": box.identity.mac, "name": get("name") or box.identity.ssid,
              "status": "Online", "gateway": get("role") == "gateway"}]
    if box.corridor:
        from ..settings.peers import mac_text
        for peer in box.corridor.hub.peers:
            entry = box.corridor.peers.find(peer.mac)
            found.append({"type": entry.kind if entry else "", "id": mac_text(peer.mac),
                          "name": box.corridor.name(peer), "rssi_dbm": peer.rssi,
                          "loss_pct": peer.session.loss_pct(), "gateway": False,
                          "status": "Online via GW" if peer.online else "Offline"})
    return found
