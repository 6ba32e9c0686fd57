"""Classes of attrs that cost little at import: attrs compiles the methods of each when the first of them is used.

``define`` and ``frozen`` are attrs' own to type checkers, and in what they make: fields, methods, slots and pickles.
Only the moment differs. The slots exist at once, ``__init__`` comes with the first object, and ``__eq__``, the fields
and the rest come together when one of them is first looked up. Methods in the body of a class stay as they are.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, get_type_hints

import attrs

__all__ = ["define", "frozen"]


@attrs.frozen(eq=False, repr=False)
class _Sample:
    """Shows what the installed attrs adds to a class. Its methods that refuse changes mark frozen classes to attrs."""


_ALWAYS: Final = vars(_Sample).keys() & {
    "__attrs_attrs__",
    "__attrs_props__",
    "__getstate__",
    "__init__",
    "__match_args__",
    "__setstate__",
}
_NO_MORE: Final = {"eq": False, "repr": False}
_COMPARING: Final = frozenset({"__eq__", "__ne__"})
_OF_THE_CLASS: Final = frozenset({"__dict__", "__weakref__", "__attrs_base_of_slotted__"})  # a class has its own


class _Late:
    """An attribute of a class that attrs adds when it is first looked up."""

    def __init__(self, name: str, complete: Callable[[str], Any]) -> None:
        self._name = name
        self._complete = complete

    def __get__(self, instance: Any, owner: type) -> Any:
        found = self._complete(self._name)
        return found.__get__(instance, owner) if hasattr(found, "__get__") else found


def _by_property(plain: type, fields: Any) -> Any:
    """Return the fields of a class: one that a property stands for is known by the property, to subclasses too."""
    properties = {name for name, value in vars(plain).items() if isinstance(value, property)}
    return type(fields)(
        # Its type too, which get_type_hints() knows by the name of the field.
        each.evolve(name=each.alias, type=get_type_hints(plain)[each.name]) if each.alias in properties else each
        for each in fields
    )


def _made_late(make: Callable[..., Any], plain: type | None = None, /, **options: Any) -> Any:
    """Decorate a class as ``make`` of attrs does, but complete it on first use.

    No method may use ``super()`` without arguments, which would mean the undecorated class.

    Args:
        make: ``define`` or ``frozen`` of attrs.
        plain: The class, whose fields are annotated. Those of a class that is not frozen have no validators.
        options: ``eq``, ``repr`` and ``kw_only`` of attrs.
    """
    if plain is None:
        return partial(_made_late, make, **options)

    def complete(name: str) -> Any:
        is_first = name == "__init__"  # most classes need no more: two thirds of the time would go into the rest
        by_attrs: type = make(**{**options, **_NO_MORE} if is_first else options)(plain)
        added = {each: value for each, value in vars(by_attrs).items() if each not in _OF_THE_CLASS}
        for each in (name,) if is_first else added:
            if each not in vars(made) or isinstance(vars(made)[each], _Late):
                setattr(made, each, added[each] if each != "__attrs_attrs__" else _by_property(plain, added[each]))
        return vars(made)[name]

    inherited = {name for base in plain.__mro__[1:] for name in getattr(base, "__slots__", ())}
    annotated = inspect.get_annotations(plain)
    fields = [name for name, kind in annotated.items() if not str(kind).removeprefix("typing.").startswith("ClassVar")]
    slots = tuple(name for name in (*fields, "__weakref__") if name not in inherited)
    is_frozen, is_compared = make is attrs.frozen, options.get("eq", True)
    late = set(_ALWAYS)
    if is_compared:
        late |= _COMPARING
    if is_compared and is_frozen:
        late.add("__hash__")
    if options.get("repr", True):
        late.add("__repr__")
    body: dict[str, Any] = {name: value for name, value in vars(plain).items() if name not in {*fields, *_OF_THE_CLASS}}
    body.update({name: _Late(name, complete) for name in late if name not in body})
    if is_compared:
        body.setdefault("__hash__", None)
    if is_frozen:
        body.update(__setattr__=_Sample.__setattr__, __delattr__=_Sample.__delattr__)
    made = type(plain)(
        plain.__name__, plain.__bases__, {**body, "__slots__": slots, "__qualname__": plain.__qualname__}
    )
    return made


if TYPE_CHECKING:
    from attrs import define, frozen
else:
    define = partial(_made_late, attrs.define)
    frozen = partial(_made_late, attrs.frozen)
