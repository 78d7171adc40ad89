"""The door to umodbus: requests' PDUs from its functions, with its traps closed.

What this file knows: which arguments a function code takes and their limits. It
refuses to know framing and stations. umodbus 2.3.7 builds sound PDUs, but:

* it packs with struct, which on MicroPython cuts what does not fit (address
  65536 becomes 0, value 70000 becomes 4464): here a ValueError names the value;
* it packs coils with the first one in the highest bit, the standard wants it in
  the lowest (its issue 38): groups of eight are handed over reversed, and coils
  are read here, not by its bytes_to_bool.

Its typing placeholders, CRC table and server half never reach a board: `make build`
leaves out what nothing calls (13 kB of heap become less than 2).
"""

from umodbus import functions


def _within(what, value, low, high):
    if not low <= value <= high:
        raise ValueError("%s %d: must be %d to %d" % (what, value, low, high))


def _span(address, count, most):
    _within("address", address, 0, 0xFFFF)
    _within("count", count, 1, most)
    _within("last address", address + count - 1, 0, 0xFFFF)


def read(code, address, count):
    """Read `count` coils (1), discrete inputs (2), holding (3) or input registers (4)."""
    _within("function code", code, 1, 4)
    _span(address, count, 2000 if code < 3 else 125)
    if code == 1:
        return functions.read_coils(address, count)
    if code == 2:
        return functions.read_discrete_inputs(address, count)
    if code == 3:
        return functions.read_holding_registers(address, count)
    return functions.read_input_registers(address, count)


def write_coil(address, on):
    """Code 5: one coil on or off."""
    _span(address, 1, 1)
    return functions.write_single_coil(address, 0xFF00 if on else 0)


def write_register(address, value):
    """Code 6: one register, -32768 to 65535 (negative as two's complement)."""
    _span(address, 1, 1)
    _within("value", value, -0x8000, 0xFFFF)
    return functions.write_single_register(address, value & 0xFFFF, False)


def write_coils(address, values):
    """Code 15: coils from `address` on, one truth value each."""
    _span(address, len(values), 1968)
    mended = []
    for start in range(0, len(values), 8):
        group = [1 if value else 0 for value in values[start : start + 8]]
        group.reverse()
        mended.extend(group)
    return functions.write_multiple_coils(address, mended)


def write_registers(address, values):
    """Code 16: registers from `address` on, each -32768 to 65535."""
    _span(address, len(values), 123)
    for value in values:
        _within("value", value, -0x8000, 0xFFFF)
    return functions.write_multiple_registers(address, [value & 0xFFFF for value in values], False)


def custom(code, *words):
    """A vendor's code followed by 16-bit words, e.g. custom(0x42, 0x0101, 1000)."""
    _within("code", code, 1, 127)
    pdu = bytearray(1 + 2 * len(words))
    pdu[0] = code
    for i, word in enumerate(words):
        _within("word", word, -0x8000, 0xFFFF)
        pdu[1 + 2 * i] = word >> 8 & 0xFF
        pdu[2 + 2 * i] = word & 0xFF
    return bytes(pdu)


def bits(pdu, count):
    """The first `count` coils or inputs of an answer to code 1 or 2, as a list of bools."""
    _within("count", count, 0, 8 * (len(pdu) - 2))
    return [bool(pdu[2 + i // 8] >> i % 8 & 1) for i in range(count)]
