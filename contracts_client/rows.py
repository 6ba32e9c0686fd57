"""Models as flat rows, for data frames, CSV files, Arrow tables and warehouses.

::

    pandas.DataFrame(rows(contracts), columns=columns())
    polars.DataFrame(rows(contracts), infer_schema_length=None)
    pyarrow.Table.from_pylist(rows(contracts), schema=arrow_schema())

Columns, their order and their types follow from the specification. docs/data.md has the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from decimal import Decimal
from importlib import import_module
from typing import Any, Final, get_args, overload

from .models import Contract, ContractPageBody
from .openapi.forms.rows import Arrays, Column, Mask, table_of
from .openapi.model import Model

__all__ = ["PERSONAL_COLUMNS", "Row", "arrow_schema", "columns", "personal_columns", "rows"]

Row = dict[str, Any]

_DECIMAL_DIGITS: Final = 38
_DECIMAL_PLACES: Final = 9


@overload
def rows(models: AsyncIterable[Model], *, arrays: Arrays = "rows", mask: Mask | None = None) -> AsyncIterator[Row]: ...
@overload
def rows(models: Iterable[Model] | Model, *, arrays: Arrays = "rows", mask: Mask | None = None) -> list[Row]: ...
def rows(
    models: Iterable[Model] | Model | AsyncIterable[Model],
    *,
    arrays: Arrays = "rows",
    mask: Mask | None = None,
) -> list[Row] | AsyncIterator[Row]:
    """Return the rows of models: a list, or an asynchronous iterator for a listing.

    Args:
        models: Contracts or other models, a page of contracts, pages, or a listing. A model alone is one row.
        arrays: What an array of objects becomes: ``rows`` for a list of rows, ``json`` for JSON text, as in a CSV file.
        mask: Returns what stands for a personal value: ``lambda _: "***"``, or a keyed hash. Without one, values stay.

    Raises:
        TypeError: Something else is among them.
        ValueError: ``arrays`` is neither.
    """
    if arrays not in get_args(Arrays):
        raise ValueError(f"arrays must be one of {', '.join(get_args(Arrays))}")
    if isinstance(models, AsyncIterable):
        return _rows(models, arrays, mask)
    if isinstance(models, Iterable):
        return [row for each in models for row in _rows_of(each, arrays, mask)]
    return _rows_of(models, arrays, mask)


async def _rows(models: AsyncIterable[Model], arrays: Arrays, mask: Mask | None) -> AsyncIterator[Row]:
    async for each in models:
        for row in _rows_of(each, arrays, mask):
            yield row


def _rows_of(model: object, arrays: Arrays, mask: Mask | None) -> list[Row]:
    """Return the row of a model, or the rows of a page."""
    if isinstance(model, ContractPageBody):
        return [table_of(type(each), arrays).row(each, mask) for each in model.items]
    if not isinstance(model, Model):
        raise TypeError(f"rows() takes models of contracts_client, not {type(model).__name__}")
    return [table_of(type(model), arrays).row(model, mask)]


def columns(model: type[Model] = Contract) -> list[str]:
    """Return the names of the columns of a model, in their order."""
    return [each.name for each in table_of(model).columns]


def personal_columns(model: type[Model] = Contract, *, arrays: Arrays = "rows") -> frozenset[str]:
    """Return the columns that may hold something personal. A column of an array's rows stands behind a point."""
    return frozenset(_personal(table_of(model, arrays).columns))


def _personal(of: tuple[Column, ...], prefix: str = "") -> Iterable[str]:
    for each in of:
        if each.is_personal:
            yield prefix + each.name
        yield from _personal(each.columns, f"{prefix}{each.name}.")


PERSONAL_COLUMNS: Final = personal_columns()
"""The columns of a contract's row that may hold something personal, such as ``contract_consumers.customer_number``."""


def arrow_schema(model: type[Model] = Contract, *, arrays: Arrays = "rows", masked: bool = False) -> Any:
    """Return the ``pyarrow.Schema`` of the rows of a model. pyarrow has to be installed.

    Amounts are ``decimal128(38, 9)``, moments ``timestamp("us", tz="UTC")``.

    Args:
        model: The class of the model.
        arrays: As for ``rows``.
        masked: Whether the rows have a mask, which returns strings: then what is personal is a string.
    """
    pyarrow = import_module("pyarrow")

    def type_of(column: Column) -> Any:
        if masked and column.is_personal:
            return pyarrow.string()
        made = pyarrow.struct([field(each) for each in column.columns]) if column.columns else types[column.kind]
        return pyarrow.list_(made) if column.is_list else made

    def field(column: Column) -> Any:
        return pyarrow.field(column.name, type_of(column))

    types: dict[type, Any] = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        Decimal: pyarrow.decimal128(_DECIMAL_DIGITS, _DECIMAL_PLACES),
        dt.datetime: pyarrow.timestamp("us", tz="UTC"),
        dt.date: pyarrow.date32(),
    }
    return pyarrow.schema([field(each) for each in table_of(model, arrays).columns])
