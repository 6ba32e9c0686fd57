# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""shelves."""

from __future__ import annotations

import datetime

from contracts_client.openapi import operation, parameters

from ..models.genre import Genre
from ..models.shelves_response_200 import ShelvesResponse200, shelves_response_200_reader

READER_200 = shelves_response_200_reader


def shelves(
    *,
    from_: datetime.date,
    until: Genre,
) -> operation.Operation[ShelvesResponse200]:
    """Shelves.

    Args:
        from_: Not described.
        until: What it is about, "roughly" or \\exactly.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_from_ = parameters.segment("from_", from_, parameters.date)
    _segment_until = parameters.segment("until", until, parameters.text)
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/shelves/{from_}.{until}",
            path=f"/shelves/{_segment_from_}.{_segment_until}",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> ShelvesResponse200:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, {})
