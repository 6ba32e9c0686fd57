"""The table: connecting, TLS, sending and reading."""

import fault_sites as sites
from fault_case import (
    ONCE_MORE,
    WORKS,
    Case,
    Fails,
    breaks,
    refused,
    times_out,
    unknown,
    unreadable,
    unreadable_claim,
)
from fault_proxy import Spoil
from fault_talks import (
    PAGE,
    answer,
    answering,
    dripping,
    good,
    good_body,
    greeting,
    healthy,
    saying,
    then_silence,
)
from peer import Connection, Talk

from contracts_client import APIConnectionError, APIStatusError
from contracts_client.transport.library import Timeout

SHORT = 0.3  # seconds: where a timeout is the subject
CONNECT = {"timeout": Timeout(20, connect=SHORT)}
READ = {"timeout": Timeout(20, read=SHORT)}
DEADLINE = {"deadline": SHORT}

HALF = answer(PAGE)[:-20]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def tls_fails(says: str) -> Fails:
    """The handshake fails, and will the next time."""
    return Fails(error=APIConnectionError, says=says, never_says="verify")


NO_TLS = tls_fails("does not speak TLS on this port: check the port (ConnectError at https://localhost:")
NOTHING_IN_COMMON = tls_fails(
    "it has no TLS version or cipher in common with this client, does not serve this host name"
)
WRONG_HOST = tls_fails("certificate is for another host name: check the host of the address (ConnectError at https")
UNTRUSTED = tls_fails("not trusted: pass ssl_context=ssl.create_default_context(cafile=...) with the authority")
EXPIRED = tls_fails("certificate has expired: its owner must renew it, unless the clock of this machine is wrong (")
TLS_ENDED = breaks(ONCE_MORE, "ended the connection during the TLS handshake")


def _alerting(description: int) -> Talk:
    """Answer the handshake with a fatal alert."""

    async def talk(connection: Connection) -> None:
        await connection.reader.read(1)
        await connection.say(b"\x15\x03\x03\x00\x02\x02", bytes([description]))

    return talk


CONNECTING = [
    Case(
        row="port refused",
        what="the port refuses the connection",
        site=sites.closed_port,
        talk=healthy,
        read=breaks(says="can't be reached: nothing listens on its port (ConnectError at http"),
        claim=breaks(says="can't be reached: nothing listens on its port (ConnectError at http"),
    ),
    Case(
        row="black hole",
        what="nothing answers to the attempt to connect",
        site=sites.black_hole,
        talk=healthy,
        options=CONNECT,
        passes=False,
        read=times_out(says="did not accept a connection in time; check host and port, and whether this net"),
        claim=times_out(says="did not accept a connection in time; check host and port, and whether this net"),
    ),
    Case(
        row="black hole",
        what="nothing answers to the attempt to connect before the deadline",
        site=sites.black_hole,
        talk=healthy,
        options=DEADLINE,
        passes=False,
        read=times_out(1),
        claim=times_out(1),
    ),
    Case(
        row="unknown name",
        what="the server's name does not exist",
        site=sites.unknown_name,
        talk=healthy,
        read=breaks(ONCE_MORE, "name can't be resolved; check its spelling, and the DNS of this machine (Conn"),
        claim=breaks(ONCE_MORE, "name can't be resolved; check its spelling, and the DNS of this machine (Conn"),
    ),
    Case(
        row="resolver hangs",
        what="the resolver of names hangs",
        site=sites.hanging_resolver,
        talk=healthy,
        options=CONNECT,
        passes=False,
        read=times_out(),
        claim=times_out(),
    ),
    Case(
        row="reset before any byte",
        what="the server takes the connection and resets it at once",
        talk=greeting(resets=True),
        read=breaks(ONCE_MORE),
        claim=unknown(),
    ),
    Case(
        row="reset before any byte",
        what="the server reads the request and resets the connection",
        talk=saying(resets=True),
        read=breaks(ONCE_MORE),
        claim=unknown(),
    ),
    Case(
        row="closed before any byte",
        what="the server reads the request and closes the connection",
        talk=saying(),
        read=breaks(ONCE_MORE),
        claim=unknown(),
    ),
    Case(
        row="IPv6 dead",
        what="the first of the server's addresses is dead, the second is not",
        site=sites.dead_ipv6,
        talk=healthy,
        read=WORKS,
        claim=WORKS,
    ),
]

