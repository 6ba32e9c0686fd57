# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.dates import read_date_time, write_date_time
from contracts_client.openapi.decode import INT64_MIN, mismatch, read_str, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "class": "class_",
    "from": "from_",
    "None": "none",
    "list": "list_",
    "dict": "dict_",
    "str": "str_",
    "int": "int_",
    "type": "type",
    "id": "id",
    "print": "print",
    "property": "property_",
    "datetime": "datetime_",
    "self": "self_",
    "cls": "cls",
    "data": "data",
    "wire": "wire",
    "value": "value",
    "name": "name",
    "source": "source",
    "get": "get",
    "absent": "absent",
    "unknown": "unknown",
    "define": "define",
    "@kind": "kind",
    "1st-shelf": "field_1st_shelf",
    "dotted.name": "dotted_name",
    "two words": "two_words",
    "{braces}": "braces",
    "it's": "its",
    "blåbær": "blåbær",
    "図書館": "図書館",
    "SHOUTED": "shouted",
    "HTTPStatus": "http_status",
}


@define(kw_only=True, repr=False)
class Names(Model):
    """Names that Python or these templates use, and names that are none."""

    class_: str | None = None
    """A keyword."""

    from_: str | None = None
    """Not described."""

    none: str | None = None
    """Not described."""

    list_: list[str] | None = None
    """A builtin."""

    dict_: str | None = None
    """Not described."""

    str_: str | None = None
    """Not described."""

    int_: int | None = None
    """Not described."""

    type: str | None = None
    """Not described."""

    id: str | None = None
    """Not described."""

    print: str | None = None
    """Not described."""

    property_: str | None = None
    """Not described."""

    datetime_: datetime.datetime | None = None
    """Not described."""

    self_: str | None = None
    """Not described."""

    cls: str | None = None
    """Not described."""

    data: str | None = None
    """Not described."""

    wire: str | None = None
    """Not described."""

    value: str | None = None
    """Not described."""

    name: str | None = None
    """Not described."""

    source: str | None = None
    """Not described."""

    get: str | None = None
    """Not described."""

    absent: int | None = None
    """Not described."""

    unknown: str | None = None
    """Not described."""

    define: str | None = None
    """Not described."""

    kind: str | None = None
    """Starts with a sign."""

    field_1st_shelf: int | None = None
    """Starts with a digit."""

    dotted_name: str | None = None
    """Not described."""

    two_words: str | None = None
    """Not described."""

    braces: str | None = None
    """Not described."""

    its: str | None = None
    """Not described."""

    blåbær: str | None = None
    """Not described."""

    図書館: str | None = None
    """Not described."""

    shouted: str | None = None
    """Not described."""

    http_status: int | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.class_ is not None:
            data["class"] = self.class_
        if self.from_ is not None:
            data["from"] = self.from_
        if self.none is not None:
            data["None"] = self.none
        if self.list_ is not None:
            data["list"] = list(self.list_)
        if self.dict_ is not None:
            data["dict"] = self.dict_
        if self.str_ is not None:
            data["str"] = self.str_
        if self.int_ is not None:
            data["int"] = self.int_
        if self.type is not None:
            data["type"] = self.type
        if self.id is not None:
            data["id"] = self.id
        if self.print is not None:
            data["print"] = self.print
        if self.property_ is not None:
            data["property"] = self.property_
        if self.datetime_ is not None:
            data["datetime"] = write_date_time(self.datetime_, "datetime_")
        if self.self_ is not None:
            data["self"] = self.self_
        if self.cls is not None:
            data["cls"] = self.cls
        if self.data is not None:
            data["data"] = self.data
        if self.wire is not None:
            data["wire"] = self.wire
        if self.value is not None:
            data["value"] = self.value
        if self.name is not None:
            data["name"] = self.name
        if self.source is not None:
            data["source"] = self.source
        if self.get is not None:
            data["get"] = self.get
        if self.absent is not None:
            data["absent"] = self.absent
        if self.unknown is not None:
            data["unknown"] = self.unknown
        if self.define is not None:
            data["define"] = self.define
        if self.kind is not None:
            data["@kind"] = self.kind
        if self.field_1st_shelf is not None:
            data["1st-shelf"] = self.field_1st_shelf
        if self.dotted_name is not None:
            data["dotted.name"] = self.dotted_name
        if self.two_words is not None:
            data["two words"] = self.two_words
        if self.braces is not None:
            data["{braces}"] = self.braces
        if self.its is not None:
            data["it's"] = self.its
        if self.blåbær is not None:
            data["blåbær"] = self.blåbær
        if self.図書館 is not None:
            data["図書館"] = self.図書館
        if self.shouted is not None:
            data["SHOUTED"] = self.shouted
        if self.http_status is not None:
            data["HTTPStatus"] = self.http_status
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Names)


