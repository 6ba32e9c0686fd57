"""What belongs into an sdist and a wheel, by rule: each file of git's that is meant for it, and nothing else."""

import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGE = "contracts_client"
# The wheel takes it along at another place: the sandbox answers from it.
MOVED = {
    f"{PACKAGE}/sandbox/openapi.yaml": "openapi.yaml",
    f"{PACKAGE}/vendor/CHANGELOG.md": "CHANGELOG.md",
    f"{PACKAGE}/vendor/LICENSE": "LICENSE",
}
# Files of the package that are not Python. One that is not here was hardly meant to be shipped.
DATA = {f"{PACKAGE}/_generated/source.toml", f"{PACKAGE}/py.typed", *MOVED}
# What runs the checks is no part of the source.
NOT_IN_SDIST = (".ci/",)
# Without these a distribution is of little use, even if git no longer knew them.
ESSENTIAL_IN_WHEEL = {f"{PACKAGE}/__init__.py", *DATA}
ESSENTIAL_IN_SDIST = {"CHANGELOG.md", "LICENSE", "README.md", "openapi.yaml", "pyproject.toml", f"{PACKAGE}/py.typed"}
# Made by tools: never committed, never shipped.
DEBRIS = re.compile(
    r"(^|/)(__pycache__|node_modules|\.venvs?|\.hypothesis|\.\w+_cache|[^/]+\.egg-info)/|\.(pyc|orig|rej)$"
)

Files = Mapping[str, bytes | None]


def files_below(folder: Path) -> dict[str, bytes | None]:
    """Read a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def files_of(distribution: Path) -> dict[str, bytes | None]:
    """Read a distribution.

    Raises:
        ValueError: A path occurs twice, or a member is no file.
    """
    found: dict[str, bytes | None] = {}
    for name, content in _members(distribution):
        if name in found:
            raise ValueError(f"{distribution.name} has {name} twice")
        found[name] = content
    return found


def _members(distribution: Path) -> Iterator[tuple[str, bytes]]:
    if distribution.suffix == ".whl":
        with zipfile.ZipFile(distribution) as wheel:
            for name in wheel.namelist():
                yield name, wheel.read(name)
        return
    with tarfile.open(distribution) as sdist:
        for member in sdist:
            content = sdist.extractfile(member) if member.isreg() else None
            if content is None:
                raise ValueError(f"{distribution.name}: {member.name} is no file")
            yield member.name.partition("/")[2], content.read()


def of_wheel(tree: Files, version: str) -> dict[str, bytes | None]:
    """Say what a wheel shall hold."""
    expected = {name: content for name, content in tree.items() if name.startswith(f"{PACKAGE}/")}
    expected |= {name: tree.get(source) for name, source in MOVED.items()}
    information = f"{PACKAGE}-{version}.dist-info"
    expected |= dict.fromkeys(f"{information}/{name}" for name in ("METADATA", "RECORD", "WHEEL"))
    return expected | {f"{information}/licenses/LICENSE": tree.get("LICENSE")}


def of_sdist(tree: Files) -> dict[str, bytes | None]:
    """Say what an sdist shall hold: all that is needed to generate, build and test the package."""
    return {name: content for name, content in tree.items() if not name.startswith(NOT_IN_SDIST)} | {"PKG-INFO": None}


def faults_of_tree(tree: Files) -> Iterator[str]:
    """Find what is committed and should not be shipped, and what should be and is not committed."""
    for name in sorted(tree):
        if DEBRIS.search(name):
            yield f"{name} is made by a tool, and is committed"
        elif name.startswith(f"{PACKAGE}/") and not name.endswith(".py") and name not in DATA:
            yield f"{name} is no Python file, and DATA of tools/release/dist_contents.py does not name it"
    for name in sorted((ESSENTIAL_IN_SDIST | ESSENTIAL_IN_WHEEL) - MOVED.keys() - tree.keys()):
        yield f"{name} is not committed"


def faults(found: Files, expected: Files) -> Iterator[str]:
    """Compare what a distribution holds with what it shall hold."""
    for name in sorted(expected.keys() - found.keys()):
        yield f"{name} is missing"
    for name in sorted(found.keys() - expected.keys()):
        yield f"{name} does not belong there"
    for name in sorted(found.keys() & expected.keys()):
        if expected[name] not in (None, found[name]):
            yield f"{name} is not what is committed"
