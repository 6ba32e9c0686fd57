"""Compare openapi.yaml with the OpenAPI file that the provider publishes, as far as our operations go.

docs/checking-against-the-provider.md walks from a contradiction to a green `make check`.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from tools.openapi_parts import Keys, Part, parts
from tools.spec.documents import DocumentError, Node, parse_document, read_document
from tools.spec.drift_findings import Comparison, Finding, Kind, as_json, as_text
from tools.spec.drift_matching import match, operations_of
from tools.spec.drift_operations import OperationComparison
from tools.spec.drift_shapes import Shapes
from tools.spec.drift_tags import WriteError, write_tags
from tools.yaml_lines import line_of

ROOT = Path(__file__).resolve().parents[2]

AGREES = 0
CONTRADICTS = 1
UNREADABLE = 2


_SHOWN_OPERATIONS = 5
# How a note says that the part is known less well than its tag.
_DOUBT = re.compile(
    r"\b(infer|unknown|not known|hides? the name|for a sibling|gives the name alone|says? .*not whether)"
)


def compare(ours: Node, theirs: Node, *, name: str) -> Comparison:
    """Compare our document with the provider's file, as far as our operations go.

    Raises:
        DocumentError: It has none of our operations, or a reference in it leads nowhere.
    """
    there = operations_of(theirs)
    matches = match(operations_of(ours), there)
    if all(each.theirs is None for each in matches):
        shown = ", ".join(each.id or each.place for each in there[:_SHOWN_OPERATIONS]) or "none at all"
        raise DocumentError(f"{name} has none of our operations. It has {len(there)}: {shown}, …")
    found: dict[Finding, None] = {}
    ours_parts = list(parts(ours))
    comparison = OperationComparison(
        Shapes(ours), Shapes(theirs), {id(part.node): part for part in ours_parts}, found.setdefault
    )
    comparison.servers()
    for each in matches:
        comparison.compare(each)
    findings = tuple(found)
    confirmed = list(_confirmed(ours_parts, findings))
    return Comparison(
        version=str(theirs.get("openapi")),
        total=len(there),
        matches=tuple(matches),
        findings=findings,
        publishable=tuple(part for part in confirmed if part.node.get("x-provenance") == "inferred"),
        settled=tuple(
            part
            for part in confirmed
            if part.node.get("x-provenance") != "inferred"
            and _DOUBT.search(str(part.node.get("x-provenance-note") or ""))
        ),
    )


def _confirmed(ours: list[Part], findings: tuple[Finding, ...]) -> Iterator[Part]:
    """The parts of which everything is confirmed, wherever they are used."""
    confirmed: set[Keys] = {each.place.keys for each in findings if each.kind is Kind.CONFIRMED}
    hindered: set[Keys] = {each.place.keys for each in findings if each.hinders}
    return (part for part in ours if part.keys in confirmed - hindered)


def main(arguments: list[str] | None = None) -> int:
    """Run the command, and return 1 where something contradicts us, 2 where nothing can be compared or written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("upstream", help="the provider's file, or its https address; JSON or YAML, OpenAPI 3.0 or 3.1")
    parser.add_argument("--document", type=Path, default=ROOT / "openapi.yaml", help="ours; openapi.yaml by default")
    parser.add_argument("--write", action="store_true", help="turn x-provenance: inferred into published, where it is")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    document: Path = options.document
    try:
        text = document.read_text(encoding="utf-8")
        ours = parse_document(text, document.name)
        comparison = compare(ours, read_document(options.upstream, root=ROOT), name=options.upstream)
        if options.write:
            write_tags(document, [part.keys for part in comparison.publishable], "published")
    except (DocumentError, WriteError, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    lines: dict[Keys, int] = {}

    def line(keys: Keys) -> int:
        return lines[keys] if keys in lines else lines.setdefault(keys, line_of(keys, tree))

    if options.json:
        print(as_json(comparison, line, source=options.upstream, written=options.write))
    else:
        print(as_text(comparison, line, source=options.upstream, document=document.name, written=options.write))
    return CONTRADICTS if comparison.contradicts else AGREES


if __name__ == "__main__":
    sys.exit(main())