TLS = [
    Case(
        row="wrong host name",
        what="the certificate is for another host",
        site=sites.wrong_host,
        talk=healthy,
        passes=False,
        read=WRONG_HOST,
        claim=WRONG_HOST,
    ),
    Case(
        row="unknown authority",
        what="the certificate is of an authority that nobody trusts",
        site=sites.unknown_authority,
        talk=healthy,
        passes=False,
        read=UNTRUSTED,
        claim=UNTRUSTED,
    ),
    Case(
        row="expired certificate",
        what="the certificate has expired",
        site=sites.expired_certificate,
        talk=healthy,
        passes=False,
        read=EXPIRED,
        claim=EXPIRED,
    ),
    Case(
        row="TLS 1.1 at most",
        what="the server speaks TLS 1.1 at most, and says so",
        site=sites.no_tls,
        talk=_alerting(70),  # protocol_version
        passes=False,
        read=NOTHING_IN_COMMON,
        claim=NOTHING_IN_COMMON,
    ),
    Case(
        row="TLS 1.1 at most",
        what="the server speaks TLS 1.1 at most, and hangs up without a word",
        site=sites.outdated_tls,
        talk=healthy,
        passes=False,
        read=TLS_ENDED,
        claim=TLS_ENDED,
    ),
    Case(
        row="handshake hangs",
        what="the TLS handshake hangs",
        site=sites.good_tls(Spoil(swallows=True)),
        talk=healthy,
        options=CONNECT,
        passes=False,
        read=times_out(),
        claim=times_out(),
    ),
    Case(
        row="handshake hangs",
        what="the TLS handshake is not done by the deadline",
        site=sites.good_tls(Spoil(swallows=True)),
        talk=healthy,
        options=DEADLINE,
        passes=False,
        read=times_out(1),
        claim=times_out(1),
    ),
    *(
        Case(
            row="closed before any byte",
            what=f"the connection is closed {when}",
            site=sites.good_tls(Spoil(cut_after=byte)),
            talk=healthy,
            read=TLS_ENDED,
            claim=TLS_ENDED,
        )
        for when, byte in (("before a byte of the TLS handshake", 0), ("in the middle of the TLS handshake", 100))
    ),
    Case(
        row="reset before any byte",
        what="the connection is reset in the middle of the TLS handshake",
        site=sites.good_tls(Spoil(cut_after=100, resets=True)),
        talk=healthy,
        read=breaks(),
        claim=breaks(),
    ),
    Case(
        row="no TLS",
        what="the server says in the TLS handshake that it failed",
        site=sites.no_tls,
        talk=_alerting(80),  # internal_error, which servers send that have no certificate for the name
        passes=False,
        read=NOTHING_IN_COMMON,
        claim=NOTHING_IN_COMMON,
    ),
    Case(
        row="no TLS",
        what="the server answers the handshake in plain HTTP",
        site=sites.no_tls,
        talk=greeting(answer(b"plain http", "400 Bad Request")),
        passes=False,
        read=NO_TLS,
        claim=NO_TLS,
    ),
    Case(
        row="no TLS",
        what="the server answers the handshake with garbage",
        site=sites.no_tls,
        talk=greeting(bytes(range(256))),
        passes=False,
        read=NO_TLS,
        claim=NO_TLS,
    ),
    Case(
        row="reset within TLS",
        what="the connection is reset in the middle of a body, under TLS",
        site=sites.good_tls(Spoil(cut_after=30_000, resets=True)),
        talk=answering(answer(b'{"items": [' + b" " * 50_000 + b"]}")),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="reset within TLS",
        what="the connection is closed in the middle of a body, under TLS",
        site=sites.good_tls(Spoil(cut_after=30_000)),
        talk=answering(answer(b'{"items": [' + b" " * 50_000 + b"]}")),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="reset within TLS",
        what="a byte is turned over on its way, under TLS",
        site=sites.good_tls(Spoil(flip_at=30_000)),
        talk=answering(answer(b'{"items": [' + b" " * 50_000 + b"]}")),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="client certificate demanded",
        what="the server demands a certificate of the client",
        site=sites.client_certificate_demanded,
        talk=healthy,
        passes=False,
        read=breaks(ONCE_MORE),  # under TLS 1.3 the server says so after the handshake, as a broken connection
        claim=unknown(),
    ),
]


