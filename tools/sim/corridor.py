"""What is between the boards of a scenario: the air and, where some hang on it, the house's network.

Listens to both and to every console for secrets: a key, a password or a POP code that
is ever said in clear is reported. Knows no frame from the inside.
"""

import asyncio
import itertools
import json
import random

from firmware.settings.peers import mac_bytes

from .air import Air
from .crew import forms
from .lan import Lan


class Corridor:
    """`air`, and `lan` or None. `crew`: whose boards these are."""

    def __init__(self, clock, options, crew):
        self._clock = clock
        self._crew = crew
        self._loss = options.loss / 100
        self._replaying = None
        self.replayed = 0  # frames that a stranger played
        chances = dict(loss=self._loss, repeats=options.repeats / 100)
        times = dict(delay_s=options.delay / 1000, jitter_s=options.jitter / 1000)
        self.air = Air(clock, options.seed, **chances, **times)
        for plan in crew.plans:
            self.air.add(plan["name"], mac_bytes(plan["mac"]), plan["place"])
        self.lan = Lan(clock, options.seed, **chances, **times) if crew.lan else None

    @property
    def carriers(self):
        """Those that there are: faults play on all of them alike."""
        return [one for one in (self.air, self.lan) if one]

    async def open(self):
        """Carry from now on; the environment by which boards find it."""
        found = {}
        for name, carrier in (("SIM_AIR_PORT", self.air), ("SIM_LAN", self.lan)):
            if carrier:
                await carrier.open()
                found[name] = carrier.port
        return found

    def set_fault(self, name, on, value=None):
        """Begin a fault of ours by name, or end it with `on` False."""
        if name == "link_loss":
            self._all("loss", value / 100 if on else self._loss)
        elif name == "link_dead":
            self._all("dead", on)
        elif name == "move_channel":
            self.air.antennas[self._crew.plans[0]["name"]].moved_to = int(value) if on else 0
        elif self._replaying:
            self._replaying.cancel()
            self._replaying = None
        elif on:
            self._replaying = asyncio.ensure_future(self._replay(value))

    def _all(self, what, value):
        for carrier in self.carriers:
            setattr(carrier, what, value)

    async def _replay(self, frames_a_second):
        """Endless: all that was sent until now, in order; one frame in four with a bit flipped."""
        dice = random.Random("stranger")
        recorded = [(carrier, one) for carrier in self.carriers for one in carrier.sent]
        recorded.sort(key=lambda pair: pair[1].t_s)
        began = self._clock.now() - self.replayed / frames_a_second
        for carrier, one in itertools.cycle(recorded):
            frame = bytearray(one.frame)
            if dice.random() < 0.25:
                frame[dice.randrange(len(frame))] ^= 1 << dice.randrange(8)
            carrier.forge(one, bytes(frame))
            self.replayed += 1
            await self._clock.until(began + self.replayed / frames_a_second)

    def close(self):
        """Nobody hears anybody any more."""
        self.set_fault("stranger_replays", False)
        for carrier in self.carriers:
            carrier.close()

    def sent(self):
        """All that was sent on either, in order."""
        return sorted((one for carrier in self.carriers for one in carrier.sent), key=lambda one: one.t_s)

    def capture(self, path):
        """Write each frame as a line of JSON: when, who, from and to which address, the frame in hex."""
        with open(path, "w", encoding="utf-8") as file:
            for one in self.sent():
                row = {"t_s": round(one.t_s, 4), "sender": one.sender, "source": one.source.hex()}
                file.write(json.dumps(dict(row, target=one.target.hex(), frame=one.frame.hex())) + "\n")

    def leaks(self):
        """Where a secret was heard in clear: texts; none is what is wanted."""
        spellings = [form for secret in self._crew.secrets for form in forms(secret)]
        found = [f"frame of {one.sender} at {one.t_s:.1f} s" for one in self.sent() if _holds(one, spellings)]
        return found + self._crew.overheard

    def report(self):
        """For the summary."""
        return {
            "air": self.air.report(),
            "lan": self.lan.report() if self.lan else None,
            "frames": len(self.sent()),
            "replayed": self.replayed,
            "leaks": self.leaks(),
        }


def _holds(sent, spellings):
    return any(form in sent.frame for form in spellings)
