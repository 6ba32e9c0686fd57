"""The folder of a copy: checked before anything is written, and replaced as a whole.

The new copy is written beside its place, the old one renamed away, the new one renamed to its place. A run that is
ended between the two renames leaves the old copy beside its place, where the next run finds it.
"""

from __future__ import annotations

import keyword
import shutil
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path

from .manifest import MANIFEST, Manifest, VendorError
from .source import PACKAGE


def checked(destination: Path, package: Path = PACKAGE) -> Path:
    """Check where a copy is to be.

    Raises:
        VendorError: Nothing can be imported from there, or something is in the way.
    """
    if destination.is_symlink():
        raise VendorError(f"DEST {destination} is a symbolic link: name the folder it leads to")
    place = destination.resolve()
    for name in _importable_names(place):
        if not name.isidentifier() or keyword.iskeyword(name):
            raise VendorError(f"DEST {destination} can't be imported: {name!r} is no name of a Python package")
    source = package.resolve()
    if place.is_relative_to(source) or source.is_relative_to(place):
        raise VendorError(f"DEST {destination} is, holds or lies in the package that is copied")
    for part in (place, *place.parents):
        if part.exists() and not part.is_dir():
            raise VendorError(f"DEST {destination} can't be a folder: {part} is a file")
    return place


def _importable_names(place: Path) -> list[str]:
    """The name of the copy, and of each package that it is in; a folder above those may have any name."""
    packages = takewhile(lambda folder: (folder / "__init__.py").is_file(), place.parents)
    return [place.name, *(folder.name for folder in packages)]


def _beside(copy: Path) -> tuple[Path, Path]:
    return copy.with_name(f".{copy.name}.vendor-new"), copy.with_name(f".{copy.name}.vendor-old")


def interrupted(copy: Path) -> bool:
    """Whether a run was ended before it was done."""
    return any(leftover.exists() for leftover in _beside(copy))


def recover(copy: Path) -> None:
    """Undo what a run left that was ended before it was done.

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
