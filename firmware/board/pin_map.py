"""Can this pin map work on that chip? Refuses the impossible by the name of the pin's use.

Knows which pins a chip gives away (flash, PSRAM, RMII, USB), which only listen and
which decide how it boots (Espressif datasheets ESP32 v4.x and ESP32-S3 v1.x;
facts: micropython C). A wrong flash pin does not fail: it stops the chip in the
middle of a program, so a map is checked before any pin is touched. Knows no
wiring: whether a transceiver really hangs on the pin only a meter can tell.
"""

_CHIPS = ("esp32", "esp32s3")
_PHYS = ("LAN8720", "LAN8710", "IP101", "RTL8201", "DP83848", "KSZ8041", "KSZ8081", "W5500")
_RMII_FIXED = (19, 21, 22, 25, 26, 27)  # TXD0 TX_EN TXD1 RXD0 RXD1 CRS_DV
# Port, pin, True when the chip drives it.
_PORTS = (("p1", "rx", False), ("p1", "tx", True), ("p1", "request", True),
          ("rs485", "tx", True), ("rs485", "rx", False), ("rs485", "direction", True))
_INPUT_ONLY = (34, 35, 36, 37, 38, 39)  # ESP32 only


class PinError(ValueError):
    """`use` (such as "rs485.tx") cannot be had as mapped; the text says why and what to do."""

    def __init__(self, use, why):
        super().__init__(use + ": " + why)
        self.use = use


def check(profile):
    """Raise PinError at the first impossible thing in `profile` (a dict, see docs/adding_a_board.md)."""
    for key in ("name", "chip", "psram", "p1", "rs485", "lamp", "button", "ethernet"):
        if key not in profile:
            raise PinError(key, "missing: write None when the board has none")
    chip = profile["chip"]
    if chip not in _CHIPS:
        raise PinError("chip", "%s is unknown; known are %s" % (chip, ", ".join(_CHIPS)))
    taken = {}
    for use, pin, drives in _uses(profile):
        _exists(chip, use, pin)
        _free(profile, chip, use, pin)
        if drives and chip == "esp32" and pin in _INPUT_ONLY:
            raise PinError(use, "GPIO %d only listens; take one below 34" % pin)
        if drives and chip == "esp32" and pin == 12:
            raise PinError(use, "GPIO 12 chooses the flash voltage at power-on; leave it free")
        if pin in taken:
            raise PinError(use, "GPIO %d is already %s" % (pin, taken[pin]))
        taken[pin] = use
    _uarts(profile)


def _uses(profile):
    """(use, pin, drives) of each pin but RMII's fixed ones."""
    found, net = [], profile["ethernet"]
    for port, key, drives in _PORTS:
        if profile[port]:
            found.append((port + "." + key, profile[port][key], drives))
    if profile["lamp"]:
        found.append(("lamp", profile["lamp"]["pin"], True))
    if profile["button"]:
        found.append(("button", profile["button"]["pin"], False))
    if net:
        found += _ethernet_uses(profile, net)
    return [one for one in found if one[1] is not None]


def _ethernet_uses(profile, net):
    phy = net.get("phy")
    if phy not in _PHYS:
        raise PinError("ethernet.phy", "%s is unknown; known are %s" % (phy, ", ".join(_PHYS)))
    if phy == "W5500":
        if net.get("interrupt") is None:
            raise PinError("ethernet.interrupt", "MicroPython drives a W5500 only with its INT line wired")
        return [("ethernet.%s" % use, net[use], use not in ("miso", "interrupt"))
                for use in ("sck", "mosi", "miso", "cs", "interrupt", "reset")]
    if profile["chip"] != "esp32":
        raise PinError("ethernet.phy", "%s needs RMII, which only the first ESP32 has; take a W5500" % phy)
    if net["clock"] not in ((0, 16, 17) if net["clock_out"] else (0,)):
        raise PinError("ethernet.clock", "the 50 MHz can come in on GPIO 0 or go out on 0, 16 or 17")
    return [("ethernet.%s" % use, net[use], use != "clock" or net["clock_out"])
            for use in ("mdc", "mdio", "power", "clock")]


def _exists(chip, use, pin):
    if not isinstance(pin, int) or pin is True:
        raise PinError(use, "%s is no GPIO number" % (pin,))
    if chip == "esp32":
        good = 0 <= pin <= 39 and pin not in (20, 24, 28, 29, 30, 31)
    else:
        good = 0 <= pin <= 48 and pin not in (22, 23, 24, 25)
    if not good:
        raise PinError(use, "an %s has no GPIO %d" % (chip, pin))


def _free(profile, chip, use, pin):
    """The chip, its memory, its Ethernet or its console must not own the pin already."""
    if chip == "esp32":
        net = profile["ethernet"]
        owners = (((6, 7, 8, 9, 10, 11), "the flash"), ((1, 3), "the console"))
        if profile["psram"]:
            owners += (((16, 17), "the PSRAM"),)
        if net and net["phy"] != "W5500":
            owners += ((_RMII_FIXED, "the RMII Ethernet"),)
    else:
        owners = (((26, 27, 28, 29, 30, 31, 32), "the flash"), ((19, 20), "USB"), ((43, 44), "the console"))
        if profile["psram"] == "octal":
            owners += (((33, 34, 35, 36, 37), "the octal PSRAM"),)
    for pins, owner in owners:
        if pin in pins:
            raise PinError(use, "GPIO %d belongs to %s" % (pin, owner))


def _uarts(profile):
    """UART 0 is the console, and each port has a UART of its own."""
    seen = {0: "the console"}
    for use in ("p1", "rs485"):
        port = profile[use]
        if not port:
            continue
        if port["uart"] not in (0, 1, 2):
            raise PinError(use + ".uart", "there are UARTs 1 and 2, not %s" % (port["uart"],))
        if port["uart"] in seen:
            raise PinError(use + ".uart", "UART %d is %s already" % (port["uart"], seen[port["uart"]]))
        seen[port["uart"]] = use
        if port["tx"] is None:
            # Left out, the ESP32 takes its default for UART 1: a flash pin.
            raise PinError(use + ".tx", "give a spare pin even when nothing is sent")
