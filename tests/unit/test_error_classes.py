"""The tree of errors, what each carries, and what none of them shows."""

import copy
import pickle
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

import contracts_client
from contracts_client import ErrorBody, errors

CANARY = "c4narY"
BODY = ErrorBody(
    path=f"/{CANARY}",
    error=f"Bad {CANARY}",
    status=400,
    message=CANARY,
    timestamp=datetime(2026, 1, 1, tzinfo=UTC),
    errors=[{"value": CANARY}],
    additional_properties={CANARY: CANARY},
)
CONTEXT: dict[str, Any] = {
    "operation": "list_contracts",
    "correlation_id": "an-id",
    "attempts": 3,
    "elapsed": 1.25,
    "retry_after": 7.0,
    "safe_to_retry": True,
}

TREE: dict[str, tuple[str, ...]] = {
    "ContractsError": ("Exception",),
    "ConfigurationError": ("ContractsError", "ValueError"),
    "InvalidArgumentError": ("ContractsError", "ValueError"),
    "TokenError": ("ContractsError",),
    "ClientClosedError": ("ContractsError",),
    "PagingError": ("ContractsError",),
    "APIError": ("ContractsError",),
    "APIConnectionError": ("APIError",),
    "APITimeoutError": ("APIConnectionError",),
    "OutcomeUnknownError": ("APIConnectionError",),
    "UnreadableOutcomeError": ("OutcomeUnknownError", "ResponseDecodeError"),
    "ResponseDecodeError": ("APIError",),
    "APIStatusError": ("APIError",),
    "BadRequestError": ("APIStatusError",),
    "AuthenticationError": ("APIStatusError",),
    "PermissionDeniedError": ("APIStatusError",),
    "NotFoundError": ("APIStatusError",),
    "ConflictError": ("APIStatusError",),
    "UnprocessableEntityError": ("APIStatusError",),
    "RateLimitError": ("APIStatusError",),
    "ServerError": ("APIStatusError",),
}
BY_STATUS = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}


# What each class is made with, most special first: the first that fits counts.
MADE: list[tuple[type[errors.ContractsError], tuple[Any, ...], dict[str, Any]]] = [
    (errors.APIStatusError, ("it went wrong",), {"status_code": 418, "error": BODY, **CONTEXT}),
    (errors.UnreadableOutcomeError, ("success", "a boolean", "an integer"), {"status_code": 200, **CONTEXT}),
    (errors.ResponseDecodeError, ("items[3].createdAt", "a string", "an integer"), CONTEXT),
    (errors.OutcomeUnknownError, ("it went wrong",), {"status_code": 503, **CONTEXT}),
    (errors.APIError, ("it went wrong",), CONTEXT),
    (errors.InvalidArgumentError, ("travel_date", "must be an aware datetime"), {}),
    (errors.TokenError, ("it went wrong",), {"status_code": 401}),
    (errors.ContractsError, ("it went wrong",), {}),
]


def one_of(kind: type[errors.ContractsError]) -> errors.ContractsError:
    """An error with every attribute set to something of its own."""
    made: Any = kind
    positional, named = next((args, kwargs) for base, args, kwargs in MADE if issubclass(kind, base))
    error: errors.ContractsError = made(*positional, **named)
    return error


KINDS = [getattr(errors, name) for name in TREE]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=TREE)
every_api_kind = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if issubclass(kind, errors.APIError)], ids=lambda kind: kind.__name__
)


def test_the_error_classes_are_these() -> None:
    """The module defines the promised classes and no other."""
    defined = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert defined == set(TREE)


@pytest.mark.parametrize(("name", "bases"), TREE.items(), ids=TREE)
def test_each_error_class_has_its_parent(name: str, bases: tuple[str, ...]) -> None:
    """Each class has its place in the tree."""
    kind = getattr(errors, name)
    assert tuple(base.__name__ for base in kind.__bases__) == bases
    assert getattr(contracts_client, name) is kind
    assert kind.__doc__


def test_the_docstring_tree_is_the_real_one() -> None:
    """The tree in the docstring is the tree."""
    drawn = errors.__doc__ or ""
    names = [line.strip("│├└─ ").split(" ")[0] for line in drawn.splitlines() if "Error" in line]
    assert names[: len(TREE)] == list(TREE)


TRAVELS: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda error, protocol=protocol: pickle.loads(pickle.dumps(error, protocol))
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
}


@every_kind
@pytest.mark.parametrize("travel", TRAVELS.values(), ids=TRAVELS)
def test_a_pickled_error_loses_only_its_body(kind: type[errors.ContractsError], travel: Callable[[Any], Any]) -> None:
    """An error travels with every attribute but the body."""
    error = one_of(kind)
    arrived = travel(error)
    assert type(arrived) is kind
    assert arrived is not error
    expected = dict(vars(error))
    if issubclass(kind, errors.APIStatusError):
        expected["error"] = None
    assert vars(arrived) == expected
    assert (arrived.args, arrived.message, str(arrived)) == (error.args, error.message, str(error))


@every_kind
def test_an_error_is_made_of_its_args(kind: type[errors.ContractsError]) -> None:
    """A library that copies an error by its class and args gets the text, and no TypeError in its place."""
    error = one_of(kind)
    copied = type(error)(*error.args)
    assert (copied.args, copied.message) == (error.args, error.message)
    assert str(copied) == error.message
    if isinstance(error, errors.InvalidArgumentError):
        assert vars(copied) == vars(error)


