"""Fail where something breaks users since the last release, and version or changelog do not say so.

What breaks is judged by the rules of docs/changing-the-specification.md.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from tools.changes.diff import api_differences, differences, specification_at
from tools.changes.differences import OF_THE_SPECIFICATION, Difference, changelog
from tools.changes.releases import CHANGELOG, VERSION, ReleaseError, State, names, state_of
from tools.generate.source import GenerationError
from tools.openapi_parts import DocumentError

ROOT = Path(__file__).resolve().parents[2]
# A parameter of the API that has changed need not be one of the client's.
_SAID_BY_THE_DOCUMENT = OF_THE_SPECIFICATION.keys() | {"value-changed"}


def breaking_since(tag: str, root: Path) -> list[Difference]:
    """Find what breaks users since a release: in the package, and what openapi.yaml alone shows."""
    found = api_differences(tag, None, root=root)
    old, new = specification_at(tag, root=root), specification_at(None, root=root)
    if old.document != new.document:
        found += [each for each in differences(old, new) if each.rule in _SAID_BY_THE_DOCUMENT and each not in found]
    return [each for each in found if each.breaking]


def faults(state: State, breaking: Sequence[Difference]) -> list[str]:
    """Say what version and changelog fail to say of what breaks users."""
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
    """Run the command, and return 1 where something is not said, 2 where it can't be found out."""
    try:
        state = state_of(root)
        if state.last is None:
            print("Nothing has been released yet: nothing can break")
            return 0
        breaking = breaking_since(state.tag, root)
    except (DocumentError, GenerationError, ReleaseError) as error:
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
