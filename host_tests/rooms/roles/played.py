"""A board and its radio as a role asks for them, with nothing behind: a World carries what is sent."""

import types


class Guard:
    """As board/guard.py has it, with nothing behind it."""

    last_words = ""

    def __init__(self):
        self.record = types.SimpleNamespace(boots=1)
        self.resets = []

    def safe_mode(self):
        return False

    def reset_cause(self):
        return "power"

    def reset(self, words="", meant=True):
        self.resets.append(words)


class Board:
    """What a role asks of its board."""

    def __init__(self, world, name):
        self.guard = Guard()
        self.ticks = lambda: world.now_ms
        self.random = world.dice.randbytes
        self.radio = lambda channel, ssid, password: Carrier(world, name)
        self.line_level = lambda: 0
        self.p1_port = None


class Carrier:
    """One box's radio: a route is the name of the box it leads to; "*" is everybody."""

    def __init__(self, world, name):
        self._world = world
        self._name = name
        self.came = []
        self.keys = {}
        world.radios[name] = self

    def take(self):
        if self.came and self.came[0][0] <= self._world.ms:
            return self.came.pop(0)[1:] + (-60,)
        return None

    def send(self, route, frame):
        self._world.carry(self._name, route, bytes(frame))
        return True

    def route_of(self, mac):
        return "*"

    def tune(self, channel):
        pass

    def lock(self, route, key):
        if key and route not in self.keys and len(self.keys) >= 6:
            return False
        self.keys.pop(route, None)
        if key:
            self.keys[route] = key
        return True
