"""Compare openapi.yaml with the OpenAPI file that the provider publishes, and tag what it has.

docs/checking-against-the-provider.md walks from a contradiction to a green `make check`.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from tools.openapi_parts import Keys
from tools.spec.documents import DocumentError, parse_document, read_document
from tools.spec.drift_findings import as_json, as_text
from tools.spec.drift_operations import compare
from tools.spec.drift_shapes import mapping, sequence
from tools.yaml_lines import line_of

ROOT = Path(__file__).resolve().parents[2]

AGREES = 0
CONTRADICTS = 1
UNREADABLE = 2
TAG = "x-provenance"


class WriteError(Exception):
    """The tags can't be written; the message says why. The file is as it was."""


def retagged(text: str, places: Iterable[Keys], word: str) -> str:
    """Replace the words of some tags."""
    places = list(places)
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    spans = sorted({_span(tree, (*keys, TAG)) for keys in places}, reverse=True)
    result = text
    for start, end in spans:
        result = result[:start] + word + result[end:]
    expected = _unshared(yaml.safe_load(text))
    for keys in places:
        node: Any = expected
        for key in keys:
            node = node[key]
        node[TAG] = word
    if yaml.safe_load(result) != expected:
        raise WriteError("a tag is shared by several parts, by an anchor: give each its own")
    return result


def write_tags(path: Path, places: Iterable[Keys], word: str) -> None:
    """Replace the words of some tags in a file, as a whole or not at all."""
    old = path.read_bytes()
    new = retagged(old.decode("utf-8"), places, word).encode("utf-8")
    if new == old:
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
        beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _unshared(value: object) -> Any:
    """A copy in which nothing stands at two places, as what an anchor marks does."""
    if node := mapping(value):
        return {key: _unshared(each) for key, each in node.items()}
    return [_unshared(each) for each in sequence(value)] or value


def _span(tree: yaml.Node | None, keys: Keys) -> tuple[int, int]:
    """Where the value of a key begins and ends."""
    node = tree
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            node = None
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
