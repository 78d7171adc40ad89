"""What an installer may want to see of Sofar's ME3000SP and HYD-ES. Loaded only to be looked at.

Sources and grades: see sofar_storage.
"""

# (function, rows). Only registers that READS of sofar_storage fetches.
DETAILS = (
    (3, (
        (0x0206, "grid_mv", "u16", 100, 1),  # A: V, O
        (0x0207, "grid_ma", "s16", 10, 1),  # A: V, O; one project calls it unreliable
        (0x020C, "grid_millihertz", "u16", 10, 1),  # A: V, O
        (0x0214, "ac_w", "s16", 10, 1),  # C: sign not documented, for the eye only
        (0x0216, "backup_mv", "u16", 100, 1),  # A: V, O
        (0x0217, "backup_w", "u16", 10, 1),  # A: V, O
        (0x0219, "export_today_wh", "u16", 10, 1),  # A: V, O
        (0x021A, "import_today_wh", "u16", 10, 1),  # A: V, O
        (0x021B, "load_today_wh", "u16", 10, 1),  # A: V, O
        (0x0222, "load_wh", "u32", 1000, 1),  # A: V, O
        (0x0224, "charged_today_wh", "u16", 10, 1),  # B: O; "reserved" in V
        (0x0225, "discharged_today_wh", "u16", 10, 1),  # B: O
        (0x022A, "reconnect_s", "u16", 1, 1),  # A: V, O
        (0x022C, "battery_cycles", "u16", 1, 1),  # A: V, O
        (0x022D, "bus_mv", "u16", 100, 1),  # C: V, unit garbled
        (0x022E, "llc_bus_mv", "u16", 100, 1),  # C: V
        (0x0239, "heatsink_c", "s16", 1, 1),  # A: V, O
        (0x023A, "grid_code", "u16", 1, 1),  # A: V, O
        (0x023B, "dc_ma", "s16", 1, 1),  # C: V
        (0x023C, "dc_mv", "s16", 100, 1),  # C: V
        (0x0243, "running_today_min", "u16", 1, 1),  # A: V, O
        (0x0244, "running_h", "u32", 1, 1),  # A: V, O
    )),
    (4, (
        (0x104D, "floor_soc_pct", "percent", 1, 1),  # C: O
        (0x10B0, "battery_type", "u16", 1, 1),  # A: V, O
        (0x10B1, "battery_ah", "u16", 1, 1),  # A: V, O
        (0x10B3, "charge_limit_mv", "u16", 100, 1),  # A: V, O
        (0x10B5, "over_voltage_mv", "u16", 100, 1),  # A: V, O
        (0x10B6, "discharge_limit_mv", "u16", 100, 1),  # A: V, O
        (0x10B8, "under_voltage_mv", "u16", 100, 1),  # A: V, O
        (0x10B9, "depth_pct", "percent", 1, 1),  # A: V, O
        (0x10BB, "empty_mv", "u16", 10, 1),  # A: V, O
        (0x10BC, "full_mv", "u16", 10, 1),  # A: V, O
        (0x2000, "product_code", "u16", 1, 1),  # A: V, O
        (0x2008, "software", "text", 1, 2),  # A: V, O
        (0x200A, "hardware", "text", 1, 2),  # A: V, O
        (0x200C, "signal_processor", "text", 1, 2),  # C: O
    )),
)
