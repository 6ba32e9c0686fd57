"""Compares a copy with its manifest, and its manifest with the package as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .checksum import checksum, text_of
from .manifest import MANIFEST, Manifest
from .source import files_below


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

    def lines(self) -> list[str]:
        """Put it for a reader.

        Returns:
            A line a file.
        """
        kinds = (("added", self.added), ("removed", self.removed), ("changed", self.changed))
        return [f"  {kind:<8} {path}" for kind, paths in kinds for path in paths]


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Compare two sets of files.

    Args:
        before: By path, the checksum before.
        after: By path, the checksum now.

    Returns:
        What differs.
    """
    return Changes(
        sorted(after.keys() - before.keys()),
        sorted(before.keys() - after.keys()),
        sorted(path for path in before.keys() & after.keys() if before[path] != after[path]),
    )


def edits(copy: Path, manifest: Manifest) -> Changes:
    """Find what was edited in a copy.

    Args:
        copy: The folder of the copy.
        manifest: Its manifest.

    Returns:
        What differs from the manifest. A symbolic link in a file's place is a change.
    """
    found = {
        path: "link" if (copy / path).is_symlink() else checksum(text_of(copy / path))
        for path in files_below(copy)
        if path != MANIFEST
    }
    return compare(manifest.files, found)


def outdated(manifest: Manifest, now: Manifest) -> list[str]:
    """Say in what a copy differs from the package as it is now.

    Args:
        manifest: The manifest of the copy.
        now: What the manifest would be if it were copied now.

    Returns:
        A line a difference. Another commit alone is none: it may have changed what is not copied.
    """
    names = [name for name in Manifest.__dataclass_fields__ if name not in {"revision", "files", "package"}]
    facts = [(name, getattr(manifest, name), getattr(now, name)) for name in names]
    lines = [f"  {name.replace('_', ' ')}: {_short(old)} -> {_short(new)}" for name, old, new in facts if old != new]
    return lines + compare(manifest.files, now.files).lines()


def _short(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else ", ".join(value) or "none"
    return text[:19] if text.startswith("sha256:") else text
