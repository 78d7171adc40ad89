"""Sofar ME3000SP with a clamp (CTpv) on the existing PV inverter: solar is measured too.

Sources and grades: see sofar_storage.
"""

BASE = "sofar_storage"
TYPE = "Hybrid"
GROUP = "Sofar"
SUBGROUP = "ME3000SP"
MODEL = "Sofar ME3000SP (CTpv)"
FAMILY = "ME3000SP"

CHARGE_MAX_W = 3000  # A: P, O
DISCHARGE_MAX_W = 3000  # A: P, O

READS = (
    ("fast", 3, False, (
        (0x0215, "solar_w", "u16", 10, 1),  # A: V, O; AC side, whatever is behind the clamp
    )),
    ("slow", 3, False, (
        (0x021C, "solar_wh", "u32", 1000, 1),  # A: V, O
    )),
)
DETAILS = (
    (3, (
        (0x0218, "solar_today_wh", "u16", 10, 1),  # A: V, O
        (0x0236, "solar_ma", "u16", 10, 1),  # C: V
    )),
)
