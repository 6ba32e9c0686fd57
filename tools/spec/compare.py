"""Compare two specifications as the user of the package sees them."""

import re
from collections.abc import Iterator, Mapping

from attrs import evolve

from tools.spec.differences import Difference, difference
from tools.spec.surface import Model, Operation, Surface, Types, Value

# Filled in by the client itself: no method takes them as they are.
OF_THE_CLIENT = {"ET-Client-Name", "X-Correlation-Id"}
_LITERAL = "Literal["


def compare(old: Surface, new: Surface) -> list[Difference]:
    """Find what differs.

    Args:
        old: The specification as it was.
        new: As it is.

    Returns:
        The differences: of operations, of classes, of servers.
    """
    renamed = _renamed_classes(old, new)
    found = [difference("class-renamed", name, after=after) for name, after in sorted(renamed.items())]
    old = _with_names(old, renamed)
    found += [*_operations(old, new), *_models(old, new)]
    if old.servers != new.servers:
        found.append(difference("servers-changed", "servers", ", ".join(old.servers), ", ".join(new.servers)))
    return found


def shown(types: Types) -> str:
    """Types as they are written in Python, None last."""
    values = [each[len(_LITERAL) : -1] for each in sorted(types) if each.startswith(_LITERAL)]
    literal = [f"{_LITERAL}{', '.join(values)}]"] if values else []
    others = sorted((each for each in types if not each.startswith(_LITERAL)), key=lambda each: (each == "None", each))
    return " | ".join([*literal, *others])


def covers(new: Types, old: Types) -> bool:
    """Whether all that was of the old types is of the new ones too."""
    return "Any" in new or old <= (new | {"int"} if "float" in new else new)


def _renamed_classes(old: Surface, new: Surface) -> dict[str, str]:
    """The new names of classes whose schema kept its own."""
    schemas = {model.schema: model.name for model in new.models.values() if model.schema}
    pairs = {name: schemas.get(model.schema, name) for name, model in old.models.items()}
    return {name: after for name, after in pairs.items() if name != after and name not in new.models}


def _with_names(surface: Surface, renamed: Mapping[str, str]) -> Surface:
    """The surface as it would be if its classes had been called by their new names already."""
    if not renamed:
        return surface

    def of(name: str) -> str:
        return re.sub(r"\w+", lambda word: renamed.get(word[0], word[0]), name)

    def types(found: Types) -> Types:
        return frozenset(map(of, found))

    def values(found: Mapping[str, Value]) -> dict[str, Value]:
        return {name: evolve(value, types=types(value.types)) for name, value in found.items()}

    models = [evolve(model, name=of(model.name), fields=values(model.fields)) for model in surface.models.values()]
    operations = {
        key: evolve(each, arguments=values(each.arguments), result=types(each.result))
        for key, each in surface.operations.items()
    }
    return evolve(
        surface,
        operations=operations,
        models={model.name: model for model in models},
        sent=types(surface.sent),
        received=types(surface.received),
    )


def _operations(old: Surface, new: Surface) -> Iterator[Difference]:
    places = {operation.place: operation for operation in new.operations.values() if operation.id not in old.operations}
    renamed = {
        each.id: places[each.place]
        for each in old.operations.values()
        if each.id not in new.operations and each.place in places
    }
    for operation in old.operations.values():
        after = new.operations.get(operation.id) or renamed.get(operation.id)
        if after is None:
            yield difference("operation-removed", _method(operation))
            continue
        if operation.id != after.id:
            yield difference("operation-renamed", _method(after), operation.id, after.id)
        if operation.place != after.place:
            yield difference("operation-moved", _method(after), operation.place, after.place)
        yield from _arguments(operation, after)
        yield from _answers(operation, after)
    known = {*old.operations, *(each.id for each in renamed.values())}
    for operation in new.operations.values():
        if operation.id not in known:
            yield difference("operation-added", _method(operation))


def _method(operation: Operation) -> str:
    return f"ContractsClient.{operation.method}"


