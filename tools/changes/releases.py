"""What has been released, by CHANGELOG.md, the version and git's tags, and what is recorded since."""

import re
from pathlib import Path

from attrs import frozen
from packaging.version import InvalidVersion, Version

from tools.changes.differences import BREAKING
from tools.spec.documents import asked_git

CHANGELOG = "CHANGELOG.md"
VERSION = "contracts_client/_version.py"
_SECTION = re.compile(r"^## \[(?!unreleased\])([^\]]+)\]", re.MULTILINE | re.IGNORECASE)
_ENTRY = re.compile(r"^[-*] (.*(?:\n  .*)*)", re.MULTILINE)


class ReleaseError(Exception):
    """Changelog, version and tags contradict each other; the message says how, and what to do."""


@frozen
class State:
    """The version of the work tree, the last release before it, and what the changelog says of the time since."""

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
    """
    changelog = (root / CHANGELOG).read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', (root / VERSION).read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise ReleaseError(f"{VERSION} has no __version__")
    version = Version(found[1])
    headings = [*_SECTION.finditer(changelog)]
    released = [_version(heading[1]) for heading in headings]
    is_coming = released[:1] == [version] and not has_tag(f"v{version}", root)
    if is_coming and not entries(changelog[: headings[0].start()]):
        del headings[0], released[0]
    if not released:
        return State(version, None, entries(changelog))
    last = released[0]
    if released != sorted(released, reverse=True):
        raise ReleaseError(f"{CHANGELOG} lists {last} first, which is not the newest of its releases")
    if version < last:
        raise ReleaseError(f"{VERSION} says {version}, and {CHANGELOG} has released {last} already")
    if not has_tag(f"v{last}", root):
        raise ReleaseError(
            f"{CHANGELOG} says that {last} is released, and there is no tag v{last}. In a clone without tags: "
            f"git fetch --tags. If it was never tagged: git tag v{last} <its commit>"
        )
    return State(version, last, entries(changelog[: headings[0].start()]))


def _version(name: str) -> Version:
    try:
        return Version(name)
    except InvalidVersion as error:
        raise ReleaseError(f"{CHANGELOG}: [{name}] is no version") from error


def entries(changelog: str) -> tuple[str, ...]:
    """Read the entries of a changelog, each in one line."""
    return tuple(" ".join(each.split()) for each in _ENTRY.findall(changelog))


def names(entry: str, subject: str) -> bool:
    """Whether an entry of the changelog begins as breaking ones do and has every word of what breaks."""
    words = re.findall(r"\w+", subject)
    return entry.startswith(BREAKING) and set(words) <= set(re.findall(r"\w+", entry))


def has_tag(tag: str, root: Path) -> bool:
    """Whether git knows a tag."""
    return asked_git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}^{{commit}}") is not None
