"""Which kind of grid the meter hangs on, told by its voltages.

On a 3x230 V delta grid (much of Belgium) the meter measures with two wattmeters: L2 reads 000.0 V
and 0 W, while its current is real. L1 and L3 "powers" are then not the load of a wire: one may
read as injection in a house that only consumes. The total stays right (facts: p1.md section 9).
"""

_LIVE_MV = 100000


def is_delta(meter):
    """True for 3x230 V, False for a grid with a neutral, None when the telegram does not tell."""
    voltages, currents = meter.voltage_mv, meter.current_ma
    if voltages is None or len(voltages) < 3 or currents is None or len(currents) < 3:
        return None
    first, second, third = voltages
    if first is None or second is None or third is None:
        return None
    return second == 0 and currents[1] is not None and first > _LIVE_MV and third > _LIVE_MV
