"""Checks the folder that a copy is to be in, before anything is written."""

from __future__ import annotations

import keyword
from itertools import takewhile
from pathlib import Path

from .refusal import VendorError
from .source import PACKAGE


def checked(destination: Path, package: Path = PACKAGE) -> Path:
    """Check where a copy is to be.

    Args:
        destination: The folder of the copy; it need not exist.
        package: The package that is copied.

    Returns:
        The folder, absolute.

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
