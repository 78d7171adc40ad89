"""The lamp and the button of a box: two pins, where the board has them."""

import machine


class Panel:
    """lamp, button: those of a board's profile, each a dict or None."""

    def __init__(self, lamp, button):
        self._lamp = lamp and machine.Pin(lamp["pin"], machine.Pin.OUT)
        self._lit = lamp and lamp["lit"]
        self._button = button and machine.Pin(button["pin"], machine.Pin.IN)
        self._pressed = button and button["pressed"]

    def lamp(self, lit):
        """Switch the lamp, where there is one."""
        if self._lamp:
            self._lamp.value(self._lit if lit else 1 - self._lit)

    def pressed(self):
        """True while the button is held."""
        return bool(self._button) and self._button.value() == self._pressed
