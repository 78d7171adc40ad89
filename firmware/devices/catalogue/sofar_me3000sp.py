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

# 0x0215 is no solar_w here: without the clamp it is 0, and 0 is not "unknown". Anything else
# there tells the installer that the CTpv model should be chosen.
READS = ()
DETAILS = (
    (3, (
        (0x0215, "clamp_w", "u16", 10, 1),  # A: V, O
    )),
)
