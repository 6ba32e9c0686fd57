"""Names in Python for those of a document: one name a thing. A second one of the same name gets a number."""

import builtins
import keyword
from collections.abc import Iterable

from openapi_python_client.parser.properties import Class, EnumProperty
from openapi_python_client.strings import ClassName, PythonIdentifier, pascal_case

from tools.generate.openapi_keywords import words

PREFIX = "field_"
# Names of classes that generated modules use for something else.
USED_CLASSES = words(
    "Any Callable ClassVar Decimal DecodeError Iterable Model OpenInt OpenStr Reader StructBuilder TypedDict UUID"
)
# Names that the function of an operation, and its module, use for something else.
USED_ARGUMENTS = words(
    "body client datetime dumps each item list_of list_reader mismatch nested operation parameters partial place",
    "by_kind url union_of value",
)
# What the base class of models has.
USED_ATTRIBUTES = words("additional_properties from_dict json_names names_are_open to_dict to_json to_row")


class Names:
    """Hands out names, each once.

    Args:
        taken: Names that are not to be had.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def free(self, name: str, between: str = "_") -> str:
        """Return a name, or the first of name_2, name_3, ... that nothing else has, and take it."""
        made, number = name, 1
        while made in self._taken:
            number += 1
            made = f"{name}{between}{number}"
        self._taken.add(made)
        return made


class ClassNames:
    """Hands out names of classes, of which the modules have names of their own too.

    Args:
        overrides: `class_overrides` of the generator's configuration.
    """

    def __init__(self, overrides: dict[str, dict[str, str]]) -> None:
        self._overrides = overrides
        self._names = Names()
        self._taken: set[str] = set(USED_CLASSES)

    def free(self, wanted: str) -> str:
        """Take the name of a class."""
        name, number = str(ClassName(wanted, PREFIX)), 1
        made = name
        while {self.final(made), f"module {self.module(made)}"} & self._taken:
            number += 1
            made = f"{name}{number}"
        self._taken |= {self.final(made), f"module {self.module(made)}"}
        return made

    def final(self, name: str) -> str:
        """Return what the configuration calls a class."""
        return self._overrides.get(name, {}).get("class_name", name)

    def module(self, name: str) -> str:
        """Return the module of a class."""
        return str(PythonIdentifier(self._overrides.get(name, {}).get("module_name", self.final(name)), PREFIX))


def joined(parent: str, *names: str) -> str:
    """Return the name of a class that stands within something, as the generator makes it."""
    return pascal_case(parent) + pascal_case("_".join(names))


def identifier(name: str) -> str:
    """Return the name of an argument or of an operation."""
    return str(PythonIdentifier(name, PREFIX))


def attribute(name: str) -> str:
    """Return the attribute that the generator makes of the name of a property."""
    return str(PythonIdentifier(name, PREFIX))


def value_names(values: list[str] | list[int], names: list[str]) -> list[str] | None:
    """Return names for the values of an enumeration where the generator's own would not do, else None."""
    try:
        if len(
            EnumProperty.values_from_list(values, Class(ClassName("X", PREFIX), PythonIdentifier("x", PREFIX)), names)
        ) == len(values):
            return None
    except ValueError:
        pass
    free = Names()
    made: list[str] = []
    for index, value in enumerate(values):
        word = str(PythonIdentifier(str(names[index] if names else value), "VALUE_")).upper().rstrip("_")
        made.append(free.free(word if word.isidentifier() else f"VALUE_{index}"))
    return made


def is_keyword(name: str) -> bool:
    """Whether Python reads a name as something else."""
    return keyword.iskeyword(name) or hasattr(builtins, name)
