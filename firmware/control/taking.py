"""The owner's wishes out of the settings. Loaded for that at a start and after a change, then forgotten."""

NAMES = """enabled target_w dead_band_w desired_peak_w min_soc_pct buffer_pct strict hold_peak turbo_paid
feed_ev plan_buffer fuse_a dead_ms ramp_w_s"""


def take(wishes, get):
    """Fill every field of `wishes` with get("control." + name); None gives the default."""
    for name in NAMES.split():
        value = get("control." + name)
        default = getattr(type(wishes), name)
        setattr(wishes, name, default if value is None else value)
    wishes.capacity_wh = get("inverter.capacity_wh")
