"""A telegram's first byte has the battery measured at that instant: the bus is woken from its idling."""

from firmware.tasks.latest import Latest


class Driver:
    """Takes note of what it is told."""

    commands = True

    def __init__(self, told):
        self.told = told

    def sync(self, now_ms):
        self.told.append(("sync", now_ms))


def test_the_bus_is_woken_after_the_drivers_know_what_to_ask():
    told = []
    latest = Latest([Driver(told)])
    latest.wake_bus = lambda: told.append("wake")
    latest.began(1000)
    assert told == [("sync", 1000), "wake"]


def test_before_the_bus_is_open_nobody_is_woken():
    told = []
    Latest([Driver(told)]).began(1000)
    assert told == [("sync", 1000)]
