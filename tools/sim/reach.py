"""How well one place of a house hears another: distance to dBm, dBm to the chance of being lost."""

import math

_AT_ONE_METRE = -42
_EXPONENT = 3.2      # indoors, through walls
_FLUTTER_DB = 2
_FLOOR = -95         # of an ESP32 at 1 Mbit/s
_SURE = -88


def rssi_dbm(here, there, dice):
    """dBm at `there` of what was sent at `here`, (x, y) in metres each; flutters a little."""
    metres = max(1.0, math.dist(here, there))
    level = _AT_ONE_METRE - 10 * _EXPONENT * math.log10(metres) + dice.gauss(0, _FLUTTER_DB)
    return max(-120, min(-20, round(level)))


def chance_lost(rssi):
    """0 where it is well heard, 1 below the floor, in between as much as it is near either."""
    return min(1.0, max(0.0, (_SURE - rssi) / (_SURE - _FLOOR)))
