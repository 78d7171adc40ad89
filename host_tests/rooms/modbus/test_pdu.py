"""PDUs by umodbus, judged by pymodbus and the standard's own examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pymodbus.framer.rtu import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu import bit_message as bit
from pymodbus.pdu import register_message as register

from firmware.modbus import pdu
from host_tests.rooms.modbus.test_rtu import frame

address = some.integers(0, 0xFFFF)


def peer(message):
    """How pymodbus would send it, without station and CRC."""
    return FramerRTU(DecodePDU(False)).buildFrame(message)[1:-2]


@given(code=some.integers(1, 4), first=some.integers(0, 60000), count=some.integers(1, 125))
def test_reads(code, first, count):
    classes = (bit.ReadCoilsRequest, bit.ReadDiscreteInputsRequest,
               register.ReadHoldingRegistersRequest, register.ReadInputRegistersRequest)
    assert pdu.read(code, first, count) == peer(classes[code - 1](address=first, count=count))


@given(first=address, value=some.integers(0, 0xFFFF), on=some.booleans())
def test_single_writes(first, value, on):
    assert pdu.write_register(first, value) == peer(
        register.WriteSingleRegisterRequest(address=first, registers=[value]))
    assert pdu.write_coil(first, on) == peer(bit.WriteSingleCoilRequest(address=first, bits=[on]))


@given(first=some.integers(0, 60000), words=some.lists(some.integers(0, 0xFFFF), min_size=1, max_size=123))
def test_many_registers(first, words):
    assert pdu.write_registers(first, words) == peer(
        register.WriteMultipleRegistersRequest(address=first, registers=words))


@given(first=some.integers(0, 60000), coils=some.lists(some.booleans(), min_size=1, max_size=300))
def test_many_coils_in_the_standards_order(first, coils):
    ours = pdu.write_coils(first, coils)
    assert ours == peer(bit.WriteMultipleCoilsRequest(address=first, bits=coils))
    answer = bytes((1, len(ours) - 6)) + ours[6:]
    assert pdu.bits(answer, len(coils)) == coils


def test_the_standards_own_coils():
    """MODBUS Application Protocol V1.1b3, 6.1 and 6.11: umodbus alone has both mirrored."""
    wanted = [True, False, True, True, False, False, True, True, True, False]
    assert pdu.write_coils(0x13, wanted) == bytes.fromhex("0F0013000A02CD01")
    assert pdu.bits(bytes.fromhex("0105CD6BB20E1B"), 37) == [
        bool(int(digit)) for digit in "1011001111010110010011010111000011011"]


def test_negative_values_are_twos_complement():
    assert pdu.write_register(1, -1) == bytes.fromhex("060001FFFF")
    assert pdu.write_registers(1, [-500, 65535]) == bytes.fromhex("1000010002 04FE0CFFFF")


def test_vendor_codes():
    assert pdu.custom(0x42, 0x0101, 1000) == bytes.fromhex("42010103E8")
    assert pdu.custom(0x42, 0x0103, -500) == bytes.fromhex("420103FE0C")
    assert frame(1, pdu.custom(0x49, 0x2201, 0x2202)) == bytes.fromhex("01492201220 21EDD".replace(" ", ""))


@pytest.mark.parametrize("build, named", [
    (lambda: pdu.read(3, 65536, 1), "65536"), (lambda: pdu.read(3, -1, 1), "-1"),
    (lambda: pdu.read(3, 0, 126), "126"), (lambda: pdu.read(1, 0, 2001), "2001"),
    (lambda: pdu.read(3, 0, 0), "0"), (lambda: pdu.read(5, 0, 1), "5"),
    (lambda: pdu.read(3, 65500, 50), "65549"),
    (lambda: pdu.write_register(0, 70000), "70000"), (lambda: pdu.write_register(0, -32769), "-32769"),
    (lambda: pdu.write_register(70000, 0), "70000"), (lambda: pdu.write_registers(0, [1, 65536]), "65536"),
    (lambda: pdu.write_registers(0, []), "0"), (lambda: pdu.write_registers(0, [0] * 124), "124"),
    (lambda: pdu.write_coils(0, [1] * 1969), "1969"), (lambda: pdu.custom(0x42, 70000), "70000"),
    (lambda: pdu.custom(0x80), "128"), (lambda: pdu.bits(b"\x01\x01\xFF", 9), "9"),
])
def test_what_struct_would_cut_is_refused_by_name(build, named):
    with pytest.raises(ValueError, match=named):
        build()
