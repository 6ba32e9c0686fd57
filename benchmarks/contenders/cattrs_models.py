"""cattrs over attrs classes, with json."""

import json
import sys
from types import ModuleType
from typing import Any

import attrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter
from contenders.ours import facts
from contenders.shapes import FIELDS, camel, source

__all__ = ["as_data", "decode", "encode", "facts"]

_module = ModuleType("peer_cattrs")
sys.modules["peer_cattrs"] = _module
_module.__dict__["define"] = attrs.define
exec(source("", "@define(kw_only=True)", "None"), _module.__dict__)  # our own text
_converter = make_converter()
_converter.register_structure_hook(_module.__dict__["Decimal"], lambda value, _: _module.__dict__["Decimal"](value))
_converter.register_unstructure_hook(_module.__dict__["Decimal"], str)
for _name, _fields in FIELDS.items():
    _class = _module.__dict__[_name]
    attrs.resolve_types(_class, _module.__dict__)
    _names: Any = {field: override(rename=camel(field)) for field, _, _ in _fields}
    _converter.register_structure_hook(_class, make_dict_structure_fn(_class, _converter, **_names))
    _converter.register_unstructure_hook(_class, make_dict_unstructure_fn(_class, _converter, **_names))
_Page: Any = _module.__dict__["ContractPage"]


def decode(body: bytes) -> Any:
    return _converter.structure(json.loads(body), _Page)


def encode(page: Any) -> bytes:
    return json.dumps(as_data(page)).encode()


def as_data(page: Any) -> Any:
    return _converter.unstructure(page)
