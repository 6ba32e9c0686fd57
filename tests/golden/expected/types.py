# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Reading and writing JSON: what every model is made of.

A reader takes a JSON value and returns the Python one, or raises DecodeError, which never holds the value.

Where msgspec is installed, it parses, and checks whole documents against the same types, with the same results:
whatever it refuses is read once more by the readers here, which say what is wrong, or take what it is too strict for.
"""

from __future__ import annotations

import datetime
import json
import re
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from importlib import import_module
from math import isfinite
from types import GenericAlias
from typing import Annotated, Any, ClassVar, Generic, Optional, Self, TypeVar, TypeVarTuple
from uuid import UUID

from .errors import ArgumentError, DecodeError

T = TypeVar("T")
Readers = TypeVarTuple("Readers")

INT64_MIN = -(2**63)
INT64_MAX = 2**63 - 1
_SHOWN_ITEMS = 3  # of a list in a repr
_SHOWN_TEXT = 80  # characters of a value in a repr

_JSON_TYPES: dict[type, str] = {
    type(None): "nothing",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "an object",
}
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_A_DATE_TIME = "an ISO 8601 date and time in a string"
_DATE_LENGTH = len("2026-01-01")
_EXACT_LENGTH = len("2026-01-01T00:00:00.123456")
_LONG_FRACTION = re.compile(r"[.,]([0-9]{7,})").search
_LEAP_SECOND = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:)60(.*)").fullmatch
_BEFORE_MIDNIGHT = (23, 59, 59)  # in UTC, when leap seconds are
_parse_date_time = datetime.datetime.fromisoformat
_UTC = datetime.UTC


def mismatch(value: Any, expected: str) -> DecodeError:
    """Return the error for a value that is not what was expected."""
    return DecodeError(expected, _JSON_TYPES.get(value.__class__, "something else"))


MAX_DEPTH = 64
"""How many arrays and objects may lie within each other in a value of which the specification says nothing."""

_CONTAINERS: frozenset[type] = frozenset({list, dict})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}").fullmatch


def place(name: str) -> str:
    """Return a name that the server chose, as a path shows it: what does not look like a name may be anything."""
    return name if _NAME(name) else "?"


def _is_shallow(value: Any) -> bool:
    """Whether a JSON value can be compared, copied and pickled without an end to the stack."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        in_arrays = [inner for each in level if each.__class__ is list for inner in each]
        in_objects = [inner for each in level if each.__class__ is dict for inner in each.values()]
        level = in_arrays + in_objects
        if not level:
            return True
    return False


def read_any(value: Any) -> Any:
    """Read any JSON value of reasonable depth, as it is."""
    if value.__class__ in _CONTAINERS and not _is_shallow(value):
        raise DecodeError(f"at most {MAX_DEPTH} arrays and objects within each other", "more of them")
    return value


def unknown_properties(source: dict[str, Any], names: dict[str, str]) -> dict[str, Any] | None:
    """Return the properties of an object that have none of these names, or None where there are none."""
    unknown: dict[str, Any] = {}
    for name, value in source.items():
        if name not in names:
            try:
                unknown[name] = read_any(value)
            except DecodeError as error:
                raise error.inside(place(name)) from None
    return unknown or None


def lenient_properties(unknown: dict[str, Any]) -> dict[str, Any] | None:
    """Return properties of a model that takes everything; what is nested too deeply is None, or None for no property."""
    return {name: value if _is_shallow(value) else None for name, value in unknown.items()} or None


def read_none(value: Any) -> Any:
    """Read null."""
    if value is not None:
        raise mismatch(value, "null")
    return None


def read_str(value: Any) -> str:
    """Read a string."""
    if type(value) is not str:
        raise mismatch(value, "a string")
    return value


def read_int(value: Any) -> int:
    """Read an integer of 64 bits; a boolean is none."""
    if type(value) is not int or not INT64_MIN <= value <= INT64_MAX:
        raise mismatch(value, "an integer of 64 bits")
    return value


def read_bool(value: Any) -> bool:
    """Read a boolean."""
    if type(value) is not bool:
        raise mismatch(value, "a boolean")
    return value


