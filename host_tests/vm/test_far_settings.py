"""In the real MicroPython: a change from afar is taken, or refused by name, and nothing dies of it."""

SCRIPT = """
from firmware.roles.own_settings import take
from firmware.settings.store import load
ME3000SP = {{"modbus.type": "Retro", "modbus.group": "Sofar", "modbus.model": "Sofar ME3000SP"}}
settings, _ = load({folder!r})
for changes in ({{"modbus.statoin": 3}}, {{"modbus.station": 300}}, {{"role": "gateway"}}, None,
                dict(ME3000SP, **{{"modbus.station": 3}}), {{"modbus.model": "Sofar ME9000"}}):
    taken, code, args, restart = take(settings, changes, {folder!r})
    print(taken, code, args[0] if args else "-", restart)
print(settings.get("modbus.station"), load({folder!r})[0].get("modbus.station"))
"""


def test_each_change_has_its_answer(run_vm, tmp_path):
    assert run_vm(SCRIPT.format(folder=str(tmp_path))).splitlines() == [
        "False setting_unknown modbus.statoin False",
        "False setting_bounds modbus.station False",
        "False setting_not_from_afar role False",
        "False settings_garbled - False",
        "True settings_taken modbus.group, modbus.model, modbus.station, modbus.type True",
        "False modbus_refused model 'Sofar ME9000' is not in the catalogue; "
        "choose one of: Sofar ME3000SP False",
        "3 3",
    ]
