"""Environments, the addresses that are allowed at all, and the variables that name them."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts_client import ConfigurationError, Environment
from contracts_client.environment import (
    BASE_URL,
    ENVIRONMENT,
    ID,
    NAME,
    SECRET,
    checked_url,
    is_loopback,
)

CANARY = "c4narY"


@pytest.mark.parametrize(
    ("name", "api", "auth"),
    [
        ("production", "https://api.entur.io", "https://partner.entur.org"),
        ("staging", "https://api.staging.entur.io", "https://partner.staging.entur.org"),
        ("dev", "https://api.dev.entur.io", "https://partner.dev.entur.org"),
    ],
)
def test_named_environments_are_published(name: str, api: str, auth: str) -> None:
    """The named environments are the published ones."""
    environment = Environment.named(name)
    assert environment is getattr(Environment, name.upper())
    assert (environment.api_url, environment.auth_url) == (api, auth)


@pytest.mark.parametrize("name", ["PRODUCTION", "Production", " production\n"])
def test_an_environment_is_named_in_any_case(name: str) -> None:
    assert Environment.named(name) is Environment.PRODUCTION


@pytest.mark.parametrize("name", ["", "prod", "test", CANARY])
def test_an_unknown_environment_is_refused(name: str) -> None:
    """An unknown name is refused with the known ones and without itself."""
    with pytest.raises(ConfigurationError, match="production, staging, dev") as caught:
        Environment.named(name)
    assert CANARY not in str(caught.value)
    assert caught.value.__context__ is None


def test_an_environment_is_a_value() -> None:
    mine = Environment(api_url="https://a.example/", auth_url="https://b.example")
    assert mine == Environment("https://a.example", "https://b.example")
    assert pickle.loads(pickle.dumps(mine)) == copy.deepcopy(mine) == mine
    assert len({mine, Environment.DEV, Environment.DEV}) == 2


@pytest.mark.parametrize("name", ["api_url", "auth_url"])
def test_both_addresses_are_checked(name: str) -> None:
    """Both addresses of an environment are checked."""
    addresses: dict[str, Any] = {"api_url": "https://a", "auth_url": "https://b", name: "http://c"}
    with pytest.raises(ConfigurationError, match=f"^{name} must use https"):
        Environment(**addresses)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        ("https://api.example.com:8443/path/v2/", "https://api.example.com:8443/path/v2"),
        ("https://[2001:db8::1]:443", "https://[2001:db8::1]:443"),
        ("https://my_host.example.com.", "https://my_host.example.com."),
        ("HTTPS://API.Example.com/Path", "https://api.example.com/Path"),
        ("Https://api.example.com", "https://api.example.com"),
        ("HTTP://LOCALHOST:8080", "http://localhost:8080"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("http://127.255.255.254", "http://127.255.255.254"),
        ("http://[::1]:1", "http://[::1]:1"),
    ],
)
def test_an_address_keeps_no_misleading_form(url: str, kept: str) -> None:
    """An address is https or on this machine and keeps no spelling that could mislead.

    A scheme in capitals once lost its TLS checks.
    """
    assert checked_url("base_url", url) == kept


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param(f"http://{CANARY}.example.com", "https", id="plain http"),
        pytest.param("http://0.0.0.0", "https", id="any address"),
        pytest.param(f"http://127.0.0.1.{CANARY}.example", "https", id="starts like loopback"),
        pytest.param(f"http://localhost.{CANARY}", "https", id="starts like localhost"),
        pytest.param("http://10.0.0.1", "https", id="private network"),
        pytest.param(f"ftp://{CANARY}", "absolute https", id="ftp"),
        pytest.param(f"//{CANARY}", "absolute https", id="no scheme"),
        pytest.param(CANARY, "absolute https", id="no url"),
        pytest.param("", "absolute https", id="empty"),
        pytest.param("https://", "absolute https", id="no host"),
        pytest.param(f"https:///{CANARY}", "absolute https", id="path alone"),
        pytest.param(f"https://{CANARY}:0", "port", id="port 0"),
        pytest.param(f"https://{CANARY}:65536", "port", id="port too high"),
        pytest.param(f"https://{CANARY}:-1", "port", id="port negative"),
        pytest.param(f"https://{CANARY}:http", "port", id="port a name"),
        pytest.param(f"https://[{CANARY}", "absolute https", id="half a bracket"),
        pytest.param(f"https://user:{CANARY}@host", "user name", id="password"),
        pytest.param(f"https://{CANARY}@host", "user name", id="user"),
        pytest.param("https://@host", "user name", id="empty user"),
        pytest.param(f"https://{CANARY}|a", "host", id="bar in the host"),
        pytest.param(f"https://<{CANARY}>", "host", id="angle brackets"),
        pytest.param(f"https://{CANARY}..a", "host", id="empty label"),
        pytest.param(f"https://-{CANARY}", "host", id="hyphen at the start"),
        pytest.param(f"https://{CANARY}%2e", "host", id="encoded host"),
        pytest.param(f"https://{CANARY}*", "host", id="star"),
        pytest.param("https://" + "a" * 64 + f".{CANARY}", "host", id="long label"),
        pytest.param(f"https://host?{CANARY}", "query", id="query"),
        pytest.param("https://host?", "query", id="empty query"),
        pytest.param(f"https://host/a#{CANARY}", "fragment", id="fragment"),
        pytest.param("https://host#", "fragment", id="empty fragment"),
        pytest.param(f"https://host/{CANARY}/../b", "plain path", id="dot segments"),
        pytest.param("https://host/.", "plain path", id="dot segment"),
        pytest.param(f"https://host/%2e%2e/{CANARY}", "plain path", id="encoded"),
        pytest.param(f"https://host//{CANARY}", "plain path", id="empty segment"),
        pytest.param(f"https://høst.{CANARY}", "ASCII", id="beyond ASCII"),
        pytest.param("https://\uff48ost", "ASCII", id="full width"),
        pytest.param(f"https://host\r\n{CANARY}", "printable", id="line break"),
        pytest.param(f"https://host\t{CANARY}", "printable", id="tab"),
        pytest.param(f"https://host {CANARY}", "printable", id="space"),
        pytest.param(f"https://host\\{CANARY}", "printable", id="backslash"),
        pytest.param(CANARY.encode(), "printable", id="bytes"),
        pytest.param(None, "printable", id="none"),
        pytest.param(7, "printable", id="int"),
    ],
)
def test_a_misleading_address_is_not_shown(url: object, words: str) -> None:
    """An address that could mislead is refused with the reason and not shown."""
    with pytest.raises(ConfigurationError, match=f"^base_url must .*{words}") as caught:
        checked_url("base_url", url)
    assert CANARY not in str(caught.value)
    assert caught.value.__context__ is None


@given(st.text(alphabet="htps:/.@?#%\\[]a1 \n", max_size=20).map("https://".__add__) | st.text(max_size=30))
@example("https://a/@")
def test_an_accepted_address_is_well_formed(url: str) -> None:
    """An address that passes has a scheme a host and nothing beside its path."""
    try:
        kept = checked_url("base_url", url)
    except ConfigurationError:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert not set("?#\\ ") & set(kept)
    assert "@" not in kept.split("/")[2]  # in a path it is like any other character
    assert kept.startswith(("https://", "http://"))
    assert checked_url("base_url", kept) == kept


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "example.com", "localhost.example.com", "128.0.0.1", "::2", "127.1", "2130706433"]
)
def test_another_host_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_the_variables_have_these_names() -> None:
    """The variables have the promised names."""
    assert (NAME, ID, SECRET, ENVIRONMENT, BASE_URL) == (
        "CONTRACTS_CLIENT_NAME",
        "CONTRACTS_CLIENT_ID",
        "CONTRACTS_CLIENT_SECRET",
        "CONTRACTS_CLIENT_ENVIRONMENT",
        "CONTRACTS_CLIENT_BASE_URL",
    )
