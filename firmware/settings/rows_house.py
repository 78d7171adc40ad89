"""Settings of the house rather than of the box: what only pages, plan and bill ask for. Rows as in rows.py.

Apart from rows.py so that a box that merely runs never has them in memory: they are looked
at when somebody changes one, and at a start only when flash holds one. Kind "panels":
up to six groups, each COUNTxWATTPEAK@AZIMUTH/TILT, as in "12x400@180/35;8x380@90/20";
azimuth from north clockwise (180 is south), tilt from the ground. Places on the earth
are millionths of a degree.
"""

ROWS = (
    ("installation.description", "text", "", 0, 80, None, "", "owner"),
    ("installation.address", "text", "", 0, 120, None, "", "owner"),
    ("installation.postcode", "text", "", 0, 10, None, "", "owner"),
    ("installation.city", "text", "", 0, 60, None, "", "owner"),
    ("installation.country", "text", "", 0, 40, None, "", "owner"),
    ("installation.latitude", "int", None, -90000000, 90000000, None, "udeg", "owner"),
    ("installation.longitude", "int", None, -180000000, 180000000, None, "udeg", "owner"),
    ("installation.installer", "text", "", 0, 60, None, "", "installer"),
    ("installation.scenario", "choice", "", 0, 0, ("", "A", "B", "C", "D", "E", "F"), "", "installer"),
    ("panels.groups", "panels", "", 0, 150, None, "", "owner"),
    # Flexible loads (docs/control.md). A car's least is 6 A: 1380 W on one phase, 4140 W on three.
    ("loads.car_w", "int", None, 1380, 22000, None, "W", "installer"),
    ("loads.car_least_w", "int", 1380, 0, 22000, None, "W", "installer"),
    ("loads.car_mode", "choice", "eco", 0, 0, ("eco", "turbo", "max", "block"), "", "owner"),
    ("loads.boiler_w", "int", None, 100, 22000, None, "W", "installer"),
    ("loads.boiler_mode", "choice", "eco", 0, 0, ("eco", "turbo", "max", "block"), "", "owner"),
)
