"""What Schemathesis can't make up: codes of tickets that are there, so that claims get as far as an answer of 200."""

from __future__ import annotations

import os
from typing import Any

import schemathesis

CODES = os.environ["PERSONNEL_TICKET_CODES"].split()


@schemathesis.hook.apply_to(name="claimPersonnelTicket", method="POST")  # type: ignore[untyped-decorator]
def map_body(context: Any, body: Any) -> Any:
    """Let one claim in two be for a ticket of the sandbox's. What the rest is for stays made up."""
    number = body.get("customerNumber") if isinstance(body, dict) else None
    if isinstance(number, int) and isinstance(body.get("externalReference"), str) and number % 2 == 0:
        return body | {"externalReference": CODES[number // 2 % len(CODES)]}
    return body
