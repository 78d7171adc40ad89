"""An HTTP answer in pieces of any size: the body and nothing else comes out, whatever is odd is refused."""

import pytest

from firmware.tariff.faults import TariffFault
from firmware.tariff.http_answer import HttpAnswer

BODY = b'{"price": [1, 2, 3]}\r\n\x00 and more'
LENGTH = b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\ncontent-length: %d\r\n\r\n" % len(BODY) + BODY
CLOSED = b"HTTP/1.0 200 OK\nServer: x\n\n" + BODY
CHUNKED = (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7;name=x\r\n" + BODY[:7] + b"\r\n"
           + b"%X\r\n" % len(BODY[7:]) + BODY[7:] + b"\r\n0\r\n\r\n")


def heard(data, size, end=True):
    body = bytearray()
    answer = HttpAnswer(lambda piece: body.extend(piece))
    for at in range(0, len(data), size):
        answer.feed(data[at:at + size])
    if end:
        answer.end()
    return answer, bytes(body)


@pytest.mark.parametrize("data", [LENGTH, CLOSED, CHUNKED])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_the_body_comes_out_whole_at_any_cut(data, size):
    answer, body = heard(data, size)
    assert body == BODY and answer.status == 200 and answer.done


def test_who_says_how_long_it_is_need_not_be_waited_for():
    assert heard(LENGTH, 9, end=False)[0].done and heard(CHUNKED, 9, end=False)[0].done
    assert not heard(CLOSED, 9, end=False)[0].done
    assert heard(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 5, end=False)[0].done


@pytest.mark.parametrize("data", [LENGTH, CHUNKED])
def test_every_cut_is_noticed(data):
    for at in range(len(data) - (7 if data is CHUNKED else 1)):
        with pytest.raises(TariffFault) as fault:
            heard(data[:at], 50)
        assert fault.value.word == "answer_cut", at


@pytest.mark.parametrize("data, word", [
    (b"SSH-2.0\r\n", "answer_not_http"), (b"HTTP/2 200\r\n", "answer_not_http"),
    (b"HTTP/1.1 abc\r\n", "answer_not_http"),
    (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 2000, "answer_not_http"),
    (b"x" * 7000, "answer_not_http"),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "answer_not_http"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "answer_not_http"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "answer_not_http"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "answer_not_http"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", "answer_not_http"),
    (b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n", "answer_status"),
    (b"HTTP/1.1 204 No\r\n\r\n", "answer_status"),
])
def test_what_is_odd_is_refused(data, word):
    with pytest.raises(TariffFault) as fault:
        heard(data, 100)
    assert fault.value.word == word


def test_a_refusal_says_how_long_to_wait():
    answer = HttpAnswer(None)
    with pytest.raises(TariffFault):
        answer.feed(b"HTTP/1.1 429 Too Many\r\nRetry-After: 900\r\n\r\n")
    assert (answer.status, answer.retry_s) == (429, 900)


def test_a_long_line_of_the_head_takes_no_memory():
    body = bytearray()
    answer = HttpAnswer(lambda piece: body.extend(piece))
    answer.feed(b"HTTP/1.1 200 OK\r\nSet-Cookie: " + b"x" * 4000 + b"\r\nContent-Length: 2\r\n\r\nok")
    assert answer.done and body == b"ok" and len(answer._line) <= 200
