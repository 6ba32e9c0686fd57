# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""find_lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts_client.openapi import operation
from contracts_client.openapi.decode import list_of, read_int, read_none, read_str, union_of

from ..models.book import Book, decode_book

READ_200: Callable[[Any], Book | str | None] = union_of(decode_book, read_str, read_none)
READ_202: Callable[[Any], None] = read_none
READ_203 = list_of(union_of(read_int, read_none))


def find_lost() -> operation.Operation[Book | str | list[int | None] | None]:
    """find_lost."""
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/lost",
            path="/lost",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Book | str | list[int | None] | None:
    if response.status == 200:
        return operation.read_value(response, READ_200)
    if response.status == 202:
        return operation.read_value(response, READ_202)
    if response.status == 203:
        return operation.read_value(response, READ_203)
    raise operation.status_error(response, {})
