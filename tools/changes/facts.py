"""What a specification says place by place: each keyword is a fact, so that no difference goes unseen.

A fact is told by the rule of its keyword. What has no rule of its own is told as it stands, unless the generated code
has shown it already.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from attrs import evolve, field, frozen
from openapi_python_client.strings import ClassName, PythonIdentifier

from tools.changes.differences import Difference, difference
from tools.generate.openapi_keywords import RULES, listed, mapped, words
from tools.generate.prepare import prepared
from tools.openapi_parts import METHODS, Node, operations, resolved

# What says nothing of what is sent and received.
_NOTES = words(
    "description summary example examples externalDocs $comment operationId tags info openapi paths",
    "x-provenance x-provenance-note x-documented-pattern x-pagination",
)
# What the signatures of the generated code show, as a rule.
_SHOWN = words(
    "type format nullable enum items $ref required additionalProperties title const allOf anyOf oneOf x-enum-varnames"
)
_LIMITS = words(RULES)
_RULE_OF = {
    "address": "operation-moved",
    "statuses": "statuses-changed",
    "pagination": "pagination-changed",
    "servers": "servers-changed",
    "security": "security-changed",
    "wire": "wire-name-changed",
    "x-personal": "personal-changed",
    "default": "default-changed",
    "deprecated": "deprecation-changed",
} | dict.fromkeys(_LIMITS, "rules-changed")
_OF_OPERATIONS = words("parameters requestBody responses security")
# These are of operations: what is inside a schema goes by its class.
_COMPONENT = re.compile(r"#/components/(?!schemas/|pathItems/|callbacks/)")
_SCHEMA = "#/components/schemas/"


@frozen
class Facts:
    """What is said, by subject and keyword, and of which subjects users send."""

    said: dict[str, dict[str, object]] = field(factory=dict[str, dict[str, object]])
    sent: set[str] = field(factory=set[str])


def python_name(name: str) -> str:
    """The attribute, keyword or function that a name of the API becomes."""
    return str(PythonIdentifier(name, "field_"))


def operation_id(keys: tuple[str | int, ...], operation: Node) -> str:
    """What an operation is called."""
    path = re.sub(r"[{}]", "", str(keys[1])).replace("/", "_").strip("_")
    return str(operation.get("operationId") or f"{keys[2]}_{path}")


def classes_of(document: Node, config: Mapping[str, Any]) -> dict[str, str]:
    """The class that each schema becomes, or would if it were an object or an enumeration."""
    ready = prepared(document, config.get("class_overrides") or {})
    names = {
        str(name): str(ClassName(str(name), "field_")) for name in mapped(mapped(document, "components"), "schemas")
    }
    return names | {schema: made for made, schema in ready.schema_names.items()}


def sent_and_received(document: Node) -> tuple[set[str], set[str]]:
    """The schemas that are sent, and those that are received."""
    sent: set[str] = set()
    received: set[str] = set()
    for _, item, operation in operations(document):
        _reach([item.get("parameters"), operation.get("parameters"), operation.get("requestBody")], sent, document)
        _reach(operation.get("responses"), received, document)
    return sent, received


def sent_only(document: Node, config: Mapping[str, Any]) -> frozenset[str]:
    """The classes that users make and never receive."""
    sent, received = sent_and_received(document)
    classes = classes_of(document, config)
    return frozenset(classes[name] for name in sent - received)


def _reach(value: object, found: set[str], document: Node) -> None:
    if isinstance(value, list):
        for each in cast("list[object]", value):
            _reach(each, found, document)
    elif isinstance(value, dict):
        node = cast("Node", value)
        reference = str(node.get("$ref", ""))
        name = reference.removeprefix(_SCHEMA)
        if reference and name not in found:
            found |= {name} if name != reference else set()
            _reach(resolved(node, document), found, document)
        elif not reference:
            for each in node.values():
                _reach(each, found, document)


def renamed_operations(old: Node, new: Node) -> dict[str, str]:
    """The new operationIds by the old ones, of operations that stayed at their method and path."""
    before = {keys: operation_id(keys, each) for keys, _, each in operations(old)}
    after = {keys: operation_id(keys, each) for keys, _, each in operations(new)}
    gone, come = set(before.values()) - set(after.values()), set(after.values()) - set(before.values())
    return {name: after[keys] for keys, name in before.items() if name in gone and after.get(keys) in come}


def facts_of(document: Node, classes: Mapping[str, str], methods: Mapping[str, str]) -> Facts:
    """Read what a document says."""
    walk = _Walk(document, classes, Facts())
    for keys, item, operation in operations(document):
        function = python_name(operation_id(keys, operation))
        walk.operation(methods.get(function, function), function, keys, item, operation)
    sent, _ = sent_and_received(document)
    for name, schema in mapped(mapped(document, "components"), "schemas").items():
        walk.value(classes[name], "", schema, owner=classes[name], sent=name in sent)
    for name, scheme in mapped(mapped(document, "components"), "securitySchemes").items():
        walk.say("servers", f"{name} security", _text(scheme))
    walk.say("servers", "servers", ", ".join(str(each.get("url")) for each in listed(document, "servers")))
    rest = {key: each for key, each in document.items() if key not in words("components servers security")}
    walk.value("document", "", rest | {"is": "read"}, owner="")
    return walk.facts


@frozen
class _Walk:
    """Takes a document apart."""

    document: Node
    classes: Mapping[str, str]
    facts: Facts
    paged: dict[str, Mapping[str, str]] = field(factory=dict[str, Mapping[str, str]])
    """What the parts of a page are called in Python, by operation and by the class of the page."""

    def named(self, owner: str, name: str) -> str:
        """What a parameter or a property is called in Python."""
        return python_name(self.paged.get(owner, {}).get(name, name))

    def say(self, subject: str, aspect: str, value: object, *, sent: bool = False) -> None:
        self.facts.said.setdefault(subject, {})[aspect.strip()] = value
        if sent:
            self.facts.sent.add(subject)

    def operation(self, subject: str, function: str, keys: tuple[str | int, ...], item: Node, operation: Node) -> None:
        responses = {str(key): resolved(each, self.document) for key, each in mapped(operation, "responses").items()}
        pages = {str(name): part for each in responses.values() for part, name in mapped(each, "x-pagination").items()}
        self.paged[function] = pages
        self.say(subject, "address", f"{str(keys[2]).upper()} {keys[1]}")
        self.say(subject, "statuses", ", ".join(sorted(responses)))
        self.say(subject, "pagination", ", ".join(pages))
        self.say(subject, "security", _text(operation.get("security", self.document.get("security", []))))
        for reference in [*listed(item, "parameters"), *listed(operation, "parameters")]:
            parameter = resolved(reference, self.document)
            name = str(parameter.get("name"))
            place = f"{subject}({self.named(function, name)})"
            self.say(place, "wire", f"{pages.get(name, name)} in {parameter.get('in')}", sent=True)
            rest = {key: each for key, each in parameter.items() if key not in ("name", "in")}
            self.value(place, "", rest, owner=_joined(function, name), sent=True)
        body = resolved(operation.get("requestBody"), self.document)
        self.value(f"{subject}(body)", "", body, owner=_joined(function, "body"), sent=True)
        for status, response in responses.items():
            place = f"{subject} {status}"
            self.say(place, "is", "there")
            for kind in self._classes_in(response) if "x-pagination" in response else ():
                self.paged[kind] = pages
                self.say(kind, "pagination", ", ".join(pages))
            self.value(place, "", response, owner=_joined(function, f"response_{status}"))
        rest = {key: each for key, each in (item | operation).items() if key not in METHODS | _OF_OPERATIONS}
        self.value(subject, "", rest, owner=function)

    def _classes_in(self, response: Node) -> Iterator[str]:
        for held in mapped(response, "content").values():
            reference = str(mapped(held, "schema").get("$ref")).removeprefix(_SCHEMA)
            yield self.classes.get(reference, reference)

    def value(self, subject: str, aspect: str, value: object, *, owner: str, sent: bool = False) -> None:
        """Say what stands at a keyword, and below it. Properties, and the values of enumerations, are subjects."""
        if isinstance(value, dict):
            self._mapping(subject, aspect, cast("Node", value), owner=owner, sent=sent)
        elif _holds_objects(value):
            for index, each in enumerate(cast("list[object]", value)):
                self.value(subject, f"{aspect}{index} ", each, owner=owner, sent=sent)
        else:
            self.say(subject, aspect, _text(value), sent=sent)

    def _mapping(self, subject: str, aspect: str, node: Node, *, owner: str, sent: bool) -> None:
        reference = str(node.get("$ref", ""))
        if _COMPONENT.match(reference):
            node = resolved(node, self.document)
        elif reference:
            name = reference.removeprefix(_SCHEMA)
            node = node | {"$ref": self.classes.get(name, name)}
        if aspect and not node:
            self.say(subject, aspect, "{}", sent=sent)
        for key, each in node.items():
            if key == "properties" and isinstance(each, dict):
                for name, schema in cast("Node", each).items():
                    place = f"{owner}.{self.named(owner, name)}"
                    self.say(place, "wire", self.paged.get(owner, {}).get(name, name), sent=sent)
                    title = mapped(cast("Node", each), name).get("title") or name
                    self.value(place, "", schema, owner=_joined(owner, str(title)), sent=sent)
            elif key == "required" and isinstance(each, list):
                for wanted in cast("list[object]", each):
                    self.say(f"{owner}.{self.named(owner, str(wanted))}", "required", "true", sent=sent)
            elif key not in _NOTES:
                inner = _joined(owner, "item") if key == "items" else owner
                below = aspect if key == "schema" else f"{aspect}{key} "
                self.value(subject, below, each, owner=inner, sent=sent)


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in cast("list[object]", value))


def _joined(owner: str, name: str) -> str:
    """The class that the generator makes of a schema inside another."""
    return str(ClassName(f"{owner}_{name}", ""))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


def fact_differences(old: Facts, new: Facts, *, shown: Collection[Difference] = ()) -> Iterator[Difference]:
    """Tell what differs, but for what the generated code has shown."""
    told = {_dotted(each.subject) for each in shown}
    whole = {each.subject for each in shown if each.rule in ("name-added", "name-removed")}
    for subject in dict.fromkeys([*old.said, *new.said]):
        owner = re.split(r"[.( ](?=\w+\)?$)", subject)[0]
        before, after = old.said.get(subject), new.said.get(subject)
        if owner in whole or (owner != subject and (owner in old.said) != (owner in new.said)):
            continue
        is_shown = any(f"{each}.".startswith(f"{_dotted(subject)}.") for each in told)
        if before is not None and after is not None:
            is_shown = is_shown or (" " in subject and owner in told)
            yield from _told(subject, before, after, is_shown=is_shown, sent=subject in old.sent | new.sent)
        elif not is_shown and " " not in subject:  # that there is another response is a fact of the operation
            yield difference(
                "described-otherwise", subject, *("present" if each else "absent" for each in (before, after))
            )


def _dotted(subject: str) -> str:
    """A parameter as an attribute: what a model has, its constructor takes."""
    return subject.replace("(", ".").rstrip(")")


def _told(
    subject: str, old: Mapping[str, object], new: Mapping[str, object], *, is_shown: bool, sent: bool
) -> Iterator[Difference]:
    rest: tuple[list[str], list[str]] = [], []
    for aspect in dict.fromkeys([*old, *new]):
        was, now = old.get(aspect), new.get(aspect)
        *_, keyword = aspect.split()
        rule = _RULE_OF.get(keyword)
        if was == now or (is_shown and _SHOWN & {*aspect.split()}):
            continue
        if rule is None:
            for values, each in zip(rest, (was, now), strict=True):
                values.extend(() if each is None else [f"{aspect} {each}"])
        elif rule == "personal-changed":
            yield difference(rule, subject, *("masked" if each == "true" else "shown" for each in (was, now)))
        elif rule == "rules-changed":
            texts = ("" if each is None else f"{aspect} {each}" for each in (was, now))
            yield difference("rules-narrowed" if sent and _narrows(keyword, was, now) else rule, subject, *texts)
        else:
            found = difference(rule, subject, str(was or ""), str(now or ""))
            yield evolve(found, breaking=found.breaking and (sent or rule != "default-changed"))
    if any(rest):
        yield difference("described-otherwise", subject, *map(", ".join, rest))


def _narrows(keyword: str, old: object, new: object) -> bool:
    """Whether a limit lets less through than it did."""
    if new in (None, "false"):
        return False
    try:
        was, now = float(str(old)), float(str(new))
    except ValueError:
        return True
    return keyword == "multipleOf" or (now > was if "min" in keyword.lower() else now < was)
