"""From a telegram's last byte to the command's first, through the whole gateway, with the bus idle."""

import statistics

from tools.bench.played_house import play

LIMIT_MS = 50


def rows():
    """Median and worst of one run; raises when no command followed a telegram on an idle bus."""
    _, marks = play()
    delays = marks.delays_ms
    if not delays:
        raise RuntimeError("no command followed a telegram while the bus was idle")
    count = " ({} commands)".format(len(delays))
    return [
        {"name": "telegram to command: median" + count, "value": statistics.median(delays), "unit": "ms",
         "limit": LIMIT_MS},
        {"name": "telegram to command: worst", "value": max(delays), "unit": "ms", "limit": LIMIT_MS},
    ]
