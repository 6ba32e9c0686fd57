"""Checks of arguments, for the rules that the specification's types do not express."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal, TypeVar, cast

from attrs import evolve

from . import defaults
from ._generated.models import Consumption
from .bookmark import Bookmark, adopted, parse
from .defaults import MAX_PICKUP_CODE_LENGTH
from .errors import InvalidArgumentError
from .openapi.encode import as_bool, as_int
from .openapi.errors import ArgumentError
from .openapi.operation import Operation
from .pagination.drift import ON_DRIFT, ON_UNREADABLE, OnDrift, OnUnreadable

T = TypeVar("T")

IncludeConsumers = Literal["all", "none", "contract-holder"]
"""Which consumers a contract carries. The documentation page states these three; the default is contract-holder."""

_INCLUDE_CONSUMERS: Final[tuple[IncludeConsumers, ...]] = ("all", "none", "contract-holder")
_INT32_END: Final = 2**31
_INT64_END: Final = 2**63

# The documented pattern, \w+-(\w+)+-\w+, backtracks exponentially; this one accepts the same strings in linear time. It
# reads \w as ASCII, as the provider's own language does.
_PICKUP_CODE = re.compile(r"\w+-\w+-\w+", re.ASCII).fullmatch


def _positive(value: object, end: int) -> int | None:
    found = value if type(value) is int else as_int(value)
    return found if found is not None and 1 <= found < end else None


# A variable that points to a customer has a name that scrubbers of error trackers know, in each frame of a traceback.
def customer_number(argument: str, customer_number: object) -> int:
    """Return a customer number: a positive integer of 64 bits."""
    found = _positive(customer_number, _INT64_END)
    if found is None:
        raise InvalidArgumentError(argument, "must be an integer from 1, within 64 bits")
    return found


def optional_customer_number(argument: str, entur_customer_number: object) -> int | None:
    """Return a customer number, or None."""
    return None if entur_customer_number is None else customer_number(argument, entur_customer_number)


def page_number(argument: str, value: object) -> int:
    """Return a page number or page size, which starts at 1."""
    found = _positive(value, _INT32_END)
    if found is None:
        raise InvalidArgumentError(argument, "must be an integer from 1, within 32 bits")
    return found


def limit(value: object) -> int:
    """Return how many items to yield, from 0."""
    found = as_int(value)
    if found is None or found < 0:
        raise InvalidArgumentError("limit", "must be an integer from 0, or None for all")
    return found


def prefetch(value: object) -> int:
    """Return how many pages to fetch ahead, from 0."""
    found = as_int(value)
    if found is None or found < 0:
        raise InvalidArgumentError("prefetch", "must be an integer from 0, or None for the default")
    return found


def on_drift(value: object) -> OnDrift:
    """Return what to do about a listing that moves."""
    for known in ON_DRIFT:
        if value == known:
            return known
    raise InvalidArgumentError("on_drift", f"must be one of {', '.join(map(repr, ON_DRIFT))}")


def on_unreadable(value: object) -> OnUnreadable:
    """Return what to do about an item that can't be read."""
    for known in ON_UNREADABLE:
        if value == known:
            return known
    raise InvalidArgumentError("on_unreadable", f"must be one of {', '.join(map(repr, ON_UNREADABLE))}")


def deduplicate(value: object) -> bool:
    """Return whether items that came before are left out."""
    found = as_bool(value)
    if found is None:
        raise InvalidArgumentError("deduplicate", "must be True or False")
    return found


def bookmark(value: object, page: int | None, fingerprints: tuple[str, ...]) -> Bookmark:
    """Return the bookmark to go on from.

    Args:
        value: The argument ``resume``: a bookmark, or its text.
        page: The argument ``page``, which must be None with a bookmark.
        fingerprints: Those of the query. The bookmark must have one of them.
    """
    found = parse(str(value)) if isinstance(value, str | Bookmark) else None
    if found is None:
        raise InvalidArgumentError("resume", "must be a bookmark, or the text of one")
    found = adopted(found, fingerprints)
    if found is None:
        raise InvalidArgumentError("resume", "must be a bookmark of the same query: operation, filters, sort, per_page")
    if page is not None:
        raise InvalidArgumentError("page", "must be left out where resume is given")
    return found


def include_consumers(value: object) -> IncludeConsumers | None:
    """Return which consumers to include, or None."""
    if value is None:
        return None
    for known in _INCLUDE_CONSUMERS:
        if value == known:
            return known
    raise InvalidArgumentError("include_consumers", f"must be one of {', '.join(map(repr, _INCLUDE_CONSUMERS))}")


def sort_by(value: Any) -> list[str] | None:
    """Return the names to sort by, of one name or several, or None for none."""
    if value is None:
        return None
    if isinstance(value, str):
        return [value]
    if not hasattr(value, "__iter__"):
        raise InvalidArgumentError("sort_by", "must be a string or a list of strings")
    names: list[Any] = list(value)
    return names or None


def required_text(argument: str, value: object) -> str:
    """Return a text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidArgumentError(argument, "must be a string that is not blank")
    return value


def pickup_code(external_reference: object) -> str:
    """Return the pickup code of a personnel ticket. The form is the documentation page's."""
    if (
        not isinstance(external_reference, str)
        or len(external_reference) > MAX_PICKUP_CODE_LENGTH
        or _PICKUP_CODE(external_reference) is None
    ):
        raise InvalidArgumentError(
            "external_reference",
            "must be a pickup code such as ABC-DEF-123: three groups of ASCII letters, digits or '_', joined by '-', "
            f"{MAX_PICKUP_CODE_LENGTH} characters at most",
        )
    return external_reference


def _writable(argument: str, item: Consumption) -> None:
    try:
        item.to_dict()
    except ArgumentError as error:
        failure = InvalidArgumentError(f"{argument}.{error.argument}", error.rule)
    else:
        return
    raise failure


def consumptions(value: object) -> list[Consumption]:
    """Return the consumptions to validate, of which there is at least one."""
    items = list(cast("Iterable[object]", value)) if isinstance(value, Iterable) else []
    found = [item for item in items if isinstance(item, Consumption)]
    if not found or len(found) != len(items):
        raise InvalidArgumentError("consumptions", "must be a list of at least one Consumption")
    for index, item in enumerate(found):
        required_text(f"consumptions[{index}].contract_uuid", item.contract_uuid)
        entur_customer_number = customer_number(f"consumptions[{index}].customer_number", item.customer_number)
        if entur_customer_number is not item.customer_number:  # of numpy, which JSON does not take
            found[index] = evolve(item, customer_number=entur_customer_number)
        _writable(f"consumptions[{index}]", item)
    return found


def encoded(make: Callable[[], Operation[T]]) -> Operation[T]:
    """Return an operation, with its arguments encoded.

    Args:
        make: Calls the generated function. Its variables appear in no frame of a traceback.

    Raises:
        InvalidArgumentError: An argument can't be sent, or the body is too large.
    """
    try:
        operation = make()
    except ArgumentError as error:
        failure = InvalidArgumentError(error.argument, error.rule)
    else:
        if len(operation.request.body or b"") <= defaults.MAX_REQUEST_BYTES:
            return operation
        failure = InvalidArgumentError("body", f"must not be larger than {defaults.MAX_REQUEST_BYTES} bytes as JSON")
    raise failure  # outside the except block, so that it carries no context
