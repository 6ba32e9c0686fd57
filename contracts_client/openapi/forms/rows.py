"""A model as a flat row: a column for each property, in the order of the specification, whether it is there or not.

An object in an object becomes columns with its name in front. An array of objects is a list of rows. What has no one
type, and a model within itself beyond the first time, is JSON text.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin
from uuid import UUID

from ..encode import write_any
from ..enums import OpenInt, OpenStr
from ..model import Model
from .properties import members_of, properties_of

Arrays = Literal["rows", "json"]
Mask = Callable[[Any], Any]
_Write = Callable[[Any, Mask | None], Any]

UNKNOWN: Final = "additional_properties"
"""The last column: the properties that the specification does not know, a JSON object as text."""
_MAX_DEPTH: Final = 2  # how often a model may lie within itself, and so have columns
_UTC: Final = dt.UTC
_FIRST: Final = dt.datetime(1, 1, 1, tzinfo=_UTC)
_LAST: Final = dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=_UTC)


class Column(NamedTuple):
    """A column of a row.

    Attributes:
        name: Its name.
        kind: The type of its values, or of the items of its lists: str, int, float, bool, Decimal, date or datetime.
        is_list: Whether its values are lists.
        columns: The columns of its items, if these are rows.
        is_personal: Whether a value may identify a person.
    """

    name: str
    kind: type
    is_list: bool = False
    columns: tuple[Column, ...] = ()
    is_personal: bool = False


class _Step(NamedTuple):
    """What becomes of one property.

    Attributes:
        attribute: Its name in the model.
        name: Its name in JSON.
        column: The name of its column.
        write: Returns the value of the column, given a mask. None if that is the value itself.
        is_personal: Whether the mask is for this value.
        steps: Those of an object that has columns of its own.
    """

    attribute: str
    name: str
    column: str
    write: _Write | None
    is_personal: bool
    steps: tuple[_Step, ...] = ()


class Table:
    """How a model becomes rows.

    Args:
        model: The class of the model.
        arrays: ``rows`` for lists of rows, ``json`` for JSON text.
        outer: The models in which it lies.
    """

    def __init__(self, model: Any, arrays: Arrays, outer: tuple[Any, ...] = ()) -> None:
        self._arrays: Arrays = arrays
        self._columns: dict[str, Column] = {}
        self._steps = self._steps_of(model, "", outer)
        self.columns = (*self._columns.values(), Column(UNKNOWN, str, is_personal=True))
        self._blank = dict.fromkeys([each.name for each in self.columns])

    def row(self, model: Any, mask: Mask | None = None) -> dict[str, Any]:
        """Return the row of a model.

        Args:
            model: The model.
            mask: Returns what stands for a personal value.
        """
        row: dict[str, Any] = self._blank.copy()
        unknown = _fill(row, model, self._steps, mask)
        if unknown:
            text = _text(unknown, None)
            row[UNKNOWN] = text if mask is None else mask(text)
        return row

    def _steps_of(self, model: Any, prefix: str, outer: tuple[Any, ...]) -> tuple[_Step, ...]:
        inside = (*outer, model)
        return tuple(self._step(each, prefix, inside) for each in properties_of(model))

    def _step(self, of: Any, prefix: str, outer: tuple[Any, ...]) -> _Step:
        """Return what becomes of a property, and add its columns."""
        name, kind = prefix + of.attribute, of.kind
        if _is_model(kind) and properties_of(kind) and not of.is_personal and outer.count(kind) < _MAX_DEPTH:
            steps = self._steps_of(kind, f"{name}_", outer)
            return _Step(of.attribute, of.name, name, None, is_personal=False, steps=steps)
        column, write = self._column(name, kind, outer)
        column = column._replace(is_personal=column.is_personal or of.is_personal)
        return _Step(of.attribute, of.name, self._add(column), write, of.is_personal)

    def _column(self, name: str, kind: Any, outer: tuple[Any, ...]) -> tuple[Column, _Write | None]:
        """Return the column of a property, and what writes its values."""
        scalar = _scalar(kind)
        if scalar is not None:
            return Column(name, scalar[0]), scalar[1]
        item = get_args(kind)[0] if get_origin(kind) is list and self._arrays == "rows" else None
        scalar = _scalar(item)
        if scalar is not None:
            return Column(name, scalar[0], is_list=True), partial(_each, scalar[1]) if scalar[1] else None
        if _is_model(item) and outer.count(item) < _MAX_DEPTH:
            table = Table(item, self._arrays, outer)
            return Column(name, str, is_list=True, columns=table.columns), partial(_each, table.row)
        return Column(name, str, is_personal=_holds_model(kind)), _text

    def _add(self, column: Column) -> str:
        """Add a column, and return its name: another one if an object's property has it already."""
        while column.name in self._columns or column.name == UNKNOWN:
            column = column._replace(name=f"{column.name}_")
        self._columns[column.name] = column
        return column.name


