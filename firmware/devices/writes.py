"""Rows to PDUs: one path for every brand. Needed at start only.

It knows that codes 5, 6, 15 and 16 have their own layout and that every other code is
framed like "write one register" (code, address, words). It refuses to know what a write
does. Ranges are checked by the value type: a power that does not fit is an error, never a
cut number.
"""

from ..modbus import pdu
from ..modbus.encoding import encode
from ..modbus.values import ratio, width

read = pdu.read


def build(step, power_w):
    """PDU bytes of one step (function, first register, value kind, values).

    A value is a number, or (multiply, divide) applied to `power_w` (+ discharge).
    Raises ValueError naming a value that does not fit.
    """
    function, address, kind, numbers = step
    data = b""
    for number in numbers:
        if isinstance(number, tuple):
            number = ratio(power_w * number[0], number[1])
        data += encode(kind, number)
    words = [data[at] << 8 | data[at + 1] for at in range(0, len(data), 2)]
    if function == 5:
        return pdu.write_coil(address, words[0])
    if function == 6:
        return pdu.write_register(address, words[0])
    if function == 16:
        return pdu.write_registers(address, words)
    return pdu.custom(function, address, *words)


def prepared(step):
    """The PDU of a step that needs no power; else (PDU, value kind, values): these are what it ends with."""
    function, address, kind, numbers = step
    if not any(isinstance(number, tuple) for number in numbers):
        return build(step, 0)
    blank = build((function, address, kind, (0,) * len(numbers)), 0)
    return blank[: len(blank) - 2 * width(kind) * len(numbers)], kind, numbers
