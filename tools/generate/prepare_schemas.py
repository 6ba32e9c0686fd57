"""Say each schema in the few words that the generator and the templates know.

Classes are objects and enumerations, each in `components` under a name of its own. Everything else stands where it is
used: what a reference leads to, what parts say together, and null only where it makes a difference.
"""

import json
from typing import NamedTuple, cast

from tools.generate.allof import PERSONAL, UNIONS, MergeError, whole
from tools.generate.enums import enumeration
from tools.generate.lowered import (
    ANY,
    OBJECT_KEYS,
    REFERENCE,
    Lowered,
    Use,
    is_personal,
    is_plain,
    key_of,
    may_be_null,
    plain,
    said_of,
    shape,
    with_null,
)
from tools.generate.names import USED_ATTRIBUTES, ClassNames, Names, attribute, joined
from tools.generate.notes import Notes
from tools.generate.openapi_keywords import listed, mapped, words
from tools.generate.prepare_unions import known_kinds, other_class, reference_to, told_members, union
from tools.openapi_parts import DocumentError, Node, resolved, target

# The formats that are read as something else than text or number, with their type.
FORMATS = {"date": "string", "date-time": "string", "decimal": "string", "uuid": "string"}
# Formats that are known to stay what their type is.
PLAIN_FORMATS = words(
    "int32 int64 float double byte duration email hostname idn-email idn-hostname ipv4 ipv6 iri iri-reference",
    "json-pointer password regex relative-json-pointer time uri uri-reference uri-template",
)
MAX_TITLE = 60  # characters of a title that a class is called by


class Hidden(NamedTuple):
    """A property that is left out in one direction."""

    name: str
    prepared: str
    keyword: str
    """`readOnly` or `writeOnly`."""


