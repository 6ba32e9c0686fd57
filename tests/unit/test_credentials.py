"""Secrets, and the ways to authenticate."""

import copy
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from attrs.exceptions import FrozenInstanceError

from contracts_client import BearerToken, ClientCredentials, ConfigurationError, TokenError
from contracts_client.auth.credentials import is_bearer_token, is_token_callable
from contracts_client.auth.sources import CallableTokenSource, StaticTokenSource
from contracts_client.secret import Secret

CANARY = "c4narY"


@pytest.mark.parametrize(
    "show", [repr, str, "{}".format, "{!r}".format, "%s".__mod__], ids=["repr", "str", "f", "!r", "%"]
)
@pytest.mark.parametrize(
    "holder",
    [Secret(CANARY), ClientCredentials("an-id", CANARY), BearerToken(CANARY), {"secret": Secret(CANARY)}],
    ids=["secret", "credentials", "token", "in a dict"],
)
def test_a_secret_is_not_shown(holder: object, show: Callable[[object], str]) -> None:
    assert CANARY not in show(holder)


def test_a_secret_shows_no_length() -> None:
    assert repr(Secret("")) == repr(Secret("x" * 100))


def test_the_id_of_credentials_is_shown() -> None:
    assert "an-id" in repr(ClientCredentials("an-id", CANARY))


@pytest.mark.parametrize(
    "holder",
    [Secret(CANARY), ClientCredentials("an-id", CANARY), BearerToken(CANARY)],
    ids=["secret", "credentials", "token"],
)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_can_not_be_pickled(holder: object, protocol: int) -> None:
    with pytest.raises(TypeError, match="secret") as caught:
        pickle.dumps(holder, protocol)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_a_copy_of_a_secret_is_itself(duplicate: Callable[[Any], Any]) -> None:
    secret = Secret(CANARY)
    assert duplicate(secret) is secret


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copies_hold_the_same_secret(duplicate: Callable[[Any], Any]) -> None:
    credentials = ClientCredentials("an-id", CANARY, audience="https://api.example.com")
    assert duplicate(credentials) == credentials
    assert duplicate(credentials).client_secret is credentials.client_secret


def test_secrets_equal_by_their_text() -> None:
    assert Secret("å") == Secret("å")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert "a" != Secret("a")  # noqa: SIM300 # the other operand's method
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2


def test_secrets_of_surrogates_compare() -> None:
    """A codec's error would hold the text."""
    assert Secret("\ud800") == Secret("\ud800")
    assert Secret("\ud800") != Secret("\ud801")


def test_a_dump_of_attributes_shows_nothing() -> None:
    assert not hasattr(Secret(CANARY), "__dict__")
    assert Secret(CANARY).reveal() == CANARY


