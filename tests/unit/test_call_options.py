"""The options of a client and of a call."""

import math
from contextvars import ContextVar
from typing import Any

import httpx
import pytest

from contracts_client import INHERIT, ConfigurationError, InvalidArgumentError, RetryPolicy, defaults
from contracts_client.calls.options import (
    Options,
    checked_bytes,
    checked_concurrency,
    checked_seconds,
    refuse_configuration,
)
from contracts_client.transport.library import DEFAULT_TIMEOUT

BAD_SECONDS = [0, -1, 0.0, -0.5, math.nan, -math.inf, 1e10, 10**400, True, "5", None, [1]]


def changed(options: Options | None = None, **changes: Any) -> Options:
    return (options or Options()).with_changes(refuse_configuration, **changes)


def settings(options: Options, **changes: Any) -> Any:
    correlation_id, at_most_once = changes.pop("correlation_id", None), changes.pop("at_most_once", False)
    changed_ones = options.checked_changes(**{"timeout": None, "deadline": None, "retry": INHERIT, **changes})
    return changed_ones.settings("get_contract", correlation_id=correlation_id, at_most_once=at_most_once)


def test_options_default_to_the_module() -> None:
    """The defaults are those of the defaults module."""
    options = Options()
    assert options.timeout is DEFAULT_TIMEOUT
    assert options.timeout.as_dict() == {
        "connect": defaults.CONNECT_TIMEOUT,
        "read": defaults.READ_TIMEOUT,
        "write": defaults.WRITE_TIMEOUT,
        "pool": defaults.CONNECT_TIMEOUT,
    }
    assert (options.attempt_timeout, options.deadline) == (None, defaults.DEADLINE)


def test_none_keeps_an_option_as_it_is() -> None:
    options = changed(timeout=2, deadline=3, correlation_id=lambda: "an-id")
    assert changed(options) == options


def test_seconds_bound_phases_and_attempt() -> None:
    """Seconds bound each phase and the whole attempt."""
    options = changed(timeout=2)
    assert options.timeout == httpx.Timeout(2.0)
    assert options.attempt_timeout == 2.0


def test_phase_timeouts_bound_no_attempt() -> None:
    """A timeout of phases bounds no whole attempt even where seconds did before."""
    phases = httpx.Timeout(1, read=None)
    options = changed(changed(timeout=2), timeout=phases)
    assert options.timeout == phases
    assert options.attempt_timeout is None


