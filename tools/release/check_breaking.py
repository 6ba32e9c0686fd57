"""Fail where something breaks users since the last release, and version or changelog do not say so.

What breaks is judged by the rules of docs/changing-the-specification.md.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from tools.release.api_diff import sent_only
from tools.release.packages import package_at
from tools.release.python_compare import compare_packages
from tools.release.releases import CHANGELOG, VERSION, ReleaseError, State, names, state_of
from tools.spec.compare import compare
from tools.spec.diff import surface_at
from tools.spec.differences import Difference, changelog
from tools.spec.documents import DocumentError

ROOT = Path(__file__).resolve().parents[2]


def breaking_since(tag: str, root: Path) -> list[Difference]:
    """Find what breaks users.

    Args:
        tag: The last release.
        root: The repository, whose work tree is compared with it.

    Returns:
        The breaking differences of the Python surface and of the specification, each once. A parameter of the
        specification that a method still takes as before is left out: the facade makes up for it.

    Raises:
        DocumentError: Package or specification can't be read.
    """
    old, new = package_at(tag, root=root), package_at(None, root=root)
    surface = compare_packages(old, new, sent_only=sent_only(root))
    changed = {each.subject for each in surface}
    specification = compare(surface_at(tag, root=root), surface_at(None, root=root))
    found = [each for each in surface if each.breaking]
    for each in specification:
        kept = each.rule.startswith("argument-") and each.subject not in changed
        if each.breaking and not kept and each.subject not in {other.subject for other in found}:
            found.append(each)
    return found


def faults(state: State, breaking: Sequence[Difference]) -> list[str]:
    """Say what version and changelog fail to say.

    Args:
        state: Where the work tree stands.
        breaking: What breaks users since the last release.

    Returns:
        The faults; none where all is said.
    """
    found: list[str] = []
    if breaking and not state.may_break:
        found.append(
            f"{VERSION} says {state.version}: what breaks users of {state.last} is {state.breaking_version} at least"
        )
    missing = [each for each in breaking if not any(names(entry, each.subject) for entry in state.entries)]
    if missing:
        found.append(f"{CHANGELOG} does not say of these, under what comes after {state.last}:\n\n{changelog(missing)}")
    return found


def main(*, root: Path = ROOT) -> int:
    """Run the command.

    Args:
        root: The repository.

    Returns:
        The exit code: 1 where something is not said, 2 where it can't be found out.
    """
    try:
        state = state_of(root)
        if state.last is None:
            print("Nothing has been released yet: nothing can break")
            return 0
        breaking = breaking_since(state.tag, root)
    except (DocumentError, ReleaseError) as error:
        print(error, file=sys.stderr)
        return 2
    found = faults(state, breaking)
    for fault in found:
        print(fault, file=sys.stderr)
    if not found:
        print(f"{len(breaking)} breaking differences since {state.tag}" + (", all of them told" if breaking else ""))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
