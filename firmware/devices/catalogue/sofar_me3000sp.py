"""Sofar ME3000SP as a retrofit battery inverter, nothing on its PV clamp.

Also sold as ZCS Azzurro 3000SP. Sources and grades: see sofar_storage.
"""

BASE = "sofar_storage"
TYPE = "Retro"
GROUP = "Sofar"
SUBGROUP = None
MODEL = "Sofar ME3000SP"
FAMILY = "ME3000SP"

CHARGE_MAX_W = 3000  # A: P, O
DISCHARGE_MAX_W = 3000  # A: P, O

READS = (
    ("fast", 3, False, (
        # A: V, O. Not solar_w: without the clamp it is 0, and 0 is not "unknown".
        # Anything else here tells the installer that the CTpv model should be chosen.
        (0x0215, "clamp_w", "u16", 10, 1),
    )),
)
