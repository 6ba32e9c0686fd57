"""Name what neither the generator nor our templates see in a document, so that it is refused rather than dropped.

What the templates do see and can't express they refuse themselves. This is what never reaches them. docs/templates.md
has the table.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from openapi_python_client.parser.openapi import generate_operation_id
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonIdentifier

from tools.generate.openapi_keywords import Place, listed, malformed, mapped, places, unknown_keywords
from tools.generate.prepare import prepared
from tools.generate.unsupported_schemas import is_printable, of_a_schema
from tools.openapi_parts import Keys, Node, operations, target

# The only style of each place that a request is written in.
STYLES = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}
# What the generator can send and our templates can't, as it calls them.
BODIES = {
    "application/octet-stream": "content",
    "application/x-www-form-urlencoded": "data",
    "multipart/form-data": "files",
}
# The one union that a parameter may be: each of these, and texts alone.
MOMENTS = {"date", "date-time"}
# OpenAPI has parameters of these names ignored.
IGNORED_HEADERS = {"accept", "authorization", "content-type"}
# A path that stands in a URL as it stands in the document, once its parameters are filled in.
PATH = re.compile(r"(?:/(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+", re.ASCII)
DOT_SEGMENTS = frozenset({".", ".."})
PAGINATION = {"page", "perPage", "items", "totalItems", "totalPages"}


class Fault(NamedTuple):
    """What would be dropped in silence, and where it stands."""

    keys: Keys
    text: str


def unsupported(document: Node) -> Iterator[Fault]:
    """Find what would be dropped in silence."""
    if not isinstance(document, dict):  # pyright: ignore[reportUnnecessaryIsInstance] # YAML may be anything
        yield Fault((), "the document is no object")
        return
    broken = [(place, what) for place in places(document) for what in malformed(place)]
    yield from (_fault(place, what) for place, what in broken)
    if broken:
        return
    document = prepared(document)
    for place in places(document):
        found = [*unknown_keywords(place)]
        if place.kind == "schema":
            found += of_a_schema(place, document)
        elif place.kind in ("request body", "response") and "$ref" not in place.node:
            found += _of_content(place)
        yield from (_fault(place, what) for what in found)
    yield from _operations(document)


def _fault(place: Place, what: str) -> Fault:
    return Fault(place.keys, f"custom_templates do not support {what}, at {place}")


def _of_content(place: Place) -> Iterator[str]:
    content = mapped(place.node, "content")
    if len(content) > 1:
        yield f"several media types of one {place.kind}"
    for media_type, held in content.items():
        if "schema" not in held:
            yield f"a media type, {media_type}, without a schema"
    if place.kind == "request body" and place.node.get("required") is not True:
        yield "an optional request body"


def _operations(document: Node) -> Iterator[Fault]:
    named: dict[str, list[Place]] = defaultdict(list)
    modules: dict[str, list[Place]] = defaultdict(list)
    securities: dict[str, list[Place]] = defaultdict(list)
    for keys, item, operation in operations(document):
        place = Place("operation", keys, operation)
        path, method = str(keys[1]), str(keys[2])
        named[str(operation.get("operationId", f"{method} {path}"))].append(place)
        modules[_module(path, method, operation)].append(place)
        securities[repr(operation.get("security", document.get("security", [])))].append(place)
        found = [*_of_an_operation(path, operation), *_of_parameters(path, item, operation, document)]
        found += _of_bodies(operation, document)
        for what, where in found:
            yield Fault(keys, f"custom_templates do not support {what}, at {place}{where}")
    for name, same in named.items():
        if len(same) > 1:
            yield Fault(same[1].keys, f"one operationId, {name}, for several operations: {', '.join(map(str, same))}")
    for name, same in modules.items():
        if len({str(place.node.get("operationId", place)) for place in same}) > 1:
            yield Fault(same[1].keys, f"one module, {name}, for several operations: {', '.join(map(str, same))}")
    if len(securities) > 1:
        firsts = [same[0] for same in securities.values()]
        yield Fault(
            firsts[1].keys,
            f"custom_templates do not support operations that differ in security, at {', '.join(map(str, firsts))}",
        )


def _module(path: str, method: str, operation: Node) -> str:
    """The module that an operation becomes; its tag does not matter."""
    identifier = operation.get("operationId")
    if identifier is None:
        name = generate_operation_id(path=UntrustedString(path), method=method, prefix="field_")
    else:
        name = PythonIdentifier(str(identifier), "field_")
    return f"{name}.py"


def _of_an_operation(path: str, operation: Node) -> Iterator[tuple[str, str]]:
    if len(listed(operation, "tags")) > 1:
        yield "several tags of one operation", ""
    if PATH.fullmatch(re.sub(r"\{[^}]*\}", "_", path)) is None or not DOT_SEGMENTS.isdisjoint(path.split("/")):
        yield "such a path", ""
    statuses = [str(status) for status in mapped(operation, "responses")]
    if not any(status.startswith("2") or status == "default" for status in statuses):
        yield "an operation without a success", ""


def _of_bodies(operation: Node, document: Node) -> Iterator[tuple[str, str]]:
    for media_type in mapped(target(mapped(operation, "requestBody"), document), "content"):
        if (kind := BODIES.get(_plain(media_type))) is not None:
            yield f"a request body that is {kind}", ""
    for status, node in mapped(operation, "responses").items():
        if str(status) == "default":
            yield "a default response", ""
        elif str(status)[1:].upper() == "XX":
            yield f"the status range {status}", ""
        kinds = {_plain(media_type) for media_type in mapped(target(node, document), "content")}
        texts = {kind for kind in kinds if kind.startswith("text/") or kind == "application/octet-stream"}
        if str(status).startswith("2") and texts:
            yield f"a success that is not JSON ({', '.join(sorted(texts))})", f": {status}"


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _of_parameters(path: str, item: Node, operation: Node, document: Node) -> Iterator[tuple[str, str]]:
    own = [target(node, document) for node in listed(operation, "parameters")]
    known = [(node.get("name"), node.get("in")) for node in own]
    shared = [target(node, document) for node in listed(item, "parameters")]
    parameters = own + [node for node in shared if (node.get("name"), node.get("in")) not in known]
    for parameter in parameters:
        for what in _of_a_parameter(parameter, document):
            yield what, f": {parameter.get('name')}"
    in_path = {str(parameter.get("name")) for parameter in parameters if parameter.get("in") == "path"}
    for name in sorted(set(re.findall(r"\{([^}]*)\}", path)) - in_path):
        yield "a piece of the path that is no parameter", f": {name}"
    in_query = {str(parameter.get("name")) for parameter in parameters if parameter.get("in") == "query"}
    for status, node in mapped(operation, "responses").items():
        response = target(node, document)
        if "x-pagination" in response:
            for what in _of_pagination(response, in_query, document):
                yield what, f": {status}"


def _of_a_parameter(parameter: Node, document: Node) -> Iterator[str]:
    place, name = str(parameter.get("in")), str(parameter.get("name"))
    schema = target(mapped(parameter, "schema"), document)
    items = target(mapped(schema, "items"), document)
    is_array = schema.get("type") == "array"
    style = parameter.get("style", STYLES.get(place))
    faults = {
        "a cookie as parameter": place == "cookie",
        "a parameter with a media type": "content" in parameter,
        "a parameter without a schema": not {"content", "schema"} & set(parameter),
        f"the style {style} of a parameter": style != STYLES.get(place),
        f"an array as {place} parameter": is_array and place != "query",
        "explode: false of an array": is_array and parameter.get("explode") is False,
        "an array of arrays as parameter": is_array and items.get("type") == "array",
        "an object as parameter": schema.get("type") == "object" or bool({"properties", "allOf"} & set(schema)),
        "a path parameter that is not required": place == "path" and parameter.get("required") is not True,
        "a header that OpenAPI has ignored": place == "header" and name.lower() in IGNORED_HEADERS,
        "a parameter name with invisible characters": not is_printable(name),
    }
    yield from (what for what, there in faults.items() if there)
    held = items if is_array else schema
    if not any(faults.values()) and (kind := _kind(held, document)) is not None:
        yield f"a parameter that is {kind}"


def _kind(schema: Node, document: Node) -> str | None:
    """What a parameter, or an item of one, would be that can't be written; None where it can."""
    members = [target(each, document) for key in ("anyOf", "oneOf") for each in listed(schema, key)]
    told = schema.get("type")
    kinds: list[Any] = [] if told is None else listed(schema, "type") or [told]
    may_be_null = schema.get("nullable") is True or None in listed(schema, "enum")
    is_choice = len(members) > 1 and {str(each.get("format")) for each in members} != MOMENTS
    refused = {
        "union": len(kinds) > 1 or may_be_null or is_choice,
        "uuid": schema.get("format") == "uuid",
        "model": "object" in kinds or "properties" in schema,
        "any": not kinds and not members and "enum" not in schema,
        "none": kinds == ["null"],
    }
    return next((kind for kind, there in refused.items() if there), None)


def _of_pagination(response: Node, in_query: set[str], document: Node) -> Iterator[str]:
    names: Any = response["x-pagination"]
    if not isinstance(names, dict) or not set(cast("Node", names)) <= PAGINATION:
        yield f"an x-pagination of other keys than {', '.join(sorted(PAGINATION))}"
        return
    for media in mapped(response, "content").values():
        properties = mapped(target(mapped(media, "schema"), document), "properties")
        for key, name in cast("dict[str, str]", names).items():
            if str(name) not in (in_query if key in ("page", "perPage") else properties):
                yield f"an x-pagination whose {key}, {name}, is not there"
