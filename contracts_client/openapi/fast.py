"""Documents: JSON bytes to models and back, by msgspec if it is installed. Only this module imports it, on first use.

msgspec parses, and checks whole documents against the types of the models. What it refuses is read once more by the
readers of ``decode``: they say what is wrong, or take what msgspec is too strict for. Results and errors are the same
with msgspec and without it.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from math import isfinite
from types import GenericAlias
from typing import Annotated, Any, Final, Generic, Optional, TypeVar

from .dates import leave_date_time, write_date_time
from .decode import INT64_MAX, INT64_MIN, decoded, list_of
from .encode import plain_number
from .errors import ArgumentError, DecodeError

T = TypeVar("T")

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError
    return value


def _refuse(_: str) -> None:
    raise ValueError


_ESCAPES = partial(re.finditer, r"\\(?:u([0-9A-Fa-f]{4})|[\s\S])")
# What follows the backslash is looked at ahead: CPython 3.13 searches for two letters half as fast as for one.
_half = re.compile(r"\\(?=u[dD])").search
_FIRST_HALF, _SECOND_HALF, _AFTER_HALVES = 0xD800, 0xDC00, 0xE000
_standard_json = json.JSONDecoder(parse_float=_finite, parse_constant=_refuse).decode

# Looking for circles takes a fifth of the time, and they end in a RecursionError anyway.
_write_json = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), default=plain_number
).encode


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
    """Return the module msgspec, or None if it is not installed. It is searched for once."""
    try:
        import msgspec  # noqa: PLC0415 # a statement, so that PyInstaller and its like find it
    except ImportError:
        return None
    return msgspec


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


def encode_json(written: Callable[[Callable[[Any, str], Any]], Any]) -> bytes:
    """Return a JSON value as a document, without blanks, by the fastest writer there is.

    Args:
        written: Returns the value, with moments as its argument writes them.

    Raises:
        ArgumentError: A value can't be written, or JSON or UTF-8 can't hold a part of it.
    """
    msgspec = fast_json()
    try:
        if msgspec is not None:
            encoded = b"null"
            with suppress(TypeError):  # it takes no subclass of str or int, and nothing of numpy
                encoded = msgspec.json.encode(written(leave_date_time))
            if b"null" not in encoded:  # which may be a number that is not finite: models leave out what is None
                return encoded
        return _write_json(written(write_date_time)).encode()
    except ArgumentError:
        raise
    except (TypeError, ValueError, RecursionError):
        pass  # these quote the value
    raise ArgumentError("the document", "must hold only what JSON and UTF-8 can hold")


def _real_datetime() -> type[dt.datetime]:
    """Return the datetime of the standard library, also while a test has replaced it by a subclass to stop time."""
    return next(each for each in dt.datetime.__mro__ if each.__module__ == dt.__name__ and each.__name__ == "datetime")


class StructBuilder:
    """Describes models to msgspec: one struct a model, with the names that stand in JSON.

    Args:
        msgspec: The module.
    """

    def __init__(self, msgspec: Any) -> None:
        self._msgspec = msgspec
        self._structs: dict[str, Any] = {}
        self.date_time = Annotated[_real_datetime(), msgspec.Meta(tz=True)]
        self.integer = Annotated[int, msgspec.Meta(ge=INT64_MIN, le=INT64_MAX)]

    def struct(self, name: str, describe: Callable[[StructBuilder], tuple[tuple[str, str, Any, bool], ...]]) -> Any:
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
        self, decode: Callable[[Any], T], describe: Callable[[StructBuilder], Any], convert: Callable[[Any], T]
    ) -> None:
        self.decode = decode
        self.describe = describe
        self.convert = convert
        self._fast: Callable[[bytes], Any] | None = None
        self._prepared = False

    def _prepare(self) -> None:
        self._prepared = True
        msgspec = fast_json()
        if msgspec is None:
            return
        self._refusals: tuple[type[Exception], ...] = (msgspec.MsgspecError, DecodeError, ValueError, RecursionError)
        try:
            structs = StructBuilder(msgspec)
            self._fast = structs.decoder(self.describe(structs))
        except Exception as error:  # noqa: BLE001 # without the faster reader, the Python code reads
            logger.warning("msgspec is installed and not used: its preparation failed with %s", type(error).__name__)

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
        lambda structs: structs.array(item.describe(structs)),
        lambda values: [convert(value) for value in values],
    )
