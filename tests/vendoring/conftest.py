"""A package that can be changed, and copies of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts_client.vendor import command, source


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The package in a checkout of its own, to be edited into another version."""
    place = tmp_path / "upstream" / "contracts_client"
    # A wheel says of which commit it was built, a checkout asks git.
    shutil.copytree(source.PACKAGE, place, ignore=shutil.ignore_patterns("__pycache__", "revision.txt"))
    # An installed package holds them inside, a checkout at its top.
    for name, inside in (("LICENSE", "vendor"), ("CHANGELOG.md", "vendor"), ("openapi.yaml", "sandbox")):
        held = source.PACKAGE / inside / name
        shutil.copyfile(held if held.is_file() else source.PACKAGE.parent / name, place.parent / name)
        (place / inside / name).unlink(missing_ok=True)
    return place


@pytest.fixture
def copy(tmp_path: Path, package: Path) -> Path:
    """A copy of it under another name."""
    place = tmp_path / "host" / "acme" / "_vendor" / "contracts"
    assert command.main([str(place)], package=package) == 0
    return place


@pytest.fixture
def newer(package: Path) -> Callable[[], None]:
    """Makes another version of the package: one parameter more, one error less, one module gone."""

    def make() -> None:
        (package / "_version.py").write_text('__version__ = "9.0.0"\n', encoding="utf-8")
        init = package / "__init__.py"
        text = init.read_text(encoding="utf-8").replace('    "RateLimits",\n', "")
        init.write_text(text, encoding="utf-8")
        (package / "structured_logging.py").unlink()
        (package / "newcomer.py").write_text('"""New."""\n', encoding="utf-8")

    return make
