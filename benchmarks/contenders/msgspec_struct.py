"""msgspec.Struct with its own parser: the limit of what can be had, with unknown properties dropped."""

import sys
from types import ModuleType
from typing import Any

import msgspec
from contenders.ours import facts
from contenders.shapes import source

__all__ = ["as_data", "decode", "encode", "facts"]

_module = ModuleType("peer_structs")
sys.modules["peer_structs"] = _module  # where msgspec looks annotations up
_module.__dict__["Struct"] = msgspec.Struct
exec(source("(Struct, rename='camel')", "", "None"), _module.__dict__)  # our own text
_decode = msgspec.json.Decoder(_module.__dict__["ContractPage"]).decode
_encode = msgspec.json.Encoder().encode


def decode(body: bytes) -> Any:
    return _decode(body)


def encode(page: Any) -> bytes:
    return _encode(page)


def as_data(page: Any) -> Any:
    return msgspec.to_builtins(page)
