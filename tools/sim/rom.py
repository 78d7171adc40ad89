"""What a chip has in ROM and a desk's heap must hold: the weight of the stand-ins for its modules.

`machine`, `network`, `esp32` and `espnow` are C on a chip and cost its heap nothing. Here they are
shims on the same heap as the firmware. Their weight is measured, not guessed: in the same
MicroPython, with the same files, before any firmware runs. A board's VM gets that much on top of
the heap one asked for, and the summary tells both. A heap one asks for is what objects may take,
as gc.mem_alloc() and gc.mem_free() count it and as it was measured on a board: the collector's own
tables, a byte for 64 of a 32-bit heap and another for 128, come on top.
"""

import functools
import subprocess

from tools.vm import vm


def modules(radio, network, fast, lan):
    """Names of a board's stand-ins: those that its firmware will import.

    radio: it uses ESP-NOW; network: an access point or Ethernet; fast: invented time; lan: the harness's
    network.
    """
    return (("machine", "esp32") + ("network",) * (network or radio) + ("espnow",) * radio
            + ("time", "select") * fast + ("socket",) * lan)


@functools.cache
def weight(bits, start, names, path):
    """Bytes that the stand-ins `names` occupy.

    start: start.py among the shims; path: folders before it. In a MicroPython that measures itself
    and ends; RuntimeError with its words when it cannot.
    """
    said = subprocess.run(
        [*vm.command(bits, "256k"), str(start)], capture_output=True, text=True, timeout=60,
        env=vm.environment(*path, SIM_STAND_INS=" ".join(names), SIM_WEIGH_THEM=1,
                           SIM_MAC_ADDRESS="000000000000"),
    )
    if said.returncode or not said.stdout.strip().isdigit():
        raise RuntimeError(f"the stand-ins cannot be weighed: {said.stdout}{said.stderr}")
    real = vm.bits_of(bits)
    return int(said.stdout) * bits // real


def whole(heap):
    """Bytes of memory that hold `heap` bytes of objects and the collector's tables."""
    return heap + heap // 64 + heap // 128


def without(weight, listen):
    """`listen(t_s, line)`, but a status tells the heap that the firmware uses, without `weight`."""
    def hear(t_s, line):
        heap = isinstance(line, dict) and (line.get("status") or {}).get("heap")
        if heap and heap.get("used") is not None:
            heap["used"] -= weight
        listen(t_s, line)

    return hear
