"""What is copied: which files, the parts that are asked for, and the facts that the manifest states.

A checkout keeps the licence, the changelog and the specification at its top; a wheel holds them inside the package.
"""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from .manifest import MANIFEST, Manifest, VendorError, checksum, files_below, text_of

# As in pyproject.toml, which an installed package has not got; the tests hold the two together.
REQUIREMENTS: Final = ("attrs>=23.1", "httpx>=0.28,<1")
_SANDBOX: Final = ("openapi-core>=0.23,<0.24", "pyyaml>=6", "starlette>=0.45", "uvicorn>=0.34")


@dataclass(frozen=True)
class Part:
    """A part of the package: it needs more libraries, or serves tests.

    Attributes:
        place: The file or folder below the package.
        requirements: What it needs beyond the client.
        brings: The parts that it uses, which are copied with it.
    """

    place: str
    requirements: tuple[str, ...]
    brings: tuple[str, ...] = ()


PARTS: Final = {
    "otel": Part("opentelemetry.py", ("opentelemetry-api>=1.27",)),
    "sandbox": Part("sandbox", _SANDBOX),
    "testing": Part("testing", ("hypothesis>=6",), brings=("sandbox",)),
}


def with_what_they_use(parts: Iterable[str]) -> set[str]:
    """Add the parts that the wanted ones use."""
    wanted = set(parts)
    return wanted | {other for part in wanted & PARTS.keys() for other in PARTS[part].brings}


def requirements(parts: Iterable[str]) -> tuple[str, ...]:
    """Say what has to be installed for a copy."""
    return (*REQUIREMENTS, *sorted({line for part in parts for line in PARTS[part].requirements}))


PACKAGE: Final = Path(__file__).resolve().parent.parent


@contextmanager
def unpacked() -> Generator[Path, None, None]:
    """Yield the folder of the package: a temporary one if it is imported from a zip file."""
    found = files(__name__.rsplit(".", 2)[0])
    if isinstance(found, Path):
        yield PACKAGE
        return
    with TemporaryDirectory() as folder:
        _unpack(found, place := Path(folder) / found.name)
        yield place


def _unpack(found: Traversable, place: Path) -> None:
    place.mkdir()
    for each in found.iterdir():
        if each.is_dir():
            _unpack(each, place / each.name)
        else:
            (place / each.name).write_bytes(each.read_bytes())


# As in pyproject.toml, which an installed package has not got; the tests hold the two together.
REQUIRES_PYTHON: Final = ">=3.11"
LICENCE: Final = "MIT"
_TOOL: Final = "vendor"
_REVISION: Final = "revision.txt"
_GIT_SECONDS: Final = 10


def contents(parts: Iterable[str], package: Path = PACKAGE) -> dict[str, bytes]:
    """Read everything that belongs into a copy.

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


def describe(
    files: dict[str, bytes], parts: Collection[str], package: Path = PACKAGE, patches: tuple[str, ...] = ()
) -> Manifest:
    """State the facts about what is copied.

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
        patches=patches,
        files={path: checksum(data) for path, data in files.items()},
    )


def revision(package: Path = PACKAGE) -> str:
    """Find the commit that a checkout is at, or that a wheel was built of."""
    # A package that is installed in some repository's virtual environment is not at that repository's commit.
    if not (package.parent / ".git").exists():
        held = package / _TOOL / _REVISION
        return text_of(held).decode().strip() if held.is_file() else "unknown"
    try:
        commit = _git(package, "rev-parse", "HEAD")
        dirty = _git(package, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return f"{commit}-dirty" if dirty else commit


def changelog(package: Path = PACKAGE) -> str:
    """Read the changelog, where it is at hand."""
    try:
        return text_of(_beside(package, "CHANGELOG.md")).decode()
    except VendorError:
        return ""


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


_MOST_LINES: Final = 80


def changes_since(changelog: str, version: str) -> list[str]:
    """Cut out what was written after a version."""
    lines: list[str] = []
    for line in changelog.splitlines():
        if line.startswith(f"## [{version}]"):
            break
        if lines or line.startswith("## ["):
            lines.append(line)
    more = len(lines) - _MOST_LINES
    return lines[:_MOST_LINES] + ([f"and {more} lines more"] if more > 0 else [])