def _arguments(old: Operation, new: Operation) -> Iterator[Difference]:
    before = {name: each for name, each in old.arguments.items() if each.name not in OF_THE_CLIENT}
    after = {name: each for name, each in new.arguments.items() if each.name not in OF_THE_CLIENT}
    renamed = renamings(before, after)
    for name, was in before.items():
        subject = f"{_method(new)}({name})"
        now = after.get(renamed.get(name, name))
        if now is None:
            yield difference("argument-removed", subject)
            continue
        if was.attribute != now.attribute:
            rule = "argument-renamed-in-body" if was.in_body and now.in_body else "argument-renamed"
            yield difference(rule, subject, was.name, now.name if now.in_body else now.attribute)
        if was.required != now.required:
            yield difference("argument-required" if now.required else "argument-optional", subject)
        if was.types != now.types:
            rule = "argument-type-widened" if covers(now.types, was.types) else "argument-type-changed"
            yield difference(rule, subject, shown(was.types), shown(now.types))
        if was.rules != now.rules:
            yield difference("argument-rules-changed", subject, _rules(was), _rules(now))
    for name, now in after.items():
        if name not in before and name not in renamed.values():
            rule = "argument-required-added" if now.required else "argument-added"
            yield difference(rule, f"{_method(new)}({name})", after=shown(now.types))


def renamings(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, str]:
    """Pair what has gone with what has come, where one of each has the same type.

    Args:
        old: The values that were.
        new: Those that are.

    Returns:
        The new name by the old one. Two that fit equally well are not paired.
    """
    gone = {name: value for name, value in old.items() if name not in new}
    come = {name: value for name, value in new.items() if name not in old}
    pairs: dict[str, str] = {}
    for name, value in gone.items():
        alike = [other for other, candidate in come.items() if candidate.shape == value.shape]
        rivals = [other for other, candidate in gone.items() if candidate.shape == value.shape]
        if len(alike) == len(rivals) == 1:
            pairs[name] = alike[0]
    return pairs


def _rules(value: Value) -> str:
    return ", ".join(f"{key} {rule}" for key, rule in sorted(value.rules.items()))


def _answers(old: Operation, new: Operation) -> Iterator[Difference]:
    subject = _method(new)
    if old.result != new.result:
        yield difference("result-changed", subject, shown(old.result), shown(new.result))
    for status in sorted(new.statuses - old.statuses):
        yield difference("status-added", subject, after=status)
    for status in sorted(old.statuses - new.statuses):
        yield difference("status-removed", subject, before=status)
    if old.pagination != new.pagination:
        yield difference("pagination-changed", subject, _names(old.pagination), _names(new.pagination))


def _names(pagination: Mapping[str, str]) -> str:
    return ", ".join(str(name) for name in pagination.values())


def _models(old: Surface, new: Surface) -> Iterator[Difference]:
    before, after = old.sent | old.received, new.sent | new.received
    for name in sorted(before | after):
        if name not in after:
            yield difference("class-removed", name)
        elif name not in before:
            yield difference("class-added", name)
        else:
            sent_only = name not in old.received and name not in new.received
            yield from _fields(old.models[name], new.models[name], sent_only=sent_only)
            yield from _members(old.models[name], new.models[name])


def _fields(old: Model, new: Model, *, sent_only: bool) -> Iterator[Difference]:
    renamed = renamings(old.fields, new.fields)
    for name, was in old.fields.items():
        subject = f"{old.name}.{was.attribute}"
        now = new.fields.get(renamed.get(name, name))
        if now is None:
            yield difference("field-removed", subject)
            continue
        if was.attribute != now.attribute:
            yield difference("field-renamed", subject, was.attribute, now.attribute)
        yield from _field(subject, was, now, sent_only=sent_only)
    for name, now in new.fields.items():
        if name not in old.fields and name not in renamed.values():
            rule = "field-required-added" if now.required else "field-added"
            yield difference(rule, f"{new.name}.{now.attribute}", after=shown(now.types))


def _field(subject: str, was: Value, now: Value, *, sent_only: bool) -> Iterator[Difference]:
    if was.required and not now.required:
        yield difference("sent-field-optional" if sent_only else "field-optional", subject)
    elif now.required and not was.required:
        yield difference("field-required", subject)
    if was.types != now.types:
        widened = sent_only and covers(now.types, was.types)
        rule = "sent-field-type-widened" if widened else "field-type-changed"
        yield difference(rule, subject, shown(was.types), shown(now.types))
    if was.personal != now.personal:
        words = ("masked" if was.personal else "shown", "masked" if now.personal else "shown")
        yield difference("field-personal-changed", subject, *words)
    if was.rules != now.rules:
        yield difference("field-rules-changed", subject, _rules(was), _rules(now))


def _members(old: Model, new: Model) -> Iterator[Difference]:
    for name, value in old.constants.items():
        subject = f"{new.name}.{name}"
        if name not in new.constants:
            yield difference("value-removed", subject)
        elif new.constants[name] != value:
            yield difference("value-changed", subject, value, new.constants[name])
    for name in new.constants:
        if name not in old.constants:
            yield difference("value-added", f"{new.name}.{name}")