def read_float(value: Any) -> float:
    """Read a finite number; a boolean is none."""
    if type(value) is float:
        if isfinite(value):
            return value
    elif type(value) is int:
        try:
            return float(value)
        except OverflowError:
            pass
    raise mismatch(value, "a finite number")


def read_decimal(value: Any) -> Decimal:
    """Read a decimal number from a string, with every digit it has."""
    if type(value) is str:
        # The pattern takes three times as long as the number itself, and most amounts are digits and one point.
        digits = value.replace(".", "", 1)
        if (digits.isdecimal() and digits.isascii()) or _DECIMAL(value) is not None:
            return Decimal(value)
    raise mismatch(value, "a decimal number in a string")


def read_date(value: Any) -> datetime.date:
    """Read an ISO 8601 date."""
    if type(value) is str and _DATE(value) is not None:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise mismatch(value, "an ISO 8601 date in a string")


def read_date_time(value: Any) -> datetime.datetime:
    """Read an ISO 8601 date and time, to the nearest microsecond. It is aware: without an offset it is taken as UTC."""
    moment: datetime.datetime | None
    try:
        moment = _parse_date_time(value)
        if moment.tzinfo is not None and len(value) <= _EXACT_LENGTH:
            return moment
    except (TypeError, ValueError):
        moment = None  # this error quotes the value: what is raised below must not carry it as its context
    if moment is None:
        moment = _parse_rarity(value)
    if moment.tzinfo is None:
        if len(value) <= _DATE_LENGTH:
            raise mismatch(value, _A_DATE_TIME)  # a date alone is no date and time
        moment = moment.replace(tzinfo=_UTC)
    if len(value) > _EXACT_LENGTH:
        return _rounded(moment, value)
    return moment


def _parse_rarity(value: Any) -> datetime.datetime:
    """Parse what RFC 3339 allows and Python does not: letters in lower case, and a leap second, which is the next one."""
    try:
        text: str = value.upper()
        leap = _LEAP_SECOND(text)
        if leap is None:
            return _parse_date_time(text)
        moment = _parse_date_time(f"{leap[1]}59{leap[2]}")
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=_UTC)
        if moment.astimezone(_UTC).timetuple()[3:6] == _BEFORE_MIDNIGHT:
            return moment + datetime.timedelta(seconds=1)
    except (AttributeError, OverflowError, TypeError, ValueError):
        pass
    raise mismatch(value, _A_DATE_TIME)


def _rounded(moment: datetime.datetime, text: str) -> datetime.datetime:
    """Round where Python drops digits: a second may have more of them than six."""
    digits = _LONG_FRACTION(text)
    if digits is None:
        return moment
    microseconds = (int(digits[1][:9].ljust(9, "0")) + 500) // 1000
    try:
        return moment.replace(microsecond=0) + datetime.timedelta(microseconds=microseconds)
    except OverflowError:
        pass
    raise mismatch(text, _A_DATE_TIME)


def read_uuid(value: Any) -> UUID:
    """Read an RFC 4122 UUID."""
    if type(value) is not str or _UUID(value) is None:
        raise mismatch(value, "a UUID in a string")
    return UUID(value)


def read_dict(value: Any) -> dict[str, Any]:
    """Read an object, without looking into it."""
    if type(value) is not dict:
        raise mismatch(value, "an object")
    return value  # pyright: ignore[reportUnknownVariableType] # JSON: the keys are strings


def read_list(value: Any, read: Callable[[Any], T]) -> list[T]:
    """Read an array, item by item."""
    if type(value) is not list:
        raise mismatch(value, "an array")
    items: list[T] = []
    try:
        for item in value:  # pyright: ignore[reportUnknownVariableType] # JSON: read() looks at it
            items.append(read(item))  # noqa: PERF401 # len(items) is the index of the item that failed
    except DecodeError as error:
        raise error.inside(len(items)) from None
    return items


def drained(items: list[T]) -> Iterator[T]:
    """Iterate over a list that nobody needs afterwards: what has been read makes room for what will be."""
    items.reverse()
    while items:
        yield items.pop()


def list_of(read: Callable[[Any], T]) -> Callable[[Any], list[T]]:
    """Return a reader of arrays, for arrays in arrays."""
    return lambda value: read_list(value, read)


