"""Compare two states of the package as those who import it see them.

griffe finds the members, parameters and defaults that went or changed. What it does not look at is compared here: what
is new, the types of parameters, results and attributes, the fields that attrs makes parameters of, all the bases, and
whether something is awaited, called or read.
"""

import ast
from collections.abc import Iterator

import griffe
from attrs import frozen

from tools.changes.annotations import Types, covers, shown, types_of
from tools.changes.differences import Difference, difference
from tools.changes.surface import Member, ancestors, fields_of, is_left_to_users, kind_of, members_of, traits_of

_RULES = {
    griffe.BreakageKind.OBJECT_REMOVED: "name-removed",
    griffe.BreakageKind.PARAMETER_MOVED: "parameter-moved",
    griffe.BreakageKind.PARAMETER_REMOVED: "parameter-removed",
    griffe.BreakageKind.PARAMETER_CHANGED_KIND: "parameter-kind-changed",
    griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT: "parameter-default-changed",
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED: "parameter-required",
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED: "parameter-required-added",
}


Names = dict[str, griffe.Object]


def compare(before: Names, after: Names, *, sent_only: frozenset[str] = frozenset()) -> list[Difference]:
    """Find what differs."""
    pair = _Pair(_Side.of(before), _Side.of(after), sent_only)
    found: list[Difference] = []
    for name, was in before.items():
        if name in after:
            found += pair.named(name, was, after[name])
        else:
            found.append(difference("name-removed", name))
    return found + [difference("name-added", name) for name in after if name not in before]


@frozen
class _Side:
    """What is public in one of the two: paths of classes, and names."""

    paths: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, public: dict[str, griffe.Object]) -> "_Side":
        return cls(frozenset(each.path for each in public.values()), frozenset(public))


@frozen
class _Pair:
    """The two packages, and the comparisons that need to know of both."""

    old: _Side
    new: _Side
    sent_only: frozenset[str]

    def named(self, name: str, old: griffe.Object, new: griffe.Object) -> Iterator[Difference]:
        if old.kind is not new.kind:
            yield difference("kind-changed", name, kind_of(old), kind_of(new))
        elif isinstance(old, griffe.Class) and isinstance(new, griffe.Class):
            yield from self._classes(name, old, new)
        elif isinstance(old, griffe.Attribute) and isinstance(new, griffe.Attribute):
            yield from _constants(name, old, new)
        else:
            yield from _by_griffe(name, {old.name: old}, {old.name: new}, whole=True)
            yield from _members(name, old, new)

    def _classes(self, name: str, old: griffe.Class, new: griffe.Class) -> Iterator[Difference]:
        yield from _traits(name, old, new)
        yield from _values(name, old, new)
        bases = ancestors(old, self.old.names), ancestors(new, self.new.names)
        if gone := bases[0] - bases[1]:
            yield difference("base-removed", name, shown(gone), shown(bases[1]))
        before, after = members_of(old, self.old.paths), members_of(new, self.new.paths)
        # What has moved into a public base, or out of one, is listed there, and here all the same.
        inherited = {member for member in before if member not in after and member in new.all_members}
        yield from _by_griffe(name, {key: each for key, each in before.items() if key not in inherited}, after)
        for member, was in before.items():
            if member in after:
                yield from _members(f"{name}.{member}", was, after[member], widens=name in self.sent_only)
        fields = fields_of(old, self.old.paths), fields_of(new, self.new.paths)
        yield from _fields(name, *fields, before, after)
        for member, now in after.items():
            if member not in old.all_members and not member.startswith("__") and not fields[1].get(member):
                rule = "abstract-added" if is_left_to_users(new, now) else "name-added"
                yield difference(rule, f"{name}.{member}")


def _constants(name: str, old: griffe.Attribute, new: griffe.Attribute) -> Iterator[Difference]:
    """Aliases of types by what they stand for, and others by their types."""
    if _is_alias(old) and _is_alias(new):
        was, now = types_of(old.value), types_of(new.value)
    else:
        was, now = types_of(old.annotation), types_of(new.annotation)
    if was != now:
        yield difference("alias-changed", name, shown(was), shown(now))
    elif not _is_alias(old) and name != "__version__" and _value(old) != _value(new):
        yield difference("value-changed", name, _value(old), _value(new))
    yield from _traits(name, old, new)


def _traits(name: str, old: griffe.Object, new: griffe.Object) -> Iterator[Difference]:
    was, now = traits_of(old), traits_of(new)
    yield from (difference("trait-added", name, after=each) for each in sorted(now - was))
    yield from (difference("trait-removed", name, each) for each in sorted(was - now))


def _values(name: str, old: griffe.Class, new: griffe.Class) -> Iterator[Difference]:
    """The values of a class: those of an enumeration, and those that our open enumerations list as ``known``."""
    was, now = _values_of(old), _values_of(new)
    for each in was.keys() & now.keys():
        if was[each] != now[each]:
            yield difference("value-changed", f"{name}.{each}", was[each], now[each])


