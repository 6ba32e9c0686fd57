"""The manifest of a copy, VENDORED.toml: where it came from, what it needs, and a checksum a file."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from .refusal import VendorError

MANIFEST: Final = "VENDORED.toml"
_HEAD: Final = """\
# Written with the files beside it, a copy of a package. Do not edit them: change the package, then update the copy.
# Checksums are of the text with line feeds as line ends.
"""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What VENDORED.toml states.

    Attributes:
        package: The package that was copied.
        version: Its version.
        specification: The checksum of the OpenAPI document that it was generated from.
        templates: The checksum of the templates and the configuration that it was generated with.
        revision: The commit of its repository, or ``unknown``.
        licence: Its licence, as SPDX names it; the text is beside it, in LICENSE.
        requires_python: The Pythons that it runs on.
        requirements: What has to be installed for it.
        parts: What was asked for beyond the client itself.
        files: By path with forward slashes, the checksum.
    """

    package: str
    version: str
    specification: str
    templates: str
    revision: str
    licence: str
    requires_python: str
    requirements: tuple[str, ...]
    parts: tuple[str, ...]
    files: dict[str, str]

    def to_toml(self) -> str:
        """Write it down.

        Returns:
            The text of VENDORED.toml, the same for the same facts.
        """
        # A JSON string is a TOML basic string, and a JSON array of them a TOML array.
        facts = "".join(f"{name} = {json.dumps(value)}\n" for name, value in vars(self).items() if name != "files")
        files = "".join(f"{json.dumps(path)} = {json.dumps(self.files[path])}\n" for path in sorted(self.files))
        return f"{_HEAD}\n{facts}\n[files]\n{files}"


def read_manifest(copy: Path) -> Manifest:
    """Read the manifest of a copy.

    Args:
        copy: The folder of the copy.

    Returns:
        What it states.

    Raises:
        VendorError: There is none, or it is none of ours.
    """
    path = copy / MANIFEST
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise VendorError(f"{copy} has no {MANIFEST}: it is no copy that this command made") from None
    except OSError as error:
        raise VendorError(f"{path} can't be read: {error.strerror}") from error
    except ValueError as error:
        raise VendorError(f"{path} is not TOML: {error}. {_MEND}") from error
    return _checked(stated, path)


_MEND: Final = "Take it back from version control, or remove the folder and copy anew"
_LISTS: Final = ("requirements", "parts")


def _checked(stated: dict[str, Any], path: Path) -> Manifest:
    facts: dict[str, Any] = {}
    for name in Manifest.__dataclass_fields__:
        value: object = stated.get(name)
        if name == "files":
            texts = list(cast("dict[str, object]", value).values()) if isinstance(value, dict) else [None]
            facts[name] = value
        elif name in _LISTS:
            texts = cast("list[object]", value) if isinstance(value, list) else [None]
            facts[name] = tuple(texts)
        else:
            texts = [value]
            facts[name] = value
        if not all(isinstance(text, str) for text in texts):
            raise VendorError(f"{path} is broken: {name} is missing or no text. {_MEND}")
    return Manifest(**facts)
