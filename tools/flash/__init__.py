"""A stock MicroPython, the firmware and a box's own files onto a board. See `python -m tools.flash -h`."""
