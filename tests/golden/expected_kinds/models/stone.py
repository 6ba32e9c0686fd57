# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from contracts_client.openapi.enums import OpenStr


class Stone(
    OpenStr,
    known={
        "GRANITE": "granite",
        "GRANITE_2": "GRANITE",
    },
):
    """One of some known values."""

    __slots__ = ()

    GRANITE: ClassVar[Stone]
    GRANITE_2: ClassVar[Stone]