@pytest.mark.parametrize("attribute", ["client_id", "client_secret", "audience"])
def test_credentials_do_not_change(attribute: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(ClientCredentials("an-id", "x"), attribute, "y")


@pytest.mark.parametrize(
    "text", ["a", "a b", "~!@#$%^&*()_+{}|:<>?", "p" * 5000], ids=["one", "space inside", "signs", "long"]
)
def test_credentials_are_printable_ascii(text: str) -> None:
    assert ClientCredentials(text, text).client_secret.reveal() == text
    assert ClientCredentials(text, Secret(text)).client_id == text


BAD_CREDENTIALS = [
    pytest.param(f"{CANARY}\n", id="line break at the end"),
    pytest.param(f"{CANARY}\r\nX: y", id="another header"),
    pytest.param(f" {CANARY}", id="space at the start"),
    pytest.param(f"{CANARY} ", id="space at the end"),
    pytest.param(f"{CANARY}\0", id="null"),
    pytest.param(f"{CANARY}\x7f", id="delete"),
    pytest.param(f"{CANARY}å", id="beyond ASCII"),
    pytest.param(f"{CANARY}\ud800", id="surrogate"),
    pytest.param("", id="empty"),
    pytest.param(None, id="none"),
    pytest.param(7, id="int"),
    pytest.param(CANARY.encode(), id="bytes"),
]


@pytest.mark.parametrize("value", BAD_CREDENTIALS)
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda value: ClientCredentials(value, "x"), "client_id"),
        (lambda value: ClientCredentials("x", value), "client_secret"),
        (lambda value: ClientCredentials("x", "y", audience=value or ""), "audience"),
        (BearerToken, "bearer token"),
    ],
    ids=["id", "secret", "audience", "token"],
)
def test_a_bad_credential_is_not_shown(make: Callable[[Any], object], name: str, value: object) -> None:
    with pytest.raises(ConfigurationError, match=name) as caught:
        make(value)
    # Without the lines of source, which hold this file's own text.
    shown = "".join(traceback.format_exception_only(caught.value)) + repr(caught.value)
    assert CANARY not in shown
    assert CANARY.encode() not in pickle.dumps(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.parametrize("token", ["a", "a.b-c_d~e+f/g", "abc=", "abc==", "A0"])
def test_a_bearer_token_is_of_rfc_6750(token: str) -> None:
    assert is_bearer_token(token)
    assert BearerToken(token).token.reveal() == BearerToken(Secret(token)).token.reveal() == token


@pytest.mark.parametrize(
    "token", ["", "=", "a=b", "a b", "Bearer abc", "a\n", "å", "\u0661", 'a"', "a,b", None, 7, b"a"]
)
def test_other_characters_are_refused(token: object) -> None:
    assert not is_bearer_token(token)


async def test_there_is_one_static_token() -> None:
    source = StaticTokenSource(BearerToken("abc"))
    token = await source.get()
    assert token.reveal() == "abc"
    assert not source.reject(token)
    assert await source.get() is token


async def test_a_callable_is_asked_for_every_call() -> None:
    made = iter(["one", "two"])

    async def give() -> str:
        return next(made)

    source = CallableTokenSource(give)
    first = await source.get()
    assert first.reveal() == "one"
    assert source.reject(first)
    assert (await source.get()).reveal() == "two"


@pytest.mark.parametrize("returned", [None, 7, b"abc", "", f"{CANARY} x", f"{CANARY}\n", f"Bearer {CANARY}"])
async def test_a_callable_has_to_return_a_token(returned: Any) -> None:
    async def give() -> Any:
        return returned

    with pytest.raises(TokenError, match="no bearer token") as caught:
        await CallableTokenSource(give).get()
    assert CANARY not in repr(caught.value)


async def test_a_callable_s_error_is_named_alone() -> None:
    async def fail() -> str:
        raise KeyError(CANARY)

    with pytest.raises(TokenError, match="failed with KeyError") as caught:
        await CallableTokenSource(fail).get()
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


async def test_a_callable_s_token_error_is_kept() -> None:
    mine = TokenError("the vault is sealed", status_code=503)

    async def fail() -> str:
        raise mine

    with pytest.raises(TokenError) as caught:
        await CallableTokenSource(fail).get()
    assert caught.value is mine


async def test_a_callable_has_to_be_async() -> None:
    source = CallableTokenSource(lambda: "abc")  # type: ignore[arg-type,return-value] # the point
    with pytest.raises(TokenError, match="not async"):
        await source.get()


class Vault:
    async def __call__(self) -> str:
        return "abc"

    async def token(self) -> str:
        return "abc"


@pytest.mark.parametrize("auth", [Vault(), Vault().token, lambda: None], ids=["object", "method", "lambda"])
def test_what_can_be_called_gives_tokens(auth: object) -> None:
    assert is_token_callable(auth)


@pytest.mark.parametrize(
    "auth",
    [None, "abc", 7, Vault, ClientCredentials, httpx.BasicAuth("a", "b"), ("a", "b")],
    ids=["none", "text", "int", "class", "credentials' class", "httpx.Auth", "tuple"],
)
def test_classes_and_values_give_no_tokens(auth: object) -> None:
    assert not is_token_callable(auth)
