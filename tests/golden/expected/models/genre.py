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
        "BACK_SLASH": "back\\slash",
        "VALUE_5": "{braces}",
        "VALUE_6": "100",
        "VALUE_7": "-",
        "BLÅBÆR": "blåbær",
        "VALUE_9": '"""',
    },
):
    """What it is about, "roughly" or \\exactly."""

    __slots__ = ()

    FICTION: ClassVar[Genre]
    NON_FICTION: ClassVar[Genre]
    VALUE_2: ClassVar[Genre]
    ITS_QUOTED: ClassVar[Genre]
    BACK_SLASH: ClassVar[Genre]
    VALUE_5: ClassVar[Genre]
    VALUE_6: ClassVar[Genre]
    VALUE_7: ClassVar[Genre]
    BLÅBÆR: ClassVar[Genre]
    VALUE_9: ClassVar[Genre]
