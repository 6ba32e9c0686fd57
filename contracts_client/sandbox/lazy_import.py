"""Lazy imports: a package imports a name when it is first used, so that a missing extra gives a clear error."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any


def import_lazily(name: str, package: str, homes: Mapping[str, str], missing_extra: str) -> Any:
    """Return what a package offers by a name.

    Args:
        name: What is asked for.
        package: The package's own name.
        homes: The module below it that has each name, with a dot in front.
        missing_extra: What to say where a library is not installed.

    Raises:
        AttributeError: The package offers no such name.
        ImportError: A library is missing.
    """
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    try:
        return getattr(import_module(homes[name], package), name)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith(package):
            raise  # a hole in the package itself is no missing extra
        raise ImportError(f"{missing_extra} (there is no module {error.name!r})") from error
