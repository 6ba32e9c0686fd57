"""A specification as users of the package see it: operations with arguments and results, classes with fields."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from attrs import evolve, field, frozen

from tools.spec.documents import Node, resolved
from tools.spec.names import Names, attribute, constants

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# What an argument has to keep to, beyond its type.
_RULES = (
    *("pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
)
_TEXTS = {"date-time": "datetime", "date": "date", "decimal": "Decimal"}
_SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "dict"}

# What the templates call the parts of a page, whatever the API calls them: x-pagination says which is which.
_PAGE_ARGUMENTS = {"page": "page", "perPage": "per_page"}
_PAGE_FIELDS = {"items": "items", "totalItems": "total_items", "totalPages": "total_pages"}

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
    """A class: fields, or the values of an enumeration.

    Attributes:
        name: As the user calls it.
        fields: Its fields by the API's names.
        members: Its values, where it is an enumeration.
        constants: Its values by the names that they have in Python.
        schema: As the API calls it; empty for one without a name of its own.
    """

    name: str
    fields: Mapping[str, Value]
    members: tuple[str, ...] | None
    constants: Mapping[str, str] = field(factory=dict[str, str])
    schema: str = ""


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
            argument = self._parameter(parameter, identifier)
            arguments[argument.attribute] = argument
        arguments |= self._body(resolved(node.get("requestBody", {}), self._document), identifier)

        self._reached = received
        result: set[str] = set()
        responses = {str(status): each for status, each in node.get("responses", {}).items()}
        pagination: dict[str, str] = {}
        for status, reference in responses.items():
            response = resolved(reference, self._document)
            types = self._content(response, f"{identifier}_response_{status}")
            if status.startswith("2"):
                result |= types or {"None"}
                pagination |= response.get("x-pagination") or {}
        if pagination:
            named = [_by_meaning(each, pagination, _PAGE_ARGUMENTS) for each in arguments.values()]
            arguments = {each.attribute: each for each in named}
            for name in result & self._models.keys():
                fields = self._models[name].fields
                renamed = {key: _by_meaning(each, pagination, _PAGE_FIELDS) for key, each in fields.items()}
                self._models[name] = evolve(self._models[name], fields=renamed)
        return Operation(
            id=identifier,
            method=self._names.method_of(identifier),
            place=place,
            arguments=arguments,
            result=frozenset(result),
            statuses=frozenset(responses),
            pagination=pagination,
        )

    def _parameter(self, node: Node, owner: str) -> Value:
        schema = node.get("schema", {})
        return self._value(str(node.get("name")), schema, owner, required=bool(node.get("required")), marks=node)

    def _body(self, body: Node, owner: str) -> dict[str, Value]:
        """What a request body asks of the caller: the fields of a class that users can't see, or one argument."""
        required = bool(body.get("required"))
        for media in body.get("content", {}).values():
            schema = media.get("schema", {})
            types = self._types(schema, f"{owner}_body")
            (name,) = types if len(types) == 1 else ("",)
            if name in self._models and not self._names.is_public(name) and self._models[name].members is None:
                # The fields are arguments of the method.
                self._reached.discard(name)
                fields = self._models[name].fields.values()
                return {each.attribute: evolve(each, in_body=True) for each in fields}
            return {"body": Value("body", "body", types, required, personal=False)}
        return {}

    def _content(self, response: Node, name: str) -> Types:
        found: set[str] = set()
        for media in response.get("content", {}).values():
            found |= self._types(media.get("schema", {}), name)
        return frozenset(found)

    def _value(self, name: str, schema: object, owner: str, *, required: bool, marks: Node) -> Value:
        types = self._types(schema, f"{owner}_{name}")
        node = resolved(schema, self._document)
        return Value(
            name=name,
            attribute=attribute(name),
            types=types - {"None"} or types,
            required=required and "None" not in types,
            personal=marks.get("x-personal") is True,
            rules={key: node[key] for key in _RULES if key in node},
        )

    def _types(self, schema: object, name: str) -> Types:
        """The Python types that a schema becomes; the name is for a class that has none of its own."""
        if not isinstance(schema, dict):
            return frozenset({"Any"})
        node = cast("Node", schema)
        if "$ref" in node:
            reference = str(node["$ref"])
            target = resolved(node, self._document)
            schema_name = reference.rpartition("/")[2]
            return self._class(schema_name, target) if _is_class(target) else self._types(target, schema_name)
        if _is_class(node):
            null = {"None"} if node.get("nullable") is True or "null" in node.get("type", ()) else set[str]()
            return self._class(name, node, inline=True) | null
        return frozenset(self._plain(node, name))

    def _class(self, schema: str, node: Node, *, inline: bool = False) -> Types:
        name = self._names.class_of(schema)
        self._reach(name, node, "" if inline else schema)
        return frozenset({name})

    def _plain(self, node: Node, name: str) -> Iterator[str]:
        choices: list[Any] = [*node.get("anyOf", []), *node.get("oneOf", [])]
        for number, choice in enumerate(choices):
            yield from self._types(choice, f"{name}_type_{number}")
        if parts := node.get("allOf"):
            yield from self._types(parts[0], name)
        elif "type" in node:
            declared: str | list[str] = node["type"]
            for kind in [declared] if isinstance(declared, str) else declared:
                if kind == "array":
                    items = " | ".join(sorted(self._types(node.get("items", {}), f"{name}_item")))
                    yield f"list[{items}]"
                elif kind == "string":
                    yield _TEXTS.get(str(node.get("format")), "str")
                else:
                    yield _SCALARS.get(kind, kind)
        elif not choices:
            yield "Any"
        if node.get("nullable") is True:
            yield "None"

    def _reach(self, name: str, node: Node, schema: str) -> None:
        new = name not in self._models
        again = name not in self._reached
        self._reached.add(name)
        if not (new or again):
            return
        if new:
            self._models[name] = Model(name, {}, None)  # it may refer to itself
        required, properties = self._properties(node)
        required = set[str]() if node.get("x-lenient") is True else required
        fields = [
            self._value(key, value, name, required=key in required, marks=value) for key, value in properties.items()
        ]
        members = tuple(str(value) for value in node["enum"] if value is not None) if "enum" in node else None
        named = constants(node["enum"]) if "enum" in node else {}
        self._models[name] = Model(name, {each.name: each for each in fields}, members, named, schema)

    def _properties(self, node: Node) -> tuple[set[str], Node]:
        required: set[str] = set(node.get("required", []))
        properties: Node = {}
        for part in node.get("allOf", []):
            more, inherited = self._properties(resolved(part, self._document))
            required |= more
            properties |= inherited
        return required, properties | node.get("properties", {})


def _by_meaning(value: Value, pagination: Mapping[str, str], meanings: Mapping[str, str]) -> Value:
    """The value, under the name that it has for what it means to a page."""
    called = {pagination[key]: name for key, name in meanings.items() if key in pagination}
    return evolve(value, attribute=called.get(value.name, value.attribute))


def _is_class(node: Node) -> bool:
    """Whether the generator makes a class of it."""
    kinds: object = node.get("type")
    is_object = kinds == "object" or (isinstance(kinds, list) and set(cast("list[str]", kinds)) == {"object", "null"})
    return is_object or "properties" in node or "enum" in node or len(node.get("allOf", [])) > 1
