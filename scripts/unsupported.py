"""Name what neither the generator nor our templates see in a document, so that it is refused rather than dropped.

What the templates do see and can't express they refuse themselves. This is what never reaches them.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

from openapi_parts import Node, nodes, operations
from openapi_parts import target as strict_target

# What says more of a value than its type does, and would be passed over without a word.
KEYWORDS = ("discriminator", "prefixItems", "patternProperties", "dependentSchemas", "not", "if")
# The only style of each place that a request is written in.
STYLES = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}
AWKWARD = frozenset('"\\\n\r\t')


def unsupported(document: Node) -> Iterator[str]:
    """Find what would be dropped in silence.

    Args:
        document: An OpenAPI document, parsed.

    Yields:
        One sentence a fault, with its place.
    """
    yield from _operations(document)
    for keys, node in nodes((), document):
        place = "/".join(map(str, keys))
        for keyword in KEYWORDS:
            if keyword in node and not {"schema", "schemas"}.isdisjoint(keys):
                yield f"custom_templates do not support {keyword}, at {place}"
    for name, schema in cast("dict[str, Node]", document.get("components", {}).get("schemas", {})).items():
        yield from _schema(name, schema, document)


def target(node: Node, document: Node) -> Node:
    """Follow a reference; one that leads nowhere is the generator's to refuse."""
    try:
        return strict_target(node, document)
    except (KeyError, TypeError):
        return {}


def _operations(document: Node) -> Iterator[str]:
    named: dict[str, list[str]] = defaultdict(list)
    for (_, path, method), item, operation in operations(document):
        place = f"{str(method).upper()} {path}"
        named[str(operation.get("operationId"))].append(place)
        for node in [*item.get("parameters", []), *operation.get("parameters", [])]:
            parameter = target(node, document)
            for what in _of_a_parameter(parameter, document):
                yield f"custom_templates do not support {what}, at {place}: {parameter.get('name')}"
        for status, response in cast("dict[str, Node]", operation.get("responses", {})).items():
            if len(target(response, document).get("content", {})) > 1:
                yield f"custom_templates do not support several media types of one response, at {place}: {status}"
    for name, places in named.items():
        if len(places) > 1:
            yield f"one operationId, {name}, for several operations: {', '.join(places)}"


def _of_a_parameter(parameter: Node, document: Node) -> Iterator[str]:
    place = str(parameter.get("in"))
    style = parameter.get("style", STYLES.get(place))
    schema = target(parameter.get("schema", {}), document)
    is_array = schema.get("type") == "array"
    if "content" in parameter:
        yield "a parameter with a media type"
    if style != STYLES.get(place):
        yield f"the style {style} of a parameter"
    if is_array and place != "query":
        yield f"an array as {place} parameter"
    if is_array and parameter.get("explode") is False:
        yield "explode: false of an array"
    if schema.get("type") == "object":
        yield "an object as parameter"


def _schema(name: str, schema: Node, document: Node) -> Iterator[str]:
    for inner in cast("list[Node]", schema.get("allOf", [])):
        for attribute, found in cast("dict[str, Node]", target(inner, document).get("properties", {})).items():
            for mark in ("x-personal", "format"):
                if found.get(mark) in (True, "decimal"):
                    yield f"custom_templates do not support {mark} on a property under allOf, at {name}.{attribute}"
    for attribute, found in cast("dict[str, Node]", schema.get("properties", {})).items():
        if not AWKWARD.isdisjoint(attribute):
            yield f"custom_templates do not support a property name with double quotes, at {name}.{attribute}"
        if _hides_a_decimal(found, document):
            yield f"custom_templates do not support a decimal behind a reference or a null, at {name}.{attribute}"


def _hides_a_decimal(node: Node, document: Node) -> bool:
    """Whether a number that is a text would be taken for a mere text."""
    choices: list[Any] = [*node.get("anyOf", []), *node.get("oneOf", [])]
    if any(target(each, document).get("format") == "decimal" for each in choices):
        return True
    if node.get("format") == "decimal":
        return node.get("type") != "string"
    items = node.get("items")
    if isinstance(items, dict) and _hides_a_decimal(cast("Node", items), document):
        return True
    return "$ref" in node and target(node, document).get("format") == "decimal"
