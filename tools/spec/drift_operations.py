"""Compare two documents: the operations that have been matched, and what goes in and out of them."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from tools.openapi_parts import Keys
from tools.spec.documents import DocumentError, Node, resolved
from tools.spec.drift_findings import Comparison, Finding, Kind, Place
from tools.spec.drift_matching import Match, Operation, match, operations_of
from tools.spec.drift_schemas import SchemaComparison, Side, json_schema
from tools.spec.drift_shapes import Shapes, mapping, renamings, sequence
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
    ours_parts = list(parts(ours))
    comparison = OperationComparison(
        Shapes(ours), Shapes(theirs), {id(part.node): part for part in ours_parts}, found.setdefault
    )
    comparison.servers()
    for each in matches:
        comparison.compare(each)
    findings = tuple(found)
    confirmed = list(_confirmed(ours_parts, findings))
    return Comparison(
        version=str(theirs.get("openapi")),
        total=len(there),
        matches=tuple(matches),
        findings=findings,
        publishable=tuple(part for part in confirmed if part.node.get("x-provenance") == "inferred"),
        settled=tuple(
            part
            for part in confirmed
            if part.node.get("x-provenance") != "inferred"
            and _DOUBT.search(str(part.node.get("x-provenance-note") or ""))
        ),
    )


def _confirmed(ours: list[Part], findings: tuple[Finding, ...]) -> Iterator[Part]:
    """The parts of which everything is confirmed, wherever they are used."""
    confirmed: set[Keys] = {each.place.keys for each in findings if each.kind is Kind.CONFIRMED}
    hindered: set[Keys] = {each.place.keys for each in findings if each.hinders}
    return (part for part in ours if part.keys in confirmed - hindered)


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
        theirs = {_origin(mapping(each)) for each in sequence(self._theirs.document.get("servers"))}
        for server in sequence(self._ours.document.get("servers")):
            origin = _origin(mapping(server))
            kind = Kind.CONFIRMED if origin in theirs else Kind.SILENT
            self._say(kind, self._place(mapping(server), origin), "server", origin)

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
                demanded = bool(other.get("required"))
                shown = f"{other.get('name')}, {self._theirs.of(_schema(other))}" + ", has to be sent" * demanded
                kind = Kind.CONTRADICTED if demanded else Kind.LACKING
                self._say(kind, operation, f"{key[0]} parameter", theirs=shown)

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
        self.schemas(Side(mine, other), place, sent=True)

    def _body(self, place: Place, ours: Operation, theirs: Operation) -> None:
        mine = resolved(ours.node.get("requestBody", {}), self._ours.document)
        other = resolved(theirs.node.get("requestBody", {}), self._theirs.document)
        if not mine and not other:
            return
        if not mine or not other:
            shown = ("no request body", "a request body") if other else ("a request body", "no request body")
            demanded = bool(other.get("required")) or not other
            self._say(Kind.CONTRADICTED if demanded else Kind.LACKING, place, "request body", *shown)
            return
        self._required(place, mine.get("required"), other.get("required"), sent=True)
        self._bodies(place, "request body", Side(mine, other), sent=True)

    def _bodies(self, place: Place, what: str, holders: Side, *, sent: bool) -> None:
        mine, other = json_schema(mapping(holders.ours)), json_schema(mapping(holders.theirs))
        content = mapping(mapping(holders.theirs).get("content"))
        if mine is None:
            return
        if other is None:
            shown = ", ".join(map(str, content)) or "nothing about its content"
            self._say(Kind.CONTRADICTED if content else Kind.SILENT, place, what, theirs=shown)
            return
        inner = Place(place.keys, f"{place.subject} {what}")
        self.schemas(Side(mine, other), inner, sent=sent)

    def _responses(self, place: Place, ours: Operation, theirs: Operation) -> None:
        mine = {str(status): each for status, each in mapping(ours.node.get("responses")).items()}
        others = {str(status).upper(): each for status, each in mapping(theirs.node.get("responses")).items()}
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
            self._bodies(here, "body", Side(node, other), sent=False)
            self._headers(here, node, other)
        for status in others:
            if status not in matched and status != "DEFAULT":
                self._say(Kind.LACKING, place, "response", theirs=status)

    def _headers(self, place: Place, ours: Node, theirs: Node) -> None:
        others = {str(name).lower(): each for name, each in mapping(theirs.get("headers")).items()}
        for name, reference in mapping(ours.get("headers")).items():
            node = resolved(reference, self._ours.document)
            here = self._place(node, f"{place.subject} {name}", place)
            if name.lower() not in others:
                self._say(Kind.SILENT, here, "header", theirs="is not in the provider's file")
                continue
            self._say(Kind.CONFIRMED, here, "header", name)
            other = resolved(others[name.lower()], self._theirs.document)
            self.schemas(Side(_schema(node), _schema(other)), here, sent=False)


def _parameters(operation: Operation, document: Node) -> dict[_Name, Node]:
    """The parameters of an operation, its own after those of its path, by place and name."""
    found: dict[_Name, Node] = {}
    for reference in [*sequence(operation.item.get("parameters")), *sequence(operation.node.get("parameters"))]:
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
    same: Iterator[str] = (each for each in (status, f"{status[0]}XX") if each in others)
    if (found := next(same, None)) is not None:
        return found
    success = next((each for each in others if each.startswith("2")), None) if status.startswith("2") else None
    return success or ("DEFAULT" if "DEFAULT" in others else None)


def _origin(server: Node) -> str:
    try:
        parts = urlsplit(str(server.get("url") or ""))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
