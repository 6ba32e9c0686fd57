"""adaptix over dataclasses, with json."""

import json
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from adaptix import NameStyle, Retort, name_mapping
from contenders.ours import facts
from contenders.shapes import source

__all__ = ["as_data", "decode", "encode", "facts"]

_module = ModuleType("peer_adaptix")
sys.modules["peer_adaptix"] = _module
_module.__dict__["dataclass"] = dataclass
exec(source("", "@dataclass(kw_only=True, slots=True)", "None"), _module.__dict__)  # our own text
_Page: Any = _module.__dict__["ContractPage"]
_retort = Retort(recipe=[name_mapping(name_style=NameStyle.CAMEL)])
_load = _retort.get_loader(_Page)
_dump = _retort.get_dumper(_Page)


def decode(body: bytes) -> Any:
    return _load(json.loads(body))


def encode(page: Any) -> bytes:
    return json.dumps(as_data(page)).encode()


def as_data(page: Any) -> Any:
    return _dump(page)
