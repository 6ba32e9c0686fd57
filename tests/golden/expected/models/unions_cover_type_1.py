# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from contracts_client.openapi.enums import OpenStr


class UnionsCoverType1(
    OpenStr,
    known={
        "HARD": "HARD",
        "SOFT": "SOFT",
    },
):
    """One of some known values."""

    __slots__ = ()

    HARD: ClassVar[UnionsCoverType1]
    SOFT: ClassVar[UnionsCoverType1]
