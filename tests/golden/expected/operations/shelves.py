# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""shelves."""

from __future__ import annotations

import datetime

from contracts_client.openapi import operation, parameters

from ..models.genre import Genre
from ..models.shelves_response_200 import ShelvesResponse200, shelves_response_200_reader

METHOD = "GET"
TEMPLATE = "/shelves/{from_}.{until}"
READER_200 = shelves_response_200_reader


async def shelves(
    send: operation.Send,
    *,
    from_: datetime.date,
    until: Genre,
) -> ShelvesResponse200:
    """Shelves.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        from_: Not described.
        until: What it is about, "roughly" or \\exactly.

    Raises:
        ArgumentError: An argument can't be sent. Nothing was.
        DecodeError: A success is not what the specification says.
        StatusError: Any other status.
    """
    _segment_from_ = parameters.segment("from_", from_, parameters.date)
    _segment_until = parameters.segment("until", until, parameters.text)
    response = await send(
        operation.Request(
            method=METHOD,
            template=TEMPLATE,
            path=f"/shelves/{_segment_from_}.{_segment_until}",
        )
    )
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, {})
