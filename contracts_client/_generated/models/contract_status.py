# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from ...openapi.enums import OpenStr


class ContractStatus(
    OpenStr,
    known={
        "VALID": "VALID",
        "EXPIRED": "EXPIRED",
        "REFUNDED": "REFUNDED",
        "CANCELLED": "CANCELLED",
        "MISUSED": "MISUSED",
    },
):
    """The state of a contract. VALID is the normal one. The list is open: a value that is not in it is not an error."""

    __slots__ = ()

    VALID: ClassVar[ContractStatus]
    EXPIRED: ClassVar[ContractStatus]
    REFUNDED: ClassVar[ContractStatus]
    CANCELLED: ClassVar[ContractStatus]
    MISUSED: ClassVar[ContractStatus]