@pytest.mark.parametrize("value", [bad for bad in BAD_SECONDS if bad is not None], ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("phase", ["connect", "read", "write", "pool"])
def test_a_phase_of_no_time_is_refused(phase: str, value: Any) -> None:
    """A phase that takes no time is refused by name and rule."""
    timeout = httpx.Timeout(**{"connect": 1, "read": 1, "write": 1, "pool": 1, phase: value})
    with pytest.raises(ConfigurationError, match=f"^timeout must have a positive number of seconds, .* for {phase}$"):
        changed(timeout=timeout)
    with pytest.raises(InvalidArgumentError, match=f" for {phase}$"):
        Options().checked_changes(timeout, None, INHERIT)


@pytest.mark.parametrize("value", [None, 0.001, math.inf])
def test_a_phase_may_be_without_a_limit(value: float | None) -> None:
    """A phase may have any time and no end."""
    timeout = httpx.Timeout(value)
    assert changed(timeout=timeout).timeout == timeout


@pytest.mark.parametrize("value", [0.001, 5, math.inf])
def test_a_deadline_may_be_infinite(value: float) -> None:
    """A deadline is positive and may never come."""
    assert changed(deadline=value).deadline == value


@pytest.mark.parametrize("name", ["timeout", "deadline"])
@pytest.mark.parametrize("value", [bad for bad in BAD_SECONDS if bad is not None], ids=lambda value: repr(value)[:20])
def test_an_invalid_time_has_its_error_class(name: str, value: Any) -> None:
    """What is no time is a configuration error of the client and an argument error of a call."""
    with pytest.raises(ConfigurationError, match=rf"^{name} must be "):
        changed(**{name: value})
    with pytest.raises(InvalidArgumentError, match=rf"^{name} must be ") as caught:
        Options().checked_changes(**{"timeout": None, "deadline": None, "retry": INHERIT, name: value})
    assert caught.value.argument == name


def test_an_infinite_timeout_is_refused() -> None:
    """A timeout that never comes is said by phases and not by a number."""
    with pytest.raises(ConfigurationError, match="timeout must be"):
        changed(timeout=math.inf)


def test_no_retry_is_one_attempt() -> None:
    """A retry of none is one attempt and no word about it keeps what is there."""
    policy = RetryPolicy(max_attempts=2)
    options = changed(retry=policy)
    assert options.retry is policy
    assert settings(options).retry is policy
    assert settings(options, retry=None).retry is None
    assert settings(options, retry=RetryPolicy()).retry == RetryPolicy()
    assert changed(options, retry=None).retry is None
    assert Options().retry == RetryPolicy()


@pytest.mark.parametrize("value", [3, True, "always", RetryPolicy])
def test_a_retry_is_a_policy(value: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^retry must be a RetryPolicy, or None"):
        changed(retry=value)
    with pytest.raises(InvalidArgumentError, match=r"^retry must be a RetryPolicy, or None"):
        settings(Options(), retry=value)


def test_a_context_variable_gives_the_id() -> None:
    """A context variable holds the correlation id of what goes on."""
    variable: ContextVar[str] = ContextVar("correlation_id")
    options = changed(correlation_id=variable)
    assert len(settings(options).correlation_id) == 36
    variable.set("of-the-request")
    assert settings(options).correlation_id == "of-the-request"
    assert settings(options, correlation_id="own").correlation_id == "own"


def test_a_variable_default_gives_the_id() -> None:
    """A context variable's own default is an id too."""
    options = changed(correlation_id=ContextVar("run", default="nightly-run"))
    assert settings(options).correlation_id == "nightly-run"


@pytest.mark.parametrize("none", [None, ""])
def test_an_empty_variable_means_a_new_id(none: str | None) -> None:
    """A context variable that holds none leaves the id to the client."""
    variable: ContextVar[str | None] = ContextVar("correlation_id", default=none)
    options = changed(correlation_id=variable)
    assert len(settings(options).correlation_id) == 36
    variable.set("of-the-request")
    assert settings(options).correlation_id == "of-the-request"
    variable.set(none)
    assert len(settings(options).correlation_id) == 36


@pytest.mark.parametrize("value", ["an-id", 7, b"an-id"])
def test_an_id_source_must_be_callable(value: Any) -> None:
    """A source of correlation ids must be callable."""
    with pytest.raises(ConfigurationError, match=r"^correlation_id must be a ContextVar, or a callable"):
        changed(correlation_id=value)


def test_call_settings_override_the_options() -> None:
    """The settings of a call are the options with its own."""
    options = changed(timeout=2, deadline=3, correlation_id=lambda: "from-source")
    plain = settings(options)
    assert (plain.operation, plain.correlation_id, plain.at_most_once) == ("get_contract", "from-source", False)
    assert (plain.timeout, plain.attempt_timeout, plain.deadline) == (httpx.Timeout(2.0), 2.0, 3.0)
    own = settings(options, correlation_id="own", timeout=4, deadline=5, at_most_once=True)
    assert (own.correlation_id, own.at_most_once) == ("own", True)
    assert (own.timeout, own.attempt_timeout, own.deadline) == (httpx.Timeout(4.0), 4.0, 5.0)
    assert settings(options) == plain


def test_a_call_with_an_id_skips_the_source() -> None:
    """A call that brings its correlation id does not ask the source."""

    def source() -> str:
        raise AssertionError("asked")

    assert settings(changed(correlation_id=source), correlation_id="own").correlation_id == "own"


def test_each_call_has_its_own_id() -> None:
    """Each call gets a correlation id of its own."""
    assert settings(Options()).correlation_id != settings(Options()).correlation_id


@pytest.mark.parametrize("made", ["", "a b", None, 7, "c4narY\n"])
def test_an_invalid_sourced_id_is_not_shown(made: Any) -> None:
    """What the source makes is checked and not shown."""
    with pytest.raises(InvalidArgumentError, match=r"^correlation_id must be") as caught:
        settings(changed(correlation_id=lambda: made))
    assert "c4narY" not in str(caught.value)


def test_a_failing_id_source_names_its_class() -> None:
    """A source that fails is an argument error that names its class alone."""

    def fail() -> str:
        raise KeyError("c4narY")

    with pytest.raises(InvalidArgumentError, match=r"failed with KeyError$") as caught:
        settings(changed(correlation_id=fail))
    assert caught.value.argument == "correlation_id"
    assert "c4narY" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_keyboard_interrupt_is_passed_on() -> None:
    """An end of the program inside the source is not held back."""

    def leave() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        settings(changed(correlation_id=leave))


@pytest.mark.parametrize("value", BAD_SECONDS, ids=lambda value: repr(value)[:20])
def test_seconds_are_a_positive_number(value: object) -> None:
    with pytest.raises(ConfigurationError, match=r"^pause must be a positive number of seconds$"):
        checked_seconds(refuse_configuration, "pause", value)


@pytest.mark.parametrize(
    ("check", "name"),
    [(checked_concurrency, "max_concurrency"), (checked_bytes, "max_response_bytes")],
    ids=["calls", "bytes"],
)
def test_a_count_is_an_integer_from_one(check: Any, name: str) -> None:
    """A number of things is an integer from one."""
    assert check(1) == 1
    assert check(10**12) == 10**12
    for value in (0, -1, True, 1.0, math.inf, "1", None):
        with pytest.raises(ConfigurationError, match=f"^{name} must be an integer from 1$"):
            check(value)
