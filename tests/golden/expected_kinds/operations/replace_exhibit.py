# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""replace_exhibit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts_client.openapi import operation, parameters
from contracts_client.openapi.decode import by_kind, list_of, union_of
from contracts_client.openapi.model import without_read_only

from ..models.other_exhibit import OtherExhibit, decode_other_exhibit
from ..models.painting import Painting, decode_painting
from ..models.sculpture import Sculpture, decode_sculpture

READ_2XX: Callable[[Any], OtherExhibit | Painting | Sculpture] = union_of(
    by_kind(
        "kind", {"oil": decode_painting, "SKETCH": decode_painting, "Sculpture": decode_sculpture}, decode_other_exhibit
    )
)
DOCUMENTED: operation.Documented = dict.fromkeys(
    (0,),
    union_of(
        by_kind(
            "kind",
            {"oil": decode_painting, "SKETCH": decode_painting, "Sculpture": decode_sculpture},
            decode_other_exhibit,
        )
    ),
)


def replace_exhibit(
    *,
    id: str,
    body: list[OtherExhibit | Painting | Sculpture] | None = None,
) -> operation.Operation[OtherExhibit | Painting | Sculpture]:
    """replace_exhibit.

    Needs no authentication.

    Args:
        id: Not described.
        body: The request body. None sends none.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_id = parameters.segment("id", id, parameters.text)
    return operation.Operation(
        request=operation.Request(
            method="PUT",
            template="/exhibits/{id}",
            path=f"/exhibits/{_segment_id}",
            body=operation.json_body(
                "body",
                without_read_only(body),
                list_of(
                    union_of(
                        by_kind(
                            "kind",
                            {"oil": decode_painting, "SKETCH": decode_painting, "Sculpture": decode_sculpture},
                            decode_other_exhibit,
                        )
                    )
                ),
            )
            if body is not None
            else None,
            content_type="application/json" if body is not None else None,
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> OtherExhibit | Painting | Sculpture:
    if 200 <= response.status <= 299:
        return operation.read_value(response, READ_2XX)
    raise operation.status_error(response, DOCUMENTED)
