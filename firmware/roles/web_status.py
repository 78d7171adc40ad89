"""What a page shows of the box as it runs: powers now, lights with reason and next action, the journal."""

from ..core.version import VERSION
from ..words.words import say
from .reception import told

_TEXT_MOST = 400


def answer(desk, visit, detail):
    """detail: "info", "now", "lights", "journal" or "events" (server-sent; web_live.py goes on)."""
    box = desk.box
    if detail == "events":
        return 200, visit.language, None
    if detail == "journal":
        status, headers, _ = told(None)
        return status, headers, _journal(box, visit.language)
    if detail == "lights":
        return told(lights(box, visit.language))
    if detail == "info":
        return told({"product": box.identity.model, "api": "v1", "version": VERSION})
    from .web_live import fields
    values = fields(box, visit.language)
    values["version"] = VERSION
    values["up_s"] = box.journal.tick(box.clock())
    return told(values)


def _journal(box, language):
    """The newest records, oldest first, in the reader's language; piece by piece."""
    from json import dumps

    from ..tasks.report import text_of
    text = "["
    for number, up_s, epoch_s, code, args in box.journal.after(0):
        said = dumps({"n": number, "up_s": up_s, "time": epoch_s, "code": code,
                      "text": text_of(language, code, args)})
        text += said if len(text) < 2 else ", " + said
        if len(text) > _TEXT_MOST:
            yield text.encode()
            text = "  "  # longer than "[": no longer the first
    yield (text + "]").encode()


def lights(box, language):
    """[{id, light, text, do, age_s}]: light is "good", "warn", "bad" or "off"; `do` is the next action."""
    now_ms = box.clock()
    found = []
    for make in (_meter, _inverter, _link, _network, _time):
        name, light, words, action, age_s = make(box, now_ms)
        found.append({"id": name, "light": light, "text": say(language, words[0], words[1:]),
                      "do": say(language, action) if action and light != "good" else "", "age_s": age_s})
    return found


def _meter(box, now_ms):
    if not box.door:
        far = box.latest.meter_box if hasattr(box, "latest") else None
        if far:
            away = box.latest.meter_away
            return ("p1", "bad" if away else "good", ("web_link_away" if away else "web_meter_far", far),
                    "web_link_away_do", _age_s(box, "meter_age_ms", now_ms))
        return "p1", "off", ("web_port_off",), "web_p1_off_do", None
    from .meter_port import diagnose
    words = diagnose(box.door.counters, box.board.line_level(), now_ms)
    return ("p1", "good" if words[0] == "p1_good" else "bad", words, words[0] + "_do",
            _age_s(box, "meter_age_ms", now_ms))


def _inverter(box, now_ms):
    status = box.status(now_ms).get("inverter")
    if not box.drivers and not status:
        return "inverter", "off", ("web_no_inverter",), "web_no_inverter_do", None
    word = status or box.drivers[0].status(now_ms)
    light = "good" if word == "inverter_ok" else "bad"
    if word in ("inverter_starting", "inverter_not_following"):
        light = "warn"
    action = {"inverter_starting": "web_wait_do", "inverter_not_following": "web_display_do",
              "inverter_fault": "web_display_do", "inverter_not_passive": "web_passive_do",
              "inverter_away": "web_link_away_do"}.get(word, "web_inverter_do")
    return "inverter", light, (word,), action, _age_s(box, "heard_age_ms", now_ms)


def _age_s(box, name, now_ms):
    """Seconds since a port was heard, by the snapshot of this instant."""
    if not hasattr(box, "latest"):
        return None
    age_ms = getattr(box.latest.freeze(now_ms), name)
    return None if age_ms is None else age_ms // 1000


def _link(box, now_ms):
    if not box.corridor:
        return "link", "off", ("web_no_link",), "web_no_link_do", None
    peers = box.corridor.hub.peers
    away = [box.corridor.name(peer) for peer in peers if not peer.online]
    if away:
        return "link", "bad", ("web_link_away", ", ".join(away)), "web_link_away_do", None
    if not peers:
        return "link", "warn", ("web_no_link",), "web_no_link_do", None
    weakest = min([peer.rssi or -99 for peer in peers])
    return "link", "good", ("web_link_up", len(peers), weakest), None, None


def _network(box, now_ms):
    address = box.uplink_address()
    if not box.settings.get("network.enabled"):
        return "network", "off", ("web_port_off",), "web_network_off_do", None
    if address:
        return "network", "good", ("uplink_up", address), None, None
    return "network", "warn", ("uplink_no_address",), "web_network_do", None


def _time(box, now_ms):
    if box.journal.began_s is not None:
        return "time", "good", ("web_time_set",), None, None
    return "time", "warn", ("web_no_time",), "web_time_do", None
