"""What the panels give in each quarter of the year: pvlib's sun, and clouds drawn by a seed.

An independent witness: nothing of the firmware's own sun geometry is used. A day is clear, mixed or
grey, as days follow each other in Belgium; in a mixed one clouds of some minutes pass.
"""

import random

import numpy
import pandas
from pvlib.irradiance import get_total_irradiance
from pvlib.location import Location

LATITUDE, LONGITUDE = 51.05, 3.72
GROUPS = ((6, 420, 180, 35), (4, 420, 255, 35))  # panels, W each, azimuth from north, tilt
_STEP_S = 300
# Linke, by month, of the Low Countries.
_TURBIDITY = (2.6, 2.9, 3.3, 3.6, 3.8, 3.9, 3.9, 3.8, 3.5, 3.1, 2.8, 2.6)
_LOSSES = 0.86
_INVERTER_W = 4000
# Share of clear, mixed, grey days by quarter of the year, and the light that each lets through.
_SKIES = ((0.14, 0.32, 0.54), (0.25, 0.43, 0.32), (0.26, 0.44, 0.30), (0.12, 0.33, 0.55))
_STAYS = 0.45  # chance that tomorrow's sky is of today's kind


def quarters(first, count, seed=1):
    """-> (Wh of each quarter, Wh under a clear sky, what the sky of each day lets through)."""
    step = pandas.Timedelta(seconds=_STEP_S)
    times = pandas.date_range(pandas.Timestamp(first, unit="s", tz="UTC"), periods=count * 3, freq=step)
    clear = _clear(times + step / 2)
    through, days = _clouds(random.Random(seed), times, first)
    each = (numpy.minimum(clear * through, _INVERTER_W), numpy.minimum(clear, _INVERTER_W))
    wh = [numpy.rint(part.reshape(count, 3).mean(axis=1) / 4).astype(int).tolist() for part in each]
    return wh[0], wh[1], days


def _clear(times):
    """W at the meter under a clear sky."""
    place = Location(LATITUDE, LONGITUDE, altitude=10)
    sun = place.get_solarposition(times)
    turbidity = pandas.Series([_TURBIDITY[month - 1] for month in times.month], index=times)
    sky = place.get_clearsky(times, model="ineichen", solar_position=sun, linke_turbidity=turbidity)
    watts = numpy.zeros(len(times))
    for panels, each_w, azimuth, tilt in GROUPS:
        plane = get_total_irradiance(tilt, azimuth, sun["apparent_zenith"], sun["azimuth"],
                                     sky["dni"], sky["ghi"], sky["dhi"], model="isotropic")
        watts += panels * each_w * numpy.nan_to_num(plane["poa_global"].to_numpy()) / 1000
    return watts * _LOSSES


def _clouds(dice, times, first):
    """-> (share of a clear sky in each step, its mean by day)."""
    made, days, kind = [], [], 2
    steps_a_day = 86400 // _STEP_S
    for day in range(-(-len(times) // steps_a_day)):
        at = min(day * steps_a_day + steps_a_day // 2, len(times) - 1)
        shares = _SKIES[(times[at].month - 1) // 3]
        if dice.random() > _STAYS:
            kind = dice.choices((0, 1, 2), shares)[0]
        made += _sky(dice, kind, steps_a_day)
        days.append(sum(made[-steps_a_day:]) / steps_a_day)
    return numpy.array(made[:len(times)]), days


def _sky(dice, kind, steps):
    """One day's shares: clear, grey, or clouds that come and go minute by minute."""
    if kind == 0:
        haze = dice.uniform(0.93, 1.0)
        return [haze] * steps
    if kind == 2:
        level, found = dice.uniform(0.15, 0.4), []
        for _ in range(steps):
            level = min(0.55, max(0.08, level + dice.gauss(0, 0.015)))
            found.append(level)
        return found
    cover, shade, covered, found = dice.uniform(0.25, 0.7), dice.uniform(0.2, 0.45), False, []
    for _ in range(steps):
        sunny = 0
        for _ in range(_STEP_S // 60):
            # A cloud takes six minutes to pass; the gaps between make up the day's cover.
            if dice.random() < (1 / 6 if covered else cover / (1 - cover) / 6):
                covered = not covered
            sunny += 0 if covered else 1
        share = sunny / (_STEP_S // 60)
        found.append(share + (1 - share) * shade)
    return found
