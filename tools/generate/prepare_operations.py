"""Say each operation in the few words that the generator knows, and the rest as facts for the templates."""

import re
from typing import Any, NamedTuple, cast
from urllib.parse import quote

from tools.generate.lowered import Use, with_null
from tools.generate.media import Media, chosen
from tools.generate.names import USED_ARGUMENTS, Names, identifier
from tools.generate.notes import Notes
from tools.generate.openapi_keywords import mapped
from tools.generate.prepare_parameters import MEANINGS, PIECE, Argument, Found, ParameterWriter
from tools.generate.prepare_schemas import SchemaWriter
from tools.openapi_parts import METHODS, DocumentError, Keys, Node, resolved

PAGINATION = {"page", "perPage", "items", "totalItems", "totalPages"}
# A path that stands in a URL as it stands in the document, once its parameters are filled in.
PATH = re.compile(r"(?:/(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+", re.ASCII)
SAFE = "/%:@!$&'()*+,;=~"
DOT_SEGMENTS = frozenset({".", ".."})
STATUS = re.compile(r"[1-5][0-9]{2}|[1-5]XX|default")
# Responses that have no body, whatever the document says.
EMPTY = frozenset({"204", "205", "304"})
JSON = "application/json"
ERRORS = "application/json, application/problem+json"


class Facts(NamedTuple):
    """What the templates have to know of an operation beside the prepared document."""

    path: str
    """The path with its arguments, without what follows a `#`: that is never sent."""
    arguments: dict[str, Argument]
    body: Media | None
    body_is_optional: bool
    reads: dict[str, str]
    """How a response is read, by status: `json`, `text`, `bytes` or `none`."""
    accept: str
    """The media types of the successes that are not JSON, and those of errors; empty where there are no such."""
    remarks: list[str]


class Answer(NamedTuple):
    """A response for the generator, how it is read, and its media type."""

    node: Node
    kind: str = "none"
    media_type: str = ""