def read_union(value: Any, *readers: Callable[[Any], Any]) -> Any:
    """Read a value with the first reader that takes it. What only one of them looked into, that one's error is about."""
    refused: list[str] = []
    inside: list[DecodeError] = []
    for read in readers:
        try:
            return read(value)
        except DecodeError as error:
            if error.path:
                inside.append(error.with_traceback(None))  # which holds this frame, and so itself
            elif error.expected not in refused:
                refused.append(error.expected)
    if len(inside) == 1:
        raise inside.pop()
    if inside:
        refused.insert(0, f"what one of {len(inside)} schemas describes")
    raise mismatch(value, " or ".join(refused))


def union_of(*readers: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a reader of unions, for unions in arrays."""
    return lambda value: read_union(value, *readers)


MAX_NESTING = 32
"""How many models may lie within each other where a model can contain itself. The field's own documents have two."""


class _Nesting(threading.local):
    depth = 0


_nesting = _Nesting()


def nested(read: Callable[[Any, *Readers], T], value: Any, *readers: *Readers) -> T:
    """Read a value in which the model that holds it may come again, up to a depth at which all that follows still works.

    Without a bound, what is read could be too deep to be compared, shown or pickled.

    Args:
        read: Reads the value.
        value: The value.
        readers: What ``read`` reads the inner values with, where there are some.

    Raises:
        DecodeError: It lies too deep, or is not what the specification says.
    """
    depth = _nesting.depth
    if depth >= MAX_NESTING:
        raise DecodeError(f"at most {MAX_NESTING} models within each other", "one that lies deeper")
    _nesting.depth = depth + 1
    try:
        return read(value, *readers)
    finally:
        _nesting.depth = depth


def decoded(value: Any, decode: Callable[[Any], T]) -> T:
    """Return what a JSON value decodes to.

    Raises:
        DecodeError: The value is not what the specification says, or is nested too deeply.
    """
    try:
        return decode(value)
    except RecursionError:
        pass
    raise DecodeError("a document of reasonable depth", "one that is nested too deeply")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError
    return value


def _refuse(_: str) -> None:
    raise ValueError


_ESCAPES = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|.)", re.DOTALL).finditer
# What follows the backslash is looked at ahead: CPython 3.13 searches for two letters half as fast as for one.
_half = re.compile(r"\\(?=u[dD])").search
_FIRST_HALF, _SECOND_HALF, _AFTER_HALVES = 0xD800, 0xDC00, 0xE000
_standard_json = json.JSONDecoder(parse_float=_finite, parse_constant=_refuse).decode


def parse_json_by_standard_library(body: bytes) -> Any:
    """Parse JSON strictly: UTF-8, finite numbers, no half of a surrogate pair. The last of equal keys wins.

    Raises:
        ValueError: The body is no such JSON.
        RecursionError: It is nested too deeply.
    """
    text = body.decode()
    value = _standard_json(text)
    # Looking for a backslash first costs next to nothing, and most documents have none.
    if "\\" in text and _half(text) is not None and _has_half_a_pair(text):
        raise ValueError
    return value


def _has_half_a_pair(text: str) -> bool:
    """Whether an escape in JSON stands for half of a surrogate pair."""
    expected_at = -1  # where the second half has to be
    for escape in _ESCAPES(text):
        code = int(escape[1], 16) if escape[1] else 0
        is_second = _SECOND_HALF <= code < _AFTER_HALVES
        if is_second != (escape.start() == expected_at) or (not is_second and expected_at >= 0):
            return True
        expected_at = escape.end() if _FIRST_HALF <= code < _SECOND_HALF else -1
    return expected_at >= 0


@cache
def fast_json() -> Any:
    """Return the module msgspec, or None where it is not installed. It is looked for once."""
    try:
        return import_module("msgspec")
    except ImportError:
        return None


def parse_json(body: bytes) -> Any:
    """Parse JSON with the fastest parser there is. Which one it is makes no difference to results and errors.

    Raises:
        DecodeError: The body is not JSON, or is nested too deeply.
    """
    msgspec = fast_json()
    try:
        if msgspec is None:
            return parse_json_by_standard_library(body)
        try:
            return msgspec.json.decode(body)
        except msgspec.MsgspecError:
            pass
    except RecursionError:
        raise DecodeError("a JSON body", "JSON that is nested too deeply") from None
    except ValueError:
        pass
    raise DecodeError("a JSON body", "something that is not JSON")


