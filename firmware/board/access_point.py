"""The box's own Wi-Fi, for a phone in a cupboard: WPA2, four guests, our address, ourselves as name server.

Left alone when the radio of the link has opened it already: opening it anew would
throw off the extenders. Without a password of its own (a box nobody provisioned) it
stays shut, because an open network would be worse than none.
"""

import network

_ADDRESS = "192.168.4.1"
_GUESTS_MOST = 4


def bring_up(channel, ssid, password):
    """Open it on `channel`. ValueError: no password; OSError: no radio."""
    if not password:
        raise ValueError("identity.password")
    point = network.WLAN(network.WLAN.IF_AP)
    if not point.active():
        point.config(ssid=ssid, key=password, security=network.AUTH_WPA2_PSK, channel=channel,
                     max_clients=_GUESTS_MOST)
        point.active(True)
    # Its DHCP hands out the name server set here (facts: device 1.4).
    point.ifconfig((_ADDRESS, "255.255.255.0", _ADDRESS, _ADDRESS))


def guests():
    """How many phones are joined; None where the port does not tell."""
    found = network.WLAN(network.WLAN.IF_AP).status("stations")
    return len(found) if isinstance(found, (list, tuple)) else None


def shut():
    """Close it. Not for a gateway with a link: its access point is everybody's channel."""
    network.WLAN(network.WLAN.IF_AP).active(False)
