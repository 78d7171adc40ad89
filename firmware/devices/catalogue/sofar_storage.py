"""What Sofar's ME3000SP and HYD-ES have in common: one register map, one set of commands.

Not a choice of its own: other files name it as their BASE.

Sources
  V   SofarSolar, "ModBus-RTU Communication Protocol" (2017-11-27), storage register list
  P   SofarSolar, "ME3000SP Passive mode protocol" (0x42, 0x49)
  G   SofarSolar, "Modbus User Guide" (2023-07-23), serial number table
  O   open projects that read the register on real devices: cmcgerty/Sofar2mqtt,
      IgorYbema/Sofar2mqtt, Sattaz/SmartSofar, davidrapan/ha-solarman,
      2technology/sofar-me3000sp-homeassistant, rjpearce/sofar2mqtt-python,
      PeterHiltonUK/Sofar-Controller-ME3000SP, MichaluxPL/Sofar_LSW3
Grades: A maker and projects agree, B two or more projects, C one source, X sources disagree.

Sofar counts charging and export as plus: hence the minus signs. What only an installer looks
at stands in sofar_storage_more.
"""

LINK = (9600, 8, "N", 1)  # A: V, O
STATIONS = (1, 63)  # A: V; 0x88 is the maker's broadcast, nobody answers it
LONGEST = 86  # registers in one read, B: O (0x0200..0x0255 on both)
HOLE = 16  # unused registers worth reading through; within the 86 above
WALLS = ()
GAP_MS = 35  # silence between frames. B: O wait 20 to 200 ms; 35 lets a command follow a telegram in 50 ms
MEASURE = "power_w"

# Rows that the driver acts on or the owner sees. A "block" is read along for the rows of MORE.
READS = (
    ("fast", 3, False, (
        (0x020D, "power_w", "s16", -10, 1),  # A: V, O
        (0x020E, "voltage_mv", "voltage_by_magnitude", 1, 1),  # X: 0.1 V in V, 0.01 V in O
        (0x020F, "current_ma", "s16", -10, 1),  # A: V, O
        (0x0210, "soc_pct", "percent", 1, 1),  # A: V, O
        (0x0211, "battery_c", "s16", 1, 1),  # A: V, O; no sign given, same up to 127
        (0x0212, "grid_w", "s16", -10, 1),  # A: V, O; the inverter's own clamp, often misplaced
        (0x0213, "load_w", "never_negative", 10, 1),  # A: V unsigned, one project reads signed
        (0x0214, "", "block", 0, 2),  # A: V, O; 0x020D..0x0215 in one read
    )),
    ("slow", 3, False, (
        (0x0200, "", "block", 0, 58),  # A: V, O; read by many projects in one piece
        (0x0200, "state", "state", 1, 1),  # A: V, O
        (0x0201, "sofar_fault_", "faults", 1, 5),  # A: V; ID n is bit n-1 counted from here
        (0x021E, "export_wh", "u32", 1000, 1),  # A: V, O
        (0x0220, "import_wh", "u32", 1000, 1),  # A: V, O
        (0x0226, "charged_wh", "u32", 1000, 1),  # B: O; "reserved" in V
        (0x0228, "discharged_wh", "u32", 1000, 1),  # B: O
        (0x022B, "sofar_alert_", "hints", 0, 1),  # A: V; bit 7 is ID 85
        (0x0237, "soh_pct", "percent", 1, 1),  # X: "reserved battery power" in V, health in O
        (0x0238, "inverter_c", "s16", 1, 1),  # A: V, O
    )),
    ("rare", 3, True, (
        (0x023A, "", "block", 0, 12),  # A: V, O
        (0x023D, "sofar_battery_", "hints", 100, 1),  # C: V; only IDs 100..107 are listed
        (0x0242, "sofar_board_", "hints", 0, 1),  # X: V; one project reads minutes here
    )),
    ("rare", 4, True, (
        (0x104D, "", "block", 0, 1),  # C: O
        (0x10B0, "", "block", 0, 13),  # A: V, O
        (0x10B4, "charge_limit_ma", "u16", 10, 1),  # A: V, O; 0..65 A
        (0x10B7, "discharge_limit_ma", "u16", 10, 1),  # A: V, O; 0..70 A
    )),
    ("once", 4, True, (
        (0x2000, "", "block", 0, 14),  # A: V, O
        (0x2001, "serial", "text", 1, 7),  # A: V, G, O
    )),
    ("mode", 3, True, (
        (0x1200, "mode", "mode", 1, 1),  # B: O; old firmware does not know it
    )),
)
MORE = "sofar_storage_more"

# A: V, O for the ME3000SP; the HYD-ES file tells why its list is not trusted.
STATES = (
    "waiting", "checking_charge", "charging", "checking_discharge", "discharging",
    "backup", "fault", "broken",
)
FAULT_STATES = ("fault", "broken")
MODES = ("auto", "time_of_use", "timed", "passive", "peak_shaving")  # B: O
OBEYS_IN = "passive"

# (name, steps); a step is (function, first register, value kind, values). A number is sent
# as it is, a pair (multiply, divide) takes the wanted power in W, + = discharge. Codes 0x42
# and 0x49 are framed like "write one register" and answered with a counted status (P).
WRITES = (
    ("rest", ((0x42, 0x0100, "u16", (0x5555,)),)),  # A: P, O
    ("discharge", ((0x42, 0x0101, "u16", ((1, 1),)),)),  # A: P, O
    ("charge", ((0x42, 0x0102, "u16", ((-1, 1),)),)),  # A: P, O
    ("hold", ((0x42, 0x0102, "u16", (0,)),)),  # C: O; where standby is ignored, 0 W charge holds
    ("auto", ((0x42, 0x0103, "s16", (0,)),)),  # A: P, O; needs the inverter's own clamp
    ("alive", ((0x49, 0x2201, "u16", (0x2202,)),)),  # A: P, O; 1 s to 60 s apart
    # B: O; kept in EEPROM (about 100 000 writes), hence never sent without being asked for
    ("set_mode", ((0x10, 0x1200, "u16", (3,)),)),
)
WORN = ((0x1200, 0x120F),)  # the settings block; B: O
STATUS = "sofar_status"  # how the answer to a set-point is read

ALIVE_MS = 9000  # B: O; the maker asks for at least one a minute
RESEND_MS = 20000  # B: O resend every 10 to 60 s
STEP_W = 10  # what 0x020D can show
SMALL_W = (30, 50)  # hold below 30, leave the hold from 50. B: O use dead bands of 40 to 50 W

# Serial number: (first character, what stands there, family). A: G; legacy SE1E, SM1E: O
SERIALS = ((1, "E1", "ME3000SP"), (1, "M1", "HYD-ES"))

QUIRKS = ("standby_clicks", "soc_bogus_zero", "stalls_at_zero")
