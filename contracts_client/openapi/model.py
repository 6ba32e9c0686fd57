"""The base class of all models: reading, writing, unknown properties, and a repr that masks personal values."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any, ClassVar, Self, TypeVar, cast

from attrs import field, fields

from .classes import define
from .dates import write_date_time
from .decode import decoded
from .enums import shortened
from .fast import encode_json

T = TypeVar("T")

_SHOWN_ITEMS = 3  # of a list in a repr


def none_if_empty(properties: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return unknown properties for comparisons, in which None equals an empty dict."""
    return properties or None


@define(kw_only=True, repr=False)
class Model:
    """A schema of the specification. Generated classes add its properties, and how it is written."""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = field(default=None, alias="additional_properties", eq=none_if_empty)

    json_names: ClassVar[dict[str, str]] = {}
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    _personal: ClassVar[frozenset[str]] = frozenset()  # attributes that identify a person: a repr masks them
    _read_only: ClassVar[frozenset[str]] = frozenset()  # attributes that requests leave out
    _decode: ClassVar[Callable[[Any], Model]]  # makes one of a JSON value

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Properties that the specification does not know, by name; written back as they came."""
        if self._additional_properties is None:
            self._additional_properties = {}
        return self._additional_properties

    @additional_properties.setter
    def additional_properties(self, properties: dict[str, Any]) -> None:
        # attrs.evolve() and copies hand on an empty dict, which two models must not share.
        self._additional_properties = None if properties == {} else properties

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        made = decoded(data, cls._decode)
        if isinstance(made, cls):
            return made
        # A subclass: with the same values, and what it declares itself at its default.
        return cls(**{each.alias: getattr(made, each.name) for each in fields(type(made))})

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object, without values that are None.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        return self._written(write_date_time)

    def to_json(self) -> bytes:
        """Return this as a JSON document in UTF-8, with what ``to_dict`` has. msgspec writes it if it is installed.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        return encode_json(self._written)

    @abstractmethod
    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        """Return this as a JSON object, with moments as ``date_time`` writes them."""

    def __init_subclass__(cls, **options: Any) -> None:
        super(Model, cls).__init_subclass__(**options)  # noqa: UP008 # define() makes another class of this body
        if "to_dict" in vars(cls):  # a user's own counts in to_json() and inside other models too
            type.__setattr__(cls, "_written", _written_by_user)

    def to_row(self) -> dict[str, Any]:
        """Return this as a flat row: the same columns each time, in snake_case, with moments in UTC and Decimals.

        An object in it becomes columns with its name in front, and an array a list of rows. What the specification does
        not know is JSON text, in the column ``additional_properties``.
        """
        from .forms.rows import table_of  # noqa: PLC0415 # few need rows

        return table_of(type(self)).row(self)

    def _with_unknown(self, data: dict[str, Any], write: Callable[[Any], Any] | None = None) -> dict[str, Any]:
        """Return a JSON object with the unknown properties after those of the specification, whose values count.

        Args:
            data: The properties of the specification.
            write: Writes the value of an unknown one, where that is no JSON value.
        """
        unknown = self._additional_properties or {}
        if write is not None:
            unknown = {name: write(value) for name, value in unknown.items()}
        return {**data, **unknown, **data}

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: Any) -> Any:
        """Return how pydantic validates and writes this: by ``from_dict`` and ``to_dict``."""
        from .forms import pydantic_schema  # noqa: PLC0415 # pydantic is there if it asks

        return pydantic_schema.of_model(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Return the JSON schema, for the OpenAPI document of a host."""
        from .forms import pydantic_schema  # noqa: PLC0415 # likewise

        return pydantic_schema.described_model(cls, schema, handler)

    def __repr__(self) -> str:
        """Return a text that is fit for a log: without values that are None, and with personal values masked."""
        attributes = [f"{name}={shown(value)}" if name else repr(value) for name, value in self._attributes()]
        return f"{type(self).__name__}({', '.join(attributes)})"

    def __rich_repr__(self) -> Iterable[tuple[str | None, Any]]:
        """Return what rich breaks into lines: what the repr shows, and no more."""
        from .forms.display import for_rich  # noqa: PLC0415 # who has no rich needs none

        return for_rich(self._attributes())

    def _repr_html_(self) -> str:
        """Return a table for a notebook: what the repr shows, and no more."""
        from .forms.display import as_html  # noqa: PLC0415 # likewise

        return as_html(type(self).__name__, self._attributes())

    def _attributes(self) -> Iterator[tuple[str | None, Any]]:
        """Yield name and value of what may be shown. What may not is a text in its place, and the last has no name."""
        for attribute in fields(type(self)):
            name: str = attribute.name
            value: Any = getattr(self, name)
            if value is not None and name != "additional_properties":
                yield name, Text("***") if name in self._personal else value
        if self._additional_properties:
            yield None, Text(f"<{len(self._additional_properties)} unknown>")


def _written_by_user(self: Model, _: Any, /) -> dict[str, Any]:
    return self.to_dict()


def without_read_only(value: T) -> T:
    """Return a copy of a model, or of a list, without the properties that only responses have."""
    if isinstance(value, list):
        return cast("T", [without_read_only(each) for each in cast("list[Any]", value)])
    if not isinstance(value, Model):
        return value
    made = copy(value)
    for attribute in fields(type(value)):
        held: Any = getattr(value, attribute.name)
        if attribute.name in value._read_only:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # of any model
            setattr(made, attribute.name, None)
        elif held.__class__ is list or isinstance(held, Model):
            setattr(made, attribute.name, without_read_only(held))
    return made


class Text:
    """A text that stands for a value."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def shown(value: Any, max_items: int = _SHOWN_ITEMS) -> str:
    """Return a short repr of a value. A model shortens its own."""
    if value.__class__ is list:
        items: list[Any] = value
        if len(items) > max_items:
            return f"[{len(items)} items]"
        return f"[{', '.join(shown(item, 0) for item in items)}]"
    if value.__class__ is dict:
        return f"<{len(value)} properties>"
    if isinstance(value, dt.date):
        return value.isoformat()  # a third of its repr, and easier to read
    return repr(value) if isinstance(value, Model | Text) else shortened(value)
