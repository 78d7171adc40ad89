"""Clients that nobody invited: half requests, huge heads, wrong methods, floods. Others are served."""

import socket
import time

import pytest


@pytest.mark.parametrize("data, status", (
    (b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    (b"GET /../identity.json HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    (b"GET /s/../../identity.json HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    (b"GET /s/%2e%2e/identity.json HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    (b"DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 405),
    (b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n", 400),
    (b"POST /api/v1/login HTTP/1.1\r\nHost: localhost\r\n\r\n", 411),
    (b"POST /api/v1/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n", 413),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 3000 + b"\r\n\r\n", 431),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 100 + b"\r\n", 431),
    (b"POST /api/v1/settings HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 401),
    (b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n", 302),
))
def test_a_clean_refusal(house, data, status):
    assert house.raw(data).startswith(b"HTTP/1.1 %d " % status)


def test_twenty_half_open_clients_do_not_stop_the_next(house):
    lines = []
    try:
        for _ in range(20):
            line = socket.create_connection(house.address, 5)
            line.sendall(b"GET / HTT")
            lines.append(line)
        began = time.monotonic()
        while house.raw(b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n")[9:12] != b"200":
            assert time.monotonic() - began < 10
            time.sleep(0.3)
    finally:
        for line in lines:
            line.close()


def test_a_silent_client_is_sent_away(house):
    with socket.create_connection(house.address, 20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        line.settimeout(20)
        assert line.recv(100) == b""


def test_no_answer_holds_a_secret(house):
    for path in ("/", "/login", "/welcome", "/api/v1/status", "/api/v1/lights", "/api/v1/challenge"):
        status, headers, body = house.get(path)
        assert status == 200 and house.pwd.encode() not in body and house.pwd not in str(headers)


def test_live_values_are_cheap_and_streams_bounded(house):
    head = b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
    lines = [socket.create_connection(house.address, 10) for _ in range(2)]
    try:
        for line in lines:
            line.settimeout(10)
            line.sendall(head)
            assert b"200 OK" in line.recv(500)
        assert house.raw(head)[9:12] == b"503"
        assert house.raw(b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n")[9:12] == b"200"
        got, end = 0, time.monotonic() + 8
        while time.monotonic() < end:
            got += len(lines[0].recv(4000))
        assert got / 8 < 300
    finally:
        for line in lines:
            line.close()
