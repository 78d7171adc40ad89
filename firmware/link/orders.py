"""The short bodies: a command, how a box is, a line of its journal, the result of a change.

A command says what is wanted and nothing else: how long it holds is in the head
(COMMAND counts its age backwards), which inverter it is for is its index.
"""

import json

from .fields import put, put_texts, take, take_texts
from .packet import BODY_MOST

HEALTH_NUMBERS = ("uptime_s", "boots", "heap_free", "rssi_dbm", "loss_pct", "p1_good", "p1_bad", "p1_lost",
                  "bus_requests", "bus_timeouts", "bus_crc", "bus_exceptions", "bus_retries", "chip_c")
HEALTH_TEXTS = ("version", "reset", "p1", "inverter", "model")


def put_command(power_w):
    """Body for COMMAND; None: rest. Send it with stamp_ms = command.until_ms."""
    return put((power_w,))


def take_command(body):
    """power_w, None: rest, also where the body is not whole: silence is safe."""
    return take(body, 0, 1)[0]


def put_health(values):
    """A dict with some of HEALTH_NUMBERS and HEALTH_TEXTS as a body for HEALTH."""
    body = put([values.get(name) for name in HEALTH_NUMBERS])
    return body + put_texts([values.get(name) for name in HEALTH_TEXTS], BODY_MOST - len(body))


def take_health(body):
    """The dict again, every name in it."""
    found = dict(zip(HEALTH_NUMBERS, take(body, 0, len(HEALTH_NUMBERS))))
    texts = take_texts(body, 4 * len(HEALTH_NUMBERS), len(HEALTH_TEXTS))
    found.update(dict(zip(HEALTH_TEXTS, texts)))
    return found


def put_line(code, args, before=0):
    """A word of firmware/words and what it speaks of, as a body for JOURNAL; the last args go if too long.

    `before`: bytes of the body that are taken already. Send it with stamp_ms = when it happened.
    """
    args = list(args)
    body = json.dumps([code] + args).encode()
    while len(body) > BODY_MOST - before and args:
        args.pop()
        body = json.dumps([code] + args).encode()
    return body


def take_line(body):
    """(code, args), or None when it is not such a line."""
    try:
        found = json.loads(body)
        if isinstance(found, list) and found and isinstance(found[0], str):
            return found[0], tuple(found[1:])
    except ValueError:
        pass
    return None
