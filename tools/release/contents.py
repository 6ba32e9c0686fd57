"""What a distribution holds: each file of git's that is meant for it, as it is committed, and nothing else."""

import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGE = "contracts_client"
# The wheel takes it along at another place: the sandbox answers from it, and copies of the package have it.
MOVED = {
    f"{PACKAGE}/sandbox/openapi.yaml": "openapi.yaml",
    f"{PACKAGE}/vendor/CHANGELOG.md": "CHANGELOG.md",
    f"{PACKAGE}/vendor/LICENSE": "LICENSE",
}
# Files of the package that are not Python. One that is not here was hardly meant to be shipped.
DATA = {f"{PACKAGE}/__init__.py", f"{PACKAGE}/_generated/source.toml", f"{PACKAGE}/py.typed"}
# Of which commit a build is: written by the build, or before it.
REVISION = f"{PACKAGE}/vendor/revision.txt"
# What runs the checks is no part of the source.
NOT_IN_SDIST = ".ci/"

Files = Mapping[str, bytes | None]


def files_below(folder: Path) -> Files:
    """Read the files of a folder, by relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def files_of(distribution: Path) -> Files:
    """Read the files of a wheel, or of an sdist without the folder that all are in."""
    found: dict[str, bytes] = {}
    for name, content in _members(distribution):
        if content is None:
            raise ValueError(f"{distribution.name}: {name} is no file")
        if name in found:
            raise ValueError(f"{distribution.name} has {name} twice")
        found[name] = content
    return found


def _members(distribution: Path) -> Iterator[tuple[str, bytes | None]]:
    if distribution.suffix == ".whl":
        with zipfile.ZipFile(distribution) as wheel:
            yield from ((name, wheel.read(name)) for name in wheel.namelist())
        return
    with tarfile.open(distribution) as sdist:
        for member in sdist:
            content = sdist.extractfile(member) if member.isreg() else None
            yield member.name.partition("/")[2], None if content is None else content.read()


def expected_of(distribution: Path, tree: Files, version: str) -> Files:
    """Say what a distribution of what is committed shall hold: contents by path, None where the build writes them."""
    if distribution.suffix != ".whl":
        return {name: content for name, content in tree.items() if not name.startswith(NOT_IN_SDIST)} | {
            "PKG-INFO": None
        }
    information = f"{PACKAGE}-{version}.dist-info"
    written = {f"{information}/{name}": None for name in ("METADATA", "RECORD", "WHEEL")}
    moved = {name: tree.get(source) for name, source in MOVED.items()}
    package = {name: content for name, content in tree.items() if name.startswith(f"{PACKAGE}/")}
    return package | moved | written | {f"{information}/licenses/LICENSE": tree.get("LICENSE")}


def content_faults(distribution: Path, tree: Files, version: str) -> Iterator[str]:
    """Find what is missing, too much or changed in a distribution, and data that nobody meant to ship."""
    found, expected = files_of(distribution), expected_of(distribution, tree, version)
    faults = dict.fromkeys({*expected, *DATA} - found.keys(), "is missing")
    faults |= dict.fromkeys(found.keys() - expected.keys(), "does not belong there")
    known = {*DATA, *MOVED, REVISION}
    for name in found.keys() & expected.keys():
        if expected[name] not in (None, found[name]):
            faults[name] = "is not what is committed"
        elif name.startswith(f"{PACKAGE}/") and not name.endswith(".py") and name not in known:
            faults[name] = "is no Python file, and DATA of tools/release/contents.py does not name it"
    yield from (f"{distribution.name}: {name} {fault}" for name, fault in sorted(faults.items()))
