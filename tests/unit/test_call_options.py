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


def test_the_defaults_are_those_of_the_defaults_module() -> None:
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


def test_seconds_bound_each_phase_and_the_whole_attempt() -> None:
    options = changed(timeout=2)
    assert options.timeout == httpx.Timeout(2.0)
    assert options.attempt_timeout == 2.0


def test_a_timeout_of_phases_bounds_no_whole_attempt_even_where_seconds_did_before() -> None:
    phases = httpx.Timeout(1, read=None)
    options = changed(changed(timeout=2), timeout=phases)
    assert options.timeout == phases
    assert options.attempt_timeout is None


@pytest.mark.parametrize("value", [bad for bad in BAD_SECONDS if bad is not None], ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("phase", ["connect", "read", "write", "pool"])
def test_a_phase_that_takes_no_time_is_refused_by_name_and_rule(phase: str, value: Any) -> None:
    timeout = httpx.Timeout(**{"connect": 1, "read": 1, "write": 1, "pool": 1, phase: value})
    with pytest.raises(ConfigurationError, match=f"^timeout must have a positive number of seconds, .* for {phase}$"):
        changed(timeout=timeout)
    with pytest.raises(InvalidArgumentError, match=f" for {phase}$"):
        Options().checked_changes(timeout, None, INHERIT)


@pytest.mark.parametrize("value", [None, 0.001, math.inf])
def test_a_phase_may_have_any_time_and_no_end(value: float | None) -> None:
    timeout = httpx.Timeout(value)
    assert changed(timeout=timeout).timeout == timeout


@pytest.mark.parametrize("value", [0.001, 5, math.inf])
def test_a_deadline_is_positive_and_may_never_come(value: float) -> None:
    assert changed(deadline=value).deadline == value


@pytest.mark.parametrize("name", ["timeout", "deadline"])
@pytest.mark.parametrize("value", [bad for bad in BAD_SECONDS if bad is not None], ids=lambda value: repr(value)[:20])
def test_what_is_no_time_is_a_configuration_error_of_the_client_and_an_argument_error_of_a_call(
    name: str, value: Any
) -> None:
    with pytest.raises(ConfigurationError, match=rf"^{name} must be "):
        changed(**{name: value})
    with pytest.raises(InvalidArgumentError, match=rf"^{name} must be ") as caught:
        Options().checked_changes(**{"timeout": None, "deadline": None, "retry": INHERIT, name: value})
    assert caught.value.argument == name


def test_a_timeout_that_never_comes_is_said_by_phases_and_not_by_a_number() -> None:
    with pytest.raises(ConfigurationError, match="timeout must be"):
        changed(timeout=math.inf)


def test_a_retry_of_none_is_one_attempt_and_no_word_about_it_keeps_what_is_there() -> None:
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


def test_a_context_variable_holds_the_correlation_id_of_what_goes_on() -> None:
    variable: ContextVar[str] = ContextVar("correlation_id")
    options = changed(correlation_id=variable)
    assert len(settings(options).correlation_id) == 36
    variable.set("of-the-request")
    assert settings(options).correlation_id == "of-the-request"
    assert settings(options, correlation_id="own").correlation_id == "own"


def test_a_context_variable_s_own_default_is_an_id_too() -> None:
    options = changed(correlation_id=ContextVar("run", default="nightly-run"))
    assert settings(options).correlation_id == "nightly-run"


@pytest.mark.parametrize("none", [None, ""])
def test_a_context_variable_that_holds_none_leaves_the_id_to_the_client(none: str | None) -> None:
    variable: ContextVar[str | None] = ContextVar("correlation_id", default=none)
    options = changed(correlation_id=variable)
    assert len(settings(options).correlation_id) == 36
    variable.set("of-the-request")
    assert settings(options).correlation_id == "of-the-request"
    variable.set(none)
    assert len(settings(options).correlation_id) == 36


@pytest.mark.parametrize("value", ["an-id", 7, b"an-id"])
def test_a_source_of_correlation_ids_must_be_callable(value: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^correlation_id must be a ContextVar, or a callable"):
        changed(correlation_id=value)


def test_the_settings_of_a_call_are_the_options_with_its_own() -> None:
    options = changed(timeout=2, deadline=3, correlation_id=lambda: "from-source")
    plain = settings(options)
    assert (plain.operation, plain.correlation_id, plain.at_most_once) == ("get_contract", "from-source", False)
    assert (plain.timeout, plain.attempt_timeout, plain.deadline) == (httpx.Timeout(2.0), 2.0, 3.0)
    own = settings(options, correlation_id="own", timeout=4, deadline=5, at_most_once=True)
    assert (own.correlation_id, own.at_most_once) == ("own", True)
    assert (own.timeout, own.attempt_timeout, own.deadline) == (httpx.Timeout(4.0), 4.0, 5.0)
    assert settings(options) == plain


def test_a_call_that_brings_its_correlation_id_does_not_ask_the_source() -> None:
    def source() -> str:
        raise AssertionError("asked")

    assert settings(changed(correlation_id=source), correlation_id="own").correlation_id == "own"


def test_each_call_gets_a_correlation_id_of_its_own() -> None:
    assert settings(Options()).correlation_id != settings(Options()).correlation_id


@pytest.mark.parametrize("made", ["", "a b", None, 7, "c4narY\n"])
def test_what_the_source_makes_is_checked_and_not_shown(made: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^correlation_id must be") as caught:
        settings(changed(correlation_id=lambda: made))
    assert "c4narY" not in str(caught.value)


def test_a_source_that_fails_is_an_argument_error_that_names_its_class_alone() -> None:
    def fail() -> str:
        raise KeyError("c4narY")

    with pytest.raises(InvalidArgumentError, match=r"failed with KeyError$") as caught:
        settings(changed(correlation_id=fail))
    assert caught.value.argument == "correlation_id"
    assert "c4narY" not in str(caught.value)
    assert caught.value.__context__ is None


def test_an_end_of_the_program_inside_the_source_is_not_held_back() -> None:
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
def test_a_number_of_things_is_an_integer_from_one(check: Any, name: str) -> None:
    assert check(1) == 1
    assert check(10**12) == 10**12
    for value in (0, -1, True, 1.0, math.inf, "1", None):
        with pytest.raises(ConfigurationError, match=f"^{name} must be an integer from 1$"):
            check(value)
