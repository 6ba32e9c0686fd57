"""Say the parameters of an operation in the few words that the generator knows: in the path, or in the query."""

import json
import re
from typing import Any, NamedTuple, cast

from tools.generate.lowered import Use
from tools.generate.media import chosen
from tools.generate.names import USED_ARGUMENTS, Names, identifier
from tools.generate.notes import Notes
from tools.generate.openapi_keywords import listed, mapped
from tools.generate.prepare_schemas import SchemaWriter
from tools.openapi_parts import DocumentError, Keys, Node, resolved

# OpenAPI has header parameters of these names ignored.
IGNORED_HEADERS = {"accept", "authorization", "content-type"}
STYLES = {"path": "simple", "query": "form", "header": "simple"}
DELIMITERS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
PIECE = re.compile(r"\{([^{}]*)\}")
# What x-pagination explains is called by what it means, whatever the API calls it: a correction there stays there.
MEANINGS = {"page": "page", "perPage": "per_page"}


class Argument(NamedTuple):
    """What a parameter of the prepared document stands for."""

    wire: str
    place: str
    description: str
    style: str
    """How an array or an object is written: `repeated`, `deepObject`, `json`, or with a delimiter."""


class Found(NamedTuple):
    """A parameter of the document, and where it stands."""

    node: Node
    keys: Keys
    place: str
    wire: str


class ParameterWriter:
    """Writes the parameters of operations anew.

    Args:
        document: The document as it came.
        schemas: Writes the schemas.
        notes: Takes what is passed over, and what can't be expressed.
    """

    def __init__(self, document: Node, schemas: SchemaWriter, notes: Notes) -> None:
        self._document = document
        self._schemas = schemas
        self._notes = notes
        self.sent: list[Node] = []

    def found(self, item: Node, operation: Node, keys: Keys) -> list[Found]:
        """List the parameters of an operation that are sent, those of its path behind its own."""
        parameters: dict[tuple[str, str], Found] = {}
        for held, above in ((operation, keys), (item, keys[:2])):
            for index, node in enumerate(listed(held, "parameters")):
                at = (*above, "parameters", index)
                try:
                    parameter = resolved(node, self._document)
                except DocumentError as error:
                    self._notes.refuse(at, str(error), "correct the reference")
                    continue
                place, wire = str(parameter.get("in")), str(parameter.get("name"))
                parameters.setdefault((place, wire), Found(parameter, at, place, wire))
        pieces = PIECE.findall(str(keys[1]))
        for piece in pieces:
            if ("path", piece) not in parameters:
                self._notes.note(keys, f"a piece of the path that is no parameter is a text ({piece})")
                parameters["path", piece] = Found({"schema": {"type": "string"}}, keys, "path", piece)
        sent = [each for each in parameters.values() if not self._is_left_out(each, pieces)]
        return sorted(sent, key=lambda each: list(STYLES).index(each.place))

    def write(self, found: list[Found], name: str, paging: dict[str, str]) -> tuple[list[Node], dict[str, Argument]]:
        """Return parameters for the generator, called as the arguments of the operation will be, and what they are.

        Args:
            found: The parameters.
            name: The operation.
            paging: What x-pagination of its response says.
        """
        meanings = {paging[key]: meaning for key, meaning in MEANINGS.items() if key in paging}
        names = Names({*USED_ARGUMENTS, *meanings.values()})
        made: list[Node] = []
        arguments: dict[str, Argument] = {}
        for each in found:
            wanted = identifier(each.wire)
            if wanted in arguments or wanted in USED_ARGUMENTS:
                wanted = f"{wanted}_{each.place}"
            meaning = meanings.get(each.wire) if each.place == "query" else None
            called = meaning or names.free(wanted)
            schema = self._schema(each, Use((*each.keys, "schema"), name, called))
            required = each.place == "path" or (each.place == "query" and each.node.get("required") is True)
            sent = "path" if each.place == "path" else "query"
            made.append({"name": called, "in": sent, "required": required, "schema": schema})
            arguments[called] = Argument(each.wire, each.place, self._description(each), self._style(each))
        self.sent += [each["schema"] for each in made]
        return made, arguments

    def _is_left_out(self, found: Found, pieces: list[str]) -> bool:
        notes = {
            "a header parameter that OpenAPI has ignored": (
                found.place == "header" and found.wire.lower() in IGNORED_HEADERS
            ),
            "a cookie, left to what sends the request": found.place == "cookie",
            "a path parameter that is nowhere in the path": found.place == "path" and found.wire not in pieces,
        }
        for text, there in notes.items():
            if there:
                self._notes.note(found.keys, f"{text}: {found.wire}")
        if found.place not in (*STYLES, "cookie"):
            self._notes.refuse(found.keys, f"a parameter in {found.place}", "write path, query or header")
        return any(notes.values()) or found.place not in STYLES

    def _style(self, found: Found) -> str:
        parameter, place = found.node, found.place
        style = str(parameter.get("style", STYLES[place]))
        if "content" in parameter:
            return "json"
        if style == "deepObject":
            return style
        if style not in DELIMITERS:
            self._notes.refuse(found.keys, f"the style {style} of a parameter", "write the style that is the default")
        is_repeated = place == "query" and style == "form" and parameter.get("explode") is not False
        return "repeated" if is_repeated else DELIMITERS.get(style, ",")

    def _schema(self, found: Found, use: Use) -> Node:
        """The type of an argument: None is none of its values, since it leaves out the parameter."""
        schema: object = found.node.get("schema", {"type": "string"})
        for media_type, held in mapped(found.node, "content").items():
            schema = cast("Node", held).get("schema", True) if isinstance(held, dict) else True
            if chosen({media_type: held}).kind != "json":
                self._notes.refuse(found.keys, f"a parameter that is {media_type}", "write a schema in its place")
        lowered = self._schemas.write(schema, use)
        kept = {"$ref", "type", "format", "items", "anyOf"}
        return {key: value for key, value in lowered.node.items() if key in kept}

    def _description(self, found: Found) -> str:
        parameter, schema = found.node, mapped(found.node, "schema")
        described: Any = parameter.get("description") or schema.get("description")
        said = [str(described).rstrip()] if described else []
        if parameter.get("deprecated") is True or schema.get("deprecated") is True:
            said.append("Deprecated.")
        if schema.get("default") is not None:
            said.append(f"Default: {json.dumps(schema['default'], ensure_ascii=False, default=str)}.")
        return " ".join(said)