_tables = cache(Table)


def table_of(model: Any, arrays: Arrays = "rows") -> Table:
    """Return how a model becomes rows. It is worked out once for each class."""
    return _tables(model, arrays)


def _fill(row: dict[str, Any], model: Any, steps: tuple[_Step, ...], mask: Mask | None) -> dict[str, Any] | None:
    """Set the columns of a model, and return what the specification does not know: where it stands in the document."""
    unknown: dict[str, Any] | None = model._additional_properties  # noqa: SLF001 # which does not make a dict
    for attribute, name, column, write, is_personal, inner in steps:
        value = getattr(model, attribute)
        if value is None:
            continue
        if inner:
            below = _fill(row, value, inner, mask)
            if below:
                unknown = {**(unknown or {}), name: below}
            continue
        written = value if write is None else write(value, mask)
        row[column] = mask(written) if is_personal and mask is not None else written
    return unknown


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _holds_model(kind: Any) -> bool:
    """Whether the JSON text of such a value holds a model, in which there may be something personal."""
    return _is_model(kind) or any(_holds_model(each) for each in get_args(kind))


def _scalar(kind: Any) -> tuple[type, _Write | None] | None:
    """Return the type of a column for a type, and what writes it, or None if it has no one column."""
    members = members_of(kind)
    if members:
        return (str, _as_str) if all(each in {str, int, type(None)} for each in members) else None
    if not isinstance(kind, type):
        return None
    return next((found for base, found in _SCALARS if issubclass(kind, base)), None)


def _each(write: _Write, values: Any, mask: Mask | None) -> list[Any]:
    return [write(value, mask) for value in values]


def _value(value: Any, _: Mask | None) -> Any:
    """Return the plain value of an enumeration, which users may have given as one."""
    return value.value if isinstance(value, OpenStr | OpenInt) else value


def _as_str(value: Any, _: Mask | None) -> str:
    return str(value)


def _moment(value: dt.datetime, _: Mask | None) -> dt.datetime:
    """Return a moment in UTC, since a column of a data frame has one offset."""
    if value.tzinfo is _UTC:
        return value
    if value.tzinfo is None:
        return value.replace(tzinfo=_UTC)
    try:
        return value.astimezone(_UTC)
    except OverflowError:  # a day before the first year or after the last one
        return _FIRST if value.year == 1 else _LAST


def _text(value: Any, mask: Mask | None) -> str:
    """Return a value as JSON text, with the names of the API."""
    return json.dumps(_tree(value, mask), ensure_ascii=False, separators=(",", ":"))


def _tree(value: Any, mask: Mask | None) -> Any:
    """Return a value as a JSON value, in which a mask stands for what is personal."""
    if isinstance(value, list):
        return [_tree(each, mask) for each in value]  # pyright: ignore[reportUnknownVariableType] # a JSON value
    if isinstance(value, dict):
        return {name: _tree(each, mask) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(value, Model):
        return write_any(value, "a value")
    if mask is None:
        return value.to_dict()
    tree: dict[str, Any] = {}
    model: Any = type(value)
    for each in properties_of(model):
        held = getattr(value, each.attribute)
        if held is not None:
            written = _tree(held, mask)
            tree[each.name] = mask(written) if each.is_personal else written
    unknown = value._additional_properties  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # likewise
    return {**tree, UNKNOWN: mask(_text(unknown, None))} if unknown else tree


# In this order: a datetime is a date, and a boolean is an integer.
_SCALARS: Final[tuple[tuple[type, tuple[type, _Write | None]], ...]] = (
    (OpenStr, (str, _value)),
    (OpenInt, (int, _value)),
    (str, (str, None)),
    (bool, (bool, None)),
    (int, (int, None)),
    (float, (float, None)),
    (Decimal, (Decimal, None)),
    (UUID, (str, _as_str)),
    (dt.datetime, (dt.datetime, _moment)),
    (dt.date, (dt.date, None)),
)
