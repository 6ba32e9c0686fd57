"""What is copied: which files, and the facts about them that the manifest states.

A checkout keeps the licence, the changelog and the specification at its top; a wheel holds them inside the package.
"""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from .checksum import checksum, text_of
from .manifest import MANIFEST, Manifest
from .parts import PARTS, requirements
from .refusal import VendorError

PACKAGE: Final = Path(__file__).resolve().parent.parent
# As in pyproject.toml, which an installed package has not got; the tests hold the two together.
REQUIRES_PYTHON: Final = ">=3.11"
LICENCE: Final = "MIT"
_TOOL: Final = "vendor"
_GIT_SECONDS: Final = 10


def contents(parts: Iterable[str], package: Path = PACKAGE) -> dict[str, bytes]:
    """Read everything that belongs into a copy.

    Args:
        parts: Names of ``PARTS`` that are wanted too.
        package: The package to copy.

    Returns:
        By path below the copy, with forward slashes, what the file holds, its lines ended by a line feed.

    Raises:
        VendorError: A part is unknown or not there, or a file can't be read.
    """
    wanted = set(parts)
    for part in sorted(wanted):
        if part not in PARTS:
            raise VendorError(f"There is no part {part!r}; the parts are {', '.join(PARTS)}")
        if not (package / PARTS[part].place).exists():
            raise VendorError(f"The part {part!r} is not there: {package} has no {PARTS[part].place}")
    left_out = {_TOOL} | {PARTS[part].place for part in PARTS.keys() - wanted}
    found = {path: text_of(package / path) for path in files_below(package) if path.split("/")[0] not in left_out}
    found.pop(MANIFEST, None)
    found["LICENSE"] = text_of(_beside(package, "LICENSE"))
    if "sandbox" in wanted:
        found["sandbox/openapi.yaml"] = text_of(_beside(package, "openapi.yaml", "sandbox"))
    return dict(sorted(found.items()))


def describe(files: dict[str, bytes], parts: Collection[str], package: Path = PACKAGE) -> Manifest:
    """State the facts about what is copied.

    Args:
        files: What ``contents()`` read.
        parts: The parts that are among them.
        package: The package to copy.

    Returns:
        The manifest of a copy.

    Raises:
        VendorError: The package lacks its version, or what ``make generate`` noted down.
    """
    try:
        stamp = tomllib.loads(files["_generated/source.toml"].decode())
        specification, templates = str(stamp["specification"]), str(stamp["templates"])
        version = _version(files["_version.py"].decode())
    except (LookupError, SyntaxError, ValueError) as error:
        raise VendorError(f"{package} is not whole: it lacks its version, or what it was generated from") from error
    return Manifest(
        package=package.name,
        version=version,
        specification=specification,
        templates=templates,
        revision=revision(package),
        licence=LICENCE,
        requires_python=REQUIRES_PYTHON,
        requirements=requirements(parts),
        parts=tuple(sorted(parts)),
        files={path: checksum(data) for path, data in files.items()},
    )


def revision(package: Path = PACKAGE) -> str:
    """Find the commit that a checkout is at.

    Args:
        package: The package to copy.

    Returns:
        The commit, with ``-dirty`` where the package differs from it, or ``unknown`` outside a checkout.
    """
    # A package that is installed in some repository's virtual environment is not at that repository's commit.
    if not (package.parent / ".git").exists():
        return "unknown"
    try:
        commit = _git(package, "rev-parse", "HEAD")
        dirty = _git(package, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return f"{commit}-dirty" if dirty else commit


def changelog(package: Path = PACKAGE) -> str:
    """Read the changelog, where it is at hand.

    Args:
        package: The package to copy.

    Returns:
        Its text; nothing where there is none.
    """
    try:
        return text_of(_beside(package, "CHANGELOG.md")).decode()
    except VendorError:
        return ""


def files_below(folder: Path) -> Iterator[str]:
    """List the files in a folder, without what Python caches.

    Args:
        folder: The folder.

    Yields:
        Paths relative to it, with forward slashes, in no order. A symbolic link is one file, whatever it leads to.
    """
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if (path.is_symlink() or path.is_file()) and "__pycache__" not in relative.parts:
            yield relative.as_posix()


def _beside(package: Path, name: str, inside: str = _TOOL) -> Path:
    """Where a wheel holds a file of the checkout's top, or where the checkout does."""
    held = package / inside / name
    return held if held.is_file() else package.parent / name


def _version(source: str) -> str:
    assigned = [node.value for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return str(ast.literal_eval(assigned[0]))


def _git(package: Path, *arguments: str) -> str:
    command = ["git", "-C", str(package), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_GIT_SECONDS)  # noqa: S603
    return done.stdout.strip()
