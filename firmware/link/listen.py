"""What a gateway hears, from bodies back to core's readings; and what it tells. tell.py is the other end.

What a body lacks comes out as None: a member of another version may say less, or
more, which is passed over. Refuses to judge: an old reading is told with its instant.
"""

from .fields import (
    FLAGS,
    FLOWS,
    HEALTH_NUMBERS,
    HEALTH_TEXTS,
    INVERTER_NUMBERS,
    INVERTER_TEXTS,
    METER_NUMBERS,
    METER_TEXTS,
    PHASED,
    SINCE,
    put,
    take,
    take_texts,
)


def take_meter(body, meter, at_ms):
    """Fill a core Meter in place. `at_ms`: the event's stamp."""
    count = 2 + len(METER_NUMBERS) + 3 * len(PHASED) + 2 * len(FLOWS)
    numbers = take(body, count)
    meter.at_ms = at_ms
    meter.crc = "ok"
    meter.time, meter.month_peak_time = _epoch(numbers[0]), _epoch(numbers[1])
    at = 2
    for name in METER_NUMBERS:
        setattr(meter, name, numbers[at])
        at += 1
    for name in PHASED:
        setattr(meter, name, _phases(numbers[at : at + 3]))
        at += 3
    for name, unit in FLOWS:
        amount, time = numbers[at], _epoch(numbers[at + 1])
        setattr(meter, name, None if amount is None else {"serial": None, unit: amount, "time": time})
        at += 2
    _set(meter, METER_TEXTS, take_texts(body, count))


def take_history(body):
    """Meter.history again, or None when it is empty."""
    numbers = take(body, len(body) // 12 * 3)
    return [(numbers[i], numbers[i + 1], _epoch(numbers[i + 2])) for i in range(0, len(numbers), 3)] or None


def take_inverter(body, reading, at_ms):
    """Fill a core Inverter in place, but for heard_ms; returns (status, set_w, heard_age_ms)."""
    count = len(INVERTER_NUMBERS) + len(FLAGS)
    numbers = take(body, count + 2)
    reading.at_ms = at_ms
    _set(reading, INVERTER_NUMBERS, numbers)
    _set(reading, FLAGS, [None if one is None else one == 1 for one in numbers[len(INVERTER_NUMBERS) :]])
    texts = take_texts(body, count + 2)
    _set(reading, INVERTER_TEXTS, texts[1:])
    reading.faults = tuple([word for word in texts[1 + len(INVERTER_TEXTS) :] if word])
    return texts[0] if texts else None, numbers[count], numbers[count + 1]


def take_health(body):
    """The dict that put_health had, every name in it."""
    texts = take_texts(body, len(HEALTH_NUMBERS)) + [None] * len(HEALTH_TEXTS)
    found = dict(zip(HEALTH_TEXTS, texts))
    for name, value in zip(HEALTH_NUMBERS, take(body, len(HEALTH_NUMBERS))):
        found[name] = value
    return found


def put_command(power_w):
    """Body for COMMAND; None: rest. Send it with stamp_ms = command.until_ms and the inverter's index."""
    return put((power_w,))


def _set(target, names, values):
    """Values by name; those missing are None."""
    for i in range(len(names)):
        setattr(target, names[i], values[i] if i < len(values) else None)


def _epoch(number):
    return None if number is None else number + SINCE


def _phases(numbers):
    """Three numbers -> the list as the P1 room makes it: None when no phase is told."""
    while numbers and numbers[-1] is None:
        numbers.pop()
    return numbers or None
