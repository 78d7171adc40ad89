"""A charger and a boiler in the house, each driven as a program at home would: over the gateway's API.

What a device draws is added to the first phase; every two seconds its driver tells that and obeys
the answer. Its token lies on the gateway's flash from the start. Knows HTTP and the devices of
tools/replay; nothing of the firmware.
"""

import asyncio
import datetime
import json
import urllib.request

from tools.replay.flexible import Boiler, Charger

_TURN_S = 2
_EPOCH = datetime.datetime(1970, 1, 1)
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Flexible:
    """`at` as a Household's, devices included. `told`: {"car": [mode, W, Wh] or None, "boiler": … W}."""

    def __init__(self, load, told):
        self._load = load
        self._told = {name: told[name] for name in told if told[name]}
        self.devices = {}
        for name, (_, most_w, number) in self._told.items():
            self.devices[name] = Charger(most_w, number) if name == "car" else Boiler(most_w, number)
            self.devices[name].wanted_ws = 3600 * (number if name == "car" else 1000)
        self.ceilings = dict.fromkeys(self.devices, 0)
        self.answers = 0

    def at(self, local):
        """Naive local datetime -> (load_w on each of three phases, pv_w); once a second."""
        phases, pv_w = self._load.at(local)
        for name, device in self.devices.items():
            device.obey(self.ceilings[name])
            phases[0] += device.step(int((local - _EPOCH).total_seconds()), 1)
        return phases, pv_w

    def settings(self):
        """Setting texts of a gateway that has these."""
        texts = ["loads.enabled=true"] if self._told else []
        for name, (mode, most_w, _) in self._told.items():
            texts += [f"loads.{name}_w={most_w}", f"loads.{name}_mode={mode}"]
        return texts

    async def drive(self, clock, port, token):
        """Endless: tell and obey. Who gets no answer keeps what it has, as long as its ceiling is good."""
        good_until = dict.fromkeys(self.devices, 0.0)
        while True:
            await clock.sleep(_TURN_S)
            for name, device in self.devices.items():
                found = await asyncio.to_thread(_told, port, token, name, device.power_w)
                if found:
                    self.answers += 1
                    self.ceilings[name], good_until[name] = found["ceiling_w"], clock.now() + found["for_s"]
                elif clock.now() > good_until[name]:
                    self.ceilings[name] = 0

    def summary(self):
        """name -> Wh drawn, W now, its ceiling."""
        return {
            name: {"wh": one.drawn_ws // 3600, "power_w": one.power_w, "ceiling_w": self.ceilings[name]}
            for name, one in self.devices.items()
        }


def _told(port, token, name, now_w):
    """The gateway's answer, None when there is none."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/loads", json.dumps({"name": name, "now_w": now_w}).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + token})
    try:
        with _OPENER.open(request, timeout=5) as answer:
            return json.loads(answer.read())
    except (OSError, ValueError):
        return None
