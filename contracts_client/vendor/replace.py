"""Puts a copy in its place as a whole: what is there is the old copy or the new one, never a mix.

The new copy is written beside its place, the old one renamed away, the new one renamed to its place. A run that is
ended between the two renames leaves the old copy beside its place, where the next run finds it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from .manifest import MANIFEST, Manifest
from .refusal import VendorError


def _beside(copy: Path) -> tuple[Path, Path]:
    return copy.with_name(f".{copy.name}.vendor-new"), copy.with_name(f".{copy.name}.vendor-old")


def interrupted(copy: Path) -> bool:
    """Whether a run was ended before it was done.

    Args:
        copy: The folder of the copy.

    Returns:
        Whether it left anything behind.
    """
    return any(leftover.exists() for leftover in _beside(copy))


def recover(copy: Path) -> None:
    """Undo what a run left that was ended before it was done.

    Args:
        copy: The folder of the copy.

    Raises:
        VendorError: The file system refuses.
    """
    new, old = _beside(copy)
    try:
        if old.exists() and not copy.exists():
            old.rename(copy)
        for leftover in (new, old):
            if leftover.exists():
                shutil.rmtree(leftover)
    except OSError as error:
        raise VendorError(
            f"{copy} can't be mended: {error.strerror} ({error.filename}); what an interrupted run left is in "
            f"{new.name} and {old.name} beside it"
        ) from error


def put(copy: Path, files: Mapping[str, bytes], manifest: Manifest) -> None:
    """Write a copy, in the place of the old one where there is one.

    Args:
        copy: The folder of the copy; those above it are made.
        files: By path, what each file holds.
        manifest: Its manifest.

    Raises:
        VendorError: The file system refuses; what was there is there still.
    """
    new, old = _beside(copy)
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
        for path, data in files.items():
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        # Last: a folder without it is no copy.
        (new / MANIFEST).write_bytes(manifest.to_toml().encode())
        if copy.exists():
            copy.rename(old)
        new.rename(copy)
    except OSError as error:
        recover(copy)
        raise VendorError(f"{copy} can't be written, and is as it was: {error.strerror} ({error.filename})") from error
    # The new copy is in its place: what can't be removed now is removed by the next run.
    shutil.rmtree(old, ignore_errors=True)
