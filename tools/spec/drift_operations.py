"""Compare two documents: the operations that have been matched, and what goes in and out of them."""

import re
from collections.abc import Mapping

from tools.generate.openapi_keywords import listed, mapped
from tools.openapi_parts import DocumentError, Node, resolved
from tools.spec.drift_findings import Comparison, Finding, Kind, Place
from tools.spec.drift_likeness import renamings
from tools.spec.drift_matching import Match, Operation, match, operations_of, url_of
from tools.spec.drift_schemas import SchemaComparison, json_schema
from tools.spec.drift_shapes import Shapes
from tools.spec.parts import Part, parts

_Name = tuple[str, str]
# OpenAPI ignores header parameters of these names.
_NO_PARAMETERS = {"accept", "authorization", "content-type"}
_SHOWN_OPERATIONS = 5
# How a note says that the part is known less well than its tag.
_DOUBT = re.compile(
    r"\b(infer|unknown|not known|hides? the name|for a sibling|gives the name alone|says? .*not whether)"
)


def compare(ours: Node, theirs: Node, *, name: str) -> Comparison:
    """Compare our document with the provider's file, as far as our operations go."""
    there = operations_of(theirs)
    matches = match(operations_of(ours), there)
    if all(each.theirs is None for each in matches):
        shown = ", ".join(each.id or each.place for each in there[:_SHOWN_OPERATIONS]) or "none at all"
        raise DocumentError(f"{name} has none of our operations. It has {len(there)}: {shown}, …")
    found: dict[Finding, None] = {}
    tagged = list(parts(ours))
    comparison = OperationComparison(
        Shapes(ours), Shapes(theirs), {id(part.node): part for part in tagged}, found.setdefault
    )
    comparison.servers()
    for each in matches:
        comparison.compare(each)
    # A part of which everything is confirmed, wherever it is used.
    confirmed = {each.place.keys for each in found if each.kind is Kind.CONFIRMED}
    confirmed -= {each.place.keys for each in found if each.hinders}
    publishable: list[Part] = []
    settled: list[Part] = []
    for part in tagged:
        if part.keys in confirmed and part.node.get("x-provenance") == "inferred":
            publishable.append(part)
        elif part.keys in confirmed and _DOUBT.search(str(part.node.get("x-provenance-note") or "")):
            settled.append(part)
    version = str(theirs.get("openapi"))
    return Comparison(version, len(there), tuple(matches), tuple(found), tuple(publishable), tuple(settled))


