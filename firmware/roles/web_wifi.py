"""Our own Wi-Fi's hours: open always, or until some minutes after the last guest; the button opens it again.

A gateway with a link keeps its access point on the air, for it is everybody's channel;
there "closed" means that nobody who comes by it is answered. The clock stands still
while a guest is joined (facts: device 1.3).
"""

from ..board import access_point
from ..core.ticks import diff

_MINUTE_MS = 60000


class Wifi:
    """`turn` once a second, `seen` with each request that came by it; `open`."""

    def __init__(self, box, panel):
        self._box = box
        self._panel = panel
        self._last_ms = box.clock()
        self.open = False

    def bring_up(self, now_ms):
        """Open it; OSError, ValueError: why not."""
        identity = self._box.identity
        access_point.bring_up(self._channel(), identity.ssid, identity.password)
        self._last_ms = now_ms
        self.open = True

    def seen(self, now_ms):
        """Somebody is there; False when the door is closed to him."""
        if self.open:
            self._last_ms = now_ms
        return self.open

    def turn(self, now_ms):
        """Look at button and guests."""
        if self._panel and self._panel.pressed():
            self._last_ms = now_ms
            if not self.open:
                self._again(now_ms)
        minutes = self._box.settings.get("web.ap_minutes")
        if not self.open or not minutes:
            return
        if access_point.guests():
            self._last_ms = now_ms
        if diff(now_ms, self._last_ms) >= minutes * _MINUTE_MS:
            self.open = False
            if not self._linked():
                access_point.shut()
            self._box.journal.add(now_ms, "web_wifi_closed", minutes)

    def _again(self, now_ms):
        try:
            self.bring_up(now_ms)
            self._box.journal.add(now_ms, "web_wifi_open")
        except (OSError, ValueError) as error:
            self._box.journal.add(now_ms, "web_not_opened", str(error))

    def _linked(self):
        return bool(self._box.corridor) and self._box.settings.get("role") == "gateway"

    def _channel(self):
        """A member listens where its gateway is; its access point may not draw it away."""
        corridor = self._box.corridor
        known = corridor.peers.channel if corridor else 0
        return known or self._box.settings.get("link.channel")
