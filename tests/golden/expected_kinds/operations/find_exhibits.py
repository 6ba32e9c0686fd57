# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""find_exhibits."""

from __future__ import annotations

import datetime
from uuid import UUID

from contracts_client.openapi import bodies, operation, parameters
from contracts_client.openapi.decode import by_kind, list_of, read_str, union_of

from ..models.complaint import decode_complaint
from ..models.find_exhibits_filter import FindExhibitsFilter
from ..models.find_exhibits_where import FindExhibitsWhere
from ..models.other_exhibit import OtherExhibit, decode_other_exhibit
from ..models.pageable import Pageable
from ..models.painting import Painting, decode_painting
from ..models.sculpture import Sculpture, decode_sculpture

READ_200 = list_of(
    union_of(
        by_kind(
            "kind",
            {"oil": decode_painting, "SKETCH": decode_painting, "Sculpture": decode_sculpture},
            decode_other_exhibit,
        )
    )
)
DOCUMENTED: operation.Documented = {
    404: None,
    4: decode_complaint,
    0: read_str,
}


def find_exhibits(
    *,
    id: UUID,
    pageable: Pageable,
    filter_: FindExhibitsFilter | None = None,
    rooms: list[int] | None = None,
    colours: list[str] | None = None,
    limit: int | str | None = None,
    owner: UUID | None = None,
    where: FindExhibitsWhere | None = None,
    body_query: str | None = None,
    x_since: datetime.datetime | None = None,
) -> operation.Operation[list[OtherExhibit | Painting | Sculpture] | str]:
    """find_exhibits.

    Authentication: guard (look, touch) or nothing.

    Args:
        id: Not described.
        pageable: Not described.
        filter_: Not described.
        rooms: Not described.
        colours: Not described.
        limit: Not described.
        owner: Not described.
        where: Not described.
        body_query: Not described.
        x_since: The header X-Since. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_id = parameters.segment("id", id, parameters.uuid)
    _query: list[tuple[str, str]] = []
    parameters.check_given("pageable", pageable)
    _query += parameters.spread("pageable", "pageable", pageable)
    if filter_ is not None:
        _query += parameters.spread("filter", "filter_", filter_, deep=True)
    if rooms is not None:
        _query.append(("rooms", parameters.joined(parameters.integer, ",")("rooms", rooms)))
    if colours is not None:
        _query.append(("colours", parameters.joined(parameters.text, "|")("colours", colours)))
    if limit is not None:
        _query += parameters.spread("limit", "limit", limit)
    if owner is not None:
        _query.append(("owner", parameters.uuid("owner", owner)))
    if where is not None:
        _query.append(("where", parameters.json_text("where", where)))
    if body_query is not None:
        _query.append(("body", parameters.text("body_query", body_query)))
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/exhibits/{id}",
            path=f"/exhibits/{_segment_id}",
            query=tuple(_query),
            headers=parameters.headers(
                ("X-Since", "x_since", x_since, parameters.date_time),
            ),
            accept="text/csv, application/json, application/problem+json",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> list[OtherExhibit | Painting | Sculpture] | str:
    if response.status == 200:
        return operation.read_value(response, READ_200)
    if 200 <= response.status <= 299:
        return bodies.read_text_body(response)
    raise operation.status_error(response, DOCUMENTED)
