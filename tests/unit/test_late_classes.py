"""Classes that attrs completes on first use are the same as those that it makes at once."""

import copy
import inspect
import pickle
import weakref
from typing import Any, ClassVar, get_type_hints

import attrs
import pytest

from contracts_client.openapi import classes


def _double(value: int) -> int:
    return 2 * value


def _point(make: Any, **options: Any) -> Any:
    """Return a class with a plain, a private, a converted and a masked field, and with a class variable."""

    @make(**options)
    class Point:
        """A point."""

        x: int
        _y: int = attrs.field(default=2, alias="y")
        z: int = attrs.field(default=3, converter=_double, repr=False, kw_only=True)
        unit: ClassVar[str] = "m"

        def __str__(self) -> str:
            return "point"

    return Point


@classes.frozen
class Shown:
    """Is pickled by its name."""

    a: int
    b: int = 2


@classes.define(eq=False)
class Counted:
    """Changes, and is equal to itself alone."""

    count: int = 0


@classes.define(repr=False, kw_only=True)
class Child(Counted):
    """Adds a field."""

    count: int = 5
    name: str = ""


def test_methods_are_those_of_attrs() -> None:
    late, made = _point(classes.frozen), _point(attrs.frozen)
    assert inspect.signature(late) == inspect.signature(made)
    assert repr(late(1, 5, z=1)) == repr(made(1, 5, z=1))
    assert (str(late(1)), late.unit, late.__doc__) == ("point", "m", "A point.")
    assert late.__slots__ == made.__slots__
    assert set(vars(late)) == set(vars(made))


def _asked(ask: Any) -> Any:
    return ask(_point(classes.frozen)), ask(_point(attrs.frozen))


@pytest.mark.parametrize(
    "ask",
    [
        lambda made: [(each.name, each.alias, each.kw_only, each.type) for each in attrs.fields(made)],
        lambda made: made.__match_args__,
        lambda made: attrs.asdict(made(1)),
        lambda made: attrs.astuple(attrs.evolve(made(1), y=7)),
        lambda made: (made(1) == made(1), made(1) != made(2), hash(made(1)) == hash(made(1)), made(1) == 1),
        lambda made: attrs.astuple(copy.deepcopy(made(1))),
        lambda made: attrs.has(made) and attrs.has(type("Plain", (made,), {})),
        lambda made: [each.name for each in attrs.fields(attrs.frozen(type("Sub", (made,), {})))],
        lambda made: repr(type("Plain", (made,), {})(1)),
        lambda made: weakref.ref(one := made(1))() is one,
        lambda made: hasattr(made(1), "__dict__"),
        lambda made: get_type_hints(made)["x"],
    ],
)
def test_first_use_may_be_any(ask: Any) -> None:
    late, made = _asked(ask)
    assert late == made


@pytest.mark.parametrize("change", [lambda one: setattr(one, "x", 2), lambda one: delattr(one, "x")])
def test_a_frozen_class_refuses_changes(change: Any) -> None:
    late = _point(classes.frozen)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        change(object.__new__(late))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        change(late(1))


def test_an_object_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Shown(1))) == Shown(1)


def test_a_class_that_changes_has_no_hash() -> None:
    assert _point(classes.define).__hash__ is None
    made = _point(classes.define)
    one = made(1)
    assert one == made(1)
    one.x = 3
    assert one.x == 3


def test_without_eq_identity_counts() -> None:
    assert Counted() != Counted()
    assert len({Counted(), Counted()}) == 2


def test_a_field_may_be_declared_again() -> None:
    assert (Child().count, Child(name="a").name, Counted().count) == (5, "a", 0)
    assert repr(Child()).startswith("Child(")
