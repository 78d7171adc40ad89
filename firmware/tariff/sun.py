"""Where the sun stands and what a clear sky gives a group of panels. Geometry only: no weather, no history.

Knows: declination and equation of time (Spencer 1971), clear sky (Haurwitz 1945 for the horizontal, Meinel
1976 for the beam), the rest isotropic, ground 0.2. Good to 0.2 degree and about ten per cent of a clear
day, which a house's own history corrects (yields.py). Fit for floats of 24 bits: a moment enters as day of
the year and second of the day, never as seconds since 1970.
"""

from math import asin, atan2, cos, exp, pi, sin

from .brussels import DAY_S

_RADIAN = pi / 180
_EPOCH = 10957  # 1 January 2000
_LOSSES_PCT = 86  # inverter, cable, heat, dust: the share that reaches the meter


def position(utc, latitude, longitude):
    """-> (elevation, azimuth from north clockwise), radians, at a UTC second; degrees north and east."""
    day = utc // DAY_S
    # Where in its year the earth is: days within four years first, so that small numbers are divided.
    turn = 2 * pi * (((day - _EPOCH) % 1461 + (utc % DAY_S) / DAY_S) % 365.25) / 365.25
    declination = (
        0.006918 - 0.399912 * cos(turn) + 0.070257 * sin(turn) - 0.006758 * cos(2 * turn)
        + 0.000907 * sin(2 * turn) - 0.002697 * cos(3 * turn) + 0.00148 * sin(3 * turn))
    late = 229.18 * (
        0.000075 + 0.001868 * cos(turn) - 0.032077 * sin(turn) - 0.014615 * cos(2 * turn)
        - 0.040849 * sin(2 * turn))
    minute = (utc % DAY_S) / 60 + late + 4 * longitude  # true solar time
    angle = (minute / 4 - 180) * _RADIAN
    north = latitude * _RADIAN
    height = sin(north) * sin(declination) + cos(north) * cos(declination) * cos(angle)
    elevation = asin(max(-1.0, min(1.0, height)))
    east = -cos(declination) * sin(angle)
    toward = cos(north) * sin(declination) - sin(north) * cos(declination) * cos(angle)
    return elevation, atan2(east, toward) % (2 * pi)


def clear_sky(utc, latitude, longitude, azimuth, tilt):
    """W/m2 on a plane (degrees: azimuth from north clockwise, tilt from the ground) under a clear sky."""
    elevation, bearing = position(utc, latitude, longitude)
    height = sin(elevation)
    if height < 0.01:
        return 0.0
    level = 1098 * height * exp(-0.057 / height)
    beam = 1353 * 0.7 ** ((1 / (height + 0.01)) ** 0.678)
    around = max(0.1 * level, level - beam * height)
    lean = tilt * _RADIAN
    facing = height * cos(lean) + cos(elevation) * sin(lean) * cos(bearing - azimuth * _RADIAN)
    return (beam * max(0.0, facing) + around * (1 + cos(lean)) / 2 + 0.2 * level * (1 - cos(lean)) / 2)


def slot_wh(utc, slot_s, latitude, longitude, groups):
    """Wh of all groups under a clear sky in a slot from `utc` on; a group: panels, W each, azimuth, tilt."""
    middle = utc + slot_s // 2
    watts = 0
    for panels, each_w, azimuth, tilt in groups:
        watts += panels * each_w * clear_sky(middle, latitude, longitude, azimuth, tilt) / 1000
    return int(watts * _LOSSES_PCT / 100 * slot_s / 3600 + 0.5)