class Wire:
    """Describes models to msgspec: one struct a model, with the names that stand in JSON.

    Args:
        msgspec: The module.
    """

    def __init__(self, msgspec: Any) -> None:
        self._msgspec = msgspec
        self._structs: dict[str, Any] = {}
        self.date_time = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
        self.integer = Annotated[int, msgspec.Meta(ge=INT64_MIN, le=INT64_MAX)]

    def struct(self, name: str, describe: Callable[[Wire], tuple[tuple[str, str, Any, bool], ...]]) -> Any:
        """Return the struct of a model, or its name while it is being made: models may contain themselves.

        Args:
            name: Name of the model.
            describe: Returns attribute, name in JSON, type, and whether it is required, of each property.
        """
        if name in self._structs:
            return self._structs[name]
        self._structs[name] = name
        fields: list[Any] = []
        names: dict[str, str] = {}
        for attribute, json_name, kind, required in describe(self):
            names[attribute] = json_name
            # Optional[], since a kind may be a name, which has no |.
            fields.append((attribute, kind) if required else (attribute, Optional[kind], None))  # noqa: UP045
        made = self._msgspec.defstruct(
            name, fields, rename=names, kw_only=True, forbid_unknown_fields=True, gc=False, namespace={}
        )
        self._structs[name] = made
        return made

    def array(self, kind: Any) -> Any:
        """Return the type of arrays of a type."""
        return GenericAlias(list, (kind,))

    def decoder(self, kind: Any) -> Callable[[bytes], Any]:
        """Return a decoder of documents of a type."""
        for struct in self._structs.values():
            for name, other in self._structs.items():
                setattr(struct, name, other)  # where a name that stands for a struct is looked up
        decode: Callable[[bytes], Any] = self._msgspec.json.Decoder(kind).decode
        return decode


class Reader(Generic[T]):
    """Reads documents of one type.

    Args:
        decode: Reads it from a JSON value, which it may take apart; says what is wrong.
        describe: Describes it to msgspec.
        convert: Makes it from what msgspec has checked.
    """

    def __init__(
        self, decode: Callable[[Any], T], describe: Callable[[Wire], Any], convert: Callable[[Any], T]
    ) -> None:
        self.decode = decode
        self.describe = describe
        self.convert = convert
        self._fast: Callable[[bytes], Any] | None = None
        self._prepared = False

    def _prepare(self) -> None:
        msgspec = fast_json()
        if msgspec is not None:
            wire = Wire(msgspec)
            self._fast = wire.decoder(self.describe(wire))
            self._refusals: tuple[type[Exception], ...] = (
                msgspec.MsgspecError,
                DecodeError,
                ValueError,
                RecursionError,
            )
        self._prepared = True

    def read(self, body: bytes) -> T:
        """Read a document.

        Raises:
            DecodeError: It is not JSON, or not what the specification says.
        """
        if not self._prepared:
            self._prepare()
        if self._fast is not None:
            try:
                return self.convert(self._fast(body))
            except self._refusals:
                pass
        return decoded(parse_json(body), self.decode)


def list_reader(item: Reader[T]) -> Reader[list[T]]:
    """Return a reader of arrays."""
    convert = item.convert
    return Reader(
        list_of(item.decode),
        lambda wire: wire.array(item.describe(wire)),
        lambda values: [convert(value) for value in values],
    )


def write_date_time(value: Any, argument: str) -> str:
    """Return an aware datetime in RFC 3339.

    Raises:
        ArgumentError: It is no datetime, or has no offset: a moment without one can't be told.
    """
    if not isinstance(value, datetime.datetime):
        raise ArgumentError(argument, "must be a datetime")
    if value.tzinfo is not _UTC:
        offset = value.utcoffset()
        if offset is None:
            raise ArgumentError(argument, "must be an aware datetime: give it a tzinfo, such as datetime.UTC")
        if offset:
            if offset.seconds % 60 or offset.microseconds:
                return _in_utc(value, argument)
            return value.isoformat()
    if value.microsecond:
        return f"{value.isoformat()[:-6]}Z"
    # Most moments are whole seconds in UTC, and % takes two thirds of the time of anything else.
    return "%04d-%02d-%02dT%02d:%02d:%02dZ" % (  # noqa: UP031 # see above
        value.year,
        value.month,
        value.day,
        value.hour,
        value.minute,
        value.second,
    )


