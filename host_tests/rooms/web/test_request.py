"""An HTTP request byte by byte, split anywhere, and each way to be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.web.request import Refused, Request

BODY = b'{"a": 1}'
WHOLE = (b"POST /api/v1/login?x=1&l=nl HTTP/1.1\r\nHost: 192.168.4.1\r\nUser-Agent: Phone\r\n"
         b"Cookie: l=nl; s=abc\r\nContent-Length: 8\r\n\r\n" + BODY)


def fed(data, step=None):
    request = Request()
    done = False
    for at in range(0, len(data), step or len(data)):
        done = request.feed(data[at : at + (step or len(data))])
    return request, done


@pytest.mark.parametrize("step", (1, 2, 7, 50, None))
def test_a_request_in_any_pieces(step):
    request, done = fed(WHOLE, step)
    assert done and request.method == "POST" and request.path == "/api/v1/login"
    assert request.asked("l") == "nl" and request.cookie("s") == "abc" and request.body == BODY
    assert request.get(b"host") == "192.168.4.1" and request.get(b"user-agent") == ""


def test_not_yet_is_a_value():
    for end in range(len(WHOLE)):
        assert not fed(WHOLE[:end] or b"\r\n")[1]


@pytest.mark.parametrize("data, status", (
    (b"GET\r\n", 400), (b"GET / \r\n", 400), (b"rubbish\xff\xfe\r\n", 400), (b"GET /\xff HTTP/1.1\r\n", 400),
    (b"GET http://x/ HTTP/1.1\r\n", 400), (b"GET / HTTP/2.0\r\n", 505), (b"BREW / HTTP/1.1\r\n", 405),
    (b"GET / HTTP/1.1\r\nbad\r\n", 400), (b"GET / HTTP/1.1\r\nHost : x\r\n", 400),
    (b"GET / HTTP/1.1\r\n folded\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n", 400),
    (b"POST / HTTP/1.1\r\n\r\n", 411), (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", 411),
    (b"POST / HTTP/1.1\r\nContent-Length: 5000\r\n\r\n", 413),
    (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nContent-Length: 1e3\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nX: " + b"a" * 1100 + b"\r\n", 431), (b"GET /" + b"a" * 2000, 431),
    (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 60, 431), (b"GET / HTTP/1.1\r\nHost: \xff\r\n", 400),
))
def test_refused_with_the_status_that_says_why(data, status):
    for step in (1, None):
        with pytest.raises(Refused) as refused:
            fed(data, step)
        assert refused.value.status == status


@given(st.binary(max_size=3000), st.integers(1, 400))
def test_rubbish_is_refused_or_waits(data, step):
    try:
        fed(data or b"\n", step)
    except Refused as refused:
        assert 400 <= refused.status <= 505
