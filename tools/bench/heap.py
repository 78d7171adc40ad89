"""Heap of the running gateway, from .mpy, in the MicroPython whose words are as long as an ESP32's."""

from tools.bench.played_house import SECONDS, play

AIM = 96 * 1024  # what a plain ESP32 leaves; not what the simulator gives by default


def rows():
    """Most and least in use; the least is what stays after a collection."""
    summary, _ = play()
    heap = summary["heap"]
    if heap["peak_used"] is None:
        raise RuntimeError("the gateway told no heap in {} s".format(SECONDS))
    most = {"name": "heap of the gateway: most", "value": heap["peak_used"], "unit": "bytes"}
    least = {"name": "heap of the gateway: least", "value": min(heap["by_minute"]), "unit": "bytes"}
    return [dict(most, limit=AIM), least]
