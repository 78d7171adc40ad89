"""Every setting of a box, one row each: the one table the form, the checker and the manual read.

A row is (name, kind, default, low, high, choices, unit, who):

- kind: "bool"; "int" from low to high; "choice" out of choices; "text" of low to
  high characters; "word" like "text" but only a-z, 0-9, _ and -; "ipv4" dotted.
- default: the value of a box nobody has touched. None means: not known yet, and
  such a row also takes None.
- unit: what follows the number on a page; "" when there is none.
- who: the least role that may change it: "owner" (everybody trusted), "installer".

The label of `modbus.station` is the word `set_modbus_station`, its help
`help_modbus_station`, each in four languages (firmware/words). No secret is a
setting: those are in the identity. This file knows values, not what they do; what
only pages, plan and bill ask for stands in rows_house.py.
"""

VERSION = 1

ROWS = (
    ("role", "choice", "gateway", 0, 0, ("gateway", "slave", "extender"), "", "installer"),
    ("board", "word", "wt32_eth01", 1, 24, None, "", "installer"),
    ("language", "choice", "nl", 0, 0, ("nl", "fr", "en", "de"), "", "owner"),
    ("console", "choice", "journal", 0, 0, ("off", "journal", "status"), "", "installer"),
    ("name", "text", "", 0, 24, None, "", "owner"),
    # Ethernet. An empty host name stands for the SSID in small letters.
    ("network.enabled", "bool", True, 0, 0, None, "", "installer"),
    ("network.hostname", "word", "", 0, 32, None, "", "installer"),
    ("network.mode", "choice", "dhcp", 0, 0, ("dhcp", "static"), "", "installer"),
    ("network.address", "ipv4", None, 0, 0, None, "", "installer"),
    ("network.mask", "ipv4", "255.255.255.0", 0, 0, None, "", "installer"),
    ("network.gateway", "ipv4", None, 0, 0, None, "", "installer"),
    ("network.dns", "ipv4", None, 0, 0, None, "", "installer"),
    # The pages: on the box's own Wi-Fi, and on the house's network as far as `web.lan` lets them.
    ("web.enabled", "bool", True, 0, 0, None, "", "installer"),
    ("web.lan", "choice", "full", 0, 0, ("off", "read", "full"), "", "installer"),
    ("web.port", "int", 80, 1, 65535, None, "", "installer"),
    # What the status page shows there before a login; minutes after which our own Wi-Fi closes.
    ("web.lan_status", "choice", "all", 0, 0, ("all", "lights", "login"), "", "owner"),
    ("web.ap_minutes", "int", 0, 0, 1440, None, "min", "installer"),
    # The meter port. "auto" listens for 115200 8N1, 9600 7E1 and both polarities.
    ("p1.enabled", "bool", True, 0, 0, None, "", "installer"),
    ("p1.profile", "choice", "auto", 0, 0,
     ("auto", "115200", "9600", "115200_straight", "9600_straight"), "", "installer"),
    # The guide's four choices; empty until an installer has chosen.
    ("modbus.enabled", "bool", True, 0, 0, None, "", "installer"),
    ("modbus.type", "text", "", 0, 32, None, "", "installer"),
    ("modbus.group", "text", "", 0, 32, None, "", "installer"),
    ("modbus.subgroup", "text", "", 0, 32, None, "", "installer"),
    ("modbus.model", "text", "", 0, 48, None, "", "installer"),
    ("modbus.station", "int", 1, 1, 247, None, "", "installer"),
    ("modbus.baud", "choice", 9600, 0, 0,
     (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200), "baud", "installer"),
    ("modbus.parity", "choice", "none", 0, 0, ("none", "even", "odd"), "", "installer"),
    ("modbus.stop_bits", "int", 1, 1, 2, None, "", "installer"),
    # The link to extenders and slaves. Its access point fixes the radio channel: 1, 6 or 11.
    ("link.enabled", "bool", False, 0, 0, None, "", "installer"),
    ("link.channel", "choice", 6, 0, 0, (1, 6, 11), "", "installer"),
    ("link.way", "choice", "radio", 0, 0, ("radio", "lan", "both"), "", "installer"),
    ("link.gateway", "ipv4", None, 0, 0, None, "", "installer"),
    ("link.meter", "text", "", 0, 24, None, "", "installer"),
    ("link.inverters", "text", "", 0, 120, None, "", "installer"),
    ("inverter.name", "text", "", 0, 32, None, "", "owner"),
    ("inverter.capacity_wh", "int", None, 500, 1000000, None, "Wh", "owner"),
    # Guide: price / (cycles x capacity x depth of discharge); 0.09 EUR/kWh is realistic.
    ("inverter.cost_eur_kwh", "int", None, 0, 2000000, None, "uEUR/kWh", "owner"),
    # The guide's "Sturing". Below 10 % minimum SoC the page warns; 5 % is the hard floor.
    ("control.enabled", "bool", True, 0, 0, None, "", "owner"),
    ("control.desired_peak_w", "int", 2500, 500, 50000, None, "W", "owner"),
    ("control.min_soc_pct", "int", 20, 5, 90, None, "%", "owner"),
    ("control.buffer_pct", "int", 20, 0, 90, None, "%", "owner"),
    ("control.target_w", "int", 0, -1000, 1000, None, "W", "owner"),
    ("control.dead_band_w", "int", 30, 0, 500, None, "W", "owner"),
    # Readings of the guide that an owner may see otherwise (docs/control.md).
    ("control.strict", "bool", False, 0, 0, None, "", "owner"),
    ("control.hold_peak", "bool", False, 0, 0, None, "", "owner"),
    ("control.turbo_paid", "bool", False, 0, 0, None, "", "owner"),
    ("control.feed_ev", "bool", False, 0, 0, None, "", "owner"),
    ("control.plan_buffer", "bool", False, 0, 0, None, "", "owner"),
    # The main fuse of each phase; None: not guarded.
    ("control.fuse_a", "int", None, 6, 250, None, "A", "installer"),
    # The step test's findings; None: not measured yet.
    ("control.dead_ms", "int", None, 0, 20000, None, "ms", "installer"),
    ("control.ramp_w_s", "int", None, 10, 100000, None, "W/s", "installer"),
    # A charger or a boiler takes part in the budget; which: rows_house.py.
    ("loads.enabled", "bool", False, 0, 0, None, "", "installer"),
)
