"""Compare schemas, from those of ours to all that they lead to."""

from collections.abc import Callable, Mapping

from tools.generate.openapi_keywords import mapped
from tools.openapi_parts import Node, resolved
from tools.spec.drift_findings import Finding, Kind, Place
from tools.spec.drift_likeness import renamings
from tools.spec.drift_shapes import Shape, Shapes
from tools.spec.parts import Part

Report = Callable[[Finding], None]

# How much a format that compares so says of all of them.
_WEIGHTS = [Kind.CONFIRMED, Kind.VAGUER, Kind.SILENT, Kind.CONTRADICTED]
_WIDTHS = {"int32": 32, "int64": 64, "": 64}


class SchemaComparison:
    """Compares schemas, each pair once, and reports what it finds."""

    def __init__(self, ours: Shapes, theirs: Shapes, parts: Mapping[int, Part], report: Report) -> None:
        self._ours = ours
        self._theirs = theirs
        self._parts = parts
        self._report = report
        self._seen: set[tuple[int, int, bool]] = set()

    def _say(self, kind: Kind, place: Place, aspect: str, ours: str = "", theirs: str = "") -> None:
        self._report(Finding(kind, place, aspect, ours, theirs))

    def _required(self, place: Place, ours: object, theirs: object, *, sent: bool, lenient: bool = False) -> None:
        """Compare whether something has to be there."""
        words = ("has to be sent", "may be left out") if sent else ("always there", "may be absent or null")
        if bool(ours) == bool(theirs):
            self._say(Kind.CONFIRMED, place, "required" if ours else "optional")
        elif theirs:
            self._say(Kind.CONTRADICTED if sent else Kind.VAGUER, place, "required", theirs=words[0])
        else:
            self._say(Kind.VAGUER if sent or lenient else Kind.CONTRADICTED, place, "required", theirs=words[1])

    def schemas(self, mine: object, other: object, place: Place, *, sent: bool) -> None:
        """Compare two schemas and all that they lead to."""
        ours, theirs = self._ours.of(mine), self._theirs.of(other)
        comparable = self._types(place, ours, theirs, sent=sent)
        target = resolved(mine, self._ours.document)
        seen = (id(target), id(resolved(other, self._theirs.document)), sent)
        if not comparable or (seen in self._seen and ours.name):
            return
        self._seen.add(seen)
        if ours.name and id(target) in self._parts:
            place = Place(self._parts[id(target)].keys, ours.name)
            self._types(place, ours, theirs, sent=sent)
            if theirs.name and theirs.name != ours.name:
                self._say(Kind.NAMED, place, "name", ours.name, theirs.name)
        self._values(place, ours, theirs)
        self._rules(place, ours, theirs, target)
        if ours.items is not None and theirs.items is not None:
            inner = Place(place.keys, f"{place.subject}[]")
            if not sent and self._theirs.of(theirs.items).nullable and not self._ours.of(ours.items).nullable:
                self._say(Kind.CONTRADICTED, inner, "type", theirs="may be null")
            self.schemas(ours.items, theirs.items, inner, sent=sent)
        if ours.properties or theirs.properties:
            self._properties(place, ours, theirs, target, sent=sent)

    def _types(self, place: Place, ours: Shape, theirs: Shape, *, sent: bool) -> bool:
        """Compare the types, and tell whether what is in them can be compared."""
        shown = (str(ours), str(theirs))
        if not theirs.atoms:
            if ours.atoms:
                self._say(Kind.SILENT, place, "type", str(ours))
            return False
        if not ours.atoms:
            self._say(Kind.VAGUER, place, "type", *shown)
            return False
        narrower, wider = _covers(ours.types, theirs.types), _covers(theirs.types, ours.types)
        if narrower and wider:
            kinds = (_formats(ours.formats(each), theirs.formats(each), each, sent=sent) for each in ours.types)
            kind = max(kinds, key=_WEIGHTS.index)
            aspect = "type" if kind in {Kind.CONFIRMED, Kind.CONTRADICTED} else "format"
            self._say(kind, place, aspect, *((str(ours), "") if kind is Kind.SILENT else shown))
            return True
        harmless = wider if sent else narrower
        self._say(Kind.VAGUER if harmless else Kind.CONTRADICTED, place, "type", *shown)
        return not ours.types.isdisjoint(theirs.types)

    def _values(self, place: Place, ours: Shape, theirs: Shape) -> None:
        if ours.values is None and theirs.values is None:
            return
        if theirs.values is None:
            self._say(Kind.SILENT, place, "values", _listed(ours.values))
        elif ours.values is None:
            self._say(Kind.VAGUER, place, "values", theirs=f"only {_listed(theirs.values)}")
        else:
            if added := theirs.values - ours.values:
                self._say(Kind.LACKING, place, "values", theirs=_listed(added))
            if gone := ours.values - theirs.values:
                self._say(Kind.CONTRADICTED, place, "values", theirs=f"no {_listed(gone)}")
            else:
                self._say(Kind.CONFIRMED, place, "values", _listed(ours.values))

    def _rules(self, place: Place, ours: Shape, theirs: Shape, target: Node) -> None:
        for rule in sorted({*ours.rules, *theirs.rules}):
            mine, other = ours.rules.get(rule), theirs.rules.get(rule)
            if rule == "pattern" and other is not None and other == target.get("x-documented-pattern"):
                mine = other
            if mine == other:
                self._say(Kind.CONFIRMED, place, rule, str(mine))
            elif other is None:
                self._say(Kind.SILENT, place, rule, str(mine))
            elif mine is None:
                self._say(Kind.VAGUER, place, rule, theirs=str(other))
            else:
                self._say(Kind.CONTRADICTED, place, rule, str(mine), str(other))

    def _properties(self, place: Place, ours: Shape, theirs: Shape, target: Node, *, sent: bool) -> None:
        renamed = renamings(ours.properties, theirs.properties, self._ours, self._theirs)
        for name, node in ours.properties.items():
            part = self._parts.get(id(node))
            owner = Place(part.keys if part else place.keys, f"{place.subject}.{name}")
            there = renamed.get(name, name)
            if name in renamed:
                self._say(Kind.CONTRADICTED, owner, "name", name, f"{there} (by its likeness)")
            elif name in theirs.properties:
                self._say(Kind.CONFIRMED, owner, "name", name)
            elif theirs.properties:
                self._say(Kind.CONTRADICTED, owner, "property", theirs="is not in the provider's file")
                continue
            else:
                self._say(Kind.SILENT, owner, "property", theirs="the provider's file lists no properties")
                continue
            other = theirs.properties[there]
            nullable = self._theirs.of(other).nullable and not sent
            mine = name in ours.required and not (self._ours.of(node).nullable and not sent)
            other_required = there in theirs.required and not nullable
            self._required(owner, mine, other_required, sent=sent, lenient=target.get("x-lenient") is True)
            self.schemas(node, other, owner, sent=sent)
        for name in theirs.properties:
            if name not in ours.properties and name not in renamed.values():
                demanded = sent and name in theirs.required
                self._added(place, "property", name, theirs.properties[name], demanded=demanded)

    def _added(self, place: Place, aspect: str, name: str, schema: object, *, demanded: bool) -> None:
        """Report what ours does not have."""
        shown = f"{name}, {self._theirs.of(schema)}" + ", has to be sent" * demanded
        self._say(Kind.CONTRADICTED if demanded else Kind.LACKING, place, aspect, theirs=shown)


