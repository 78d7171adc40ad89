"""What the desk's `espnow` needs seldom: waiting for a radio's acknowledgement, receiving in other forms."""

import os
import time

import usocket
from machine import unique_id

_WAIT_MS = 100  # so long the ESP32 port waits for the radio


def send_and_wait(now, whole):
    """send(…, True): hold the VM until the air says whether a radio acknowledged. OSError: nothing came."""
    if not os.getenv("SIM_AIR_PORT"):
        return False
    asking = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
    asking.connect(usocket.getaddrinfo("127.0.0.1", int(os.getenv("SIM_AIR_PORT")))[0][-1])
    asking.setblocking(False)
    asking.write(b"A" + unique_id() + whole)
    started = time.ticks_ms()
    answer = None
    while answer is None and time.ticks_diff(time.ticks_ms(), started) < _WAIT_MS:
        answer = asking.read(1)
    asking.close()
    if answer is None:
        raise OSError(116, "ETIMEDOUT")
    return answer == b"\x01"


def irecv(now, timeout_ms=300000):
    """[mac, frame], the same list each time; [None, None] when nothing came in time."""
    got = [None, bytearray(250), 0, 0]
    started = time.ticks_ms()
    while True:
        size = now.recvinto(got)
        if size:
            return [got[0], got[1][:size]]
        if timeout_ms >= 0 and time.ticks_diff(time.ticks_ms(), started) >= timeout_ms:
            return [None, None]
        time.sleep_ms(1)


def recv(now, timeout_ms=300000):
    """As irecv, in new bytes."""
    mac, frame = irecv(now, timeout_ms)
    return [mac, frame and bytes(frame)]


def get_peers(now):
    """(mac, key, channel, interface, encrypted) of each peer."""
    return tuple((mac, key, 0, ifidx, bool(key)) for mac, (key, ifidx) in now.known.items())


def peer_count(now):
    """(peers, encrypted ones)."""
    return len(now.known), len([one for one in now.known.values() if one[0]])