def _in_utc(value: datetime.datetime, argument: str) -> str:
    """Return a moment whose offset has seconds, which RFC 3339 has not."""
    try:
        return write_date_time(value.astimezone(_UTC), argument)
    except OverflowError:
        pass
    raise ArgumentError(argument, "must lie within the years 1 to 9999 in UTC")


def write_date(value: Any, argument: str) -> str:
    """Return a date in ISO 8601.

    Raises:
        ArgumentError: It is no date.
    """
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ArgumentError(argument, "must be a date")
    return value.isoformat()


def write_decimal(value: Any, argument: str) -> str:
    """Return a decimal number with every digit it has, without an exponent.

    Raises:
        ArgumentError: It is no finite Decimal.
    """
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ArgumentError(argument, "must be a finite Decimal")
    return f"{value:f}"


def write_any(value: Any, argument: str) -> Any:
    """Return the JSON value of a value whose type is one of several."""
    if isinstance(value, datetime.datetime):
        return write_date_time(value, argument)
    if isinstance(value, datetime.date):
        return write_date(value, argument)
    if isinstance(value, Decimal):
        return write_decimal(value, argument)
    if isinstance(value, UUID | OpenStr):
        return str(value)
    if isinstance(value, OpenInt):
        return int(value)
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, list):
        return [write_any(item, argument) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def none_if_empty(properties: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return unknown properties as models are compared by them: none is as good as an empty dict."""
    return properties or None


def short_repr(model: Any, personal: frozenset[str]) -> str:
    """Return a repr that is fit for a log: what is None is left out, and what is personal is masked.

    Args:
        model: The model.
        personal: Names of the attributes that identify a person.
    """
    shown: list[str] = []
    for attribute in model.__attrs_attrs__:
        name: str = attribute.name
        value: Any = getattr(model, name)
        if value is None:
            continue
        if name == "_additional_properties":
            if value:
                shown.append(f"<{len(value)} unknown>")
        elif name in personal:
            shown.append(f"{name}=***")
        else:
            shown.append(f"{name}={_shown(value)}")
    return f"{type(model).__name__}({', '.join(shown)})"


def _shown(value: Any, max_items: int = _SHOWN_ITEMS) -> str:
    """Return a repr of a value that is not long, unless it is a model: those see to it themselves."""
    if value.__class__ is list:
        items: list[Any] = value
        if len(items) > max_items:
            return f"[{len(items)} items]"
        return f"[{', '.join(_shown(item, 0) for item in items)}]"
    if value.__class__ is dict:
        return f"<{len(value)} properties>"
    if isinstance(value, datetime.date):
        return value.isoformat()  # a third of its repr, and easier to read
    if hasattr(value, "__attrs_attrs__"):
        return repr(value)
    return shortened(value)


def shortened(value: Any) -> str:
    """Return the repr of a value that is no container, cut where it is long."""
    text = repr(value[: _SHOWN_TEXT + 1] if value.__class__ is str else value)
    return text if len(text) <= _SHOWN_TEXT else f"{text[:_SHOWN_TEXT]}..."


def require(argument: str, value: Any, kind: type) -> None:
    """Check that a value is of a type; a boolean is no integer, and an integer has 64 bits.

    Raises:
        ArgumentError: It is of another. The message names the type, never the value.
    """
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ArgumentError(argument, f"must be of type {kind.__name__}")
    if isinstance(value, int) and not INT64_MIN <= value <= INT64_MAX:
        raise ArgumentError(argument, "must be an integer of 64 bits")


def require_number(argument: str, value: Any) -> None:
    """Check that a value is a finite number. An integer is one, as it is to type checkers; a boolean is none.

    Raises:
        ArgumentError: It is not.
    """
    try:
        if isinstance(value, float | int) and not isinstance(value, bool) and isfinite(value):
            return
    except OverflowError:
        pass
    raise ArgumentError(argument, "must be a finite number")


def require_json(argument: str, value: Any) -> None:
    """Check that a value is one that JSON can hold.

    Raises:
        ArgumentError: It is not.
    """
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        pass  # these quote the value
    else:
        return
    raise ArgumentError(argument, "must be a value that JSON can hold")


def require_any_of(argument: str, value: Any, kinds: str, *checks: Callable[[str, Any], object]) -> None:
    """Check that a value passes one of several checks.

    Raises:
        ArgumentError: It does not.
    """
    for check in checks:
        try:
            check(argument, value)
        except ArgumentError:
            continue
        return
    raise ArgumentError(argument, f"must be of type {kinds}")


def require_list(argument: str, value: Any, check: Callable[[str, Any], object]) -> None:
    """Check that a value is a list, and every item of it.

    Raises:
        ArgumentError: It is not, or an item is not what it should be.
    """
    require(argument, value, list)
    for index, item in enumerate(value):
        check(f"{argument}[{index}]", item)


class OpenStr(str):
    """A string of which some values are known by name.

    A value that the specification does not know is no error: it is kept as it is, and ``is_known`` is False. Known
    values are the same object wherever they are made, so ``is``, ``==``, ``match`` and ``dict`` look-ups all work.
    """

    __slots__ = ()
    known_values: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, *, known: dict[str, str]) -> None:
        cls.known_values = {}
        for name, value in known.items():
            member = str.__new__(cls, value)
            cls.known_values[value] = member
            setattr(cls, name, member)

    def __new__(cls, value: str) -> Self:
        """Return the known value, or a new unknown one.

        Raises:
            TypeError: The value is no string.
        """
        # str() would make a text of anything.
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] # what it should be
            raise TypeError(f"{cls.__name__} takes a string")
        member: Self | None = cls.known_values.get(value)
        return str.__new__(cls, value) if member is None else member

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a value from JSON; any string will do.

        Raises:
            DecodeError: It is no string.
        """
        if type(value) is not str:
            raise mismatch(value, "a string")
        member: Self | None = cls.known_values.get(value)
        return str.__new__(cls, value) if member is None else member

    @classmethod
    def known(cls) -> Iterator[Self]:
        """Iterate over the values that the specification knows, in its order."""
        return iter(cls.known_values.values())

    @property
    def value(self) -> str:
        """The value as a plain string."""
        return str(self)

    @property
    def is_known(self) -> bool:
        """Whether the specification knows this value."""
        return self in self.known_values

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (str(self),)  # so a known value is the same object after every protocol

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shortened(str(self))}{'' if self.is_known else ', unknown'})"