def _covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return narrow <= (wide | {"integer"} if "number" in wide else wide)


def _formats(ours: frozenset[str], theirs: frozenset[str], kind: str, *, sent: bool) -> Kind:
    """Compare the formats of one type."""
    if ours == theirs:
        return Kind.CONFIRMED
    if kind == "integer":
        mine, other = (max(_WIDTHS.get(form, 64) for form in forms) for forms in (ours, theirs))
        if mine == other:
            return Kind.CONFIRMED
        # A narrow number there is one more rule for what is sent; a wide one breaks the reading of what is received.
        return Kind.VAGUER if other < mine or sent else Kind.CONTRADICTED
    if "" in theirs:
        return Kind.SILENT
    if "" in ours or theirs < ours:
        return Kind.VAGUER
    return Kind.VAGUER if sent and ours < theirs else Kind.CONTRADICTED


def _listed(values: frozenset[str] | None) -> str:
    return ", ".join(sorted(values or ()))


def json_schema(holder: Node) -> object:
    """The schema of a body in JSON, or None."""
    content = mapped(holder, "content")
    best = max(content, key=_json_likeness, default="")
    return mapped(content, best).get("schema", {}) if _json_likeness(best) else None


def _json_likeness(media_type: str) -> int:
    """How well a media type stands for JSON: 0 is not at all."""
    plain = media_type.partition(";")[0].strip().lower()
    if plain == "application/json":
        return 3
    return 2 if plain.endswith("+json") else int(plain in {"*/*", "application/*"})
