"""What a member says, as bodies: readings, how it is, what it noted; and what it is told to do.

listen.py is the other end. Ages travel in the head (packet.py): each function names
the instant to send with. `message`, `header` and the serials of gas and water meters
do not travel, and the monthly peaks go apart, because 219 bytes hold no more.
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
    MONTHS,
    PHASED,
    SINCE,
    put,
    put_texts,
    take,
)


def put_meter(meter):
    """A core Meter as a body for METER; send it with stamp_ms = meter.at_ms."""
    numbers = [_since(meter.time), _since(meter.month_peak_time)]
    numbers += [getattr(meter, name) for name in METER_NUMBERS]
    for name in PHASED:
        numbers += ((getattr(meter, name) or []) + [None, None, None])[:3]
    for name, unit in FLOWS:
        flow = getattr(meter, name) or {}
        numbers += [flow.get(unit), _since(flow.get("time"))]
    return put_texts(put(numbers), [getattr(meter, name) for name in METER_TEXTS])


def put_history(history):
    """Meter.history, (month, power_w, time) each, as a body for HISTORY: the thirteen newest."""
    numbers = []
    for month, power_w, time in (history or [])[-MONTHS:]:
        numbers += [month, power_w, _since(time)]
    return put(numbers)


def put_inverter(reading, status, set_w, heard_age_ms):
    """A core Inverter as a body for INVERTER; send it with stamp_ms = reading.at_ms and its index.

    status: the driver's word; set_w: the set-point in force, None at rest; heard_age_ms: of its last reply.
    """
    numbers = [getattr(reading, name) for name in INVERTER_NUMBERS + FLAGS] + [set_w, heard_age_ms]
    texts = [status] + [getattr(reading, name) for name in INVERTER_TEXTS]
    return put_texts(put(numbers), texts + list(reading.faults))


def put_health(values):
    """A dict with some of HEALTH_NUMBERS and HEALTH_TEXTS (fields.py) as a body for HEALTH."""
    return put_texts(put([values.get(name) for name in HEALTH_NUMBERS]),
                     [values.get(name) for name in HEALTH_TEXTS])


def take_command(body):
    """power_w of a COMMAND, None: rest; also where the body is not whole: silence is safe."""
    return take(body, 1)[0]


def _since(time):
    return None if time is None else time - SINCE
