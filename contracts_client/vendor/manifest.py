"""What a copy states of itself, and in what it differs from that: VENDORED.toml, with a checksum a file."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast


class VendorError(Exception):
    """The copy can't be made, read or replaced; the message says why, and what to do."""


def text_of(path: Path) -> bytes:
    """Read a text file with the same line ends everywhere.

    Raises:
        VendorError: It can't be read.
    """
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise VendorError(f"{path} can't be read: {error.strerror}") from error


def files_below(folder: Path) -> Iterator[str]:
    """List the files in a folder, without what programs leave there: caches, hidden files, backups."""
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if (path.is_symlink() or path.is_file()) and not any(map(_LEFT_BEHIND.fullmatch, relative.parts)):
            yield relative.as_posix()


def checksum(text: bytes) -> str:
    """Sum up a text."""
    return f"sha256:{hashlib.sha256(text).hexdigest()}"


MANIFEST: Final = "VENDORED.toml"
EDITOR_CONFIG: Final = ".editorconfig"
"""The one hidden file that belongs to a copy."""
_LEFT_BEHIND: Final = re.compile(
    r"\.(?!editorconfig$).*|__pycache__|.*\.pyc|.*~|Thumbs\.db|desktop\.ini", re.IGNORECASE
)
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
        patches: The host's own patches that the files have, each by name and checksum.
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
    patches: tuple[str, ...]
    files: dict[str, str]

    def to_toml(self) -> str:
        """Write it down."""
        # A JSON string is a TOML basic string, and a JSON array of them a TOML array.
        facts = "".join(f"{name} = {json.dumps(value)}\n" for name, value in vars(self).items() if name != "files")
        files = "".join(f"{json.dumps(path)} = {json.dumps(self.files[path])}\n" for path in sorted(self.files))
        return f"{_HEAD}\n{facts}\n[files]\n{files}"


def read_manifest(copy: Path) -> Manifest:
    """Read the manifest of a copy.

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
_LISTS: Final = ("requirements", "parts", "patches")


def _checked(stated: dict[str, Any], path: Path) -> Manifest:
    facts: dict[str, Any] = {}
    for name in Manifest.__dataclass_fields__:
        value: object = stated.get(name, [] if name == "patches" else None)  # older manifests know no patches
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


@dataclass(frozen=True)
class Changes:
    """The files that differ, each list sorted.

    Attributes:
        added: Only there now.
        removed: Only there before.
        changed: There both times, with another text.
    """

    added: list[str]
    removed: list[str]
    changed: list[str]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed)

    @property
    def paths(self) -> set[str]:
        """All of them."""
        return {*self.added, *self.removed, *self.changed}

    def lines(self) -> list[str]:
        """Put it for a reader."""
        kinds = (("added", self.added), ("removed", self.removed), ("changed", self.changed))
        return [f"  {kind:<8} {path}" for kind, paths in kinds for path in paths]


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Compare two sets of files."""
    return Changes(
        sorted(after.keys() - before.keys()),
        sorted(before.keys() - after.keys()),
        sorted(path for path in before.keys() & after.keys() if before[path] != after[path]),
    )


def is_older(version: str, other: str) -> bool:
    """Whether a version comes before another one, as far as numbers and pre-releases tell."""
    return _rank(version) < _rank(other)


def _rank(version: str) -> tuple[list[int], bool, list[int]]:
    release, _, rest = re.sub(r"[-._]?([a-z])", r" \1", version.lower(), count=1).partition(" ")
    numbers = [int(each) for each in re.findall(r"\d+", release)]
    while numbers[-1:] == [0]:
        numbers.pop()
    return numbers, not rest or rest.startswith("post"), [int(each) for each in re.findall(r"\d+", rest)]


def edits(copy: Path, manifest: Manifest) -> Changes:
    """Find what was edited in a copy."""
    found = {
        path: "link" if (copy / path).is_symlink() else checksum(text_of(copy / path))
        for path in files_below(copy)
        if path != MANIFEST
    }
    return compare(manifest.files, found)


def outdated(manifest: Manifest, now: Manifest) -> list[str]:
    """Say in what a copy differs from the package as it is now."""
    names = [name for name in Manifest.__dataclass_fields__ if name not in {"revision", "files", "package"}]
    facts = [(name, getattr(manifest, name), getattr(now, name)) for name in names]
    lines = [f"  {name.replace('_', ' ')}: {_short(old)} -> {_short(new)}" for name, old, new in facts if old != new]
    return lines + compare(manifest.files, now.files).lines()


def _short(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else ", ".join(value) or "none"
    return text[:19] if text.startswith("sha256:") else text
