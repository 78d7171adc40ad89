"""Sofar HYD 3000..6000-ES, a hybrid with its own PV strings.

Also sold as ZCS Azzurro 1PH HYD 3000-6000 ZSS. Sources and grades: see sofar_storage.
"""

BASE = "sofar_storage"
TYPE = "Hybrid"
GROUP = "Sofar"
SUBGROUP = "HYD-ES"
MODEL = "Sofar HYD 3000..6000-ES"
FAMILY = "HYD-ES"

# C: Sofar2mqtt caps its command at 6000 W. The battery's own limit (0x10B4, 0x10B7) is lower.
CHARGE_MAX_W = 6000
DISCHARGE_MAX_W = 6000

READS = (
    ("fast", 3, False, (
        (0x0215, "solar_w", "u16", 10, 1),  # A: V, O
    )),
    ("slow", 3, False, (
        (0x0200, "", "block", 0, 86),  # B: O; the longest read seen to work
        (0x021C, "solar_wh", "u32", 1000, 1),  # A: V, O
    )),
)
DETAILS = (
    (3, (
        (0x0218, "solar_today_wh", "u16", 10, 1),  # A: V, O
        (0x0246, "insulation_1", "u16", 1, 1),  # C: O; scale not certain
        (0x0247, "insulation_2", "u16", 1, 1),  # C: O
        (0x0248, "insulation", "u16", 1, 1),  # C: O
        (0x0250, "string_1_mv", "u16", 100, 1),  # B: O
        (0x0251, "string_1_ma", "u16", 10, 1),  # B: O
        (0x0252, "string_1_w", "u16", 10, 1),  # B: O
        (0x0253, "string_2_mv", "u16", 100, 1),  # B: O
        (0x0254, "string_2_ma", "u16", 10, 1),  # B: O
        (0x0255, "string_2_w", "u16", 10, 1),  # B: O
    )),
)

# X: two lists for the same register. Three projects use the ME3000SP one, two others
# 0 wait, 1 check, 2 normal, 3 EPS, 4 fault, 5 permanent fault, 6 unclear. So the word comes
# from power and fault bits (quirk state_by_power); the raw number is shown to the installer.
STATES = ()

QUIRKS = ("standby_clicks", "soc_bogus_zero", "stalls_at_zero", "state_by_power")
