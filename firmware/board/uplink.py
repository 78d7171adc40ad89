"""Ethernet up: the wire to the house's network.

Never touches the Wi-Fi station: one that is told to connect and cannot scans for
ever and makes the box's own radio deaf (facts: micropython B2). `isconnected()` is
not believed before MicroPython 1.29 (fact 6): an address is what counts.
A LAN object that failed cannot be made again without a reset, so it is made once.
"""

import machine
import network


def bring_up(net, hostname, static=None):
    """Start Ethernet as `net` wires it, the "ethernet" of a board's profile; an Uplink.

    `static`: (address, mask, gateway, dns) as text; None asks DHCP. OSError when the
    chip does not answer.
    """
    if hostname:
        network.hostname(hostname[:32])
    lan = _spi(net) if net["phy"] == "W5500" else _rmii(net)
    lan.active(True)
    uplink = Uplink(lan)
    if static:
        uplink.fix(*static)
    return uplink


class Uplink:
    """A started interface."""

    def __init__(self, lan):
        self._lan = lan

    def fix(self, address, mask, gateway, dns):
        """Use these addresses, ask no DHCP."""
        self._lan.ipconfig(addr4=(address, mask), gw4=gateway)
        network.ipconfig(dns=dns)

    def address(self):
        """The box's address as text, or None while it has none."""
        address = self._lan.ipconfig("addr4")[0]
        return None if address in ("", "0.0.0.0") else address

    def word(self):
        """ "uplink_up" or "uplink_no_address": a word for the status page."""
        return "uplink_up" if self.address() else "uplink_no_address"


def _rmii(net):
    return _lan(
        mdc=machine.Pin(net["mdc"]), mdio=machine.Pin(net["mdio"]),
        power=None if net["power"] is None else machine.Pin(net["power"]),
        phy_type=getattr(network, "PHY_" + net["phy"]), phy_addr=net["address"],
        ref_clk=machine.Pin(net["clock"]),
        ref_clk_mode=machine.Pin.OUT if net["clock_out"] else machine.Pin.IN,
    )


def _spi(net):
    bus = machine.SPI(
        net["spi"], baudrate=20000000, sck=machine.Pin(net["sck"]),
        mosi=machine.Pin(net["mosi"]), miso=machine.Pin(net["miso"]),
    )
    return _lan(
        spi=bus, cs=machine.Pin(net["cs"]), int=machine.Pin(net["interrupt"]),
        reset=None if net["reset"] is None else machine.Pin(net["reset"]),
        phy_type=network.PHY_W5500, phy_addr=net["address"],
    )


def _lan(**wires):
    # The type stubs know the keywords of no port; these are the ESP32's.
    return network.LAN(**wires)