class OperationComparison(SchemaComparison):
    """Compares operations, and the schemas that they lead to."""

    def compare(self, match: Match) -> None:
        """Compare one of our operations with what was found for it."""
        ours, theirs = match.ours, match.theirs
        place = self._place(ours.node, ours.id or ours.place)
        if theirs is None:
            self._say(Kind.CONTRADICTED, place, "operation", theirs="is not in the provider's file")
            return
        if ours.places.isdisjoint(theirs.places):
            self._say(Kind.CONTRADICTED, place, "method and path", ours.place, theirs.place)
        else:
            self._say(Kind.CONFIRMED, place, "method and path", ours.place)
        if theirs.id:
            self._say(Kind.CONFIRMED if theirs.id == ours.id else Kind.NAMED, place, "operationId", ours.id, theirs.id)
        self._parameters(place, ours, theirs)
        self._body(place, ours, theirs)
        self._responses(place, ours, theirs)

    def servers(self) -> None:
        """Compare the servers."""
        theirs = {_origin(each) for each in listed(self._theirs.document, "servers")}
        for server in listed(self._ours.document, "servers"):
            origin = _origin(server)
            kind = Kind.CONFIRMED if origin in theirs else Kind.SILENT
            self._say(kind, self._place(server, origin), "server", origin)

    def _place(self, node: Node, subject: str, around: Place | None = None) -> Place:
        part = self._parts.get(id(node))
        return Place(part.keys if part else around.keys if around else (), subject)

    def _parameters(self, operation: Place, ours: Operation, theirs: Operation) -> None:
        mine, others = _parameters(ours, self._ours.document), _parameters(theirs, self._theirs.document)
        others = _by_position(ours.path, theirs.path, others)
        likely = self._likely(mine, others)
        for key, node in mine.items():
            where, name = key[0], str(node.get("name"))
            place = self._place(node, f"{operation.subject}({name})", operation)
            there = likely.get(key, key)
            other = others.get(there)
            if other is None:
                # Headers that a gateway takes are often left out.
                kind = Kind.SILENT if where == "header" else Kind.CONTRADICTED
                self._say(kind, place, f"{where} parameter", theirs="is not in the provider's file")
                continue
            if key in likely:
                shown = f"{there[1]} in {there[0]} (by its likeness)"
                self._say(Kind.CONTRADICTED, place, "name", f"{name} in {where}", shown)
            elif where == "path" and other.get("name") != name:
                self._say(Kind.NAMED, place, "name", name, str(other.get("name")))
            else:
                self._say(Kind.CONFIRMED, place, "name", f"{name} in {where}")
            self._parameter(place, node, other)
        for key, other in others.items():
            if key not in mine and key not in likely.values():
                name = str(other.get("name"))
                self._added(
                    operation, f"{key[0]} parameter", name, _schema(other), demanded=bool(other.get("required"))
                )

    def _likely(self, mine: Mapping[_Name, Node], others: Mapping[_Name, Node]) -> dict[_Name, _Name]:
        """Our parameters that are there under another name, or in another place."""
        found: dict[_Name, _Name] = {}
        gone, come = [key for key in mine if key not in others], [key for key in others if key not in mine]
        for key in gone:
            moved = [each for each in come if each[1].lower() == key[1].lower()]
            if len(moved) == 1:
                found[key] = moved[0]
        left = {name: _schema(mine[where, name]) for where, name in gone if (where, name) not in found}
        rest = {key[1]: key for key in come if key not in found.values()}
        alike = renamings(left, {name: _schema(others[key]) for name, key in rest.items()}, self._ours, self._theirs)
        return found | {key: rest[alike[key[1]]] for key in gone if key[1] in alike}

    def _parameter(self, place: Place, ours: Node, theirs: Node) -> None:
        self._required(place, ours.get("required"), theirs.get("required"), sent=True)
        mine, other = _schema(ours), _schema(theirs)
        if "array" in self._ours.of(mine).types & self._theirs.of(other).types and _style(ours) != _style(theirs):
            self._say(Kind.CONTRADICTED, place, "style", _style(ours), _style(theirs))
        self.schemas(mine, other, place, sent=True)

    def _body(self, place: Place, ours: Operation, theirs: Operation) -> None:
        mine = resolved(ours.node.get("requestBody"), self._ours.document)
        other = resolved(theirs.node.get("requestBody"), self._theirs.document)
        if mine and other:
            self._required(place, mine.get("required"), other.get("required"), sent=True)
            self._bodies(place, "request body", mine, other, sent=True)
        elif mine:
            self._say(Kind.CONTRADICTED, place, "request body", "a request body", "no request body")
        elif other:
            kind = Kind.CONTRADICTED if other.get("required") else Kind.LACKING
            self._say(kind, place, "request body", "no request body", "a request body")

    def _bodies(self, place: Place, what: str, ours: Node, theirs: Node, *, sent: bool) -> None:
        mine, other, content = json_schema(ours), json_schema(theirs), mapped(theirs, "content")
        if mine is not None and other is not None:
            self.schemas(mine, other, Place(place.keys, f"{place.subject} {what}"), sent=sent)
        elif mine is not None:
            shown = ", ".join(map(str, content)) or "nothing about its content"
            self._say(Kind.CONTRADICTED if content else Kind.SILENT, place, what, theirs=shown)

    def _responses(self, place: Place, ours: Operation, theirs: Operation) -> None:
        mine = {str(status): each for status, each in mapped(ours.node, "responses").items()}
        others = {str(status).upper(): each for status, each in mapped(theirs.node, "responses").items()}
        matched: set[str] = set()
        for status, reference in mine.items():
            node = resolved(reference, self._ours.document)
            here = self._place(node, f"{place.subject} {status}", place)
            there = _status(status, others)
            if there is None:
                self._say(Kind.SILENT, here, "response", theirs="is not in the provider's file")
                continue
            matched.add(there)
            if there != status and status.startswith("2") and there[0] == "2" and not there.endswith("XX"):
                self._say(Kind.CONTRADICTED, here, "status", status, there)
            else:
                self._say(Kind.CONFIRMED, here, "response", status)
            other = resolved(others[there], self._theirs.document)
            self._bodies(here, "body", node, other, sent=False)
            self._headers(here, node, other)
        for status in others:
            if status not in matched and status != "DEFAULT":
                self._say(Kind.LACKING, place, "response", theirs=status)

    def _headers(self, place: Place, ours: Node, theirs: Node) -> None:
        others = {str(name).lower(): each for name, each in mapped(theirs, "headers").items()}
        for name, reference in mapped(ours, "headers").items():
            node = resolved(reference, self._ours.document)
            here = self._place(node, f"{place.subject} {name}", place)
            if name.lower() not in others:
                self._say(Kind.SILENT, here, "header", theirs="is not in the provider's file")
                continue
            self._say(Kind.CONFIRMED, here, "header", name)
            other = resolved(others[name.lower()], self._theirs.document)
            self.schemas(_schema(node), _schema(other), here, sent=False)


def _parameters(operation: Operation, document: Node) -> dict[_Name, Node]:
    """The parameters of an operation, its own after those of its path, by place and name."""
    found: dict[_Name, Node] = {}
    for reference in [*listed(operation.item, "parameters"), *listed(operation.node, "parameters")]:
        node = resolved(reference, document)
        where, name = str(node.get("in")), str(node.get("name"))
        if where == "header":
            if name.lower() in _NO_PARAMETERS:
                continue
            name = name.lower()
        found[where, name] = node
    return found


def _by_position(ours: str, theirs: str, parameters: dict[_Name, Node]) -> dict[_Name, Node]:
    """Call the parameters of their path what ours calls those at the same place."""
    mine, other = (re.findall(r"\{([^}]*)\}", path) for path in (ours, theirs))
    if len(mine) != len(other):
        return parameters
    names = dict(zip(other, mine, strict=True))
    return {(where, names.get(name, name) if where == "path" else name): p for (where, name), p in parameters.items()}


def _schema(holder: Node) -> object:
    """The schema of a parameter or a header, which may stand under a media type."""
    return holder["schema"] if "schema" in holder else json_schema(holder) or {}


def _style(parameter: Node) -> str:
    style = str(parameter.get("style") or ("form" if parameter.get("in") in {"query", "cookie"} else "simple"))
    return f"{style}, {'' if parameter.get('explode', style == 'form') else 'not '}exploded"


def _status(status: str, others: Mapping[str, object]) -> str | None:
    """The status of theirs that stands for one of ours."""
    success = [each for each in others if each.startswith("2") and status.startswith("2")]
    fits = (status, f"{status[0]}XX", *success[:1], "DEFAULT")
    return next((each for each in fits if each in others), None)


def _origin(server: object) -> str:
    url = url_of(server)
    return f"{url.scheme}://{url.netloc}".lower()
