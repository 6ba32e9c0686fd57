"""What each fault below the port becomes: what is said of it, and whether another try may do better."""

import errno
import socket
import ssl

import httpx
import pytest

from contracts_client.transport.body import BodyError
from contracts_client.transport.failures import failure_of
from contracts_client.transport.library import HTTPX
from contracts_client.transport.trace import ExchangeError, RequestTrace

BROKE = "the connection broke before the whole response was there"
CANARY = "c4narY"


def progress(*, sent: bool = True, reused: bool = False, answered: bool = False) -> RequestTrace:
    made = RequestTrace()
    made.sent, made.reused, made.answered = sent, reused, answered
    return made


def failure(error: Exception, how_far: RequestTrace | None = None, *, is_own: bool = True) -> ExchangeError:
    found = failure_of(error, HTTPX, how_far or progress(), is_own=is_own)
    assert CANARY not in str(found)
    return found


def marks(found: ExchangeError) -> set[str]:
    names = ("never_sent", "timed_out", "unusable", "transient", "stale", "once_more")
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
            "the server did not accept a connection in time",
            {"never_sent", "transient", "timed_out"},
        ),
        (httpx.PoolTimeout(CANARY), "no connection was free in time", {"never_sent", "transient", "timed_out"}),
        (httpx.WriteTimeout(CANARY), "the server did not take the request in time", {"transient", "timed_out"}),
        (httpx.ReadTimeout(CANARY), "the server did not answer in time", {"transient", "timed_out"}),
        (httpx.ProxyError(CANARY), "the proxy refused", {"never_sent", "transient"}),
        (
            httpx.UnsupportedProtocol(CANARY),
            "the request would have gone elsewhere than to the API",
            {"never_sent"},
        ),
        (httpx.ReadError(CANARY), BROKE, {"transient", "once_more"}),
        (httpx.WriteError(CANARY), BROKE, {"transient", "once_more"}),
        (httpx.CloseError(CANARY), BROKE, {"transient"}),
    ],
)
def test_each_fault_of_the_network_has_a_name_and_says_what_it_means(
    error: Exception, said: str, marked: set[str]
) -> None:
    found = failure(error)
    assert str(found) == f"{said} ({type(error).__name__})"
    assert marks(found) == marked


@pytest.mark.parametrize("error", [httpx.ReadError(CANARY), httpx.WriteError(CANARY)])
@pytest.mark.parametrize("reused", [True, False])
def test_a_connection_that_ends_without_an_answer_is_dead_if_it_was_kept_and_else_gets_one_more_try(
    error: Exception, *, reused: bool
) -> None:
    assert marks(failure(error, progress(reused=reused))) == {"transient", "stale" if reused else "once_more"}


@pytest.mark.parametrize("reused", [True, False])
def test_a_connection_that_ends_within_its_answer_was_not_dead(*, reused: bool) -> None:
    assert marks(failure(httpx.ReadError(CANARY), progress(reused=reused, answered=True))) == {"transient"}


@pytest.mark.parametrize(
    ("words", "dropped"),
    [
        ("Server disconnected without sending a response.", True),
        ("peer closed connection without sending complete message body", True),
        ("illegal status line", False),
    ],
)
def test_a_broken_protocol_is_a_dead_connection_where_nothing_of_an_answer_came(words: str, *, dropped: bool) -> None:
    found = failure(httpx.RemoteProtocolError(words), progress(reused=True))
    assert marks(found) == ({"transient", "stale"} if dropped else {"transient"})
    assert str(found) == f"{BROKE} (RemoteProtocolError)"


@pytest.mark.parametrize("implicitly", [True, False])
def test_a_name_that_can_not_be_resolved_gets_one_more_try(*, implicitly: bool) -> None:
    found = failure(caused(httpx.ConnectError(CANARY), socket.gaierror(CANARY), implicitly=implicitly))
    assert str(found) == "the server's name can't be resolved (ConnectError)"
    assert marks(found) == {"never_sent", "transient", "once_more"}