def test_an_error_travels_twice() -> None:
    error = one_of(errors.NotFoundError)
    assert vars(pickle.loads(pickle.dumps(copy.copy(error)))) == vars(copy.copy(error))


def test_pickling_keeps_the_original_body() -> None:
    """Travelling leaves the body of the original where it is."""
    error = errors.NotFoundError("no", status_code=404, error=BODY, **CONTEXT)
    copy.copy(error)
    pickle.dumps(error)
    assert error.error is BODY


def test_a_note_travels_along() -> None:
    error = one_of(errors.TokenError)
    error.add_note("while it was night")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["while it was night"]


def test_a_user_s_error_class_is_pickled() -> None:
    """A class of the users own travels too."""
    error = OwnError("it went wrong", status_code=404, error=BODY, **CONTEXT)
    assert type(pickle.loads(pickle.dumps(error))) is OwnError


class OwnError(errors.NotFoundError):
    """A user's own."""


@every_kind
def test_no_representation_shows_the_body(kind: type[errors.ContractsError]) -> None:
    """No way to show an error shows its body."""

    def fail() -> None:
        raise one_of(kind)

    with pytest.raises(kind) as caught:
        fail()
    error = caught.value
    shown = [str(error), repr(error), f"{error}", *map(str, error.args), *traceback.format_exception(error)]
    assert not [text for text in shown if CANARY in text]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert CANARY.encode() not in pickle.dumps(error, protocol)


def test_a_body_masks_quoted_request_data() -> None:
    """A body masks what may quote the request. An error tracker that reports local variables sees the body's repr."""
    body = ErrorBody(path=CANARY, message=CANARY, errors=[CANARY], additional_properties={CANARY: CANARY})
    assert CANARY not in repr(body)


@every_api_kind
def test_a_call_error_names_its_call(kind: type[errors.ContractsError]) -> None:
    """A call's error says which call it was."""
    error: Any = one_of(kind)
    assert {name: getattr(error, name) for name in CONTEXT} == CONTEXT
    text = str(error)
    assert text.startswith("list_contracts: ")
    assert text.endswith("[correlation id an-id, attempts 3, 1.25 s]")


def test_a_plain_call_error_is_one_attempt() -> None:
    """A call's error without more is one attempt that is not safe to repeat."""
    error = errors.APIError("it went wrong", operation="get_contract", correlation_id="an-id")
    assert (error.attempts, error.elapsed, error.retry_after, error.safe_to_retry) == (1, 0.0, None, False)


@pytest.mark.parametrize("status", range(400, 600))
def test_every_status_has_its_class(status: int) -> None:
    error = errors.APIStatusError.for_status(status, BODY, "it went wrong", **CONTEXT)
    expected = BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.APIStatusError)
    assert type(error) is expected
    assert error.status_code == status
    assert error.error is BODY
    assert error.message == "it went wrong"
    assert error.operation == "list_contracts"


@pytest.mark.parametrize("status", [100, 204, 301, 302, 304, 399])
def test_an_odd_status_is_a_status_error(status: int) -> None:
    """A status that is neither success nor failure is no more than a status error."""
    assert type(errors.APIStatusError.for_status(status, None, "odd", **CONTEXT)) is errors.APIStatusError


def test_an_argument_error_names_its_rule() -> None:
    """An argument error names argument and rule."""
    error = errors.InvalidArgumentError("travel_date", "must be an aware datetime")
    assert str(error) == error.message == "travel_date must be an aware datetime"
    assert (error.argument, error.rule) == ("travel_date", "must be an aware datetime")


@pytest.mark.parametrize(
    ("path", "place"),
    [("items[3].createdAt", "items[3].createdAt"), ("", "the document")],
    ids=["a place", "everywhere"],
)
def test_a_decode_error_names_the_place(path: str, place: str) -> None:
    error = errors.ResponseDecodeError(path, "a string", "an integer", **CONTEXT)
    assert error.message == (
        f"the response is not what the specification says: {place}: expected a string, found an integer"
    )
    assert (error.path, error.expected, error.found) == (path, "a string", "an integer")


def test_an_unreadable_claim_says_what_to_do() -> None:
    """An answer to a claim that can not be read says where and how to find out.

    It is both: code that handles unknown outcomes of claims need not know of answers that can't be read.
    """
    error = errors.UnreadableOutcomeError("success", "a boolean", "null", **CONTEXT)
    assert isinstance(error, errors.OutcomeUnknownError)
    assert isinstance(error, errors.ResponseDecodeError)
    assert (error.path, error.expected, error.found) == ("success", "a boolean", "null")
    assert "success: expected a boolean, found null; it may have been executed" in error.message
    assert "find_claim()" in error.message


@pytest.mark.parametrize("kind", [errors.TokenError, errors.OutcomeUnknownError], ids=lambda kind: kind.__name__)
def test_a_missing_status_is_none(kind: Any) -> None:
    """A status that there was none of is none."""
    context = CONTEXT if issubclass(kind, errors.APIError) else {}
    assert kind("it went wrong", **context).status_code is None
