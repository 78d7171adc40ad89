"""One question to a service on the internet: over TLS that is verified, in pieces, with an end in sight.

Knows sockets, certificates and time-outs. Refuses to know what is asked: the question brings its reader, fed
with the body as it comes, so no answer is ever whole in memory. Loaded for a question, then let go.
"""

import asyncio

from ..tariff.faults import TariffFault
from ..tariff.http_answer import HttpAnswer
from ..tariff.questions import request

_PIECE = 192  # read and understood at once; a board needs some 10 ms for it
_OPEN_MS = 30000
_PIECE_MS = 15000
_MOST_PIECES = 600  # 115 kB: more is no answer
_HTTPS = 443


async def ask(question, open_stream):
    """(host, path, reader) -> what the reader makes of the answer, as soon as it is whole.

    open_stream(host): coroutine giving (reader, writer). TariffFault for an answer that is refused, its
    retry_s set where the service said one; OSError where there is no way to it; ValueError where its
    certificate is not good.
    """
    host, path, reader = question
    answer = HttpAnswer(reader.feed)
    stream, writer = await asyncio.wait_for_ms(open_stream(host), _OPEN_MS)
    try:
        writer.write(request(host, path))
        await writer.drain()
        for _ in range(_MOST_PIECES):
            piece = await asyncio.wait_for_ms(stream.read(_PIECE), _PIECE_MS)
            if piece:
                answer.feed(piece)
            else:
                answer.end()
            if answer.done:
                return reader.end()
            await asyncio.sleep_ms(0)
        raise TariffFault("answer_huge", _PIECE * _MOST_PIECES)
    except TariffFault as fault:
        fault.retry_s = answer.retry_s
        raise fault
    finally:
        writer.close()
        await writer.wait_closed()


def verified(roots, port=_HTTPS, address=None):
    """An open_stream that believes only certificates of `roots` (DER) made out to the host asked for.

    address, port: where to go instead, for a service on the desk. The clock must be right: dates are checked.
    """
    async def open_stream(host):
        import tls
        context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)  # asks for a certificate by itself
        for root in roots:
            context.load_verify_locations(root)
        return await asyncio.open_connection(address or host, port, ssl=context, server_hostname=host)
    return open_stream
