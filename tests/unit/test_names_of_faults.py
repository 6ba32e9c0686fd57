"""What each fault below the interface becomes: what is said of it, and whether another try may do better."""

import errno
import socket
import ssl

import httpx
import pytest

from contracts_client.transport.body import BodyError
from contracts_client.transport.failures import Route, failure_of
from contracts_client.transport.interface import ExchangeError, RequestTrace
from contracts_client.transport.library import HTTPX

BROKE = "the connection broke before the whole response was there"
CANARY = "c4narY"
CONNECTS = "; check host and port, and whether this network asks for a proxy (HTTPS_PROXY)"
SERVER = "https://api.acme.example:443"
ROUTE = Route(f"https://api.acme.example/{CANARY}")


def trace(*, sent: bool = True, reused: bool = False, answered: bool = False) -> RequestTrace:
    made = RequestTrace()
    made.sent, made.reused, made.answered = sent, reused, answered
    return made


def failure(error: Exception, how_far: RequestTrace | None = None, *, is_own: bool = True) -> ExchangeError:
    found = failure_of(error, HTTPX, how_far or trace(), is_own=is_own, route=ROUTE)
    assert CANARY not in str(found)
    return found


def marks(found: ExchangeError) -> set[str]:
    names = ("never_sent", "timed_out", "unusable", "transient", "stale", "retry_once")
    return {name for name in names if getattr(found, name)}


def caused(error: Exception, cause: BaseException, *, implicitly: bool = False) -> Exception:
    """The error as raised from another, with a third in between as libraries have it."""
    between = OSError(CANARY)
    between.__context__ = cause
    if implicitly:
        error.__context__ = between
    else:
        error.__cause__ = between
    return error


@pytest.mark.parametrize(
    ("error", "said", "marked"),
    [
        (httpx.ConnectError(CANARY), "the server can't be reached", {"never_sent", "transient"}),
        (
            httpx.ConnectTimeout(CANARY),
            "the server did not accept a connection in time" + CONNECTS,
            {"never_sent", "transient", "timed_out"},
        ),
        (httpx.PoolTimeout(CANARY), "no connection was free in time", {"never_sent", "transient", "timed_out"}),
        (httpx.WriteTimeout(CANARY), "the server did not take the request in time", {"transient", "timed_out"}),
        (httpx.ReadTimeout(CANARY), "the server did not answer in time", {"transient", "timed_out"}),
        (httpx.ProxyError(CANARY), "the proxy refused: check its address and its rules", {"never_sent", "transient"}),
        (
            httpx.UnsupportedProtocol(CANARY),
            "the request would have gone elsewhere than to the API",
            {"never_sent"},
        ),
        (httpx.ReadError(CANARY), BROKE, {"transient", "retry_once"}),
        (httpx.WriteError(CANARY), BROKE, {"transient", "retry_once"}),
        (httpx.CloseError(CANARY), BROKE, {"transient"}),
    ],
)
def test_each_network_fault_has_a_name(error: Exception, said: str, marked: set[str]) -> None:
    """Each fault of the network has a name and says what it means."""
    found = failure(error)
    assert str(found) == f"{said} ({type(error).__name__} at {SERVER})"
    assert marks(found) == marked


@pytest.mark.parametrize("error", [httpx.ReadError(CANARY), httpx.WriteError(CANARY)])
@pytest.mark.parametrize("reused", [True, False])
def test_a_reused_connection_may_be_dead(error: Exception, *, reused: bool) -> None:
    """A connection that ends without an answer is dead if it was kept and else gets one more try."""
    assert marks(failure(error, trace(reused=reused))) == {"transient", "stale" if reused else "retry_once"}


@pytest.mark.parametrize("reused", [True, False])
def test_a_cut_answer_is_no_dead_connection(*, reused: bool) -> None:
    """A connection that ends within its answer was not dead."""
    assert marks(failure(httpx.ReadError(CANARY), trace(reused=reused, answered=True))) == {"transient"}


@pytest.mark.parametrize(
    ("words", "dropped"),
    [
        ("Server disconnected without sending a response.", True),
        ("peer closed connection without sending complete message body", True),
        ("illegal status line", False),
    ],
)
def test_a_protocol_error_may_mean_dead(words: str, *, dropped: bool) -> None:
    """A broken protocol is a dead connection where nothing of an answer came."""
    found = failure(httpx.RemoteProtocolError(words), trace(reused=True))
    assert marks(found) == ({"transient", "stale"} if dropped else {"transient"})
    assert str(found) == f"{BROKE} (RemoteProtocolError at {SERVER})"


@pytest.mark.parametrize("implicitly", [True, False])
def test_an_unresolved_name_is_retried_once(*, implicitly: bool) -> None:
    """A name that can not be resolved gets one more try."""
    found = failure(caused(httpx.ConnectError(CANARY), socket.gaierror(CANARY), implicitly=implicitly))
    assert str(found).startswith(
        "the server's name can't be resolved; check its spelling, and the DNS of this machine ("
    )
    assert marks(found) == {"never_sent", "transient", "retry_once"}


def test_only_connecting_has_name_faults() -> None:
    """Only a failed connection is a matter of names."""
    found = failure(caused(httpx.ConnectTimeout(CANARY), socket.gaierror(CANARY)))
    assert str(found) == f"the server did not accept a connection in time{CONNECTS} (ConnectTimeout at {SERVER})"


