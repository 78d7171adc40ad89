"""The self-test's points about the box itself and what was filled in. As web_points.py."""

import gc

_FREE_LEAST = 12000
_APART_MOST_S = 120
_RSSI_LEAST = -75
_LOSS_MOST_PCT = 2


def link(desk, now_ms):
    corridor = desk.box.corridor
    peers = corridor.hub.peers if corridor else ()
    if not peers:
        return "off", "web_no_link", (), None
    worst = "good"
    told = []
    for peer in peers:
        loss, rssi = peer.session.loss_pct() or 0, peer.rssi or 0
        if not peer.online:
            worst = "bad"
        elif (loss > _LOSS_MOST_PCT or rssi < _RSSI_LEAST) and worst == "good":
            worst = "warn"
        told.append("%s %d dBm %d %%" % (corridor.name(peer), rssi, loss))
    return worst, "pt_link", (", ".join(told),), "web_link_away_do"


def network(desk, now_ms):
    box = desk.box
    if not box.settings.get("network.enabled"):
        return "off", "web_port_off", (), None
    address = box.uplink_address()
    return ("good", "uplink_up", (address,), None) if address else (
        "warn", "uplink_no_address", (), "web_network_do")


def time(desk, now_ms):
    box = desk.box
    if box.journal.began_s is None:  # a member without a meter needs none
        return ("bad" if hasattr(box, "latest") else "off"), "web_no_time", (), "web_time_do"
    if not desk.phone_s:
        return "good", "web_time_set", (), None
    apart_s = abs(box.journal.began_s + box.journal.tick(now_ms) - desk.phone_s)
    return ("good" if apart_s <= _APART_MOST_S else "warn"), "pt_time", (apart_s,), "pt_time_do"


def memory(desk, now_ms):
    gc.collect()
    free = gc.mem_free() if hasattr(gc, "mem_free") else _FREE_LEAST
    return ("good" if free >= _FREE_LEAST else "warn"), "pt_memory", (free // 1000,), "pt_memory_do"


def access(desk, now_ms):
    from ..settings import kept
    get = desk.box.settings.get
    if "owner" not in kept.load("accounts", desk.box.folder):
        return "warn", "pt_access_owner", (), "pt_access_owner_do"
    if not get("web.ap_minutes"):
        return "warn", "pt_access_open", (), "pt_access_open_do"
    return "good", "pt_access", (get("web.ap_minutes"),), None


def bands(desk, now_ms):
    get = desk.box.settings.get
    least, buffer = get("control.min_soc_pct"), get("control.buffer_pct")
    if not get("control.enabled"):
        return "bad", "why_off", (), "pt_control_do"
    numbers = (get("control.desired_peak_w"), least, buffer)
    return ("warn" if least < 10 else "good"), "pt_bands", numbers, "pt_bands_do"


def house(desk, now_ms):
    """Name, address, place and panels, without which no report and no forecast."""
    get = desk.box.settings.get
    lacks = [name for name in ("name", "installation.address", "installation.latitude", "panels.groups",
                               "inverter.capacity_wh") if get(name) in (None, "")]
    if not lacks:
        return "good", "pt_house", (), None
    from ..words.words import say
    language = desk.language
    called = ", ".join([say(language, "set_" + one.replace(".", "_")) for one in lacks])
    return "warn", "pt_lacks", (called,), "pt_lacks_do"


def contract(desk, now_ms):
    from ..settings import kept
    found = kept.load("contract", desk.box.folder)
    if not found:
        return "warn", "pt_contract_none", (), "pt_contract_do"
    return "good", "pt_contract", (found["area"], found["contract"]), None


POINTS = (("link", link), ("network", network), ("time", time), ("memory", memory), ("access", access),
          ("bands", bands), ("house", house), ("contract", contract))
