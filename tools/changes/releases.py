"""What has been released, by CHANGELOG.md, the version and git's tags, and what is recorded since."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from packaging.version import InvalidVersion, Version

from tools.changes.differences import BREAKING

CHANGELOG = "CHANGELOG.md"
VERSION = "contracts_client/_version.py"
_SECTION = re.compile(r"^## \[([^\]]+)\]")
_ENTRY = re.compile(r"^[-*] ")
_UNRELEASED = "unreleased"


class ReleaseError(Exception):
    """Changelog, version and tags contradict each other; the message says how, and what to do."""


@frozen
class Section:
    """A section of the changelog: the version, None for what is unreleased, and its entries, each in one line."""

    version: Version | None
    entries: tuple[str, ...]


@frozen
class State:
    """Where the work tree stands.

    Attributes:
        version: The version of the work tree.
        last: The last release before it; None where there is none.
        entries: What the changelog says of the time since.
    """

    version: Version
    last: Version | None
    entries: tuple[str, ...]

    @property
    def tag(self) -> str:
        """The tag of the last release."""
        return f"v{self.last}"

    @property
    def may_break(self) -> bool:
        """Whether the version says that users may be broken: a greater major one, or before 1.0 a greater minor one."""
        if self.last is None:
            return True
        places = 1 if self.last.major else 2
        return self.version.release[:places] > self.last.release[:places]

    @property
    def breaking_version(self) -> str:
        """The lowest version that may break."""
        last = self.last or self.version
        return f"{last.major + 1}.0.0" if last.major else f"0.{last.minor + 1}.0"


def state_of(root: Path) -> State:
    """Find the last release, and what the changelog says since.

    A version that has its section, has no tag yet, and has nothing unreleased above it is about to be released: the one
    before it is the last release then.

    Raises:
        ReleaseError: Changelog, version and tags contradict each other.
    """
    version = _version((root / VERSION).read_text(encoding="utf-8"))
    found = list(sections((root / CHANGELOG).read_text(encoding="utf-8")))
    pending = [entry for section in found if section.version is None for entry in section.entries]
    released = [section for section in found if section.version is not None]
    if not released:
        return State(version, None, tuple(pending))
    newest = released[0]
    if newest.version == version and not pending and not has_tag(f"v{version}", root):
        pending += newest.entries
        released = released[1:]
    last = released[0].version if released else None
    if last is not None:
        _check(version, last, [section.version for section in released if section.version is not None], root)
    return State(version, last, tuple(pending))


def _check(version: Version, last: Version, versions: list[Version], root: Path) -> None:
    if versions != sorted(versions, reverse=True):
        raise ReleaseError(f"{CHANGELOG} lists {last} first, which is not the newest of its releases")
    if version < last:
        raise ReleaseError(f"{VERSION} says {version}, and {CHANGELOG} has released {last} already")
    if not has_tag(f"v{last}", root):
        raise ReleaseError(
            f"{CHANGELOG} says that {last} is released, and there is no tag v{last}. In a clone without tags: "
            f"git fetch --tags. If it was never tagged: git tag v{last} <its commit>"
        )


def sections(changelog: str) -> Iterator[Section]:
    """Read the sections of a changelog, from the top.

    Raises:
        ReleaseError: The name of a section is no version.
    """
    version: Version | None = None
    entries: list[str] | None = None
    for line in changelog.splitlines():
        if heading := _SECTION.match(line):
            if entries is not None:
                yield Section(version, tuple(entries))
            version, entries = _of_a_heading(heading[1]), []
        elif entries is not None and _ENTRY.match(line):
            entries.append(line[2:].strip())
        elif entries and line.startswith("  "):
            entries[-1] += f" {line.strip()}"
    if entries is not None:
        yield Section(version, tuple(entries))


def names(entry: str, subject: str) -> bool:
    """Whether an entry of the changelog begins as breaking ones do and has every word of what breaks."""
    words = re.findall(r"\w+", subject)
    return entry.startswith(BREAKING) and set(words) <= set(re.findall(r"\w+", entry))


def has_tag(tag: str, root: Path) -> bool:
    """Whether git knows a tag."""
    command = [shutil.which("git") or "git", "-C", str(root), "rev-parse", "--verify", "--quiet"]
    return subprocess.run([*command, f"refs/tags/{tag}^{{commit}}"], capture_output=True, check=False).returncode == 0


def _version(source: str) -> Version:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__":
            return Version(ast.literal_eval(node.value))
    raise ReleaseError(f"{VERSION} has no __version__")


def _of_a_heading(name: str) -> Version | None:
    if name.lower() == _UNRELEASED:
        return None
    try:
        return Version(name)
    except InvalidVersion as error:
        raise ReleaseError(f"{CHANGELOG}: [{name}] is no version") from error