@pytest.mark.parametrize("implicitly", [True, False])
def test_a_bad_certificate_is_not_retried(*, implicitly: bool) -> None:
    """A certificate that is not accepted will not be the next time."""
    found = failure(caused(httpx.ConnectError(CANARY), ssl.SSLError(CANARY), implicitly=implicitly))
    assert str(found).startswith("the TLS handshake with the server failed: it has no TLS version or cipher in common")
    assert marks(found) == {"never_sent"}


def test_a_late_tls_fault_is_a_network_fault() -> None:
    """A fault of TLS after the request is one of the connection."""
    assert str(failure(caused(httpx.ReadError(CANARY), ssl.SSLError(CANARY)))) == f"{BROKE} (ReadError at {SERVER})"


@pytest.mark.parametrize(("hint", "too_large"), [(431, True), (400, False)])
def test_a_head_too_large_is_not_retried(hint: int, *, too_large: bool) -> None:
    """A head that is too large will be the next time."""

    class LocalProtocolError(Exception):
        error_status_hint = hint

    found = failure(caused(httpx.RemoteProtocolError(CANARY), LocalProtocolError()))
    assert str(found).startswith("the head of the response is too large") is too_large
    assert marks(found) == (set() if too_large else {"transient"})


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("sent", [True, False])
def test_another_library_may_not_say_unsent(*, is_own: bool, sent: bool) -> None:
    """Another library's word that nothing was sent counts only where nothing was.

    Some call a connection that broke after the request a ConnectTimeout.
    """
    found = failure(httpx.ConnectTimeout(CANARY), trace(sent=sent), is_own=is_own)
    assert found.never_sent is (is_own or not sent)


@pytest.mark.parametrize(("error", "transient"), [(ConnectionResetError(CANARY), True), (KeyError(CANARY), False)])
def test_a_system_fault_is_transient(error: Exception, *, transient: bool) -> None:
    """What a transport of the user's raises may pass if it is a fault of the system."""
    found = failure(error, is_own=False)
    assert str(found) == f"the connection failed ({type(error).__name__} at {SERVER})"
    assert marks(found) == ({"transient"} if transient else set())


@pytest.mark.parametrize(
    ("error", "marked"),
    [
        (BodyError("a body", truncated=True), {"transient"}),
        (BodyError("a body", corrupt=True), {"transient", "retry_once"}),
        (BodyError("a body"), {"unusable"}),
    ],
)
def test_a_broken_body_is_retried(error: BodyError, marked: set[str]) -> None:
    """A body that broke may come whole and one that is of no use will not."""
    found = failure(error)
    assert str(found) == "a body"
    assert marks(found) == marked


def test_what_has_its_name_already_keeps_it() -> None:
    error = ExchangeError("named")
    assert failure(error) is error


def _alert(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(CANARY)
    error.reason = reason
    return error


REFUSED = (
    "the server refused the client's TLS certificate, or asks for one: pass an ssl_context that has one "
    f"(SSLError at {SERVER})"
)


@pytest.mark.parametrize(
    ("reason", "is_refusal"),
    [
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", True),
        ("SSLV3_ALERT_BAD_CERTIFICATE", True),
        ("SSLV3_ALERT_CERTIFICATE_EXPIRED", True),
        ("TLSV1_ALERT_UNKNOWN_CA", True),
        ("TLSV1_ALERT_ACCESS_DENIED", True),
        ("TLSV1_ALERT_INTERNAL_ERROR", False),
        ("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", False),
    ],
)
def test_a_late_alert_may_be_a_refusal(reason: str, *, is_refusal: bool) -> None:
    """An alert after the handshake may refuse the certificate."""
    found = failure(_alert(reason))
    assert marks(found) == ({"never_sent"} if is_refusal else {"transient"})
    assert str(found) == (REFUSED if is_refusal else f"the connection failed (SSLError at {SERVER})")


@pytest.mark.parametrize("how_far", [trace(reused=True), trace(answered=True)], ids=["reused", "answered"])
def test_a_used_certificate_was_not_refused(how_far: RequestTrace) -> None:
    """A certificate that served once was not refused."""
    assert marks(failure(_alert("TLSV13_ALERT_CERTIFICATE_REQUIRED"), how_far)) == {"transient"}


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_too_many_open_files_are_named(number: int) -> None:
    cause = OSError(number, CANARY)
    for error in (cause, caused(httpx.ConnectError(CANARY), ExceptionGroup(CANARY, [OSError(CANARY), cause]))):
        found = failure(error, trace(sent=False))
        assert str(found).startswith("too many open files: raise the limit of the process (ulimit -n), or lower")
        assert marks(found) == {"never_sent", "transient"}


@pytest.mark.parametrize(
    ("words", "transient"),
    [
        ("Requested NO AUTHENTICATION REQUIRED from proxy server, but got NO ACCEPTABLE METHODS.", False),
        ("Invalid username/password", False),
        ("Proxy Server could not connect: Connection not allowed by ruleset.", False),
        ("Proxy Server could not connect: Command not supported.", False),
        ("Proxy Server could not connect: Address type not supported.", False),
        ("Proxy Server could not connect: Host unreachable.", True),
        ("Proxy Server could not connect: General SOCKS server failure.", True),
        ("4000", True),
    ],
)
def test_a_final_socks_refusal_is_tried_once(words: str, *, transient: bool) -> None:
    """What a socks proxy refuses for good is tried once."""
    assert marks(failure(httpx.ProxyError(words))) == ({"never_sent", "transient"} if transient else {"never_sent"})
