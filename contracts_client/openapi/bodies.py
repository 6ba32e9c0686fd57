"""Bodies that are not JSON: texts, bytes, and forms with and without files. What is read is bounded by what sends."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from .encode import write_any
from .errors import ArgumentError, DecodeError
from .operation import Response

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9-]{1,20})", re.IGNORECASE).search
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "iso-8859-1": "latin-1"}
_BOUNDARY_LENGTH = 32
_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def text_body(argument: str, body: Any) -> bytes:
    """Return a text in UTF-8.

    Raises:
        ArgumentError: It is none.
    """
    try:
        return str.encode(body)
    except (TypeError, UnicodeEncodeError):
        pass  # the second quotes the text
    raise ArgumentError(argument, "must be a string that UTF-8 can hold")


def bytes_body(argument: str, body: Any) -> bytes:
    """Return bytes as they are.

    Raises:
        ArgumentError: They are none.
    """
    if not isinstance(body, bytes):
        raise ArgumentError(argument, "must be bytes")
    return body


def form_body(argument: str, body: Any) -> bytes:
    """Return a model, or a dict, as a form of names and values. A list repeats its name.

    Raises:
        ArgumentError: A value is none that a form can hold.
    """
    pairs: list[tuple[str, str]] = []
    for name, value in _parts(argument, body):
        if not isinstance(value, str | int | float):
            raise ArgumentError(f"{argument}.{name}", "must be a text, a number or a boolean, or a list of these")
        pairs.append((name, value if isinstance(value, str) else json.dumps(value)))
    return text_body(argument, urlencode(pairs))


def multipart_body(argument: str, body: Any) -> tuple[bytes, str]:
    """Return a model, or a dict, as a form with files, and its content type. Bytes are files, objects are JSON.

    The boundary is made from the parts, so that the same body is the same bytes, and none of them can hold it.

    Raises:
        ArgumentError: A value is none that a form can hold.
    """
    parts = [(name, *_part(argument, name, value)) for name, value in _parts(argument, body)]
    boundary = hashlib.sha256(repr(parts).encode()).hexdigest()[:_BOUNDARY_LENGTH]
    pieces: list[bytes] = []
    for name, head, content in parts:
        quoted = name.translate(_ESCAPES)
        pieces.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{quoted}"{head}\r\n\r\n'.encode())
        pieces += [content, b"\r\n"]
    return b"".join([*pieces, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def _part(argument: str, name: str, value: Any) -> tuple[str, bytes]:
    if isinstance(value, bytes):
        # Servers take a part without a file name for a text.
        return f'; filename="{name.translate(_ESCAPES)}"\r\nContent-Type: application/octet-stream', value
    if isinstance(value, str):
        return "", text_body(f"{argument}.{name}", value)
    kind = "\r\nContent-Type: application/json" if isinstance(value, dict | list) else ""
    try:
        return kind, json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        pass  # these quote the value
    raise ArgumentError(f"{argument}.{name}", "must hold only what JSON and UTF-8 can hold")


def _parts(argument: str, body: Any) -> Iterator[tuple[str, Any]]:
    """Iterate over the names and values of a form, of lists over each item."""
    try:
        data: Any = write_any(body, argument)
    except (AttributeError, TypeError):
        data = None
    if not isinstance(data, Mapping):
        raise ArgumentError(argument, "must be a model whose attributes are what their types say, or a dict")
    for name, value in data.items():  # pyright: ignore[reportUnknownVariableType] # a form's values are looked at below
        for each in value if isinstance(value, list) else [value]:  # pyright: ignore[reportUnknownVariableType]
            yield str(name), each  # pyright: ignore[reportUnknownArgumentType]


def read_text_body(response: Response) -> str:
    """Return the body of a response as a text.

    Raises:
        DecodeError: It is none in the character set that it names, which is UTF-8 if it names none.
    """
    named = _CHARSET(response.headers.get("content-type", ""))
    charset = _CHARSETS.get(named[1].lower(), "") if named else "utf-8"
    if charset:
        try:
            return response.body.decode(charset)
        except UnicodeDecodeError:
            pass  # it holds the body
    raise DecodeError("a text in UTF-8, ASCII or Latin-1", "a body that is none")


def read_bytes_body(response: Response) -> bytes:
    """Return the body of a response as it is."""
    return response.body