def _values_of(found: griffe.Class) -> dict[str, str]:
    known = found.keywords.get("known")
    if isinstance(known, griffe.ExprDict):
        return {ast.literal_eval(str(key)): str(value) for key, value in zip(known.keys, known.values, strict=True)}
    members = {name: each for name, each in found.members.items() if isinstance(each, griffe.Attribute)}
    return {name: _value(each) for name, each in members.items() if each.is_public and each.annotation is None}


def _value(found: griffe.Object) -> str:
    return "" if not isinstance(found, griffe.Attribute) or found.value is None else str(found.value)


def _overloads(found: griffe.Function) -> list[str]:
    return [
        f"({', '.join(f'{p.name}: {shown(types_of(p.annotation))}' for p in each.parameters)}) -> "
        f"{shown(types_of(each.returns))}"
        for each in found.overloads or ()
    ]


def _is_alias(found: griffe.Attribute) -> bool:
    is_said = str(found.annotation).rpartition(".")[2] == "TypeAlias"
    return is_said or isinstance(found.value, griffe.ExprSubscript | griffe.ExprBinOp)


def _by_griffe(
    name: str,
    old: dict[str, Member] | dict[str, griffe.Object],
    new: dict[str, Member] | dict[str, griffe.Object],
    *,
    whole: bool = False,
) -> Iterator[Difference]:
    """What griffe finds in some functions and attributes."""
    holders = griffe.Module("old"), griffe.Module("new")
    for holder, members in zip(holders, (old, new), strict=True):
        holder.members.update(members)
    for breakage in griffe.find_breaking_changes(*holders):
        rule = _RULES.get(breakage.kind)
        if rule is not None:
            place = name if whole else _place(name, breakage.obj.name)
            yield _of_griffe(rule, place, breakage)


def _of_griffe(rule: str, place: str, breakage: griffe.Breakage) -> Difference:
    was, now = breakage.old_value, breakage.new_value
    parameter = was if isinstance(was, griffe.Parameter) else now
    if not isinstance(parameter, griffe.Parameter):
        return difference(rule, place)
    return difference(rule, f"{place}({parameter.name})", _of_a_parameter(rule, was), _of_a_parameter(rule, now))


def _of_a_parameter(rule: str, value: object) -> str:
    if not isinstance(value, griffe.Parameter):
        return ""
    if rule == "parameter-kind-changed":
        return "" if value.kind is None else value.kind.value
    return str(value.default) if rule == "parameter-default-changed" else shown(types_of(value.annotation))


def _place(name: str, member: str) -> str:
    """The member as users write it: a constructor is called by the name of its class."""
    return name if member == "__init__" else f"{name}.{member}"


def _fields(
    name: str,
    old: dict[str, bool],
    new: dict[str, bool],
    before: dict[str, Member],
    members: dict[str, Member],
) -> Iterator[Difference]:
    for field, required in new.items():
        if field not in old:
            if required:
                types = shown(types_of(getattr(members[field], "annotation", None)))
                yield difference("parameter-required-added", f"{name}({field})", after=types)
        elif required != old[field]:
            yield difference("parameter-required" if required else "parameter-optional", f"{name}({field})")
        elif (was := _value(before[field])) != (now := _value(members[field])):
            yield difference("parameter-default-changed", f"{name}({field})", was, now)


def _members(name: str, old: griffe.Object, new: griffe.Object, *, widens: bool = False) -> Iterator[Difference]:
    yield from _traits(name, old, new)
    was, now = kind_of(old), kind_of(new)
    if was != now and (was, now) != ("read-only property", "attribute"):
        yield difference("kind-changed", name, was, now)
    elif isinstance(old, griffe.Function) and isinstance(new, griffe.Function):
        yield from _parameters(name.removesuffix(".__init__"), old, new)
        overloads = _overloads(old), _overloads(new)
        yield from (difference("overload-removed", name, each) for each in overloads[0] if each not in overloads[1])
        yield from (difference("overload-added", name, after=each) for each in overloads[1] if each not in overloads[0])
        yield from _result(name, types_of(old.returns), types_of(new.returns))
    elif isinstance(old, griffe.Attribute) and isinstance(new, griffe.Attribute):
        before, after = types_of(old.annotation), types_of(new.annotation)
        if now == "read-only property":
            yield from _result(name, before, after)
        elif before != after:
            rule = "attribute-type-widened" if widens and covers(after, before) else "attribute-type-changed"
            yield difference(rule, name, shown(before), shown(after))


def _parameters(name: str, old: griffe.Function, new: griffe.Function) -> Iterator[Difference]:
    before = {each.name: each for each in old.parameters}
    for now in new.parameters:
        after = types_of(now.annotation)
        was = before.get(now.name)
        if was is None:
            if not now.required:
                yield difference("parameter-added", f"{name}({now.name})", after=shown(after))
            continue
        if was.required and not now.required:
            yield difference("parameter-optional", f"{name}({now.name})")
        if (types := types_of(was.annotation)) != after:
            rule = "parameter-type-widened" if covers(after, types) else "parameter-type-changed"
            yield difference(rule, f"{name}({now.name})", shown(types), shown(after))


def _result(name: str, old: Types, new: Types) -> Iterator[Difference]:
    if old != new:
        yield difference("return-type-narrowed" if new < old else "return-type-changed", name, shown(old), shown(new))
