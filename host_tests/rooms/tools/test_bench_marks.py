"""The bench counts a delay only when the command follows the telegram directly and the bus was idle."""

from tools.bench.played_house import Marks

POLL = bytes((1, 3, 2, 0, 0, 58))
COMMAND = bytes((1, 0x42, 1, 1, 3, 0xE8))


class Clock:
    """Seconds that the test moves."""

    def __init__(self):
        self.now = 10.0

    def __call__(self):
        return self.now


def marked():
    clock = Clock()
    return clock, Marks(clock)


def test_a_command_after_a_telegram_on_an_idle_bus_counts():
    clock, marks = marked()
    marks.telegram_ended()
    clock.now += 0.012
    marks.sent(COMMAND)
    assert [round(delay) for delay in marks.delays_ms] == [12]


def test_a_poll_in_between_does_not_count():
    _, marks = marked()
    marks.telegram_ended()
    marks.sent(POLL)
    marks.answered(b"x", 0)
    marks.sent(COMMAND)
    assert marks.delays_ms == []


def test_a_telegram_that_ends_during_a_poll_or_its_answer_does_not_count():
    clock, marks = marked()
    marks.sent(POLL)
    marks.telegram_ended()
    marks.answered(b"x", 0.12)
    marks.sent(COMMAND)
    marks.answered(b"x", 0.12)
    clock.now += 0.1
    marks.telegram_ended()
    marks.sent(COMMAND)
    assert marks.delays_ms == []