class OpenInt(int):
    """An integer of which some values are known by name. See OpenStr."""

    __slots__ = ()
    known_values: ClassVar[dict[int, Any]] = {}

    def __init_subclass__(cls, *, known: dict[str, int]) -> None:
        cls.known_values = {}
        for name, value in known.items():
            member = int.__new__(cls, value)
            cls.known_values[value] = member
            setattr(cls, name, member)

    def __new__(cls, value: int) -> Self:
        """Return the known value, or a new unknown one.

        Raises:
            TypeError: The value is no integer.
        """
        # int() would make an integer of nearly anything.
        if not isinstance(value, int) or isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance] # likewise
            raise TypeError(f"{cls.__name__} takes an integer")
        member: Self | None = cls.known_values.get(value)
        return int.__new__(cls, value) if member is None else member

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a value from JSON; any integer will do.

        Raises:
            DecodeError: It is no integer.
        """
        return cls(read_int(value))

    @classmethod
    def known(cls) -> Iterator[Self]:
        """Iterate over the values that the specification knows, in its order."""
        return iter(cls.known_values.values())

    @property
    def value(self) -> int:
        """The value as a plain integer."""
        return int(self)

    @property
    def is_known(self) -> bool:
        """Whether the specification knows this value."""
        return self in self.known_values

    def __reduce__(self) -> tuple[type[Self], tuple[int]]:
        return type(self), (int(self),)  # so a known value is the same object after every protocol

    def __str__(self) -> str:
        return int.__repr__(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shortened(int(self))}{'' if self.is_known else ', unknown'})"