def decode_names(data: Any) -> Names:
    """Read one from a JSON object; see ``Names.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "class"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.class_ = value
        name = "from"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.from_ = value
        name = "None"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.none = value
        name = "list"
        value = source.get(name)
        if value is None:
            absent += 1
            self.list_ = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_str(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.list_ = items
        name = "dict"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.dict_ = value
        name = "str"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.str_ = value
        name = "int"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.int_ = value
        name = "type"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.type = value
        name = "id"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.id = value
        name = "print"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.print = value
        name = "property"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.property_ = value
        name = "datetime"
        value = source.get(name)
        if value is None:
            absent += 1
            self.datetime_ = None
        else:
            self.datetime_ = read_date_time(value)
        name = "self"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.self_ = value
        name = "cls"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.cls = value
        name = "data"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.data = value
        name = "wire"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.wire = value
        name = "value"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.value = value
        name = "name"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.name = value
        name = "source"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.source = value
        name = "get"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.get = value
        name = "absent"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.absent = value
        name = "unknown"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.unknown = value
        name = "define"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.define = value
        name = "@kind"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.kind = value
        name = "1st-shelf"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.field_1st_shelf = value
        name = "dotted.name"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.dotted_name = value
        name = "two words"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.two_words = value
        name = "{braces}"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.braces = value
        name = "it's"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.its = value
        name = "blåbær"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.blåbær = value
        name = "図書館"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.図書館 = value
        name = "SHOUTED"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.shouted = value
        name = "HTTPStatus"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.http_status = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 33:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_names(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Names",
        lambda structs: (
            ("class_", "class", str, False),
            ("from_", "from", str, False),
            ("none", "None", str, False),
            ("list_", "list", structs.array(str), False),
            ("dict_", "dict", str, False),
            ("str_", "str", str, False),
            ("int_", "int", structs.integer, False),
            ("type", "type", str, False),
            ("id", "id", str, False),
            ("print", "print", str, False),
            ("property_", "property", str, False),
            ("datetime_", "datetime", structs.date_time, False),
            ("self_", "self", str, False),
            ("cls", "cls", str, False),
            ("data", "data", str, False),
            ("wire", "wire", str, False),
            ("value", "value", str, False),
            ("name", "name", str, False),
            ("source", "source", str, False),
            ("get", "get", str, False),
            ("absent", "absent", structs.integer, False),
            ("unknown", "unknown", str, False),
            ("define", "define", str, False),
            ("kind", "@kind", str, False),
            ("field_1st_shelf", "1st-shelf", structs.integer, False),
            ("dotted_name", "dotted.name", str, False),
            ("two_words", "two words", str, False),
            ("braces", "{braces}", str, False),
            ("its", "it's", str, False),
            ("blåbær", "blåbær", str, False),
            ("図書館", "図書館", str, False),
            ("shouted", "SHOUTED", str, False),
            ("http_status", "HTTPStatus", structs.integer, False),
        ),
    )


def convert_names(struct: Any) -> Names:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.class_ = struct.class_
    self.from_ = struct.from_
    self.none = struct.none
    self.list_ = struct.list_
    self.dict_ = struct.dict_
    self.str_ = struct.str_
    self.int_ = struct.int_
    self.type = struct.type
    self.id = struct.id
    self.print = struct.print
    self.property_ = struct.property_
    self.datetime_ = struct.datetime_
    self.self_ = struct.self_
    self.cls = struct.cls
    self.data = struct.data
    self.wire = struct.wire
    self.value = struct.value
    self.name = struct.name
    self.source = struct.source
    self.get = struct.get
    self.absent = struct.absent
    self.unknown = struct.unknown
    self.define = struct.define
    self.kind = struct.kind
    self.field_1st_shelf = struct.field_1st_shelf
    self.dotted_name = struct.dotted_name
    self.two_words = struct.two_words
    self.braces = struct.braces
    self.its = struct.its
    self.blåbær = struct.blåbær
    self.図書館 = struct.図書館
    self.shouted = struct.shouted
    self.http_status = struct.http_status
    self._additional_properties = None
    return self


Names._decode = decode_names
names_reader = Reader(decode_names, describe_names, convert_names)
