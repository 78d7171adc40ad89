"""`espnow`, `network` and a LAN's `socket` on a desk, asked in the real MicroPython; the test is the air."""

import socket
import subprocess

import pytest

from tools.sim.flash import shims
from tools.vm import vm

START = """
import network, espnow, time
sta = network.WLAN(network.WLAN.IF_STA); sta.active(True); sta.config(channel=6)
e = espnow.ESPNow(); e.active(True)
ff = b"\\xff" * 6
def fails(call, *parts, **more):
    try:
        call(*parts, **more)
    except OSError as error:
        return error.args[1]
"""


@pytest.fixture
def air():
    """A UDP socket in the air's place."""
    end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end.bind(("127.0.0.1", 0))
    end.settimeout(20)
    yield end
    end.close()


def start(source, air=None, folder=None, **environment):
    """The VM with the shims first on its path, running `source`."""
    made = shims(vm.bits_of(32))
    folders = [made] + ([made / folder] if folder else [])
    if air:
        environment["SIM_AIR_PORT"] = air.getsockname()[1]
    return subprocess.Popen(
        vm.command(32, "64k") + ["-c", source],
        env=vm.environment(*folders, SIM_MAC_ADDRESS="3CE90E7760F8", **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process):
    """What it printed, lines."""
    text = process.communicate(timeout=30)[0]
    assert process.returncode == 0, text
    return text.split("\n")[:-1]


def heard(air, until):
    """(datagrams up to the one that begins with `until`, where they came from)."""
    found = []
    while True:
        data, where = air.recvfrom(400)
        found.append(data)
        if data.startswith(until):
            return found, where


def frame(channel, data, mac=b"\x02\x00\x00\x00\x00\x01", rssi=-60):
    """As the air gives it."""
    return mac + bytes([rssi & 255, len(data), channel]) + data.ljust(250, b"\0")


def test_limits_and_errors_are_the_chips(air):
    lines = ended(start(START + """
print(fails(e.send, ff, b"x", False))
e.add_peer(ff); print(fails(e.add_peer, ff), e.send(ff, b"x", False))
print(fails(e.send, ff, b"", False), fails(e.send, ff, bytes(251), False), e.send(ff, bytes(250), False))
for n in range(6): e.add_peer(bytes([2, 0, 0, 0, 0, n]), lmk=bytes(16), encrypt=True)
print(fails(e.add_peer, bytes([2, 0, 0, 0, 0, 9]), lmk=bytes(16), encrypt=True), e.peer_count())
for n in range(13): e.add_peer(bytes([3, 0, 0, 0, 0, n]))
print(fails(e.add_peer, bytes([4, 0, 0, 0, 0, 0])), e.peer_count(), len(e.get_peers()))
print(fails(e.del_peer, bytes(6)), e.del_peer(ff), fails(e.send, ff, b"x", False))
e.add_peer(ff, ifidx=network.WLAN.IF_AP); print(fails(e.send, ff, b"x", False))
e.active(False); print(fails(e.send, ff, b"x"), fails(e.recvinto, [None, bytearray(250)], 0), e.peer_count())
""", air))
    word = "ESP_ERR_ESPNOW_"
    assert lines == [
        word + "NOT_FOUND",
        word + "EXIST True",
        "{0}ARG {0}ARG True".format(word),
        word + "FULL (7, 6)",
        word + "FULL (20, 6) 20",
        "{0}NOT_FOUND None {0}NOT_FOUND".format(word),
        word + "IF",
        "{0}NOT_INIT {0}NOT_INIT (0, 0)".format(word),
    ]


def test_without_an_air_nothing_is_heard_and_nothing_breaks():
    lines = ended(start(START + """
e.add_peer(ff)
print(e.send(ff, b"x", False), e.send(ff, b"x"))
print(e.recvinto([None, bytearray(250), 0, 0], 0), e.irecv(0), e.recv(0))
"""))
    assert lines == ["True False", "0 [None, None] [None, None]"]


def test_the_air_knows_channel_interfaces_and_keys(air):
    process = start(START + """
e.set_pmk(b"p" * 16); e.add_peer(b"abcdef", lmk=b"l" * 16, encrypt=True); e.add_peer(ff)
sta.config(channel=11); e.send(ff, b"hello", False); e.del_peer(b"abcdef")
ap = network.WLAN(network.WLAN.IF_AP); ap.config(ssid="x", channel=3); print(sta.config("channel"))
ap.active(True); sta.config(channel=9); print(ap.config("channel"), ap.config("mac"), sta.config("mac"))
e.add_peer(b"fedcba", ifidx=1); e.send(b"fedcba", b"down", False)
""", air)
    said = heard(air, b"G")[0]
    mac = bytes.fromhex("3CE90E7760F8")
    assert said == [
        b"T" + mac + b"\x01\x01",
        b"T" + mac + b"\x06\x01",
        b"T" + mac + b"\x06\x05",
        b"Pabcdef" + b"p" * 16 + b"l" * 16,
        b"P\xff\xff\xff\xff\xff\xff",
        b"T" + mac + b"\x0b\x05",
        b"F\xff\xff\xff\xff\xff\xffhello",
        b"Dabcdef",
        b"T" + mac + b"\x03\x07",  # an access point rules the channel, the station no longer does
        b"Pfedcba",
        b"Gfedcbadown",
    ]
    assert ended(process) == ["11", "3 b'<\\xe9\\x0ew`\\xf9' b'<\\xe9\\x0ew`\\xf8'"]


def test_frames_that_wait_are_taken_one_by_one(air):
    process = start(START + """
e.add_peer(ff); e.send(ff, b"ready", False)
got = [None, bytearray(250), 0, 0]
def take():
    while True:
        n = e.recvinto(got, 0)
        if n:
            return got[0], bytes(got[1][:n]), got[2]
time.sleep_ms(300)
print(take(), take(), e.recvinto(got, 0))
e.send(ff, b"more", False)
print(e.recv(20000)[1], len(e.peers_table))
""", air)
    where = heard(air, b"F")[1]
    air.sendto(frame(6, b"one"), where)
    air.sendto(frame(7, b"of another channel"), where)
    air.sendto(frame(6, bytes(250), rssi=-91), where)
    where = heard(air, b"F")[1]
    air.sendto(frame(6, b"three", b"\x02\x00\x00\x00\x00\x02"), where)
    first, second = ended(process)
    sender = "b'\\x02\\x00\\x00\\x00\\x00\\x01'"
    assert first == "({0}, b'one', -60) ({0}, {1!r}, -91) 0".format(sender, bytes(250))
    assert second == "b'three' 2"


def test_waiting_for_a_radio_holds_the_box_and_proves_nothing(air):
    process = start(START + """
e.add_peer(ff)
print(e.send(ff, b"1"), e.send(ff, b"2"))
t = time.ticks_ms(); print(fails(e.send, ff, b"3"), 90 < time.ticks_diff(time.ticks_ms(), t) < 2000)
""", air)
    for answer in (b"\x01", b"\x00"):
        found, where = heard(air, b"A")
        air.sendto(answer, where)
    assert found[-1] == b"A" + bytes.fromhex("3CE90E7760F8") + b"F" + b"\xff" * 6 + b"2"
    assert ended(process) == ["True False", "ETIMEDOUT True"]


def test_looking_at_a_quiet_air_allocates_nothing(air):
    lines = ended(start(START + """
import gc
got = [None, bytearray(250), 0, 0]
def look():
    for _ in range(100): e.recvinto(got, 0)
look(); gc.collect(); gc.disable(); before = gc.mem_alloc(); look(); print((gc.mem_alloc() - before) // 100)
""", air))
    assert int(lines[0]) <= 16  # a bound method of the socket; on a chip it is nothing


def test_a_lans_sockets_have_addresses_and_broadcast(air):
    process = start("""
import socket, select
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setsockopt(1, 0x20, 1); s.setblocking(False)
s.bind(socket.getaddrinfo("0.0.0.0", 45354)[0][-1])
p = select.poll(); p.register(s, select.POLLIN); print(p.poll(0))
print(s.sendto(b"who?", ("255.255.255.255", 45354)))
print(p.poll(20000)[0][0] is s, s.recvfrom(256))
t = socket.socket(); print(t is not s and hasattr(t, "listen")); s.close()
""", folder="lan", SIM_LAN=air.getsockname()[1], SIM_ADDRESS="192.168.7.3")
    found, where = heard(air, b"S")
    own = bytes([192, 168, 7, 3, 0xB1, 0x2A])
    assert found == [b"B" + own, b"S" + own + b"\xff\xff\xff\xff\xb1\x2a" + b"who?"]
    air.sendto(bytes([192, 168, 7, 2, 0xB1, 0x2A]) + b"me", where)
    assert ended(process) == ["[]", "4", "True (b'me', ('192.168.7.2', 45354))", "True"]