def test_only_a_failed_connection_is_a_matter_of_names() -> None:
    found = failure(caused(httpx.ConnectTimeout(CANARY), socket.gaierror(CANARY)))
    assert str(found) == "the server did not accept a connection in time (ConnectTimeout)"


@pytest.mark.parametrize("implicitly", [True, False])
def test_a_certificate_that_is_not_accepted_will_not_be_the_next_time(*, implicitly: bool) -> None:
    found = failure(caused(httpx.ConnectError(CANARY), ssl.SSLError(CANARY), implicitly=implicitly))
    assert str(found) == (
        "the server's TLS certificate or protocol was not accepted; for an authority of your own pass ssl_context, "
        "or name its file in SSL_CERT_FILE"
    )
    assert marks(found) == {"never_sent"}


def test_a_fault_of_tls_after_the_request_is_one_of_the_connection() -> None:
    assert str(failure(caused(httpx.ReadError(CANARY), ssl.SSLError(CANARY)))) == f"{BROKE} (ReadError)"


@pytest.mark.parametrize(("hint", "too_large"), [(431, True), (400, False)])
def test_a_head_that_is_too_large_will_be_the_next_time(hint: int, *, too_large: bool) -> None:
    class LocalProtocolError(Exception):
        error_status_hint = hint

    found = failure(caused(httpx.RemoteProtocolError(CANARY), LocalProtocolError()))
    assert (str(found) == "the head of the response is too large") is too_large
    assert marks(found) == (set() if too_large else {"transient"})


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("sent", [True, False])
def test_another_library_s_word_that_nothing_was_sent_counts_only_where_nothing_was(
    *, is_own: bool, sent: bool
) -> None:
    """Some call a connection that broke after the request a ConnectTimeout."""
    found = failure(httpx.ConnectTimeout(CANARY), progress(sent=sent), is_own=is_own)
    assert found.never_sent is (is_own or not sent)


@pytest.mark.parametrize(("error", "transient"), [(ConnectionResetError(CANARY), True), (KeyError(CANARY), False)])
def test_what_a_transport_of_the_user_s_raises_may_pass_if_it_is_a_fault_of_the_system(
    error: Exception, *, transient: bool
) -> None:
    found = failure(error, is_own=False)
    assert str(found) == f"the connection failed ({type(error).__name__})"
    assert marks(found) == ({"transient"} if transient else set())


@pytest.mark.parametrize(
    ("error", "marked"),
    [
        (BodyError("a body", truncated=True), {"transient"}),
        (BodyError("a body", corrupt=True), {"transient", "once_more"}),
        (BodyError("a body"), {"unusable"}),
    ],
)
def test_a_body_that_broke_may_come_whole_and_one_that_is_of_no_use_will_not(
    error: BodyError, marked: set[str]
) -> None:
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


REFUSED = "the server refused the client's TLS certificate, or asks for one: pass an ssl_context that has one"


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
def test_an_alert_after_the_handshake_may_refuse_the_certificate(reason: str, *, is_refusal: bool) -> None:
    found = failure(_alert(reason))
    assert marks(found) == ({"never_sent"} if is_refusal else {"transient"})
    assert str(found) == (REFUSED if is_refusal else "the connection failed (SSLError)")


@pytest.mark.parametrize("how_far", [progress(reused=True), progress(answered=True)], ids=["reused", "answered"])
def test_a_certificate_that_served_once_was_not_refused(how_far: RequestTrace) -> None:
    assert marks(failure(_alert("TLSV13_ALERT_CERTIFICATE_REQUIRED"), how_far)) == {"transient"}


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_too_many_open_files_are_named(number: int) -> None:
    cause = OSError(number, CANARY)
    for error in (cause, caused(httpx.ConnectError(CANARY), ExceptionGroup(CANARY, [OSError(CANARY), cause]))):
        found = failure(error, progress(sent=False))
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
def test_what_a_socks_proxy_refuses_for_good_is_tried_once(words: str, *, transient: bool) -> None:
    assert marks(failure(httpx.ProxyError(words))) == ({"never_sent", "transient"} if transient else {"never_sent"})
