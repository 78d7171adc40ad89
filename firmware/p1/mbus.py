"""The meters behind the meter: gas, water and heat on the M-Bus channels 1 to 4.

What hangs on a channel is told by its type line (24.1.0) and by nothing else: water on channel 1
and gas on 2 occurs, and both 24.2.1 and 24.2.3 are used for either. Of two devices of one kind
(the old gas meter often stays listed) the one read last counts. A reading of 0 with a placeholder
time is a meter that was not read yet: no reading, never 0 litres. Refuses to know prices and heating values.
"""

try:
    from micropython import const
except ImportError:  # CPython

    def const(value):
        return value

_CHANNELS = 4
# code without its channel: C << 14 | D << 7 | E
_TYPE = const(24 << 14 | 1 << 7)
_VALUE_FIRST = const(24 << 14 | 2 << 7)
_VALUE_LAST = const(24 << 14 | 2 << 7 | 9)
_VALUE_OLD = const(24 << 14 | 3 << 7)
_SERIAL_NL = const(96 << 14 | 1 << 7)
_SERIAL_BE = const(96 << 14 | 1 << 7 | 1)

_KINDS = ("gas", "water", "heat")
_GAS = const(0)
_WATER = const(1)
_HEAT = const(2)
# First letters of m3, GJ, MJ.
_METRE = const(109)
_JOULE = const(71)
_MEGA = const(77)


class Channels:
    """One telegram's devices; `reset`, then `line` for each M-Bus line, then `settle` into the meter."""

    def __init__(self, kept, first_place):
        self._kept = kept
        self._place = first_place  # three places of `kept`, one a kind
        self._kind = [-1] * _CHANNELS
        self._value = [None] * _CHANNELS
        self._unit = [0] * _CHANNELS
        self._time = [None] * _CHANNELS
        self._serial = [0] * _CHANNELS
        self._serial_end = [0] * _CHANNELS
        self._made = [None] * 3

    def reset(self, meter):
        """Forget the telegram before, but not the meter's dictionaries."""
        for kind in range(3):
            self._made[kind] = getattr(meter, _KINDS[kind])
        for i in range(_CHANNELS):
            self._kind[i] = -1
            self._value[i] = self._time[i] = None
            self._serial[i] = self._serial_end[i] = 0

    def line(self, channel, code, values):
        """A line of channel 1 to 4; `code` without the channel, `values` behind its first bracket."""
        i = channel - 1
        if i >= _CHANNELS:
            return
        if code == _TYPE:
            self._kind[i] = _kind(values.number(0))
        elif _VALUE_FIRST <= code <= _VALUE_LAST:
            self._time[i] = values.moment()
            self._value[i] = values.number() if values.more() else None
            self._unit[i] = values.unit
        elif code == _VALUE_OLD:
            from .dsmr2 import gas

            self._time[i] = values.moment()
            self._value[i] = gas(values)
            self._unit[i] = values.unit
        elif code == _SERIAL_BE or code == _SERIAL_NL:
            self._serial[i] = values.at
            self._serial_end[i] = values.text_end()

    def settle(self, meter, buffer):
        """Write gas, water and heat of `meter`: {"serial", "litres" or "mj", "time"} or None."""
        for kind in range(3):
            best = -1
            for i in range(_CHANNELS):
                if self._kind[i] == kind and self._is_reading(i, kind) and self._newer(i, best):
                    best = i
            setattr(meter, _KINDS[kind], None if best < 0 else self._reading(kind, best, buffer))

    def _is_reading(self, i, kind):
        """Not a placeholder, and litres for gas and water, MJ for heat: another unit is another quantity."""
        value, unit = self._value[i], self._unit[i]
        if value is None or (value == 0 and self._time[i] is None):
            return False
        return not unit or (unit in (_JOULE, _MEGA) if kind == _HEAT else unit == _METRE)

    def _newer(self, i, best):
        time = self._time[i]
        if best < 0 or self._time[best] is None:
            return best < 0 or time is not None
        return time is not None and time > self._time[best]

    def _reading(self, kind, i, buffer):
        """The dictionary of this kind, the meter's own when it had one."""
        made = self._made[kind]
        if made is None:
            made = {}
        start, end = self._serial[i], self._serial_end[i]
        made["serial"] = self._kept.text(self._place + kind, buffer, start, end)
        made["mj" if kind == _HEAT else "litres"] = self._value[i]
        made["time"] = self._time[i]
        return made


def _kind(device_type):
    """M-Bus device type -> our kind: 3 gas, 6 and 7 water, 4, 12 and 13 heat; others -1."""
    if device_type == 3:
        return _GAS
    if device_type in (6, 7):
        return _WATER
    if device_type in (4, 12, 13):
        return _HEAT
    return -1
