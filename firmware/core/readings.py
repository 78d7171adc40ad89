"""The nouns of the house, with their units and signs; everything else imports them.

Signs, fixed once: grid + = import, battery + = discharge, solar >= 0, so
load = grid + battery + solar. A device that disagrees is corrected in its
catalogue row, nowhere else. Units stand in the names. Missing is None, never 0.
All numbers are ints: the ESP32's floats have 24 bits.

A Meter and an Inverter are filled in place by their one writer, so that a
telegram a second leaves next to no garbage; readers look at them only between
two awaits, so nothing changes while they think.
"""


class Meter:
    """One P1 telegram. Lists are per phase (L1, L2, L3), at most three long."""

    at_ms = None  # ticks when the last byte was in; None: never
    crc = time = header = version = serial = ean = import_w = export_w = None
    import_t1_wh = import_t2_wh = export_t1_wh = export_t2_wh = tariff = None
    demand_w = month_peak_w = month_peak_time = history = None
    voltage_mv = current_ma = phase_import_w = phase_export_w = None
    breaker = limiter_w = fuse_ma = gas = water = heat = message = None

    # A list after the attributes, not a tuple: its strings are then the attributes'
    # own names, where a constant tuple would hold a copy of each (2 kB for this file).
    FIELDS = [
        "crc", "time", "header", "version", "serial", "ean",
        "import_w", "export_w",
        "import_t1_wh", "import_t2_wh", "export_t1_wh", "export_t2_wh",
        "tariff", "demand_w", "month_peak_w", "month_peak_time", "history",
        "voltage_mv", "current_ma", "phase_import_w", "phase_export_w",
        "breaker", "limiter_w", "fuse_ma", "gas", "water", "heat", "message",
    ]

    def grid_w(self):
        """Net power at the meter, + import; None when the telegram lacks it."""
        if self.import_w is None:
            return None
        return self.import_w - (self.export_w or 0)


class Inverter:
    """What one device on a Modbus port said last. None where it says nothing."""

    at_ms = None     # ticks of the newest power and SoC reading
    heard_ms = None  # ticks of the last valid reply of any kind
    power_w = None   # battery, + discharge
    soc_pct = soh_pct = voltage_mv = current_ma = battery_c = inverter_c = None
    solar_w = grid_w = load_w = None
    state = None     # word of the catalogue's state table, e.g. "charging"
    mode = None      # work mode word, "passive" when it takes our commands
    ready = None     # True: obeys commands now; False: does not; None: unknown
    faults = ()      # words of the catalogue's fault table
    charge_max_w = discharge_max_w = None  # what it accepts now, None: unknown
    full = empty = None                    # True: refuses to charge / to discharge
    serial = model = None
    import_wh = export_wh = charged_wh = discharged_wh = solar_wh = None

    FIELDS = [
        "power_w", "soc_pct", "soh_pct", "voltage_mv", "current_ma", "battery_c", "inverter_c",
        "solar_w", "grid_w", "load_w", "state", "mode", "ready", "faults",
        "charge_max_w", "discharge_max_w", "full", "empty", "serial", "model",
        "import_wh", "export_wh", "charged_wh", "discharged_wh", "solar_wh",
    ]


class Snapshot:
    """All that a decision may look at, frozen at one instant.

    Powers in W with the signs above; ages in ms, None when never measured.
    """

    now_ms = None
    grid_w = meter_age_ms = meter_interval_ms = meter_time = None
    demand_w = month_peak_w = import_wh = None
    battery_w = battery_age_ms = None
    skew_ms = None       # meter instant - battery instant
    heard_age_ms = None  # last valid reply
    status = None        # the driver's word for its state
    solar_w = soc_pct = charge_max_w = discharge_max_w = None
    full = empty = ready = None
    current_ma = voltage_mv = None
    far = None   # name of the other box that a reading comes from; None: all hangs on our own ports
    away = None  # True: that box is not to be heard


class Decision:
    """What we want. `power_w` None means: neutral, the battery at rest.

    `why` is a tuple: a word of the word list, then the numbers it speaks of.
    """

    def __init__(self, rule, power_w, why):
        self.rule = rule
        self.power_w = power_w
        self.why = why


class Command:
    """What goes to a driver: a lease. After `until_ms` whoever holds it rests.

    `power_w`: + discharge, - charge, 0 hold, None neutral (standby).
    """

    def __init__(self, power_w, until_ms, why):
        self.power_w = power_w
        self.until_ms = until_ms
        self.why = why
