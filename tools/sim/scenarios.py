"""The guide's installations as data: which boards, which ports, which settings.

A board is (name, role, board profile, {UART number: line}, settings). Lines are
"p1" and "rs485": what the harness, or a real cable, puts at the other end. B to
F follow with the radio; a scenario with several boards needs nothing new here.
"""

# Every desk board says each second what it sees, in English, and needs no network.
_DESK = {"console": "status", "language": "en", "network.enabled": False}
_ME3000SP = {
    "modbus.type": "Retro",
    "modbus.group": "Sofar",
    "modbus.model": "Sofar ME3000SP",
    "modbus.station": 1,
}

SCENARIOS = {
    "A": {
        "text": "one Jullix, meter and inverter on its own ports",
        "boards": (
            {
                "name": "gateway",
                "role": "gateway",
                "profile": "wt32_eth01",
                "mac": "F412FA4006E4",
                "uarts": {1: "p1", 2: "rs485"},
                "settings": dict(_DESK, **_ME3000SP),
            },
        ),
    },
}
