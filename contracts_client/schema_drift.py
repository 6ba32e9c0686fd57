"""Schema drift: properties and values of enumerations that a server sends and the specification does not know."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from .defaults import MAX_DRIFT_PLACES
from .openapi.classes import frozen
from .openapi.decode import place
from .openapi.enums import OpenInt, OpenStr
from .openapi.errors import DecodeError

# Named after the package, which may be copied under another name.
logger: Final = logging.getLogger(__name__.rpartition(".")[0])

# Values come from the server. One that does not look like a name may be anything, even a customer's number.
_VALUE = partial(re.fullmatch, r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_INDEX = re.compile(r"\[[0-9]+\]")


@frozen(kw_only=True)
class SchemaDrift:
    """One thing that the specification does not know.

    Attributes:
        kind: ``property`` for a property; ``value`` for a value of an enumeration, or for a total of a page that can't
            be read; ``unreadable`` for an item of a listing that can't be read, and was left out.
        operation: Name of the client's method, such as ``list_contracts``.
        path: The path in the response, such as ``items[3].loyaltyProgram.type``. A name that does not look like one is
            shown as ``?``.
        value: The value of an enumeration if it looks like one, or None. Never the value of a property.
    """

    kind: Literal["property", "value", "unreadable"]
    operation: str
    path: str
    value: str | None = None


DriftHook: TypeAlias = Callable[[SchemaDrift], None]


class DriftWatch:
    """Looks for drift in results, and reports each place once.

    Args:
        hook: Called with each place, the first time that it is seen.
        strict: Whether drift is an error.
    """

    def __init__(self, hook: DriftHook | None, *, strict: bool) -> None:
        self._hook = hook
        self.strict = strict
        self._reported: set[tuple[str, str, str | None]] = set()

    def unreported(self, operation: str, result: object) -> list[SchemaDrift]:
        """Return the drift in a result; unless strict, only what was not seen before.

        Args:
            operation: Name of the client's method.
            result: A model, a list of models, or anything else.
        """
        if self.strict:
            return list(find_drift(operation, result))
        found: list[SchemaDrift] = []
        for drift in find_drift(operation, result):
            place = (drift.kind, _INDEX.sub("[]", drift.path), drift.value)
            if place not in self._reported and len(self._reported) < MAX_DRIFT_PLACES:
                self._reported.add(place)
                found.append(drift)
        return found

    def look(self, operation: str, result: object) -> None:
        """Report the drift in a result.

        Args:
            operation: Name of the client's method.
            result: A model, a list of models, or anything else.

        Raises:
            DecodeError: There is drift, and this is strict.
        """
        for drift in self.unreported(operation, result):
            if self.strict:
                raise DecodeError(f"a {drift.kind} that the specification knows", "an unknown one", (drift.path,))
            try:
                if self._hook is not None:
                    self._hook(drift)
            except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 # no hook may spoil a success
                logger.warning("the hook on_schema_drift failed with %s", type(error).__name__)


def find_drift(operation: str, result: object) -> Iterator[SchemaDrift]:
    """Iterate over the drift in a result, in the order of the document.

    Args:
        operation: Name of the client's method.
        result: A model, a list of models, or anything else.
    """
    for item in getattr(result, "unreadable", ()):
        yield SchemaDrift(kind="unreadable", operation=operation, path=item.path)
    waiting: list[tuple[str, Any]] = [("", result)]  # a stack, not recursion: documents may be deep
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, OpenStr | OpenInt):
            if not value.is_known:
                shown = str(value.value)
                yield SchemaDrift(kind="value", operation=operation, path=path, value=shown if _VALUE(shown) else None)
        elif value.__class__ is list:
            items: list[Any] = value
            waiting.extend((f"{path}[{index}]", items[index]) for index in reversed(range(len(items))))
        elif hasattr(value, "json_names"):
            prefix = f"{path}." if path else ""
            unknown: dict[str, Any] = value.additional_properties
            if value.names_are_open:
                waiting.extend((prefix + place(name), unknown[name]) for name in reversed(unknown))
            else:
                for name in unknown:
                    kind: Literal["property", "value"] = "value" if name in value.json_names else "property"
                    yield SchemaDrift(kind=kind, operation=operation, path=prefix + place(name))
            waiting.extend(
                (prefix + name, getattr(value, attribute)) for name, attribute in reversed(value.json_names.items())
            )
