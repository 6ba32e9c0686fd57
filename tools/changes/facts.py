"""What a specification says that the generated code does not show: addresses, answers, and the rules of values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, cast

from openapi_python_client.parser.properties import Class, EnumProperty
from openapi_python_client.strings import ClassName, PythonIdentifier

from tools.changes.differences import Difference, difference
from tools.generate.openapi_keywords import listed, mapped
from tools.openapi_parts import Node, operations, resolved
from tools.spec.drift_shapes import RULES

Facts = dict[tuple[str, str], str]
"""By rule and subject, what is said."""


def python_name(name: str) -> str:
    """The attribute, keyword or function that a name of the API becomes."""
    return str(PythonIdentifier(name, "field_"))


def operation_id(keys: tuple[str | int, ...], operation: Node) -> str:
    """What an operation is called."""
    return str(operation.get("operationId") or f"{keys[2]} {keys[1]}")


def classes_of(document: Node, config: Mapping[str, Any]) -> dict[str, str]:
    """The class that each schema becomes, by its name and generator-config.yaml."""
    overrides = mapped(dict(config), "class_overrides")
    schemas = mapped(mapped(document, "components"), "schemas")
    return {name: mapped(overrides, name).get("class_name") or str(ClassName(name, "field_")) for name in schemas}


def sent_only(document: Node, config: Mapping[str, Any]) -> frozenset[str]:
    """The classes that users make and never receive."""
    sent: set[str] = set()
    received: set[str] = set()
    for _, _, operation in operations(document):
        _reach(operation.get("requestBody"), sent, document)
        _reach(operation.get("responses"), received, document)
    classes = classes_of(document, config)
    return frozenset(classes[name] for name in sent - received)


def _reach(value: object, found: set[str], document: Node) -> None:
    if isinstance(value, list):
        for each in cast("list[object]", value):
            _reach(each, found, document)
    elif isinstance(value, dict):
        node = cast("Node", value)
        reference = str(node.get("$ref", ""))
        name = reference.removeprefix("#/components/schemas/")
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


def fact_differences(old: Facts, new: Facts) -> list[Difference]:
    """Tell what has changed. What comes or goes as a whole is seen in the generated code."""
    return [difference(*key, old[key], new[key]) for key in old if key in new and old[key] != new[key]]


def facts_of(document: Node, classes: Mapping[str, str], methods: Mapping[str, str]) -> Facts:
    """Read the facts of a document."""
    found: Facts = {}
    rules: dict[str, set[str]] = defaultdict(set)
    for keys, item, operation in operations(document):
        function = python_name(operation_id(keys, operation))
        subject = methods.get(function, function)
        found["operation-moved", subject] = f"{str(keys[2]).upper()} {keys[1]}"
        responses = {str(key): resolved(each, document) for key, each in mapped(operation, "responses").items()}
        found["statuses-changed", subject] = ", ".join(sorted(responses))
        pages = [str(name) for each in responses.values() for name in mapped(each, "x-pagination").values()]
        found["pagination-changed", subject] = ", ".join(pages)
        for reference in [*listed(item, "parameters"), *listed(operation, "parameters")]:
            parameter = resolved(reference, document)
            schema = resolved(parameter.get("schema"), document)
            found |= _of_a_schema(f"{subject}({python_name(str(parameter.get('name')))})", schema, rules)
    for name, schema in mapped(mapped(document, "components"), "schemas").items():
        found |= _of_a_schema(classes[name], schema, rules)
    found |= {("rules-changed", subject): ", ".join(sorted(each)) for subject, each in rules.items()}
    found["servers-changed", "servers"] = ", ".join(str(each.get("url")) for each in listed(document, "servers"))
    return found


def _of_a_schema(subject: str, schema: object, rules: dict[str, set[str]]) -> Facts:
    if not isinstance(schema, dict):
        return {}
    node = cast("Node", schema)
    rules[subject] |= {f"{key} {node[key]}" for key in RULES if key in node}
    found: Facts = {("personal-changed", subject): "masked" if node.get("x-personal") is True else "shown"}
    for name, value in _constants(listed(node, "enum")):
        found["value-changed", f"{subject}.{name}"] = value
    for name, value in mapped(node, "properties").items():
        found |= _of_a_schema(f"{subject}.{python_name(name)}", value, rules)
    inner = [node.get("items"), node.get("additionalProperties")]
    for part in [*inner, *(each for key in ("allOf", "anyOf", "oneOf") for each in listed(node, key))]:
        found = _of_a_schema(subject, part, rules) | found
    return found


def _constants(values: list[Any]) -> Iterator[tuple[str, str]]:
    """The constants that the values of an enumeration become, each with its value as text."""
    known = [value for value in values if value is not None]
    try:
        named = EnumProperty.values_from_list(known, Class(ClassName("", ""), PythonIdentifier("", "")), [])
    except (ValueError, AttributeError):  # two of one name, or a value of another type: the generator refuses them
        return
    yield from zip(named, map(str, known), strict=True)
