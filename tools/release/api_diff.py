"""Tell what has changed for those who import the package, by griffe, in words fit for the changelog.

The rules are in tools/release/python_rules.py, and in docs/changing-the-specification.md.
"""

import argparse
import sys
from pathlib import Path

from tools.release.packages import package_at
from tools.release.python_compare import compare_packages
from tools.spec.diff import surface_at
from tools.spec.differences import as_json, as_text
from tools.spec.documents import DocumentError

ROOT = Path(__file__).resolve().parents[2]


def sent_only(root: Path) -> frozenset[str]:
    """Name the classes that users make and never receive, by openapi.yaml of the work tree."""
    surface = surface_at(None, root=root)
    return surface.sent - surface.received


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Run the command.

    Args:
        arguments: The command line; sys.argv by default.
        root: The repository.

    Returns:
        The exit code: 2 where a package can't be read. What was found does not matter: it is told, not judged here.
    """
    parser = argparse.ArgumentParser(prog="api_diff", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("base", help="a git reference: the package as it was")
    parser.add_argument("head", nargs="?", help="likewise, as it is; the work tree by default")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    try:
        old, new = package_at(options.base, root=root), package_at(options.head, root=root)
        found = compare_packages(old, new, sent_only=sent_only(root))
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    print((as_json if options.json else as_text)(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