class OperationWriter:
    """Writes the operations of a document anew.

    Args:
        document: The document as it came.
        schemas: Writes the schemas.
        notes: Takes what is passed over, and what can't be expressed.
    """

    def __init__(self, document: Node, schemas: SchemaWriter, notes: Notes) -> None:
        self._document = document
        self._schemas = schemas
        self._notes = notes
        self._names = Names(USED_ARGUMENTS)
        self._parameters = ParameterWriter(document, schemas, notes)
        self._securities = self._differing_securities()
        self.facts: dict[tuple[str, str], Facts] = {}
        self.sent = self._parameters.sent
        self.received: list[Node] = []
        self.pages: dict[str, Node] = {}

    def paths(self) -> Node:
        """Return all paths."""
        made: Node = {}
        for path, node in mapped(self._document, "paths").items():
            item = self._at(node, ("paths", path)) if not str(path).startswith("x-") else {}
            for method in sorted(METHODS & item.keys()):
                self._operation(("paths", path, method), item, made)
        return made

    def _at(self, node: object, keys: Keys) -> Node:
        try:
            return resolved(node, self._document)
        except DocumentError as error:
            self._notes.refuse(keys, str(error), "correct the reference")
            return {}

    def _differing_securities(self) -> dict[str, str]:
        """What each requirement says, if operations differ in it: the client authenticates in one way."""
        said: dict[str, str] = {}
        for item in mapped(self._document, "paths").values():
            for method in METHODS & item.keys() if isinstance(item, dict) else ():
                required = self._security(mapped(cast("Node", item), method))
                said[repr(required)] = _security(required)
        return said if len(said) > 1 else {}

    def _security(self, operation: Node) -> Any:
        return operation.get("security", self._document.get("security", []))

    def _operation(self, keys: Keys, item: Node, made: Node) -> None:
        path, method = str(keys[1]), str(keys[2])
        operation = mapped(item, method)
        plain = quote(PIECE.sub("_", path), safe=SAFE)
        if PATH.fullmatch(plain) is None or "?" in path or not DOT_SEGMENTS.isdisjoint(plain.split("/")):
            self._notes.refuse(keys, "such a path", "begin it with /, and leave out the segments . and .., and ?")
            return
        if "#" in path:
            self._notes.note(keys, "what follows # in a path is not sent")
        name = self._name(operation, keys)
        found = self._parameters.found(item, operation, keys)
        paging = self._paging(operation, keys, found)
        parameters, arguments = self._parameters.write(found, name, paging)
        prepared: Node = {"operationId": name, "parameters": parameters}
        prepared |= {key: str(operation[key]) for key in ("summary", "description") if operation.get(key)}
        remarks = ["Deprecated."] if operation.get("deprecated") is True else []
        if self._securities:
            remarks.append(self._securities[repr(self._security(operation))])
        body, is_optional = self._body(operation, name, keys, prepared)
        answers = self._answers(operation, name, keys, remarks)
        prepared["responses"] = {code: answer.node for code, answer in answers.items()}
        accepted = dict.fromkeys(answer.media_type for answer in answers.values() if answer.media_type)
        named = {argument.wire: called for called, argument in arguments.items() if argument.place == "path"}
        sent = "".join(
            f"{{{named.get(part[1:-1], part[1:-1])}}}" if part.startswith("{") else quote(part, safe=SAFE)
            for part in re.split(r"(\{[^{}]*\})", path)
        )
        if method in made.get(sent, {}):
            self._notes.refuse(keys, "two paths that differ in the names of their pieces alone", "leave one out")
        made.setdefault(sent, {})[method] = prepared
        self.facts[method, sent] = Facts(
            path=sent.partition("%23")[0],
            arguments=arguments,
            body=body,
            body_is_optional=is_optional,
            reads={code: answer.kind for code, answer in answers.items()},
            accept=", ".join([*accepted, ERRORS]) if accepted else "",
            remarks=remarks,
        )

    def _name(self, operation: Node, keys: Keys) -> str:
        _, path, method = map(str, keys)
        told = operation.get("operationId")
        pieces = path.replace("{", "").replace("}", "").strip("/").replace("/", "_")
        wanted = identifier(str(told) if told else f"{method}_{pieces}")
        name = self._names.free(wanted)
        if name != wanted:
            self._notes.note(keys, f"another operation, or the module itself, has the name {wanted}: this is {name}")
        return name

    def _paging(self, operation: Node, keys: Keys, found: list[Found]) -> dict[str, str]:
        """What x-pagination of a response says, if it is right."""
        in_query = {each.wire for each in found if each.place == "query"}
        for status, node in mapped(operation, "responses").items():
            at = (*keys, "responses", status)
            response = self._at(node, at)
            if "x-pagination" not in response:
                continue
            names = mapped(response, "x-pagination")
            if not names or not set(names) <= PAGINATION:
                known = ", ".join(sorted(PAGINATION))
                self._notes.refuse(at, f"an x-pagination of other keys than {known}", "name these")
                return {}
            for media in mapped(response, "content").values():
                properties = mapped(self._at(mapped(media, "schema"), at), "properties")
                for key, name in names.items():
                    if str(name) not in (in_query if key in MEANINGS else properties):
                        self._notes.refuse(at, f"an x-pagination whose {key}, {name}, is not there", "correct the name")
            return {str(key): str(name) for key, name in names.items()}
        return {}

    def _body(self, operation: Node, name: str, keys: Keys, prepared: Node) -> tuple[Media | None, bool]:
        at: Keys = (*keys, "requestBody")
        body = self._at(operation.get("requestBody", {}), at)
        content = mapped(body, "content")
        if not content:
            return None, False
        media = chosen(content)
        if len(content) > 1:
            self._notes.note(at, "of several media types of a request body one is sent, JSON if it is among them")
        node: Node = {"type": "string", **({"format": "binary"} if media.kind == "bytes" else {})}
        if media.kind not in ("text", "bytes"):
            use = Use((*at, "content", media.key, "schema"), name, "body", is_part=media.kind == "multipart")
            node = with_null(self._schemas.write(mapped(content, media.key).get("schema"), use))
            # A form that is no object can't be told in types.
            node = node if media.kind == "json" or "$ref" in node else {}
        self.sent.append(node)
        prepared["requestBody"] = {"required": True, "content": {JSON: {"schema": node}}}
        return media, body.get("required") is not True

    def _answers(self, operation: Node, name: str, keys: Keys, remarks: list[str]) -> dict[str, Answer]:
        """The responses by status. Without a success among them, any is one: that of `default`, if there is one."""
        answers: dict[str, Answer] = {}
        for status, node in mapped(operation, "responses").items():
            at = (*keys, "responses", status)
            code = str(status).upper() if str(status) != "default" else str(status)
            if STATUS.fullmatch(code) is not None:
                answers[code] = self._answer(self._at(node, at), code, name, at)
            elif not code.startswith("X-"):
                self._notes.refuse(at, f"the status {status}", "write a number, a range such as 4XX, or default")
        if not any(code.startswith("2") for code in answers):
            if "default" not in answers:
                remarks.append("The specification describes no success: what its body says is passed over.")
            answers["2XX"] = answers.get("default", Answer({"description": ""}))
        if answers.get("default", Answer({})).kind != "json" and "default" in answers:
            answers["default"] = Answer({"description": ""})
        return answers

    def _answer(self, response: Node, code: str, name: str, at: Keys) -> Answer:
        content = mapped(response, "content")
        nothing: Node = {"description": ""}
        if not content or code in EMPTY:
            return Answer(nothing)
        media = chosen(content)
        is_success = code.startswith("2") or code == "default"
        if len(content) > 1 and is_success:
            self._notes.note(at, "of several media types of a response one is read, JSON if it is among them")
        held = mapped(content, media.key)
        kind = media.kind if media.kind in ("json", "text") else "bytes"
        if kind == "json" and mapped(held, "schema").get("format") == "binary":
            kind = "bytes"
        if kind == "json":
            use = Use((*at, "content", media.key, "schema"), name, f"response_{code}")
            lowered = self._schemas.write(held.get("schema"), use)
            self.received.append(lowered.node)
            if "x-pagination" in response and "$ref" in lowered.node:
                self.pages[str(lowered.node["$ref"])] = mapped(response, "x-pagination")
            return Answer(nothing | {"content": {JSON: {"schema": with_null(lowered)}}}, kind)
        if not is_success:
            return Answer(nothing)
        return Answer(nothing | {"content": {JSON: {"schema": {"type": "string"}}}}, kind, media.key)


def _security(required: Any) -> str:
    if not required:
        return "Needs no authentication."
    ways: list[str] = []
    for each in cast("list[dict[str, list[str]]]", required):
        schemes = [f"{name} ({', '.join(scopes)})" if scopes else str(name) for name, scopes in each.items()]
        ways.append(" and ".join(schemes) or "nothing")
    return f"Authentication: {' or '.join(ways)}."
