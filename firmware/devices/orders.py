"""A device that takes commands: does it obey, did it accept, does it follow.

It joins the set-point (what to say when) with the device's answers, its work mode and its
measured power. It refuses to know frames, polls and the port. The truth about obeying is
the answer to a set-point; the work mode register is a second witness, because some firmware
lacks it.
"""

from .follow import Follow
from .setpoint import Setpoint

_BUSY_MS = 1000
_REFUSED_MS = 10000
_STILL_W = 50
_ASKED_W = 200


class Orders:
    """Orders to one device. A step is (name, power_w, number): one write of a sequence."""

    def __init__(self, model, gauges, polls, note):
        self._model = model
        self._gauges = gauges
        self._reading = gauges.reading
        self._polls = polls
        self._note = note
        self.setpoint = Setpoint(model, note)
        self.follow = Follow()
        self._steps = []
        self._silent = False
        self.faulty = False  # it reports a fault: nothing is obeyed until that is over
        self._refused = False  # its own answer was: not in the right mode
        self._contradicted = False  # it obeyed while its mode register said it would not
        self._mode_lies = False  # and the register, asked again, kept to its opinion

    # What is to be said

    def command(self, power_w, until_ms, now_ms):
        """A lease from the control room. A device that is not there gets rest only."""
        self.setpoint.want(None if self._silent else power_w, until_ms)
        self.setpoint.lapse(now_ms)

    def set_mode(self):
        """Put the one write into EEPROM in the queue; False where there is none."""
        if "set_mode" not in self._model.writes:
            return False
        self._steps.append(("set_mode", 0, 0))
        return True

    def take(self, now_ms):
        """The step due now, or None."""
        if not self._steps:
            due = self.setpoint.take(now_ms, self._obeys())
            if due is None:
                return None
            self._steps.append(due + (0,))
        return self._steps.pop(0)

    def wait_ms(self, now_ms):
        """Milliseconds until `take` has something, at most 1000."""
        return 0 if self._steps else self.setpoint.wait_ms(now_ms, self._obeys())

    def silent(self):
        """The device is gone. It may still hear: rest is said at once and now and then."""
        self._silent = True
        self.follow.forget()
        self.setpoint.rest()
        self.setpoint.repeat()

    def back(self):
        """The device answers again: it may have forgotten what it was told."""
        self._silent = False
        self.setpoint.repeat()

    # What the device says

    def answered(self, step, pdu, now_ms):
        """The PDU that answers a step."""
        name, power_w, number = step
        word = "accepted" if name in ("alive", "set_mode") else self._status(pdu)
        if word != "accepted":
            self._not_accepted(word, step, now_ms)
        elif number + 1 < len(self._model.writes[name]):
            self._steps.insert(0, (name, power_w, number + 1))
        else:
            self._accepted(name, power_w, now_ms)

    def lost(self, step):
        """No answer to a step: the set-point comes again by itself, an installer's wish does not."""
        if step[0] == "set_mode":
            self._note("inverter_mode_refused", 0)

    def refused(self, step, code, now_ms):
        """The device answered a step with exception `code`."""
        if step[0] == "alive":
            self.setpoint.no_heartbeat()
        elif step[0] == "set_mode":
            self._note("inverter_mode_refused", code)
        else:
            self._note("inverter_refuses", step[0], step[1], code)
            self.setpoint.put_off(now_ms, _REFUSED_MS)

    def mode_read(self, now_ms):
        """The work mode register was read."""
        mode = self._reading.mode
        if mode is None or self._mode_lies:
            return
        contradicted, self._contradicted = self._contradicted, False
        if contradicted and mode != self._model.OBEYS_IN:
            self._mode_lies = True
            self._note("inverter_mode_doubted", mode)
        elif mode != self._model.OBEYS_IN:
            if self._reading.ready is not False:
                self.setpoint.repeat()  # let the device itself say so
            self._disobeys(now_ms)
        elif self._refused:
            self.setpoint.repeat()  # perhaps the display was set right just now: try
        else:
            self._agrees(now_ms)

    def state_read(self):
        """State and fault words were read."""
        reading = self._reading
        faulty = bool(reading.faults) or reading.state in self._model.FAULT_STATES
        if faulty == self.faulty:
            return
        self.faulty = faulty
        if faulty:
            reading.ready = False
            self.follow.forget()
        else:
            reading.ready = None  # until it accepts something again
            self._note("inverter_fault_over")
            self.setpoint.repeat()

    def judge(self, now_ms):
        """A power was measured: does the battery follow?"""
        power_w = self._reading.power_w
        if power_w is None:
            return
        before = self.follow.lost
        charge_w, discharge_w = self._gauges.limits()
        lost = self.follow.measured(power_w, charge_w, discharge_w, now_ms)
        if lost != before:
            self._note("inverter_strays" if lost else "inverter_follows", self.follow.set_w, power_w)
        if lost:
            self._push(power_w, now_ms)

    # How it thinks

    def _status(self, pdu):
        if self._model.status is None:
            return "accepted"  # a standard write: the bus has compared the confirmation
        word, full, empty = self._model.status(pdu)
        if full is not None:
            self._gauges.prohibited(full, empty)
        return word

    def _obeys(self):
        return False if self._silent else self._reading.ready

    def _accepted(self, name, power_w, now_ms):
        if name == "set_mode":
            self._note("inverter_mode_set")
            self._polls.ask("mode", now_ms)
            return
        if self.setpoint.accepted(name, power_w, now_ms):
            self.follow.commanded(power_w, now_ms)
        if name == "alive":
            return
        if self._reading.mode not in (None, self._model.OBEYS_IN) and not self._mode_lies:
            self._contradicted = True
            self._polls.ask("mode", now_ms)
        self._agrees(now_ms)

    def _not_accepted(self, word, step, now_ms):
        if word == "not_obeying":
            self._refused = True
            self._disobeys(now_ms)
        elif word == "invalid":
            self._note("inverter_refuses", step[0], step[1], 0)
            self.setpoint.put_off(now_ms, _REFUSED_MS)
        else:  # busy or garbled: soon again, and the running state tells why
            self.setpoint.put_off(now_ms, _BUSY_MS)
            self._polls.ask("slow", now_ms)

    def _agrees(self, now_ms):
        if self.faulty:
            return
        if self._reading.ready is False:
            self._note("inverter_obeys")
            self.setpoint.repeat()
        self._reading.ready = True
        self._refused = False
        self._polls.hurry(False, now_ms)

    def _disobeys(self, now_ms):
        if self._reading.ready is not False:
            self._note("inverter_not_passive")
        self._reading.ready = False
        self.follow.forget()
        self._polls.hurry(True, now_ms)

    def _push(self, power_w, now_ms):
        """A battery that stands still, or does not rest, is told again; rarely: relays click."""
        asked_w = self.follow.set_w
        if asked_w == 0 or (self._model.stalls_at_zero and abs(power_w) < _STILL_W
                            and abs(asked_w) >= _ASKED_W):
            if self.setpoint.stall(now_ms):
                self._note("inverter_pushed", asked_w)
