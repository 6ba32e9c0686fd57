"""The header policy: client name and correlation id."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts_client import ConfigurationError, InvalidArgumentError, __version__
from contracts_client.defaults import MAX_CLIENT_NAME_LENGTH, MAX_CORRELATION_ID_LENGTH
from contracts_client.headers import (
    CLIENT_NAME,
    CORRELATION_ID,
    USER_AGENT,
    checked_client_name,
    checked_correlation_id,
    is_sendable,
    new_correlation_id,
    received,
)


def test_headers_have_documented_names() -> None:
    """The headers have the documented names."""
    assert (CLIENT_NAME, CORRELATION_ID) == ("ET-Client-Name", "X-Correlation-Id")


def test_the_user_agent_names_the_library() -> None:
    """The user agent names library and version."""
    assert f"contracts-client/{__version__}" == USER_AGENT


@pytest.mark.parametrize(
    "name",
    ["acme-ticketshop", "nor_way_bussekspress-reiseplanlegger", "ola.nordmann-app2", "a-b", "0-0", "a-b-c-d", "_a-b."],
)
def test_client_names_are_lower_case(name: str) -> None:
    """A client name is company and application in lower case."""
    assert checked_client_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("acme", id="company alone"),
        pytest.param("-acme", id="no company"),
        pytest.param("acme-", id="no application"),
        pytest.param("acme--shop", id="empty part"),
        pytest.param("_-_", id="no letter"),
        pytest.param("acme-..", id="application of dots"),
        pytest.param("Acme-Shop", id="upper case"),
        pytest.param("acme-ticket shop", id="space"),
        pytest.param("acme-shop ", id="space at the end"),
        pytest.param(" acme-shop", id="space at the start"),
        pytest.param("acme-shop\n", id="line break"),
        pytest.param("acme-shop\r\nX-Evil: 1", id="another header"),
        pytest.param("acme-shop\0", id="null"),
        pytest.param("acme-sh\u00f8p", id="beyond ASCII"),
        pytest.param("acme-\u0661", id="digit beyond ASCII"),
        pytest.param("acme/shop-x", id="slash"),
        pytest.param("aaaaaaa-" * 15 + "!", id="many ways to split"),
        pytest.param("a_._._." * 18 + "!", id="many ways to take a dot"),
        pytest.param("", id="empty"),
        pytest.param(None, id="none"),
        pytest.param(b"acme-shop", id="bytes"),
    ],
)
def test_an_invalid_client_name_is_refused(name: object) -> None:
    """A client name of another form is refused with the form."""
    with pytest.raises(ConfigurationError, match="<company>-<application>, such as acme-ticketshop") as caught:
        checked_client_name(name)
    assert not isinstance(name, str) or len(name) < 6 or name not in str(caught.value)


def test_a_client_name_has_a_greatest_length() -> None:
    """A client name may be as long as the cap and no longer."""
    longest = "a-" + "b" * (MAX_CLIENT_NAME_LENGTH - 2)
    assert checked_client_name(longest) == longest
    with pytest.raises(ConfigurationError, match=f"{MAX_CLIENT_NAME_LENGTH} characters"):
        checked_client_name(longest + "b")


@given(st.text(alphabet="ab0_.- \nA\u00e5", max_size=12))
def test_client_name_parts_are_not_empty(name: str) -> None:
    """Client names are parts with a letter or digit each.

    The rule by other means than the code's: split at the hyphens and look at each part.
    """
    parts = name.split("-")
    right = len(parts) > 1 and all(re.fullmatch("[a-z0-9_.]+", part) and part.strip("_.") for part in parts)
    try:
        accepted = checked_client_name(name) == name
    except ConfigurationError:
        accepted = False
    assert accepted is right


def test_a_new_correlation_id_is_a_uuid() -> None:
    """A new correlation id is a random UUID in lower case."""
    found = {new_correlation_id() for _ in range(100)}
    assert len(found) == 100
    assert {UUID(each).version for each in found} == {4}
    assert {str(UUID(each)) for each in found} == found
    assert {checked_correlation_id(each) for each in found} == found


@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40))
def test_a_correlation_id_is_visible_ascii(value: str) -> None:
    """A correlation id may have any visible ascii character."""
    assert checked_correlation_id(value) == value


@given(st.text(max_size=6), st.characters(max_codepoint=0x20) | st.characters(min_codepoint=0x7F), st.text(max_size=6))
def test_an_invalid_correlation_id_not_shown(before: str, bad: str, after: str) -> None:
    """A correlation id with any other character is refused and not shown."""
    value = f"CANARY{before}{bad}{after}"
    with pytest.raises(InvalidArgumentError) as caught:
        checked_correlation_id(value)
    assert caught.value.argument == "correlation_id"
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("value", ["", None, 7, b"an-id", "a" * (MAX_CORRELATION_ID_LENGTH + 1)])
def test_a_correlation_id_must_be_text(value: object) -> None:
    """What is no correlation id is refused."""
    with pytest.raises(InvalidArgumentError, match=f"1 to {MAX_CORRELATION_ID_LENGTH} visible ASCII"):
        checked_correlation_id(value)


def test_a_correlation_id_may_have_the_cap() -> None:
    """A correlation id may be as long as the cap."""
    longest = "a" * MAX_CORRELATION_ID_LENGTH
    assert checked_correlation_id(longest) == longest


@pytest.mark.parametrize("value", [b"", b"a", b"a b\tc", b"\xe6", b"\x80a"])
def test_a_foreign_header_value_is_sendable(value: bytes) -> None:
    """A header that the user adds may hold everything that headers may hold."""
    assert is_sendable(b"X-Key", value)


@pytest.mark.parametrize(
    ("name", "value"),
    [(b"X-Key", bad) for bad in (b" a", b"a ", b"a\n", b"a\rb", b"a\x00", b"\x01", b"a\x7f", b"\t")]
    + [(bad, b"a") for bad in (b"", b"X Key", b"X-Key\n", b"X:", b"\xe6")],
)
def test_an_invalid_header_is_not_sendable(name: bytes, value: bytes) -> None:
    """A header of somebody else's may break no line and hold no control character."""
    assert not is_sendable(name, value)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("retry-after", "2", "2"),
        ("retry-after", "2, 2", "2"),
        ("retry-after", "5, 5, 5", "5"),
        ("retry-after", "5, 5, 6", "5, 5, 6"),
        ("ratelimit-remaining", "0, 0", "0"),
        ("ratelimit-remaining", "0, 5", "0, 5"),
        ("x-ratelimit-reset", ", ".join(["Wed, 21 Oct 2015 07:28:00 GMT"] * 3), "Wed, 21 Oct 2015 07:28:00 GMT"),
        ("retry-after", ", ".join(["5"] * 400), ", ".join(["5"] * 400)),
        ("retry-after", "120, 60", "120, 60"),
        ("retry-after", "1, 11", "1, 11"),
        ("retry-after", ", ", ", "),
        ("retry-after", "", ""),
        ("date", "Wed, 21 Oct 2015 07:28:00 GMT, Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:00 GMT"),
        ("content-encoding", "gzip, gzip", "gzip, gzip"),
    ],
)
def test_a_header_sent_twice_is_read_once(name: str, value: str, read: str) -> None:
    assert received(name, value) == read
