"""What the owner wants of the battery, as the rules read it.

A plain object with whole numbers and their defaults; whoever owns the settings
fills it by name, so this room knows no settings file. Powers in W, state of
charge in percent, energies in Wh.
"""

from ..core.modules import forget_parts


class Wishes:
    """Each but the last is the setting `control.<name>`; taking.py fills it in."""

    enabled = True
    target_w = 0            # grid power to hold; 10-20 suits who pays for injection
    dead_band_w = 30
    desired_peak_w = 2500
    min_soc_pct = 20
    buffer_pct = 20
    strict = False          # shave each instant to the peak instead of each quarter
    hold_peak = False       # keep to the desired peak although the month cost more already
    turbo_paid = False      # TURBO may use the paid peak
    feed_ev = False         # the battery may feed a car in TURBO or MAX
    plan_buffer = False     # a plan may use the buffer
    fuse_a = None           # of each phase; None: not guarded
    dead_ms = None          # the step test's findings; None: not measured
    ramp_w_s = None
    capacity_wh = None

    def take(self, get):
        """Fill every field with get("control." + name); None keeps the default. Returns itself."""
        from .taking import take
        take(self, get)
        forget_parts("control", "taking")
        return self
