"""Tell what a change of openapi.yaml means to users of the package, in words fit for the changelog.

The rules are in spec_changes/rules.py, and in docs/changing-the-specification.md.
"""

import argparse
import json
import sys
from pathlib import Path

from attrs import asdict
from spec_changes.compare import compare
from spec_changes.documents import DocumentError, read_document, read_source
from spec_changes.names import Names, names_of
from spec_changes.rules import Difference, changelog
from spec_changes.surface import Surface, surface_of

ROOT = Path(__file__).resolve().parent.parent
_CONFIG = "generator-config.yaml"
_PACKAGE = "contracts_client/__init__.py"
_CLIENT = "contracts_client/client.py"


def names_at(reference: str | None, root: Path) -> Names:
    """Read what users call the parts of the specification.

    Args:
        reference: A git reference; None is the work tree.
        root: The repository.

    Returns:
        The names.

    Raises:
        DocumentError: The reference has no such files.
    """
    if reference is None:
        return names_of(*((root / name).read_text(encoding="utf-8") for name in (_CONFIG, _PACKAGE, _CLIENT)))
    return names_of(*(read_source(reference, name, root=root) for name in (_CONFIG, _PACKAGE, _CLIENT)))


def surface_at(source: str | None, *, root: Path = ROOT) -> Surface:
    """Read a specification as users see it.

    Args:
        source: A file, an https address or a git reference; None is openapi.yaml of the work tree.
        root: The repository.

    Returns:
        The surface. A git reference has its own names for people; a mere file has those of the work tree.

    Raises:
        DocumentError: There is no such document, or it is none of OpenAPI.
    """
    here = root / "openapi.yaml"
    document = read_document(str(here) if source is None else source, root=root)
    is_reference = source is not None and not Path(source).is_file() and "://" not in source
    return surface_of(document, names_at(source if is_reference else None, root))


def report(differences: list[Difference]) -> str:
    """Write the differences for people, the end of it fit for the changelog."""
    if not differences:
        return "Nothing that the user of the package sees differs."
    breaking = sum(each.breaking for each in differences)
    return f"{len(differences)} differences, of which {breaking} breaking\n\n{changelog(differences)}"


def as_json(differences: list[Difference]) -> str:
    """Write the differences for programs."""
    return json.dumps(
        {"breaking": any(each.breaking for each in differences), "differences": [asdict(each) for each in differences]},
        indent=2,
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The command line; sys.argv by default.

    Returns:
        The exit code: 2 where a document can't be read. What was found does not matter: it is told, not judged here.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("base", help="a git reference, a file or an https address: the specification as it was")
    parser.add_argument("head", nargs="?", help="likewise, as it is; openapi.yaml of the work tree by default")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    try:
        found = compare(surface_at(options.base), surface_at(options.head))
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    print(as_json(found) if options.json else report(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
