"""Every written conversation, played to the real bus in CPython: whole, byte by byte, cut anywhere."""

import pathlib

import pytest

from host_tests.talks import stage

TALKS = pathlib.Path(stage.__file__).parent
ALL = [
    pytest.param(lines, id=path.stem + ": " + title)
    for path in sorted(TALKS.glob("*.talk"))
    for title, lines in stage.read(path)
]


def in_bytes(data):
    """One byte after another, 1 ms each, as the wire brings them."""
    return [(1 if at else 0, data[at : at + 1]) for at in range(len(data))]


def cut(at):
    """Two pieces with a pause that a busy ESP32 or a USB adapter makes."""

    def chop(data):
        return [(0, data[:at]), (30, data[at:])] if 0 < at < len(data) else [(0, data)]

    return chop


@pytest.mark.parametrize("lines", ALL)
def test_as_written(lines):
    stage.perform("whole", lines)


@pytest.mark.parametrize("lines", ALL)
def test_byte_by_byte(lines):
    stage.perform("bytes", untimed(lines), in_bytes)


@pytest.mark.parametrize("lines", ALL)
def test_cut_at_every_place(lines):
    longest = max((len(stage.unhex(rest)) for verb, rest in lines if verb[0] == "+"), default=0)
    for at in range(1, longest):
        stage.perform("cut at %d" % at, untimed(lines), cut(at))


def untimed(lines):
    """Cutting makes a conversation longer: its upper time limits are for the whole form."""
    return [line for line in lines if line[0] != "by"]


def test_a_broken_promise_is_noticed():
    """The stage itself: a talk whose outcome differs from what is written must fail."""
    title, lines = stage.read(TALKS / "sofar.talk")[0]
    for at, line in enumerate(lines):
        for wrong in (("pdu", "03 02 00 05"), ("fault", "crc"), ("count", "retries 1")):
            if line[0] in ("pdu", "fault", "count") and line != wrong and line[0] == wrong[0]:
                with pytest.raises(AssertionError):
                    stage.perform(title, lines[:at] + [wrong])
    with pytest.raises(AssertionError, match="sent"):
        stage.perform(title, [("ask", "01 03 02 00 00 01"), ("sent", "01 03 02 00 00 02 C5 B3"), ("pdu", "")])