async def _early(connection: Connection) -> None:
    await connection.reader.read(1)
    await connection.say(answer(status="413 Content Too Large"))
    connection.reset()


SENDING = [
    Case(
        row="early status, then reset",
        what="a 413 comes while the request is still being sent, then a reset",
        talk=_early,
        read=refused(APIStatusError, 413),
        claim=refused(APIStatusError, 413),
    ),
]


async def _interim(connection: Connection) -> None:
    body = good(await connection.request())
    await connection.say(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", body)


async def _http_1_0(connection: Connection) -> None:
    request = await connection.request()
    await connection.say(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + good_body(request))


async def _echoing_twice(connection: Connection) -> None:
    body = good_body(await connection.request())
    await connection.say(answer(body, headers={"X-Correlation-Id": "call-1\r\nx-correlation-id: call-1"}))


async def _echoing_nothing(connection: Connection) -> None:
    body = good_body(await connection.request())
    await connection.say(answer(body, headers={"X-Correlation-Id": "\r\nx-correlation-id: "}))


async def _both_lengths(connection: Connection) -> None:
    body = good_body(await connection.request())
    head = HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
    await connection.say(head, b"%x\r\n" % len(body), body, b"\r\n0\r\n\r\n")


async def _many_headers(connection: Connection) -> None:
    body = good_body(await connection.request())
    await connection.say(answer(body, headers={f"X-{number}": "1" for number in range(5_000)}))


READING = [
    Case(
        row="silence",
        what="no answer comes",
        talk=then_silence(),
        options=READ,
        read=times_out(says="did not answer in time"),
        claim=unknown("did not answer in time"),
    ),
    Case(
        row="silence",
        what="no answer comes within the timeout of an attempt",
        talk=then_silence(),
        options={"timeout": SHORT},
        read=times_out(says="timeout of 0.3 s for an attempt"),
        claim=unknown("timeout of 0.3 s for an attempt"),
    ),
    Case(
        row="silence",
        what="the answer stops in the middle of its body",
        talk=then_silence(HALF),
        options=READ,
        read=times_out(says="did not answer in time"),
        claim=unknown("did not answer in time"),
    ),
    Case(
        row="half a head",
        what="the connection is closed in the middle of the status line",
        talk=saying(b"HTTP/1.1 20"),
        read=breaks(ONCE_MORE),
        claim=unknown(),
    ),
    Case(
        row="half a head",
        what="the connection is closed in the middle of the headers",
        talk=saying(b"HTTP/1.1 200 OK\r\nContent-Ty"),
        read=breaks(ONCE_MORE),
        claim=unknown(),
    ),
    Case(
        row="short body",
        what="the body is shorter than its Content-Length",
        talk=saying(HALF),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="short body",
        what="the connection is reset in the middle of the body",
        talk=saying(HALF, resets=True),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="short body",
        what="a chunked body has no end",
        talk=saying(CHUNKED + b'b\r\n{"items":[]\r\n'),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="dripping body",
        what="the body drips, a byte at a time",
        talk=dripping(HEAD + b"Content-Length: 1000000\r\n\r\n", b" "),
        options=DEADLINE,
        passes=False,
        read=times_out(1),
        claim=unknown(),
    ),
    Case(
        row="dripping head",
        what="the headers drip, a line at a time",
        talk=dripping(HEAD, b"X-Drip: 1\r\n"),
        options=DEADLINE,
        passes=False,
        read=times_out(1),
        claim=unknown(),
    ),
    Case(
        row="endless 1xx",
        what="interim responses come without an end",
        talk=dripping(b"", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"),
        options=DEADLINE,
        passes=False,
        read=times_out(1),
        claim=unknown(),
    ),
    Case(
        row="endless 1xx",
        what="two interim responses come before the answer",
        talk=_interim,
        read=WORKS,
        claim=WORKS,
    ),
    Case(
        row="endless 1xx",
        what="the server switches to another protocol, unasked",
        talk=answering(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="huge header",
        what="a header has 150 kB",
        talk=answering(answer(PAGE, headers={"X-Huge": "x" * 150_000})),
        read=breaks(1, "head of the response is too large", safe=False),
        claim=unknown("head of the response is too large"),
    ),
    Case(
        row="many headers",
        what="there are 5000 headers",
        talk=_many_headers,
        read=WORKS,
        claim=WORKS,
        aiohttp=(breaks(), unknown()),
    ),
    Case(
        row="broken framing",
        what="the body has two different lengths",
        talk=answering(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="broken framing",
        what="a chunk has no size",
        talk=answering(CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n"),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="broken framing",
        what="the status line is none",
        talk=answering(b"abc\r\n\r\n"),
        read=breaks(),
        claim=unknown(),
    ),
    Case(
        row="two lengths",
        what="the body is chunked and has a Content-Length too",
        talk=_both_lengths,
        read=WORKS,
        claim=WORKS,
        aiohttp=(breaks(), unknown()),
    ),
    Case(
        row="response to another call",
        what="the response carries a correlation id that is empty",
        talk=_echoing_nothing,
        read=WORKS,
        claim=WORKS,
    ),
    Case(
        row="response to another call",
        what="the response carries the correlation id of another call",
        talk=answering(answer(PAGE, headers={"X-Correlation-Id": "another"})),
        read=unreadable("correlation id of another request"),
        claim=unreadable_claim("correlation id of another request", status=None),
    ),
    Case(
        row="response to another call",
        what="the response carries the call's own correlation id twice, once from a gateway",
        talk=_echoing_twice,
        read=WORKS,
        claim=WORKS,
    ),
    Case(
        row="HTTP/0.9 and HTTP/1.0",
        what="the answer is HTTP/0.9, a body alone",
        talk=saying(b'{"items": [], "success": true}'),
        read=breaks(ONCE_MORE),
        claim=unknown(),
        aiohttp=(breaks(), unknown()),
    ),
    Case(
        row="HTTP/0.9 and HTTP/1.0",
        what="the answer is HTTP/1.0, and ends with its connection",
        talk=_http_1_0,
        read=WORKS,
        claim=WORKS,
    ),
    Case(
        row="HTTP/0.9 and HTTP/1.0",
        what="the answer is HTTP/1.0, and its JSON breaks off",
        talk=saying(b'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"success": true, "items": ['),
        read=unreadable("not JSON"),
        claim=unreadable_claim("not JSON"),
    ),
    Case(
        row="slow but steady",
        what="every byte takes its time, but all of them come",
        site=sites.behind(Spoil(latency=0.002, drip=16)),
        talk=healthy,
        options={"timeout": Timeout(5)},
        read=WORKS,
        claim=WORKS,
    ),
]

NETWORK = {"Connecting": CONNECTING, "TLS": TLS, "Sending": SENDING, "Reading": READING}
