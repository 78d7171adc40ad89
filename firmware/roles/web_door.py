"""Opens the pages of a box: its Wi-Fi, the names that lead to it, the door and the desk behind it."""

from ..tasks.serve_web import serve_web
from .reception import Desk
from .web_wifi import Wifi

_HTTP, _DNS = 80, 53


def open_web(box, watch):
    """Start the tasks. What fails is journaled: a box without pages still does its work."""
    get, port = box.settings.get, box.settings.get("web.port")
    desk = Desk(box)
    desk.wifi = Wifi(box, box.board.panel())
    try:
        desk.wifi.bring_up(box.clock())
    except (OSError, ValueError) as error:
        desk.wifi = None
        box.journal.add(box.clock(), "web_not_opened", str(error))
    if hasattr(box, "latest"):
        from ..web.history import History
        desk.history = History(box.clock())
    if get("network.enabled"):
        try:
            box.uplink()
        except OSError as error:
            box.journal.add(box.clock(), "web_not_opened", str(error))
    beat = watch.beat_of("serve_web")
    watch.start("serve_web", lambda: serve_web(desk, beat, port), essential=False)
    if port == _HTTP:
        from ..tasks.serve_dns import serve_dns
        name_beat = watch.beat_of("serve_dns")
        watch.start("serve_dns", lambda: serve_dns(name_beat, _DNS), essential=False)
    box.journal.add(box.clock(), "web_opened", port)
