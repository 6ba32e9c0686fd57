"""Tell what has changed for those who import the package, by griffe, in words fit for the changelog.

The rules are in tools/changes/differences.py, and in docs/changing-the-specification.md.
"""

import argparse
import sys
from pathlib import Path

import yaml

from tools.changes.compare import compare
from tools.changes.differences import Difference, told
from tools.changes.facts import sent_only
from tools.changes.surface import package_at, public_names
from tools.spec.documents import DocumentError, read_document

ROOT = Path(__file__).resolve().parents[2]


def api_differences(base: str, head: str | None, *, root: Path) -> list[Difference]:
    """Compare the package of a git reference with that of another, or of the work tree.

    Raises:
        DocumentError: A package, or openapi.yaml of the work tree, can't be read.
    """
    before, after = (public_names(package_at(each, root=root)) for each in (base, head))
    document = read_document(str(root / "openapi.yaml"), root=root)
    config = yaml.safe_load((root / "generator-config.yaml").read_text(encoding="utf-8"))
    return compare(before, after, sent_only=sent_only(document, config))


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Run the command, and return 2 where a package can't be read. What was found is told, not judged here."""
    parser = argparse.ArgumentParser(prog="api_diff", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("base", help="a git reference: the package as it was")
    parser.add_argument("head", nargs="?", help="likewise, as it is; the work tree by default")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    try:
        found = api_differences(options.base, options.head, root=root)
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    print(told(found, as_json=options.json))
    return 0


if __name__ == "__main__":
    sys.exit(main())
