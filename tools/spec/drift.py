"""Compare openapi.yaml with the OpenAPI file that the provider publishes, as far as our operations go.

docs/checking-against-the-provider.md walks from a contradiction to a green `make check`.
"""

import argparse
import sys
from pathlib import Path

import yaml

from tools.openapi_parts import Keys
from tools.spec.documents import DocumentError, parse_document, read_document
from tools.spec.drift_comparison import compare
from tools.spec.drift_report import as_json, as_text
from tools.spec.drift_tags import WriteError, write_tags
from tools.yaml_lines import line_of

ROOT = Path(__file__).resolve().parents[2]

AGREES = 0
CONTRADICTS = 1
UNREADABLE = 2


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
