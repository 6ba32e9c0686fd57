"""Compare openapi.yaml with the OpenAPI file that the provider publishes, and tag what it has.

docs/checking-against-the-provider.md walks from a contradiction to a green `make check`.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from tools.openapi_parts import DocumentError, Keys
from tools.spec.documents import parse_document, read_document
from tools.spec.drift_findings import as_json, as_text
from tools.spec.drift_operations import compare
from tools.yaml_lines import line_of, steps

ROOT = Path(__file__).resolve().parents[2]

AGREES = 0
CONTRADICTS = 1
UNREADABLE = 2
TAG = "x-provenance"


class WriteError(Exception):
    """The tags can't be written; the message says why. The file is as it was."""


def retagged(text: str, places: Iterable[Keys], word: str) -> str:
    """Replace the words of some tags, and nothing else."""
    places = list(places)
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    # A copy in which nothing stands at two places, as what an anchor marks does.
    expected = json.loads(json.dumps(yaml.load(text, Loader=yaml.BaseLoader)))  # noqa: S506 # it makes texts alone
    result = text
    for start, end in sorted({_span(tree, (*keys, TAG)) for keys in places}, reverse=True):
        result = result[:start] + word + result[end:]
    for keys in places:
        node: Any = expected
        for key in keys:
            node = node[key if isinstance(node, list) else str(key)]
        node[TAG] = word
    if yaml.load(result, Loader=yaml.BaseLoader) != expected:  # noqa: S506
        raise WriteError("a tag is shared by several parts, by an anchor: give each its own")
    return result


def _span(tree: yaml.Node | None, keys: Keys) -> tuple[int, int]:
    """Where the value of a key begins and ends."""
    *_, (_, node) = (0, tree), *steps(keys, tree)
    if not isinstance(node, yaml.ScalarNode):
        raise WriteError(f"there is no {'/'.join(map(str, keys))}")
    return node.start_mark.index, node.end_mark.index


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
        text = document.read_bytes().decode("utf-8")
        ours = parse_document(text, document.name)
        comparison = compare(ours, read_document(options.upstream, root=ROOT), name=options.upstream)
        if options.write:
            new = retagged(text, [part.keys for part in comparison.publishable], "published")
            document.write_bytes(new.encode("utf-8"))
    except (DocumentError, WriteError, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    line = cache(partial(line_of, nodes=tree))
    source, written = options.upstream, options.write
    if options.json:
        print(as_json(comparison, line, source=source, written=written))
    else:
        print(*as_text(comparison, line, source=source, document=document.name, written=written), sep="\n")
    return CONTRADICTS if comparison.contradicts else AGREES


if __name__ == "__main__":
    sys.exit(main())
