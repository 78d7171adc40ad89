"""The guide's installations as data: which boards, where, which ports, which settings.

A board is (name, role, board profile, MAC, place, {UART number: line}, settings).
Lines are "p1" and "rs485": what the harness, or a real cable, puts at the other end.
Places are metres from the gateway. The first board is the gateway; the others are
paired with it. "lan": which boards hang on the house's network as well.
"""

# Every desk board says each second what it sees, in English, and needs no network.
_DESK = {"console": "status", "language": "en", "network.enabled": False}
_ME3000SP = {
    "modbus.type": "Retro",
    "modbus.group": "Sofar",
    "modbus.model": "Sofar ME3000SP",
    "modbus.station": 1,
}
_NO_METER = {"p1.enabled": False}
_NO_INVERTER = {"modbus.enabled": False}
_LAN = {"network.enabled": True, "link.way": "lan"}
GATEWAY = "F412FA4006E4"


def _board(name, lines, role="extender", mac="3CE90E7760F8", place=(6, 4), **more):
    """A board with those of the two lines on its ports; `more`: keys of a board, or "settings" on top."""
    settings = dict(_DESK, **(_ME3000SP if "rs485" in lines else _NO_INVERTER))
    settings.update({} if "p1" in lines else _NO_METER)
    settings.update(more.pop("settings", {}))
    uarts = {uart: line for uart, line in ((1, "p1"), (2, "rs485")) if line in lines}
    profile = "esp32_devkit" if role == "extender" else "wt32_eth01"
    more.update(name=name, role=role, profile=profile, mac=mac, place=place)
    return dict(more, uarts=uarts, settings=settings)


def _gateway(*lines, **more):
    return _board("gateway", lines, "gateway", GATEWAY, (0, 0), **more)


SCENARIOS = {
    "A": {
        "text": "one Jullix, meter and inverter on its own ports",
        "boards": (_gateway("p1", "rs485"),),
    },
    "B": {
        "text": "meter at the Jullix, inverter at an extender",
        "boards": (_gateway("p1"), _board("shed", ("rs485",))),
    },
    "C": {
        "text": "meter at an extender, inverter at the Jullix",
        "boards": (_gateway("rs485"), _board("cellar", ("p1",))),
    },
    "D": {
        "text": "meter and inverter at one extender",
        "boards": (_gateway(), _board("garage", ("p1", "rs485"))),
    },
    "E": {
        "text": "meter at one extender, inverter at another",
        "boards": (
            _gateway(),
            _board("cellar", ("p1",)),
            _board("shed", ("rs485",), mac="3CE90E776104", place=(-9, 3)),
        ),
    },
    "F": {
        "text": "meter at the Jullix, inverter at a second Jullix, its slave, by radio",
        "boards": (_gateway("p1"), _board("slave", ("rs485",), "slave", "F412FA400A3C")),
    },
    "F-lan": {
        "text": "the same by the house's network: the slave is found by broadcast",
        "boards": (
            _gateway("p1", settings=_LAN),
            _board("slave", ("rs485",), "slave", "F412FA400A3C", settings=_LAN),
        ),
        "lan": ("gateway", "slave"),
    },
    "ten": {
        "text": "as many extenders as an access point bears, a meter port each; no inverter",
        "boards": (
            _gateway(settings={"link.meter": "box 0"}),
            *[_board(f"box {n}", ("p1",), mac=f"3CE90E77A0{n:02X}", place=(n - 5, 5)) for n in range(10)],
        ),
    },
}
