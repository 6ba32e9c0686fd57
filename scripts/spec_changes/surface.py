"""A specification as users of the package see it: operations with arguments and results, classes with fields."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from attrs import evolve, field, frozen

from .documents import Node, resolved
from .names import Names, attribute

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# What an argument has to keep to, beyond its type.
_RULES = (
    *("pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
)
_TEXTS = {"date-time": "datetime", "date": "date", "decimal": "Decimal"}
_SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "dict"}

Types = frozenset[str]


@frozen
class Value:
    """A field of a class, or an argument of an operation.

    Attributes:
        name: As the API calls it.
        attribute: As the user calls it.
        types: The Python types it can have, None left out.
        required: Whether it is always there, and never None.
        personal: Whether it is masked in reprs.
        rules: What it has to keep to, beyond its type.
        in_body: Whether it is an argument that the client puts into a body, under a keyword of the client's own.
    """

    name: str
    attribute: str
    types: Types
    required: bool
    personal: bool
    rules: Mapping[str, object] = field(factory=dict[str, object])
    in_body: bool = False

    @property
    def shape(self) -> tuple[object, ...]:
        """What stays the same where it is merely renamed."""
        return (self.types, self.required)


@frozen
class Model:
    """A class: fields, or the values of an enumeration."""

    name: str
    fields: Mapping[str, Value]
    members: tuple[str, ...] | None


@frozen
class Operation:
    """An operation: where it is, and what goes in and out."""

    id: str
    method: str
    place: str
    arguments: Mapping[str, Value]
    result: Types
    statuses: frozenset[str]
    pagination: Mapping[str, str]


@frozen
class Surface:
    """All operations by id, all classes that they reach by name, those that are sent, and the servers."""

    operations: Mapping[str, Operation]
    models: Mapping[str, Model]
    sent: frozenset[str]
    received: frozenset[str]
    servers: tuple[str, ...]


def surface_of(document: Node, names: Names) -> Surface:
    """Read the surface out of a document.

    Args:
        document: An OpenAPI document, parsed.
        names: What the user calls its parts.

    Returns:
        The surface.

    Raises:
        DocumentError: A reference leads nowhere.
    """
    return _Reader(document, names).surface()


class _Reader:
    def __init__(self, document: Node, names: Names) -> None:
        self._document = document
        self._names = names
        self._models: dict[str, Model] = {}
        self._reached: set[str] = set()

    def surface(self) -> Surface:
        operations: dict[str, Operation] = {}
        sent: set[str] = set()
        received: set[str] = set()
        for path, reference in cast("Node", self._document["paths"]).items():
            item = resolved(reference, self._document)
            for method in METHODS:
                if method in item:
                    operation = self._operation(f"{method.upper()} {path}", item, item[method], sent, received)
                    operations[operation.id] = operation
        servers = tuple(str(server.get("url")) for server in self._document.get("servers") or ())
        return Surface(operations, self._models, frozenset(sent), frozenset(received), servers)

    def _operation(self, place: str, item: Node, node: Node, sent: set[str], received: set[str]) -> Operation:
        self._reached = sent
        identifier = str(node.get("operationId") or place)
        arguments: dict[str, Value] = {}
        for reference in [*item.get("parameters", []), *node.get("parameters", [])]:
            parameter = resolved(reference, self._document)
            argument = self._parameter(parameter)
            arguments[argument.attribute] = argument
        arguments |= self._body(resolved(node.get("requestBody", {}), self._document))

        self._reached = received
        result: set[str] = set()
        responses = {str(status): each for status, each in node.get("responses", {}).items()}
        pagination: dict[str, str] = {}
        for status, reference in responses.items():
            response = resolved(reference, self._document)
            types = self._content(response)
            if status.startswith("2"):
                result |= types or {"None"}
                pagination |= response.get("x-pagination") or {}
        return Operation(
            id=identifier,
            method=self._names.method_of(identifier),
            place=place,
            arguments=arguments,
            result=frozenset(result),
            statuses=frozenset(responses),
            pagination=pagination,
        )

    def _parameter(self, node: Node) -> Value:
        schema = node.get("schema", {})
        return self._value(str(node.get("name")), schema, required=bool(node.get("required")), marks=node)

    def _body(self, body: Node) -> dict[str, Value]:
        """What a request body asks of the caller: the fields of a class that users can't see, or one argument."""
        required = bool(body.get("required"))
        for media in body.get("content", {}).values():
            schema = media.get("schema", {})
            types = self._types(schema)
            (name,) = types if len(types) == 1 else ("",)
            if name in self._models and not self._names.is_public(name) and self._models[name].members is None:
                # The fields are arguments of the method.
                self._reached.discard(name)
                fields = self._models[name].fields.values()
                return {each.attribute: evolve(each, in_body=True) for each in fields}
            return {"body": Value("body", "body", types, required, personal=False)}
        return {}

    def _content(self, response: Node) -> Types:
        found: set[str] = set()
        for media in response.get("content", {}).values():
            found |= self._types(media.get("schema", {}))
        return frozenset(found)

    def _value(self, name: str, schema: object, *, required: bool, marks: Node) -> Value:
        types = self._types(schema)
        node = resolved(schema, self._document)
        return Value(
            name=name,
            attribute=attribute(name),
            types=types - {"None"} or types,
            required=required and "None" not in types,
            personal=marks.get("x-personal") is True,
            rules={key: node[key] for key in _RULES if key in node},
        )

    def _types(self, schema: object) -> Types:
        """The Python types that a schema becomes."""
        if not isinstance(schema, dict):
            return frozenset({"Any"})
        node = cast("Node", schema)
        if "$ref" in node:
            reference = str(node["$ref"])
            target = resolved(node, self._document)
            if not _is_class(target):
                return self._types(target)
            name = self._names.class_of(reference.rpartition("/")[2])
            self._reach(name, target)
            return frozenset({name})
        return frozenset(self._plain(node))

    def _plain(self, node: Node) -> Iterator[str]:
        choices: list[Any] = [*node.get("anyOf", []), *node.get("oneOf", [])]
        for choice in choices:
            yield from self._types(choice)
        if (parts := node.get("allOf")) and "properties" not in node:
            if len(parts) == 1:
                yield from self._types(parts[0])
            else:
                yield "dict"
        elif "type" in node:
            declared: str | list[str] = node["type"]
            for kind in [declared] if isinstance(declared, str) else declared:
                if kind == "array":
                    items = " | ".join(sorted(self._types(node.get("items", {}))))
                    yield f"list[{items}]"
                elif kind == "string":
                    yield _TEXTS.get(str(node.get("format")), "str")
                else:
                    yield _SCALARS.get(kind, kind)
        elif not choices:
            yield "dict" if "properties" in node else "Any"
        if node.get("nullable") is True:
            yield "None"

    def _reach(self, name: str, node: Node) -> None:
        new = name not in self._models
        again = name not in self._reached
        self._reached.add(name)
        if new:
            self._models[name] = Model(name, {}, None)  # it may refer to itself
        if not (new or again):
            return
        required, properties = self._properties(node)
        required = set[str]() if node.get("x-lenient") is True else required
        fields = [self._value(key, value, required=key in required, marks=value) for key, value in properties.items()]
        members = tuple(str(value) for value in node["enum"] if value is not None) if "enum" in node else None
        self._models[name] = Model(name, {each.name: each for each in fields}, members)

    def _properties(self, node: Node) -> tuple[set[str], Node]:
        required: set[str] = set(node.get("required", []))
        properties: Node = {}
        for part in node.get("allOf", []):
            more, inherited = self._properties(resolved(part, self._document))
            required |= more
            properties |= inherited
        return required, properties | node.get("properties", {})


def _is_class(node: Node) -> bool:
    if "properties" in node or "enum" in node:
        return True
    return len(node.get("allOf", [])) > 1
