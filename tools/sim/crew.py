"""The boards of a scenario on their feet: flash, pairing, environment, process, and who listens to each.

Knows how many there are and which lines end at which; refuses to know what is on a line.
"""

import base64
import collections
import contextlib
import functools
import json
import os
import secrets
import sys
import termios

from firmware.settings.peers import Peers, mac_bytes
from tools.vm import heap_bytes, vm

from . import rom, web
from .board import Board
from .ears import Ears
from .flash import lay_token, prepare, shims, tree
from .scenarios import SCENARIOS

_LAN_NET = "192.168.7."


class Crew:
    """`plans`: the boards as data, the gateway first; `boards`: name -> Board; `ears`: name -> Ears.

    The gateway is listened to by the story's witness and has no Ears. `secrets`: what nobody may hear.
    """

    def __init__(self, folder, options):
        self.folder = folder
        self.options = options
        self.plans = SCENARIOS[options.scenario]["boards"]
        self.lan = SCENARIOS[options.scenario].get("lan", ())
        self.boards = {}
        self.ears = {}
        self.secrets = []
        self.stickers = {}   # name -> what is printed on the box
        self.overheard = []  # where one was said aloud
        self.worked_s = {}   # name -> seconds of processor
        self._burdens = {}
        self._waits = {}
        self._shims = None
        self._held = []
        self.stand_ins = {}  # name -> bytes of heap that a chip has in ROM

    @property
    def gateway(self):
        """The Board of the gateway, None before the start."""
        return self.boards.get(self.plans[0]["name"])

    @property
    def hand(self):
        """The file by which an installer works at the gateway."""
        return self.folder / "hand"

    def prepare(self, more=()):
        """Fill each board's flash, and pair the others with the gateway. Refused names a wrong setting.

        more: setting texts of the gateway.
        """
        options = self.options
        bits = vm.bits_of(options.bits)
        firmware, self._shims = tree(bits, options.source, options.built), shims(bits)
        for number, plan in enumerate(self.plans):
            own = web.settings(options.web, number)
            own += _own_settings(options.set, plan["name"], plan is self.plans[0])
            own += more if plan is self.plans[0] else ()
            if options.unpaired and plan is self.plans[0]:
                own.append("link.enabled=true")
            drawn = prepare(self.folder / plan["name"], plan, firmware, own)
            self.secrets += [drawn["password"].encode(), drawn["pop"].encode()]
            self.stickers[plan["name"]] = drawn
            if options.web:
                print(web.address(options.web, number, plan, drawn["password"]), file=sys.stderr, flush=True)
        if not options.unpaired:
            for plan in self.plans[1:]:
                self.secrets.append(_pair(self._flash(self.plans[0]), self.plans[0], self._flash(plan), plan))

    def token(self, name):
        """A token for a program at home, laid on the gateway's flash before it starts."""
        secret = lay_token(self._flash(self.plans[0]), name)
        self.secrets.append(secret.encode())
        return secret

    def boards_with(self, line):
        """Names of the boards on which that line ends."""
        return [plan["name"] for plan in self.plans if line in plan["uarts"].values()]

    def start(self, clock, witness, line, level, ports, ended):
        """Make the Boards; returns their endless coroutines. `line(name, "p1" or "rs485")`: tty.

        level: file with the level of the P1 pin, or None; ports: environment that the carriers ask for;
        ended(name) is called when a board stops.
        """
        for number, plan in enumerate(self.plans):
            name = plan["name"]
            ears = witness
            if number:
                ears = self.ears[name] = Ears(name, plan["role"], heap_bytes(self._heap(plan)))
            extra = self._environment(plan, line, level)
            if self.options.work and not number:
                extra["SIM_INSTALLER"] = self.hand
            extra.update(ports, SIM_ADDRESS=_LAN_NET + str(number + 2))
            heard = self._overhear(name, rom.without(self._weigh(name, extra), ears.heard))
            self.boards[name] = Board(
                clock, self._command(plan), self._path(extra, name), self.folder / name,
                heard, self._overhear(name, ears.complain), ears.booted,
                functools.partial(ended, name),
            )
        return [board.run() for board in self.boards.values()]

    def _flash(self, plan):
        return self.folder / plan["name"] / "flash"

    def _heap(self, plan):
        return self.options.heap if plan["role"] == "gateway" else self.options.member_heap

    def _weigh(self, name, extra):
        """Names of the board's stand-ins go to its environment; returns their weight."""
        network = bool(self.options.web) or name in self.lan
        names = rom.modules(self._radio, network, self.options.speed != 1, name in self.lan)
        extra["SIM_STAND_INS"] = " ".join(names)
        path = tuple(self._shims / one for one in self._special(name))
        self.stand_ins[name] = rom.weight(self.options.bits, self._shims / "start.py", names, path)
        return self.stand_ins[name]

    def _command(self, plan):
        heap = rom.whole(heap_bytes(self._heap(plan)) + self.stand_ins[plan["name"]])
        return [*vm.command(self.options.bits, heap), str(self._shims / "start.py")]

    @property
    def _radio(self):
        return len(self.plans) > 1 or bool(self.options.unpaired)

    def _special(self, name):
        """Folders of stand-ins that not every run has."""
        return ["fast"] * (self.options.speed != 1) + ["lan"] * (name in self.lan)

    def _path(self, extra, name):
        special = [self._shims / one for one in self._special(name)]
        # Relative to the flash, where the board is started: a path is kept in its heap with every
        # module, and on a chip it begins at the root. start.py's own folder is always first.
        return vm.environment(*special, ".", "lib", **extra)

    def _environment(self, plan, line_of, level):
        extra = {
            "SIM_FLASH_ROOT": self._flash(plan),
            "SIM_RTC_MEMORY": self.folder / plan["name"] / "rtc.bin",
            "SIM_MAC_ADDRESS": plan["mac"],
            "SIM_SPEED_UP": self.options.speed,
        }
        for uart, line in plan["uarts"].items():
            extra[f"SIM_UART{uart}"] = self._hold(line_of(plan["name"], line))
            if line == "p1" and level:
                extra[f"SIM_LEVEL{uart}"] = level
        return extra

    def _hold(self, path):
        """Keep a real port open: opening it without waiting for carrier is not in the VM's power."""
        if path in (self.options.p1, self.options.rs485):
            fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            self._held.append(fd)
            _ignore_carrier(fd)
        return path

    def bite(self, gateway):
        """The watchdog of the gateway bites, or those of all others."""
        for board in self.boards.values():
            if (board is self.gateway) == gateway:
                board.bite()

    def weigh(self):
        """Once a second: note what each board costs. The most that one waited for a processor in five
        seconds of the story: a starved board is slow, and that is not its fault."""
        for name, board in self.boards.items():
            worked, waited = board.burden()
            before = self._burdens.get(name, (0.0, 0.0))
            self._burdens[name] = (worked, waited)
            if worked >= before[0]:  # else it has started anew
                self.worked_s[name] = self.worked_s.get(name, 0.0) + worked - before[0]
                waits = self._waits.setdefault(name, collections.deque(maxlen=5))
                waits.append((waited - before[1]) * self.options.speed)
        return max((sum(waits) for waits in self._waits.values()), default=0.0)

    def kill(self):
        """All processes and held ports go."""
        for board in self.boards.values():
            board.kill()
        for fd in self._held:
            os.close(fd)
        self._held.clear()

    def _overhear(self, name, listen):
        """`listen`, but a line with a secret in it is noted."""
        spellings = [form.decode("latin-1") for one in self.secrets for form in forms(one)]

        def hear(t_s, said):
            text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
            if any(form in text for form in spellings):
                self.overheard.append(f"console of {name} at {t_s:.1f} s")
            listen(t_s, said)

        return hear

    def summary(self):
        """name -> what its Ears have, for JSON."""
        return {name: ears.summary(self.stand_ins.get(name)) for name, ears in self.ears.items()}


