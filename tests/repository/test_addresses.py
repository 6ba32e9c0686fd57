"""Nothing in the repository depends on one machine, or names a place to fetch packages from."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tools import lock

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", ".venvs", "node_modules", "__pycache__", "build", "dist", "htmlcov"}
# Put together here, so that this file does not name them either.
REGISTRIES = [
    ".".join(words) for words in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
LOCKS = sorted(path.name for path in lock.LOCKS)
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|opt|mnt|private)/\w+")


def repository_files() -> list[Path]:
    """The files of the repository: those that git knows, or all that are not made anew where there is no git."""
    if (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
        return sorted(ROOT / name for name in names if name and (ROOT / name).is_file())
    return sorted(
        path for path in ROOT.rglob("*") if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts)
    )


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def test_files_of_the_repository_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in repository_files()}
    assert names >= {
        "Makefile",
        "openapi.yaml",
        "pyproject.toml",
        "tools/generate/write.py",
        "tests/repository/test_addresses.py",
    }


def test_no_file_names_a_package_registry() -> None:
    assert [path for path in repository_files() for host in REGISTRIES if host in text_of(path)] == []


def test_no_file_names_a_machine_s_place() -> None:
    found = {path: MACHINE_PATH.findall(text_of(path)) for path in repository_files()}
    assert {path: places for path, places in found.items() if places} == {}


@pytest.mark.parametrize("name", [f"tools/requirements/{name}" for name in LOCKS] + ["tools/npm/package-lock.json"])
def test_a_lock_file_holds_no_address(name: str) -> None:
    assert lock.addresses(text_of(ROOT / name)) == []


@pytest.mark.parametrize(
    "line", ["--index-url x", "-f wheels", "a @ https://example.org/a.whl", '"resolved":\t"https://x"']
)
def test_an_address_in_a_lock_is_found(line: str) -> None:
    assert lock.addresses(f"a==1\n{line}\nb==2\n") == [2]


@pytest.mark.parametrize("name", LOCKS)
def test_requirements_are_pinned_and_hashed(name: str) -> None:
    requirements = text_of(ROOT / "tools" / "requirements" / name).replace("\\\n", " ").splitlines()
    assert requirements
    assert all(
        re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", line) for line in requirements
    )


def test_npm_packages_are_locked_by_hash() -> None:
    packages = json.loads(text_of(ROOT / "tools" / "npm" / "package-lock.json"))["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert (
        json.loads(text_of(ROOT / "tools" / "npm" / "package.json"))["devDependencies"]
        == packages[""]["devDependencies"]
    )


def test_npm_versions_are_pinned_exactly() -> None:
    versions = json.loads(text_of(ROOT / "tools" / "npm" / "package.json"))["devDependencies"].values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_a_user_needs_attrs_and_httpx() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    assert [re.split(r"[<>=~!]", requirement)[0] for requirement in project["dependencies"]] == ["attrs", "httpx"]
