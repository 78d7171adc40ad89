"""Decode P1 telegrams with the firmware's own room, in MicroPython, one JSON object a telegram.

    python -m tools.decode FILE…          files with one or more telegrams
    … | python -m tools.decode -          standard input, as long as it lasts
    python -m tools.decode /dev/ttyUSB0   a P1 cable (its plug must invert the signal), until Ctrl-C
    python -m tools.decode tcp://host:23  a network bridge

What is no telegram (a cut one, an encrypted port) is told on standard error. Knows how bytes are
fetched; refuses to know what is in them: that is inside.py, which runs in the VM.
"""

import argparse
import contextlib
import os
import pathlib
import socket
import stat
import subprocess
import sys
from urllib.parse import urlsplit

from tools.vm import vm

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSIDE = pathlib.Path(__file__).with_name("inside.py")
CHUNK = 4096


class SourceError(Exception):
    """A source that cannot be read; the text names it and says what to do."""


def main(argv=None):
    """Decode every source in turn -> exit code: 0 all read, 2 one of them cannot be."""
    options = _options(argv)
    try:
        for source in options.source:
            _check(source)
        for source in options.source:
            _decode(source, options)
    except SourceError as error:
        print("decode: {}".format(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _options(argv):
    parser = argparse.ArgumentParser(
        prog="python -m tools.decode",
        description="P1 telegrams to JSON, by the firmware's own room in MicroPython.")
    parser.add_argument("source", nargs="+", help="file, - for standard input, serial device, or tcp://host:port")
    parser.add_argument("--baud", type=int, default=115200, choices=(115200, 9600),
                        help="of a serial device: 115200 is 8N1, 9600 is 7E1 (DSMR 2.2 and 3.0)")
    parser.add_argument("--seven-bit", action="store_true",
                        help="the bytes carry parity in bit 7, as a 7E1 port read with 8N1 does")
    parser.add_argument("--bits", type=int, default=32, choices=(32, 64), help="word size of the VM")
    parser.add_argument("--heap", default="96k", help="heap of the VM, as the board has it")
    return parser.parse_args(argv)


def _check(source):
    """Complain before anything was printed."""
    if source == "-":
        return
    if source.startswith("tcp://"):
        _address(source)
    elif not os.path.exists(source):
        raise SourceError("there is no file or device {!r}; give a path that exists, - for standard input, "
                          "or tcp://host:port".format(source))
    elif os.path.isdir(source):
        raise SourceError("{!r} is a folder; name the files in it, for example {}/*".format(source, source))
    elif not os.access(source, os.R_OK):
        raise SourceError(
            "{!r} may not be read by this user; for a serial device join the group dialout".format(source))


def _address(source):
    parts = urlsplit(source)
    try:
        port = parts.port
    except ValueError:
        port = None
    if not parts.hostname or not port:
        raise SourceError("{!r} is no address; write tcp://host:port, for example tcp://192.168.1.20:23".format(source))
    return parts.hostname, port


def _decode(source, options):
    """Run the VM on one source; a plain file it opens itself, anything else is poured into it."""
    mode = None if source == "-" or source.startswith("tcp://") else os.stat(source).st_mode
    plain = mode is not None and stat.S_ISREG(mode)
    seven = options.seven_bit or options.baud == 9600
    command = vm.command(options.bits, options.heap) + [
        str(INSIDE), os.path.abspath(source) if plain else "-", source, "7" if seven else "8"]
    run = subprocess.Popen(command, cwd=ROOT, env=vm.environment(ROOT),
                           stdin=subprocess.DEVNULL if plain else subprocess.PIPE)
    try:
        if not plain:
            _pour(source, options, run.stdin)
        code = run.wait()
    except KeyboardInterrupt:
        run.terminate()
        run.wait()
        raise
    if code:
        raise SourceError("MicroPython stopped with code {} while it read {!r}".format(code, source))


def _pour(source, options, sink):
    """Bytes of a live source into the VM as they come, each piece with its length in front, until it ends."""
    with contextlib.ExitStack() as stack:
        stack.callback(_close, sink)
        read = _open(source, options, stack)
        while True:
            data = read()
            if not data:
                return
            try:
                sink.write(len(data).to_bytes(2, "big") + data)
                sink.flush()
            except BrokenPipeError:
                return


def _close(sink):
    with contextlib.suppress(BrokenPipeError):
        sink.close()


def _open(source, options, stack):
    """-> a function that returns the next bytes, b"" at the end."""
    try:
        if source == "-":
            return lambda: os.read(sys.stdin.fileno(), CHUNK)
        if source.startswith("tcp://"):
            line = stack.enter_context(socket.create_connection(_address(source), timeout=10))
            line.settimeout(None)
            return lambda: line.recv(CHUNK)
        if stat.S_ISCHR(os.stat(source).st_mode):
            return _open_serial(source, options, stack)
        pipe = stack.enter_context(open(source, "rb", buffering=0))
        return lambda: pipe.read(CHUNK)
    except OSError as error:
        raise SourceError("{!r} cannot be opened: {}".format(source, error)) from error


def _open_serial(source, options, stack):
    import serial  # pyserial, in the tools' lock file

    seven = options.baud == 9600
    try:
        port = stack.enter_context(serial.Serial(
            source, options.baud, serial.SEVENBITS if seven else serial.EIGHTBITS,
            serial.PARITY_EVEN if seven else serial.PARITY_NONE))
    except serial.SerialException as error:
        raise SourceError("{!r} cannot be opened: {}".format(source, error)) from error

    def read():
        try:
            return port.read(max(1, port.in_waiting))
        except serial.SerialException:  # unplugged, or the other end of a pty went away
            return b""

    return read


if __name__ == "__main__":
    sys.exit(main())
