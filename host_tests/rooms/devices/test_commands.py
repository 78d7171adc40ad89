"""What goes over the wire: the makers' own frames, and other brands' as rows only."""

import pytest

from firmware.devices import check, entry, writes

from .desk import Desk, opened, set_point
from .paper import Refusal

# Requests of facts 1.11: vendor's papers, or computed and checked. Station, PDU, CRC.
FRAMES = [
    ("rest", 0, "01 42 01 00 55 55 87 56"),
    ("discharge", 500, "01 42 01 01 01 F4 29 EE"),
    ("discharge", 1000, "01 42 01 01 03 E8 29 47"),
    ("discharge", 1500, "01 42 01 01 05 DC 2B 30"),
    ("discharge", 2000, "01 42 01 01 07 D0 2A 55"),
    ("discharge", 2500, "01 42 01 01 09 C4 2E 3A"),
    ("discharge", 3000, "01 42 01 01 0B B8 2E BB"),
    ("charge", -500, "01 42 01 02 01 F4 D9 EE"),
    ("charge", -1000, "01 42 01 02 03 E8 D9 47"),
    ("charge", -1500, "01 42 01 02 05 DC DB 30"),
    ("charge", -2000, "01 42 01 02 07 D0 DA 55"),
    ("charge", -3000, "01 42 01 02 0B B8 DE BB"),
    ("hold", 0, "01 42 01 02 00 00 D9 F9"),
    ("auto", 0, "01 42 01 03 00 00 88 39"),
    ("alive", 0, "01 49 22 01 22 02 1E DD"),
    ("set_mode", 0, "01 10 12 00 00 01 02 00 03 D4 50"),
]


def framed(station, pdu):
    """Station, PDU and a CRC-16/MODBUS computed bit by bit, as the maker prints it."""
    frame = bytes([station]) + pdu
    crc = 0xFFFF
    for byte in frame:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return (frame + bytes([crc & 255, crc >> 8])).hex(" ").upper()


@pytest.mark.parametrize("name", ["sofar_me3000sp", "sofar_me3000sp_ctpv", "sofar_hyd_es"])
@pytest.mark.parametrize("write, power_w, frame", FRAMES)
def test_the_makers_frames(name, write, power_w, frame):
    step, = dict(opened(name).WRITES)[write]
    assert framed(1, writes.build(step, power_w)) == frame


def test_no_write_without_a_frame():
    names = {name for name, _ in opened("sofar_me3000sp").WRITES}
    assert names == {name for name, _, _ in FRAMES}


@pytest.mark.parametrize("pdu, frame", [
    ("03 02 0D 00 09", "01 03 02 0D 00 09 15 B7"),
    ("03 02 00 00 3A", "01 03 02 00 00 3A C4 61"),
    ("03 12 00 00 01", "01 03 12 00 00 01 81 72"),
    ("04 20 00 00 0E", "01 04 20 00 00 0E 7A 0E"),
])
def test_the_reads_on_the_wire(pdu, frame):
    desk = Desk(beat_ms=None)
    desk.run(2000)
    sent = bytes.fromhex(pdu)
    assert sent in [said for _, said in desk.log]
    assert framed(1, sent) == frame


@pytest.mark.parametrize("wanted, sent", [
    (1000, 1000), (1009, 1000), (-1009, -1000), (9999, 3000), (-9999, -3000), (3000, 3000),
    (0, 0), (49, 0), (-49, 0), (50, 50), (-55, -50), (7, 0),
])
def test_limits_steps_and_small_powers(wanted, sent):
    desk = Desk()
    desk.run(500)
    desk.command(wanted)
    desk.run(300)
    assert set_point(desk.paper.writes[-1]) == sent


def test_hyd_es_takes_6000_w():
    desk = Desk("sofar_hyd_es")
    desk.run(500)
    desk.command(-9000)
    desk.run(300)
    assert set_point(desk.paper.writes[-1]) == -6000


