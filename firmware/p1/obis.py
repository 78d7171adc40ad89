"""Which line of a telegram fills which field of core's Meter: data, read by the full code A-B:C.D.E.

A row: code, kind of value, field, and for some kinds a rank: the phase (0 is L1), or for a serial
number how much we prefer that line. The last digits alone never decide: `0-1:96.3.10` of a Belgian
50221 meter is a relay, `0-0:96.3.10` is the breaker. M-Bus lines (0-1 to 0-4) are in mbus.py.

Belgium and the Netherlands name tariffs the other way round (.8.1 is day in Belgium, night in the
Netherlands): registers stay registers here, whoever shows them names them. Meters without tariffs
(Luxembourg, Sweden) print only 1.8.0 and 2.8.0: that total goes to the first register and the
second stays None. Sources: DSMR 5.0.2 and 4.2.2, e-MUCS-P1 1.7.1 and 2.1.1, Luxmetering 1.1.3,
the Swedish H1/P1 recommendation, and the telegrams of host_tests/fixtures/telegrams.

This file is loaded for the first telegram and forgotten: its text is 1.4 kB of heap.
"""

from ..core.readings import Meter
from .codes import key

_KINDS = (b"number", b"phase", b"plain", b"printed", b"hexed", b"clock", b"peak", b"history",
          b"limit", b"fuse", b"total", b"serial")

_ROWS = b"""
1-0:1.7.0 number import_w
1-0:2.7.0 number export_w
1-0:1.8.1 number import_t1_wh
1-0:1.8.2 number import_t2_wh
1-0:2.8.1 number export_t1_wh
1-0:2.8.2 number export_t2_wh
1-0:1.8.0 total import_t1_wh
1-0:2.8.0 total export_t1_wh
1-0:1.4.0 number demand_w
1-0:1.6.0 peak month_peak_w
0-0:98.1.0 history history
1-0:32.7.0 phase voltage_mv 0
1-0:52.7.0 phase voltage_mv 1
1-0:72.7.0 phase voltage_mv 2
1-0:31.7.0 phase current_ma 0
1-0:51.7.0 phase current_ma 1
1-0:71.7.0 phase current_ma 2
1-0:21.7.0 phase phase_import_w 0
1-0:41.7.0 phase phase_import_w 1
1-0:61.7.0 phase phase_import_w 2
1-0:22.7.0 phase phase_export_w 0
1-0:42.7.0 phase phase_export_w 1
1-0:62.7.0 phase phase_export_w 2
0-0:1.0.0 clock time
0-0:96.14.0 plain tariff
0-0:96.3.10 plain breaker
0-0:17.0.0 limit limiter_w
1-0:31.4.0 fuse fuse_ma
0-0:96.1.4 printed version
1-3:0.2.8 printed version
0-0:96.1.1 serial serial 3
0-0:96.1.0 serial serial 2
0-0:42.0.0 serial serial 1
0-0:0.0.0 serial serial 0
0-0:96.1.2 hexed ean
0-0:96.13.0 hexed message
1-1:1.7.0 number import_w
1-1:2.7.0 number export_w
1-1:1.8.1 number import_t1_wh
1-1:1.8.2 number import_t2_wh
1-1:2.8.1 number export_t1_wh
1-1:2.8.2 number export_t2_wh
1-1:1.6.0 peak month_peak_w
1-1:31.4.0 fuse fuse_ma
"""


def table():
    """A new dict: code as one int (`key`) -> kind << 7 | rank << 5 | index into Meter.FIELDS.
    """
    made = {}
    for row in _ROWS.split(b"\n"):
        words = row.split()
        if words:
            rank = int(words[3]) if len(words) > 3 else 0
            field = Meter.FIELDS.index(words[2].decode())
            made[key(words[0] + b"(", 0)] = _KINDS.index(words[1]) << 7 | rank << 5 | field
    return made
