"""Tell what a change of openapi.yaml means to users of the package, in words fit for the changelog.

The rules are in tools/spec/rules.py, and in docs/changing-the-specification.md.
"""

import argparse
import sys
from pathlib import Path

from tools.spec.compare import compare
from tools.spec.differences import as_json, as_text
from tools.spec.documents import DocumentError, is_reference, read_document, read_source
from tools.spec.names import Names, names_of
from tools.spec.surface import Surface, surface_of

ROOT = Path(__file__).resolve().parents[2]
NAMING = ("generator-config.yaml", "contracts_client/__init__.py", "contracts_client/client.py")
"""The files that say what users call the parts of the specification."""


def names_at(source: str | None, root: Path) -> Names:
    """Read what users call the parts of a specification.

    Args:
        source: Where the specification is from; None is the work tree.
        root: The repository.

    Returns:
        The names of a git reference that has them all; else those of the work tree.
    """
    here = [(root / name).read_text(encoding="utf-8") for name in NAMING]
    if source is None or not is_reference(source):
        return names_of(*here)
    try:
        return names_of(*(read_source(source, name, root=root) for name in NAMING))
    except DocumentError:
        print(f"{source} has no names of its own yet: the work tree's are taken", file=sys.stderr)
        return names_of(*here)


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
    document = read_document(str(root / "openapi.yaml") if source is None else source, root=root)
    try:
        return surface_of(document, names_at(source, root))
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # the linters say where, in a document of ours
        raise DocumentError(f"{source or 'openapi.yaml'} is not what OpenAPI says ({error})") from error


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Run the command.

    Args:
        arguments: The command line; sys.argv by default.
        root: The repository.

    Returns:
        The exit code: 2 where a document can't be read. What was found does not matter: it is told, not judged here.
    """
    parser = argparse.ArgumentParser(prog="spec_diff", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("base", help="a git reference, a file or an https address: the specification as it was")
    parser.add_argument("head", nargs="?", help="likewise, as it is; openapi.yaml of the work tree by default")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    try:
        found = compare(surface_at(options.base, root=root), surface_at(options.head, root=root))
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    print((as_json if options.json else as_text)(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
