"""The house's network: UDP between boards with addresses of their own, broadcast included.

The boards' sockets (shims/lan/socket.py) speak to this process by UDP on loopback,
where nobody has an address of his own and broadcast does not exist. A cable loses
little, but may be told to. Knows no datagram from the inside.
"""

import asyncio
import random

_EVERYBODY = b"\xff\xff\xff\xff"
_CABLE_S = 0.0005
_KEPT_MOST = 200000


class Sent:
    """A datagram: when, who (an address as text), from and to which address and port, what."""

    def __init__(self, t_s, sender, source, target, frame):
        self.t_s, self.sender = t_s, sender
        self.source, self.target, self.frame = source, target, frame


class Lan(asyncio.DatagramProtocol):
    """`loss`, `repeats`, `delay_s`, `jitter_s`, `dead`, `sent`, `watchers`: as the air has them."""

    def __init__(self, clock, seed=1, loss=0.0, delay_s=0.0, jitter_s=0.0, repeats=0.0):
        self._clock = clock
        self._dice = random.Random(f"{seed}/lan")
        self.loss, self.repeats = loss, repeats
        self.delay_s, self.jitter_s = delay_s, jitter_s
        self.dead = False
        self.sent = []
        self.watchers = []
        self.port = None
        self._socket = None
        self._bound = {}  # (address, port) as six bytes -> where that socket really is
        self._counts = dict.fromkeys(("sent", "heard", "lost", "nobody"), 0)

    async def open(self):
        """Listen from now on."""
        loop = asyncio.get_running_loop()
        self._socket, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        self.port = self._socket.get_extra_info("sockname")[1]

    def close(self):
        """The cables are out."""
        if self._socket:
            self._socket.close()

    def datagram_received(self, data, address):
        """ "B", address, port: bound there. "S", own, then the other's address and port, datagram."""
        if data[:1] == b"B":
            self._bound[data[1:7]] = address
        elif data[:1] == b"S" and len(data) > 13:
            self._carry(data[1:7], data[7:13], data[13:])

    def _carry(self, source, target, data):
        self._counts["sent"] += 1
        sender = ".".join(str(byte) for byte in source[:4])
        sent = Sent(self._clock.now(), sender, source, target, data)
        if len(self.sent) < _KEPT_MOST:
            self.sent.append(sent)
        for watcher in self.watchers:
            watcher(sent)
        self._counts["nobody"] += not self._reach(source, target, data)

    def forge(self, sent, frame):
        """A stranger on the network says `frame` as if it were that one."""
        self._reach(sent.source, sent.target, frame)

    def _reach(self, source, target, data):
        """How many sockets it goes to."""
        found = [
            address
            for name, address in self._bound.items()
            if name != source and (name == target or (target[:4] == _EVERYBODY and name[4:] == target[4:]))
        ]
        for address in found:
            for _ in range(1 + (self._dice.random() < self.repeats)):
                self._throw(source + data, address)
        return len(found)

    def _throw(self, data, address):
        if self.dead or self._dice.random() < self.loss:
            self._counts["lost"] += 1
            return
        self._counts["heard"] += 1
        delay = _CABLE_S + self.delay_s + self._dice.uniform(0, self.jitter_s)
        asyncio.get_running_loop().call_later(delay / self._clock.speed, self._socket.sendto, data, address)

    def report(self):
        """What became of the datagrams; for the summary."""
        return dict(self._counts)
