"""What may stand where in a document: the keywords of each kind of object, and which of them lead to other objects.

A keyword that is not in these tables is refused where it stands: nothing is dropped because nobody thought of it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from tools.openapi_parts import METHODS, Keys, Node


class Kind(NamedTuple):
    """A kind of object: its keywords, and the kind of what stands below some of them."""

    keywords: frozenset[str]
    one: dict[str, str]
    many: dict[str, str]
    """Keywords with a list of objects, or with a map of them."""


def words(*texts: str) -> frozenset[str]:
    """The words of some texts."""
    return frozenset(" ".join(texts).split())


# What describes without changing what is valid.
NOTES = "description deprecated default title examples example externalDocs $comment"
# Rules that nobody checks, neither when reading nor when writing; docs/templates.md says so.
RULES = (
    "multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern "
    "maxItems minItems uniqueItems maxProperties minProperties"
)
# The extensions that are read, here or by the other tools of the repository.
EXTENSIONS = words(
    "x-documented-pattern x-enum-varnames x-lenient x-pagination x-personal x-provenance x-provenance-note",
    "x-token-endpoint",
)
# What says more than the client makes use of: passed over, with a note.
PASSED_OVER = words(
    "webhooks callbacks links servers allowReserved encoding not if then else dependentSchemas dependentRequired",
    "contains minContains maxContains propertyNames prefixItems unevaluatedItems unevaluatedProperties contentSchema",
    "itemSchema itemEncoding prefixEncoding",
)
# What means nothing to a client.
MEANS_NOTHING = "xml allowEmptyValue contentEncoding contentMediaType $schema $id $anchor $defs example examples"
# The kinds of objects that may be replaced by a reference.
REFERABLE = ("path item", "parameter", "request body", "response", "schema")
# Keywords that lead to a list of objects; all others lead to a map of them.
LISTS = ("parameters", "allOf", "anyOf", "oneOf")


KINDS = {
    "document": Kind(
        words("openapi info servers paths components security tags externalDocs jsonSchemaDialect $self"),
        {"components": "components"},
        {"paths": "path item"},
    ),
    "path item": Kind(
        words("summary description parameters", *METHODS),
        dict.fromkeys(METHODS, "operation"),
        {"parameters": "parameter"},
    ),
    "operation": Kind(
        words(
            "tags title summary description externalDocs operationId parameters requestBody responses deprecated",
            "security",
        ),
        {"requestBody": "request body"},
        {"parameters": "parameter", "responses": "response"},
    ),
    "parameter": Kind(
        words("name in description required deprecated schema content style explode", MEANS_NOTHING),
        {"schema": "schema"},
        {},
    ),
    "request body": Kind(words("description content required"), {}, {"content": "media type"}),
    # Headers of a response are handed over as they come.
    "response": Kind(words("summary description headers content"), {}, {"content": "media type"}),
    "media type": Kind(words("schema example examples"), {"schema": "schema"}, {}),
    "components": Kind(
        words(
            "schemas responses parameters requestBodies headers securitySchemes examples pathItems mediaTypes",
            "links callbacks",
        ),
        {},
        {"schemas": "schema", "responses": "response", "parameters": "parameter", "requestBodies": "request body"},
    ),
    "schema": Kind(
        words(
            NOTES,
            RULES,
            MEANS_NOTHING,
            "type format nullable enum const items required properties additionalProperties patternProperties allOf",
            "anyOf oneOf discriminator readOnly writeOnly",
        ),
        {"items": "schema", "additionalProperties": "schema"},
        {"properties": "schema", "allOf": "schema", "anyOf": "schema", "oneOf": "schema"},
    ),
}


def listed(node: Node, key: str) -> list[Any]:
    """The list that stands at a key; none where there is none."""
    return cast("list[Any]", node[key]) if isinstance(node.get(key), list) else []


def mapped(node: Node, key: str) -> Node:
    """The object that stands at a key; an empty one where there is none."""
    held: Any = node.get(key)
    return cast("Node", held) if isinstance(held, dict) else {}


class Place(NamedTuple):
    """An object of the document."""

    kind: str
    keys: Keys
    node: Node

    def __str__(self) -> str:
        """As it is written in messages: `POST /books, requestBody/content`, or `components/schemas/Book`."""
        keys = [str(key) for key in self.keys]
        if keys[:1] == ["paths"]:
            _, path, *rest = keys
            if rest and rest[0] in METHODS:
                path, rest = f"{rest[0].upper()} {path}", rest[1:]
            return ", ".join([path, *(["/".join(rest)] if rest else [])])
        return "/".join(keys) or "the top"


def places(node: object, kind: str = "document", keys: Keys = ()) -> Iterator[Place]:
    """List the objects of a document, each before those inside it. References are not followed."""
    if isinstance(node, dict):
        place = Place(kind, keys, cast("Node", node))
        yield place
        for inner, below, child in _below(place):
            if not str(below[-1]).startswith("x-"):
                yield from places(child, inner, (*keys, *below))


def _below(place: Place) -> Iterator[tuple[str, Keys, object]]:
    """What stands where there should be an object: its kind, its keys from here, and itself."""
    if "$ref" in place.node:
        return
    for key, inner in KINDS[place.kind].one.items():
        if key in place.node:
            yield inner, (key,), place.node[key]
    for key, inner in KINDS[place.kind].many.items():
        if key in place.node and not isinstance(place.node[key], dict | list if key in LISTS else dict):
            yield inner, (key,), place.node[key]
        pairs: list[tuple[str | int, object]] = [*mapped(place.node, key).items(), *enumerate(listed(place.node, key))]
        for name, child in pairs:
            yield inner, (key, name), child


def unknown_keywords(place: Place) -> Iterator[str]:
    """Name what stands in an object and has no meaning there, or none that is expressed."""
    known = KINDS[place.kind].keywords
    if "$ref" in place.node and place.kind in REFERABLE:
        known = known | {"$ref"}
    for key in map(str, place.node):
        if key not in known | EXTENSIONS:
            yield key


def malformed(place: Place) -> Iterator[str]:
    """Name what stands where an object should, and is none; before that, nothing else need be asked."""
    for kind, keys, child in _below(place):
        is_truth = kind == "schema" and isinstance(child, bool)
        if not isinstance(child, dict) and not is_truth and not str(keys[-1]).startswith("x-"):
            yield f"{'/'.join(map(str, keys))} that is no {kind}"
