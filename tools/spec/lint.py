"""Check the rules of openapi.yaml that are this project's own: where a part comes from, what is personal, what pages.

What OpenAPI itself asks is checked elsewhere: by openapi-spec-validator, and by Redocly by redocly.yaml. What the
generator can't express is refused by tools/generate/prepare.py.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from tools.openapi_parts import Keys, Node, operations, parameters, target
from tools.spec.parts import Part, nodes, parts
from tools.yaml_lines import line_of

PROVENANCES = ("documented", "published", "inferred")
# Every key of ours. One that is not here is a slip of the pen, which nothing else would notice.
OUR_KEYS = {
    "x-provenance",
    "x-provenance-note",
    "x-personal",
    "x-lenient",
    "x-pagination",
    "x-documented-pattern",
    "x-token-endpoint",
}
# What identifies a person wherever it stands, and so is masked in every repr and log.
PERSONAL_NAMES = {
    "Entur-Customer-Number",
    "contractHolder",
    "customerNumber",
    "customerRef",
    "externalRef",
    "externalReference",
}
PAGINATION_KEYS = {"page", "perPage", "items", "totalItems", "totalPages"}
# The formats that the generated code reads and writes.
FORMATS = {"date", "date-time", "decimal", "int32", "int64"}
# Promised for every request: who calls, and under which id.
HEADERS_OF_EVERY_OPERATION = {"ET-Client-Name": True, "X-Correlation-Id": False}
# A repeated group that itself repeats something, such as (\w+)+, can be matched in exponentially many ways.
NESTED_REPETITION = re.compile(r"\((?:[^()\\]|\\.)*(?<!\\)[*+}](?:[^()\\]|\\.)*\)[*+{]")


class Fault(NamedTuple):
    """What is wrong, and where."""

    keys: Keys
    message: str


def check_provenance(document: Node) -> Iterator[Fault]:
    """Each part says where it comes from, by one of the three words."""
    for part in parts(document):
        value = part.node.get("x-provenance")
        if value is None:
            yield Fault(part.keys, f"this {part.kind} has no x-provenance")
        elif value not in PROVENANCES:
            yield Fault(part.keys, f"x-provenance is {value}, not one of {', '.join(PROVENANCES)}")


def check_descriptions(document: Node) -> Iterator[Fault]:
    """Each part is described, and so is each request body."""
    described = [(part.kind, part.keys, part.node) for part in parts(document) if "$ref" not in part.node]
    for keys, _, operation in operations(document):
        if "requestBody" in operation:
            described.append(("request body", (*keys, "requestBody"), operation["requestBody"]))
    for kind, keys, node in described:
        if not _says_something(node.get("description")):
            yield Fault(keys, f"this {kind} has no description")


def check_our_keys(document: Node) -> Iterator[Fault]:
    """The keys of ours are spelt right, hold what they should, and stand where they mean something."""
    for keys, node in nodes((), document):
        ours = {str(key): value for key, value in node.items() if str(key).startswith("x-")}
        for key, value in ours.items():
            for message in _our_key_faults(key, value, node):
                yield Fault((*keys, key), message)


def _our_key_faults(key: str, value: object, node: Node) -> Iterator[str]:
    if key not in OUR_KEYS:
        yield f"{key} is none of the keys of this project"
    if key in {"x-provenance-note", "x-documented-pattern"} and not _says_something(value):
        yield f"{key} is empty"
    if key == "x-provenance-note" and "x-provenance" not in node:
        yield "a note without the x-provenance that it weakens"
    if key == "x-documented-pattern" and "pattern" not in node:
        yield "x-documented-pattern without a pattern in its place"


def check_personal_names(document: Node) -> Iterator[Fault]:
    """What identifies a person is marked wherever it stands."""
    for part in parts(document):
        if part.kind in {"parameter", "property"} and part.name in PERSONAL_NAMES and not part.node.get("x-personal"):
            yield Fault(part.keys, f"{part.name} identifies a person and is not x-personal: true")


def check_parameters(document: Node) -> Iterator[Fault]:
    """Parameters are what the generator can send, and every operation says who calls."""
    for keys, item, operation in operations(document):
        found = {(node["in"], node["name"]): node for node in parameters(document, item, operation)}
        for name, required in HEADERS_OF_EVERY_OPERATION.items():
            header = found.get(("header", name))
            if header is None:
                yield Fault(keys, f"the header {name} is missing")
            elif bool(header.get("required")) is not required:
                yield Fault(keys, f"the header {name} is {'not ' if required else ''}required")
    for part in parts(document):
        if part.kind == "parameter":
            yield from _check_parameter(part, target(part.node.get("schema", {}), document))


def _check_parameter(part: Part, schema: Node) -> Iterator[Fault]:
    if "default" in schema:
        yield Fault(part.keys, "a default: the generated code would always send it, so say it in the description")
    if part.node.get("in") == "header" and (schema.get("type") != "string" or "format" in schema):
        yield Fault(part.keys, "a header is a string without a format: the generator breaks on others, or drops them")


def check_responses(document: Node) -> Iterator[Fault]:
    """Each operation can succeed and fail, and each failure has a schema."""
    for keys, _, operation in operations(document):
        responses = operation.get("responses", {})
        for first in "245":
            if not any(str(status).startswith(first) for status in responses):
                yield Fault(keys, f"no response {first}xx")
        for status, response in responses.items():
            content = target(response, document).get("content", {})
            if str(status) != "204" and not any(media.get("schema") for media in content.values()):
                yield Fault((*keys, "responses", status), f"the response {status} has no schema")


def check_schemas(document: Node) -> Iterator[Fault]:
    """Formats are known, enums have names of their own, and patterns match whole values in linear time."""
    for keys, node in nodes((), document):
        if "$ref" in node or "type" not in node:
            continue
        if node.get("format", "date") not in FORMATS:
            yield Fault(keys, f"the generated code knows no format {node['format']}")
        if "enum" in node and keys[:-1] != ("components", "schemas"):
            yield Fault(keys, "an enum without a name of its own: make it a schema, so that its class's name is stable")
        pattern = node.get("pattern")
        if isinstance(pattern, str):
            yield from (Fault((*keys, "pattern"), message) for message in _pattern_faults(pattern))


def _pattern_faults(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as error:
        yield f"the pattern is no regular expression: {error}"
    if not (pattern.startswith("^") and pattern.endswith("$")):
        yield "the pattern matches a part of a value: it shall begin with ^ and end with $"
    if NESTED_REPETITION.search(pattern):
        yield "the pattern repeats a repetition: matching it takes exponential time"


def check_pagination(document: Node) -> Iterator[Fault]:
    """x-pagination says all that a listing needs, and its items are an array; the generator asks for the rest."""
    for keys, _, operation in operations(document):
        for status, reference in operation.get("responses", {}).items():
            response = target(reference, document)
            names = response.get("x-pagination")
            if names is None:
                continue
            here = (*keys, "responses", status)
            if not isinstance(names, dict) or names.keys() != PAGINATION_KEYS:
                yield Fault(here, f"x-pagination names {', '.join(sorted(PAGINATION_KEYS))}, each once and no other")
                continue
            schemas = [target(media.get("schema", {}), document) for media in response.get("content", {}).values()]
            items = [schema.get("properties", {}).get(names["items"], {"type": "array"}) for schema in schemas]
            if any(each.get("type") != "array" for each in items):
                yield Fault(here, f"x-pagination: {names['items']} is no array")


CHECKS: tuple[Callable[[Node], Iterator[Fault]], ...] = (
    check_provenance,
    check_descriptions,
    check_our_keys,
    check_personal_names,
    check_parameters,
    check_responses,
    check_schemas,
    check_pagination,
)


def faults(document: Node) -> list[Fault]:
    """Run all checks."""
    return list(dict.fromkeys(fault for check in CHECKS for fault in check(document)))


def _says_something(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("document", type=Path)
    path: Path = parser.parse_args(arguments).document
    text = path.read_text(encoding="utf-8")
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    found = sorted((line_of(keys, tree), message) for keys, message in faults(yaml.safe_load(text)))
    for line, message in found:
        print(f"{path.name}:{line}: {message}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
