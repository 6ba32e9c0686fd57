"""The package in a zip file: client, sandbox, test kit and the vendor command work as they do from a folder."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from contracts_client.sandbox.specification import SpecificationError, specification_path
from contracts_client.vendor import source

RUN = """
import asyncio, os, contracts_client
from contracts_client import ContractsClient
from contracts_client.testing import FakeContractsApi
from contracts_client.testing.builders import a_contract
from contracts_client.sandbox import Sandbox

assert ".zip" in contracts_client.__file__, contracts_client.__file__

async def main():
    api = FakeContractsApi()
    card = api.add(a_contract())
    async with api.connect() as client:
        assert await client.list_contracts().collect() == [card]
    with Sandbox() as sandbox:
        os.environ.update(sandbox.environ)
        async with ContractsClient.from_env() as client:
            assert await client.list_contracts(limit=1).collect()

asyncio.run(main())
"""


@pytest.fixture
def zipped(package: Path, tmp_path: Path) -> Path:
    """The package in a zip file, with the files that a wheel holds inside."""
    path = tmp_path / "packages.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in sorted(source.files_below(package)):
            packed.write(package / file, f"contracts_client/{file}")
        for name, inside in (("LICENSE", "vendor"), ("CHANGELOG.md", "vendor"), ("openapi.yaml", "sandbox")):
            packed.write(package.parent / name, f"contracts_client/{inside}/{name}")
    return path


def run(zipped: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        env={"PYTHONPATH": str(zipped), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        cwd=zipped.parent,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_sandbox_and_kit_work_zipped(zipped: Path) -> None:
    """Sandbox and test kit find the specification in a zip file."""
    run(zipped, "-c", RUN)


def test_a_zipped_package_can_be_copied(zipped: Path, tmp_path: Path, copy: Path) -> None:
    """The vendor command copies a zipped package, as it copies a folder."""
    other = tmp_path / "elsewhere" / "contracts"
    told = run(zipped, "-m", "contracts_client.vendor", str(other))
    assert told.startswith("Copied contracts_client 0.1.0 to ")
    copied = {path: (other / path).read_bytes() for path in source.files_below(other)}
    assert copied == {path: (copy / path).read_bytes() for path in source.files_below(copy)}
    assert "up to date" in run(zipped, "-m", "contracts_client.vendor", str(other), "--check")


def test_a_zipped_package_is_unpacked(zipped: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package in a zip file is unpacked for as long as the command runs, and a folder is taken as it is."""
    with source.unpacked() as folder:
        assert folder == source.PACKAGE
    monkeypatch.setattr(source, "files", lambda _: zipfile.Path(zipped, "contracts_client/"))
    with source.unpacked() as folder:
        assert (folder / "client.py").read_bytes() == (package / "client.py").read_bytes()
        assert (folder / "_generated" / "source.toml").is_file()
    assert not folder.exists()


def test_a_zipped_specification_is_found(zipped: Path) -> None:
    """The sandbox looks for its specification beside itself in a zip file, and nowhere else there."""
    folder: Any = zipfile.Path(zipped, "contracts_client/sandbox/")
    assert "openapi: 3" in specification_path(folder).read_text(encoding="utf-8")
    elsewhere: Any = zipfile.Path(zipped, "contracts_client/testing/")
    with pytest.raises(SpecificationError, match=r"finds no openapi\.yaml"):
        specification_path(elsewhere)
