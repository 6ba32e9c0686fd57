# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Find a copy."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from contracts_client.openapi import operation, parameters
from contracts_client.openapi.decode import read_none, read_str, union_of
from contracts_client.openapi.fast import list_reader

from ..models.complaint import decode_complaint
from ..models.copy import Copy, copy_reader
from ..models.floor import Floor

READER_200 = copy_reader
READER_202 = list_reader(copy_reader)
READ_203: Callable[[Any], str | None] = union_of(read_str, read_none)
DOCUMENTED: operation.Documented = {
    404: decode_complaint,
    410: None,
}


def find_copy(
    *,
    isbn: str,
    copy_number: int,
    from_: str,
    weight: float | None = None,
    damaged: bool | None = None,
    bought_on: datetime.date | None = None,
    due: datetime.date | datetime.datetime | None = None,
    floors: list[Floor] | None = None,
    x_reader_name: str | None = None,
) -> operation.Operation[Copy | list[Copy] | str | None]:
    """Find a copy.

    With "quotes", a \\backslash and \"\"\"three quotes\"\"\".

    Args:
        isbn: The book.
        copy_number: Not described.
        from_: Not described.
        weight: Not described.
        damaged: Not described.
        bought_on: Not described.
        due: Not described.
        floors: Not described.
        x_reader_name: The header X-Reader-Name. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_isbn = parameters.segment("isbn", isbn, parameters.text)
    _segment_copy_number = parameters.segment("copy_number", copy_number, parameters.integer)
    _query: list[tuple[str, str]] = []
    parameters.check_given("from_", from_)
    _query.append(("from", parameters.text("from_", from_)))
    if weight is not None:
        _query.append(("weight", parameters.number("weight", weight)))
    if damaged is not None:
        _query.append(("damaged", parameters.boolean("damaged", damaged)))
    if bought_on is not None:
        _query.append(("boughtOn", parameters.date("bought_on", bought_on)))
    if due is not None:
        _query.append(("due", parameters.date_or_date_time("due", due)))
    if floors is not None:
        _query += [("floors", each) for each in parameters.array(parameters.integer)("floors", floors)]
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/books/{isbn}/copies/{copy_number}",
            path=f"/books/{_segment_isbn}/copies/{_segment_copy_number}",
            query=tuple(_query),
            headers=parameters.headers(
                ("X-Reader-Name", "x_reader_name", x_reader_name, parameters.text),
            ),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Copy | list[Copy] | str | None:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    if response.status == 202:
        return operation.read_body(response, READER_202)
    if response.status == 203:
        return operation.read_value(response, READ_203)
    if response.status == 204:
        return None
    raise operation.status_error(response, DOCUMENTED)