def _own_settings(pairs, name, gateway):
    """Of the --set texts, those of this board: "name:setting=value"; without a name the gateway's."""
    own = []
    for pair in pairs:
        board, found, rest = pair.partition(":")
        if not found or "=" in board:
            board, rest = "", pair
        if board == name or (gateway and not board):
            own.append(rest)
    return own


def _pair(gateway_flash, gateway, flash, plan):
    """Lay down a pairing on both flashes, as if an installer had been there. Returns the key."""
    key = secrets.token_bytes(32)
    for here, there, name in ((gateway_flash, plan, plan["name"]), (flash, gateway, gateway["name"])):
        peers = Peers(str(here)).load()
        peers.put(mac_bytes(there["mac"]), key, name, there["role"])
        peers.channel = 6
        peers.save()
    return key


def forms(secret):
    """The spellings in which a secret could be said, as bytes."""
    found = [secret, secret.hex().encode(), secret.hex().upper().encode(), repr(secret)[2:-1].encode()]
    return found + [base64.b64encode(secret).rstrip(b"=")]


def _ignore_carrier(fd):
    with contextlib.suppress(termios.error):
        modes = termios.tcgetattr(fd)
        modes[2] |= termios.CLOCAL
        termios.tcsetattr(fd, termios.TCSANOW, modes)