def test_small_powers_do_not_toggle():
    """Around the threshold: once moving it moves down to 30 W, once holding it holds up to 50 W."""
    desk = Desk()
    desk.run(500)
    sent = []
    for power_w in (60, 40, 48, 35, 29, 40, 48, 31, 49, 50, 40, -40, -29, -49, -50):
        desk.command(power_w)
        desk.run(200)
        sent.append(set_point(desk.paper.writes[-1]))
    assert sent == [60, 40, 40, 30, 0, 0, 0, 0, 0, 50, 40, -40, 0, 0, -50]


def test_a_power_that_does_not_fit_is_an_error_not_a_cut_number():
    with pytest.raises(ValueError):
        writes.build((0x42, 0x0101, "u16", ((1, 1),)), -5)


class Other:
    """Rows of brands that are not in the catalogue yet: nothing but data may be needed."""

    TYPE, GROUP, SUBGROUP, MODEL, FAMILY = "Hybrid", "X", None, "X", "X"
    LONGEST, MEASURE = 10, "power_w"
    READS = (("fast", 3, False, ((1, "power_w", "s16", 1, 1),)),)
    CHARGE_MAX_W = DISCHARGE_MAX_W = 5000
    RESEND_MS = 30000


class SofarG3(Other):
    """facts 2.2: one write of three S32 at 0x1187: grid, lowest, highest; battery + = charge."""

    WRITES = (
        ("rest", ((16, 0x1187, "s32", (0, 0, 0)),)),
        ("power", ((16, 0x1187, "s32", (0, (-1, 1), (-1, 1))),)),
    )


class Sequence(Other):
    """Remote mode by code 6, then a percentage of 5000 W, then go: three writes in order."""

    WRITES = (
        ("rest", ((6, 0x0100, "u16", (0,)),)),
        ("power", ((6, 0x0100, "u16", (1,)), (6, 0x0101, "s16", ((100, 5000),)), (6, 0x0102, "u16", (1,)))),
    )


class Float(Other):
    """Code 16 with a float32, low word first."""

    WRITES = (
        ("rest", ((16, 40, "f32_lo", (0,)),)),
        ("power", ((16, 40, "f32_lo", ((1, 1),)),)),
    )


@pytest.mark.parametrize("brand, power_w, pdus", [
    (SofarG3, 1500, ["10 11 87 00 06 0C 00 00 00 00 FF FF FA 24 FF FF FA 24"]),
    (SofarG3, -70000, ["10 11 87 00 06 0C 00 00 00 00 00 00 13 88 00 00 13 88"]),
    (SofarG3, 0, ["10 11 87 00 06 0C 00 00 00 00 00 00 00 00 00 00 00 00"]),
    (Sequence, -2500, ["06 01 00 00 01", "06 01 01 FF CE", "06 01 02 00 01"]),
    (Sequence, None, ["06 01 00 00 00"]),
    (Float, 1000, ["10 00 28 00 02 04 00 00 44 7A"]),
])
def test_another_brand_is_rows_only(brand, power_w, pdus):
    model = entry.made("other", brand, None)
    assert check.faults(model, brand.READS) == []
    desk = Desk(model=model, lines=[(3, 1, [0], "power_w", 0)])
    desk.command(power_w)
    desk.run(400)
    assert [pdu.hex(" ").upper() for _, pdu in desk.said(6, 16)] == pdus
    assert desk.reading.ready is True


def test_a_refused_step_starts_the_sequence_again():
    desk = Desk(model=entry.made("other", Sequence, None), lines=[(3, 1, [0], "power_w", 0)])
    desk.paper.refused[0x0101] = 4
    desk.power_w = 1000
    desk.command(1000)
    desk.run(9000)
    assert [pdu[2] for _, pdu in desk.said(6)] == [0, 1]
    assert ("inverter_refuses", ("power", 1000, 4)) in desk.events
    desk.paper.refused.clear()
    desk.run(3000)
    assert [pdu[2] for _, pdu in desk.said(6)] == [0, 1, 0, 1, 2]


def test_paper_refuses_what_it_does_not_know():
    """The witness itself: an unknown block is an exception, as on the bus."""
    with pytest.raises(Refusal):
        Desk().paper.answer(bytes.fromhex("0399990001"))
