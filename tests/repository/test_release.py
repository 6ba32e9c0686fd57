"""What a release holds is what is committed and meant for it, the same whoever builds it; and a fault is found."""

import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tools.release import dist as release
from tools.release import dist_contents

VERSION = "1.0"
TREE: dict[str, bytes | None] = {
    ".ci/run": b"make test",
    "CHANGELOG.md": b"# Changelog",
    "LICENSE": b"MIT",
    "README.md": b"# Read",
    "contracts_client/__init__.py": b"",
    "contracts_client/_generated/source.toml": b"",
    "contracts_client/py.typed": b"",
    "openapi.yaml": b"openapi: 3.1.0",
    "pyproject.toml": b"[project]",
    "tests/test_client.py": b"assert True",
}
INFORMATION = "contracts_client-1.0.dist-info"
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "parcel"
version = "1"
[tool.hatch.build]
reproducible = REPRODUCIBLE
"""


def built(expected: dist_contents.Files) -> dict[str, bytes | None]:
    """A distribution as it should be."""
    return {name: content if content is not None else b"written by the build" for name, content in expected.items()}


def test_the_wheel_holds_the_package_and_what_sandbox_and_copies_need() -> None:
    assert dist_contents.of_wheel(TREE, VERSION).keys() == {
        "contracts_client/__init__.py",
        "contracts_client/_generated/source.toml",
        "contracts_client/py.typed",
        "contracts_client/sandbox/openapi.yaml",
        "contracts_client/vendor/CHANGELOG.md",
        "contracts_client/vendor/LICENSE",
        f"{INFORMATION}/METADATA",
        f"{INFORMATION}/RECORD",
        f"{INFORMATION}/WHEEL",
        f"{INFORMATION}/licenses/LICENSE",
    }


def test_the_sdist_holds_all_that_is_committed_but_for_ci() -> None:
    assert dist_contents.of_sdist(TREE).keys() == TREE.keys() - {".ci/run"} | {"PKG-INFO"}


def test_what_is_as_it_should_be_has_no_fault() -> None:
    assert list(dist_contents.faults_of_tree(TREE)) == []
    expected = dist_contents.of_wheel(TREE, VERSION)
    assert list(dist_contents.faults(built(expected), expected)) == []


def test_a_file_too_many_one_too_few_and_a_changed_one_are_found() -> None:
    expected = dist_contents.of_wheel(TREE, VERSION)
    found = built(expected) | {"tests/test_client.py": b"assert True", "contracts_client/__init__.py": b"import os"}
    del found["contracts_client/sandbox/openapi.yaml"]
    assert list(dist_contents.faults(found, expected)) == [
        "contracts_client/sandbox/openapi.yaml is missing",
        "tests/test_client.py does not belong there",
        "contracts_client/__init__.py is not what is committed",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "contracts_client/__pycache__/client.cpython-311.pyc",
        "node_modules/npm/index.js",
        "tests/.pytest_cache/v",
        "contracts_client/client.py.orig",
        "contracts_client.egg-info/PKG-INFO",
    ],
)
def test_what_a_tool_leaves_behind_is_found_where_it_is_committed(name: str) -> None:
    assert list(dist_contents.faults_of_tree(TREE | {name: b""})) == [f"{name} is made by a tool, and is committed"]


def test_a_file_that_was_hardly_meant_for_the_package_is_found() -> None:
    (fault,) = dist_contents.faults_of_tree(TREE | {"contracts_client/notes.txt": b""})
    assert fault.startswith("contracts_client/notes.txt is no Python file")


@pytest.mark.parametrize("name", ["LICENSE", "contracts_client/py.typed", "openapi.yaml"])
def test_an_essential_file_that_is_not_committed_is_found(name: str) -> None:
    tree = {key: content for key, content in TREE.items() if key != name}
    assert list(dist_contents.faults_of_tree(tree)) == [f"{name} is not committed"]


def test_a_distribution_is_read_and_a_path_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "parcel.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("parcel/a.py", "a")
    assert dist_contents.files_of(wheel) == {"parcel/a.py": b"a"}
    sdist = tmp_path / "parcel.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        for _ in range(2):
            archive.addfile(tarfile.TarInfo("parcel-1/a.py"), io.BytesIO())
    with pytest.raises(ValueError, match="twice"):
        dist_contents.files_of(sdist)


def test_a_link_in_an_sdist_is_refused(tmp_path: Path) -> None:
    sdist = tmp_path / "parcel.tar.gz"
    link = tarfile.TarInfo("parcel-1/a.py")
    link.type, link.linkname = tarfile.SYMTYPE, "../../etc/passwd"
    with tarfile.open(sdist, "w:gz") as archive:
        archive.addfile(link)
    with pytest.raises(ValueError, match="is no file"):
        dist_contents.files_of(sdist)


def test_a_relative_link_is_dead_on_an_index() -> None:
    html = '<a href="https://example.org/docs">a</a> <a href="#b">b</a> <a href="docs/a.md">c</a> <img src="x.png">'
    assert release.dead_links(html) == ["docs/a.md", "x.png"]


def test_a_commit_without_a_tag_is_no_release_yet() -> None:
    assert list(release.release_faults([], "0.2.0", "## [Unreleased]")) == []


def test_a_tag_is_that_of_the_version_and_has_a_section_in_the_changelog() -> None:
    ready = "## [Unreleased]\n\n## [0.2.0] - 2026-11-25\n"
    assert list(release.release_faults(["v0.2.0"], "0.2.0", ready)) == []
    assert len(list(release.release_faults(["v0.2.0"], "0.2.0", "## [Unreleased]\n\n## [0.2.0]\n"))) == 1
    (fault,) = release.release_faults(["v0.3.0"], "0.2.0", ready)
    assert fault == "the commit is tagged v0.3.0, and contracts_client/_version.py says 0.2.0"


def test_only_what_is_committed_is_exported(tmp_path: Path) -> None:
    repository, exported = tmp_path / "repository", tmp_path / "exported"
    repository.mkdir()
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    (repository / "committed.py").write_text("a", encoding="utf-8")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "a"], check=True)
    (repository / "committed.py").write_text("changed since", encoding="utf-8")
    (repository / "untracked.py").touch()
    release.export(exported, root=repository)
    assert dist_contents.files_below(exported) == {"committed.py": b"a"}


def build(source: Path, into: Path, *, umask: int, seed: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(into)]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment |= {"PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=source, env=environment, umask=umask, capture_output=True, check=True)


@pytest.mark.parametrize(
    ("reproducible", "differing"), [("true", []), ("false", ["parcel-1-py2.py3-none-any.whl", "parcel-1.tar.gz"])]
)
def test_a_build_that_depends_on_circumstances_is_found(
    reproducible: str, differing: list[str], tmp_path: Path
) -> None:
    for name in ("here", "there"):
        package = tmp_path / name / "parcel"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("a = 1\n", encoding="utf-8")
        text = PROJECT.replace("REPRODUCIBLE", reproducible)
        (package.parent / "pyproject.toml").write_text(text, encoding="utf-8")
    release.disturb(tmp_path / "there")
    build(tmp_path / "here", tmp_path / "built", umask=0o022, seed="1")
    build(tmp_path / "there", tmp_path / "again", umask=0o077, seed="2")
    found = release.differences(tmp_path / "built", tmp_path / "again")
    assert found == [f"{name} differs, in modes, times or order of its members" for name in differing]


def test_the_second_build_sees_other_modes_and_times(tmp_path: Path) -> None:
    (tmp_path / "a.py").touch(0o644)
    release.disturb(tmp_path)
    status = (tmp_path / "a.py").stat()
    assert (status.st_mode & 0o777, status.st_mtime) == (0o600, release.LONG_AGO)


def test_a_difference_names_the_file(tmp_path: Path) -> None:
    for name, content in (("first", "a"), ("second", "b")):
        (tmp_path / name).mkdir()
        with zipfile.ZipFile(tmp_path / name / "parcel.whl", "w") as archive:
            archive.writestr("parcel/a.py", content)
    assert release.differences(tmp_path / "first", tmp_path / "second") == ["parcel.whl differs, in parcel/a.py"]


def test_changes_that_are_not_committed_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "run", lambda command, *, capture: " M contracts_client/client.py\n")
    assert release.main() == 1
    assert "contracts_client/client.py" in capsys.readouterr().err
