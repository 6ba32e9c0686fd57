# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import ClassVar

from contracts_client.openapi.enums import OpenStr


class Genre(
    OpenStr,
    known={
        "FICTION": "FICTION",
        "NON_FICTION": "non-fiction",
        "VALUE_2": "",
        "ITS_QUOTED": 'it\'s "quoted"',
    },
):
    """What it is about, "roughly"."""

    __slots__ = ()

    FICTION: ClassVar[Genre]
    NON_FICTION: ClassVar[Genre]
    VALUE_2: ClassVar[Genre]
    ITS_QUOTED: ClassVar[Genre]
