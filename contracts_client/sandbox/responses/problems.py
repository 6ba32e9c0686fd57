"""What goes wrong, in the shape that the API documents for errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from .shaping import fit, property_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ..specification import Specification

# Where the document keeps the shape of an error.
ERROR_SCHEMA = {"$ref": "#/components/schemas/ErrorResponse"}


@dataclass
class Problem(Exception):  # noqa: N818 - the RFC calls it so
    """A request that is refused, or an answer that failed.

    Args:
        status: The HTTP status.
        code: The errorCode.
        message: One sentence that names the place and never quotes what was sent.
        headers: Headers to answer with on top.
        details: One entry a fault, each naming its place.
    """

    status: int
    code: str
    message: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    details: tuple[str, ...] = ()

    def body(self, specification: Specification, path: str, now: str, correlation_id: str) -> dict[str, Any]:
        """The documented body of this problem.

        Args:
            specification: The document, which may rename the list of details.
            path: The path of the request.
            now: The moment, as ISO 8601.
            correlation_id: The correlation id of the request.
        """
        body: dict[str, Any] = {
            "path": path,
            "error": HTTPStatus(self.status).phrase,
            "status": self.status,
            "message": self.message,
            "timestamp": now,
            "correlationId": correlation_id,
            "errorCode": self.code,
        }
        if self.details:
            body[property_name(specification, ERROR_SCHEMA, "errors", "array")] = [
                {"message": detail} for detail in self.details
            ]
        fitted: dict[str, Any] = fit(specification, ERROR_SCHEMA, body)
        return fitted


def timestamp(moment: datetime) -> str:
    """A moment in UTC as the API writes it: ISO 8601 with milliseconds and a Z.

    All of one width, so that their order as texts is their order in time.
    """
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