class SchemaWriter:
    """Writes the schemas of a document anew.

    Args:
        document: The document as it came.
        overrides: `class_overrides` of the generator's configuration.
        notes: Takes what is passed over, and what can't be expressed.
    """

    def __init__(self, document: Node, overrides: dict[str, dict[str, str]], notes: Notes) -> None:
        self._document = document
        self._notes = notes
        self.names = ClassNames(overrides)
        self.classes: Node = {}
        self.schema_names: dict[str, str] = {}
        self.hidden: list[Hidden] = []
        self._components = {str(key): node for key, node in mapped(mapped(document, "components"), "schemas").items()}
        self._known: dict[int, Lowered] = {}
        self._class_of: dict[str, str] = {}
        self._owners: dict[int, str] = {}
        self._others: dict[int, str] = {}
        self._open: list[int] = []
        self._waiting: list[tuple[str, Node, Use]] = []
        for key, node in self._components.items():
            self._name_component(key, node)

    def _name_component(self, key: str, schema: object) -> None:
        """Give a schema of components its name, before anything that stands within another takes it."""
        if not isinstance(schema, dict):
            return
        node = cast("Node", schema)
        if shape(node, self._document) in ("object", "enum"):
            title = node.get("title")
            wanted = title if isinstance(title, str) and title.isascii() and len(title) <= MAX_TITLE else key
            self._class_of[key] = self.names.free(wanted)
            self.schema_names[self.names.final(self._class_of[key])] = key
        for owned in [node, *(cast("Node", part) for part in listed(node, "allOf") if isinstance(part, dict))]:
            for held in mapped(owned, "properties").values():
                self._owners.setdefault(id(held), self.names.final(self._class_of.get(key, key)))

    def finish(self) -> None:
        """Write every schema of components, and the properties of all classes that are known by name."""
        for key, node in self._components.items():
            reference = f"{REFERENCE}{key.replace('~', '~0').replace('/', '~1').replace('%', '%25')}"
            if isinstance(node, dict):
                self.write({"$ref": reference}, Use(("components", "schemas", key), "", key, is_property=True))
        while self._waiting:
            self._fill(*self._waiting.pop(0))

    def write(self, schema: object, use: Use) -> Lowered:
        """Return a schema in few words."""
        if schema is True or schema is None:
            return Lowered(ANY)
        if not isinstance(schema, dict):
            self._notes.refuse(use.keys, "a schema that is false", "leave out what it stands for")
            return Lowered(ANY)
        node = cast("Node", schema)
        try:
            key = self._component(node)
            if key is not None:
                return self._referred(node, key, use)
            return self._of_whole(whole(node, self._document), id(node), use)
        except DocumentError as error:
            self._notes.refuse(use.keys, str(error), "correct the reference")
        except MergeError as error:
            self._notes.refuse(use.keys, str(error), "let its parts agree")
        return Lowered(ANY)

    def _component(self, node: Node) -> str | None:
        """The key in components that a schema is a mere reference to, also as the one part of an allOf."""
        reference, parts = node.get("$ref"), listed(node, "allOf")
        if set(node) & {*OBJECT_KEYS, *UNIONS, "enum", "const", "items", "type"}:
            return None
        if reference is None and len(parts) == 1 and isinstance(parts[0], dict):
            reference = cast("Node", parts[0]).get("$ref")
        elif parts:
            return None
        if not isinstance(reference, str):
            return None
        resolved({"$ref": reference}, self._document)
        key = key_of(reference)
        return key if reference.startswith(REFERENCE) and key in self._components else None

    def _referred(self, node: Node, key: str, use: Use) -> Lowered:
        """Write a reference to a class, or what it leads to if that is none."""
        found = cast("Node", self._components[key])
        beside = {name: value for name, value in node.items() if name not in ("$ref", "allOf")}
        home = Use(("components", "schemas", key), "", key, use.is_property, use.is_part)
        null = node.get("nullable") is True
        if key in self._class_of:
            lowered = self._class(whole(found, self._document), home, self._class_of[key])
            return Lowered({**lowered.node, **said_of(beside)}, lowered.may_be_null or null)
        if id(found) in self._open:
            self._notes.note(use.keys, "a schema that holds itself and is no object is read as any value")
            return Lowered(ANY)
        self._open.append(id(found))
        try:
            lowered = self.write(found, home)
        finally:
            self._open.pop()
        kept = {name: value for name, value in lowered.node.items() if name != "description"}
        return Lowered({**kept, **said_of({**found, **beside})}, lowered.may_be_null or null)

    def _of_whole(self, flat: Node, identity: int, use: Use) -> Lowered:
        """Write a schema that stands here, and says everything itself."""
        if identity in self._known:
            return self._known[identity]
        kind, said, null = shape(flat, self._document), said_of(flat), may_be_null(flat)
        if kind == "union":
            lowered = self._union(flat, use)
            return Lowered({**lowered.node, **said}, lowered.may_be_null or null)
        if kind in ("object", "enum"):
            lowered = self._class(flat, use, self.names.free(joined(use.parent, use.name) if use.parent else use.name))
            said.pop("x-lenient", None)
            self._known[identity] = Lowered({**lowered.node, **said}, null)
            return self._known[identity]
        if kind == "plain":
            return Lowered({**enumeration(flat).node, **said}, null)
        if kind == "array":
            if "items" not in flat:
                self._notes.note(use.keys, "an array that does not say what its items are holds any values")
            items = self.write(flat.get("items"), use.below("item", "items"))
            return Lowered({"type": "array", "items": self._with_null(items, use), **said}, null)
        return Lowered({**self._scalar(flat, kind, use), **said}, null)

    def _scalar(self, flat: Node, kind: str, use: Use) -> Node:
        form = str(flat.get("format", ""))
        if kind not in ("string", "integer", "number", "boolean", "null", "any"):
            self._notes.refuse(use.keys, f"the type {kind}", "write one of JSON's types")
        if kind not in ("string", "integer", "number", "boolean", "null"):
            return {}
        if form == "decimal" and kind == "string" and not use.is_property:
            what = "a decimal elsewhere than as a property, in a map, or as the items of an array there"
            self._notes.refuse(use.keys, what, "write a string of no format, or an object that holds it")
        if form == "binary" and kind == "string" and use.is_part:
            return {"type": kind, "format": form}
        if form and FORMATS.get(form) != kind and (form not in PLAIN_FORMATS or form in FORMATS):
            self._notes.formats.setdefault(form, use.keys)
        return {"type": kind, "format": form} if FORMATS.get(form) == kind else {"type": kind}

    def _class(self, flat: Node, use: Use, name: str) -> Lowered:
        """Refer to the class of an object or an enumeration, and write it once."""
        if name not in self.classes:
            self.classes[name] = {}
            if shape(flat, self._document) == "enum":
                self.classes[name] = {**enumeration(flat).node, **said_of(flat)}
            else:
                self._waiting.append((name, flat, use))
        return Lowered(reference_to(name), may_be_null(flat))

    def _union(self, flat: Node, use: Use) -> Lowered:
        told = told_members(flat, use, self._document)
        other = self._other(flat, [node for node, _ in told], use)
        lowered = union([self.write(node, place) for node, place in told], has_other=bool(other))
        if "anyOf" in lowered.node:
            return Lowered({"anyOf": [*lowered.node["anyOf"], *other]}, lowered.may_be_null)
        return lowered

    def _other(self, flat: Node, told: list[Node], use: Use) -> list[Node]:
        """The member for what a discriminator does not know; none without a discriminator."""
        discriminator = mapped(flat, "discriminator")
        wire = discriminator.get("propertyName")
        if not isinstance(wire, str):
            return []
        keys = [key for node in told if (key := self._component(node)) is not None and key in self._class_of]
        if not keys or len(keys) < len(told) or not is_plain(wire):
            self._notes.note(use.keys, "a discriminator of others than objects of components is passed over")
            return []
        if id(discriminator) not in self._others:
            self._others[id(discriminator)] = name = self.names.free(f"Other{joined(use.parent, use.name)}")
            kinds = known_kinds(discriminator, keys)
            self.classes[name] = other_class(wire, kinds, lambda key: self.names.module(self._class_of[key]))
        return [reference_to(self._others[id(discriminator)])]

    def _fill(self, name: str, flat: Node, use: Use) -> None:
        """Write the properties of a class."""
        final = self.names.final(name)
        wanted = [str(each) for each in listed(flat, "required")]
        attributes, properties = Names(USED_ATTRIBUTES), dict[str, Node]()
        required: list[str] = []
        for key, held in mapped(flat, "properties").items():
            wire = str(key)
            owner = self._owners.get(id(held), final)
            place = Use((*use.keys, "properties", wire), owner, wire, is_property=True, is_part=use.is_part)
            lowered = self.write(held, place)
            node = dict(lowered.node)
            if flat.get(PERSONAL) is True or is_personal(held, self._document):
                node[PERSONAL] = True
            shown = wire if is_plain(wire) else plain(wire)
            made = attributes.free(attribute(shown))
            prepared = shown if made == attribute(shown) and shown not in properties else made
            if prepared != wire:
                node["x-wire-name"] = json.dumps(wire)
            if wire in wanted:
                required.append(prepared)
                node = self._with_null(Lowered(node, lowered.may_be_null), place)
            self._note_hidden(name, prepared, held)
            properties[prepared] = node
        for missing in sorted({*wanted} - {str(key) for key in mapped(flat, "properties")}):
            self._notes.note(use.keys, f"a required property that no schema describes is not asked for: {missing}")
        self.classes[name] = {
            "type": "object",
            **({"properties": properties} if properties else {}),
            **({"required": required} if required else {}),
            **self._map(flat, use, final),
            **said_of(flat),
        }

    def _with_null(self, lowered: Lowered, use: Use) -> Node:
        """Say of a schema itself that it may be null: of a decimal, that can't be said."""
        inner = lowered.node
        while inner.get("type") == "array":
            inner = mapped(inner, "items")
        if lowered.may_be_null and inner.get("format") == "decimal":
            self._notes.refuse(use.keys, "a decimal that may be null", "let it be left out, or hold it in an object")
        return with_null(lowered)

    def _note_hidden(self, name: str, prepared: str, held: object) -> None:
        node = target(held, self._document)
        for keyword in ("readOnly", "writeOnly"):
            if node.get(keyword) is True or (isinstance(held, dict) and cast("Node", held).get(keyword) is True):
                self.hidden.append(Hidden(name, prepared, keyword))

    def _map(self, flat: Node, use: Use, parent: str) -> Node:
        """What properties that are not named may be."""
        rest = flat.get("additionalProperties")
        if "patternProperties" in flat:
            self._notes.note((*use.keys, "patternProperties"), "properties by patterns are read as any values")
            rest = True
        if isinstance(rest, dict) and rest:
            place = Use((*use.keys, "additionalProperties"), parent, "AdditionalProperty", is_property=True)
            return {"additionalProperties": self._with_null(self.write(cast("Node", rest), place), place)}
        return {} if rest is None else {"additionalProperties": rest}
