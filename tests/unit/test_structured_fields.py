"""Structured fields, held to a library that implements the same standard."""

from collections import UserString
from datetime import datetime
from typing import Any

import http_sf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts_client.resilience.structured_fields import MAX_LENGTH, Date, Item, parse_dictionary, parse_list


def plain(value: Any) -> Any:
    """A value of either parser, in one shape."""
    if isinstance(value, Item):
        return plain(value.value), {name: plain(each) for name, each in value.parameters.items()}
    if isinstance(value, datetime):
        return Date(round(value.timestamp()))
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], dict):
        return plain(value[0]), {name: plain(each) for name, each in value[1].items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, str | UserString):
        return str(value)
    return float(value) if not isinstance(value, int | bytes | Date) else value


def theirs(text: str, kind: str) -> Any:
    try:
        found = http_sf.parse(text.encode("latin-1", "replace"), tltype=kind)
    except ValueError:
        return None
    return {key: plain(each) for key, each in found.items()} if isinstance(found, dict) else plain(found)


def ours(text: str, kind: str) -> Any:
    try:
        if kind == "list":
            return plain(parse_list(text))
        return {key: plain(each) for key, each in parse_dictionary(text).items()}
    except ValueError:
        return None


bare = st.one_of(
    st.integers(-(10**15), 10**15).map(str),
    st.from_regex(r"-?[0-9]{1,13}\.[0-9]{0,4}", fullmatch=True),
    st.from_regex(r'"([ -~]|\\["\\])*"', fullmatch=True),
    st.from_regex(r"[A-Za-z*][A-Za-z0-9*:/.%'-]*", fullmatch=True),
    st.binary(max_size=9).map(http_sf.ser),
    st.sampled_from(
        ["?0", "?1", "?2", "@0", "@1700000000", "@-5", "@1.5", '%"f%c3%bc"', '%"%C3"', '%"%ff"', ":=:", "-"]
    ),
)
key = st.from_regex(r"[a-z*A][a-z0-9_.*-]*", fullmatch=True)
parameters = st.lists(st.tuples(st.sampled_from([";", "; "]), key, bare | st.none()), max_size=3).map(
    lambda all_of_it: "".join(
        f"{apart}{name}" + ("" if value is None else f"={value}") for apart, name, value in all_of_it
    )
)
item = st.builds(lambda value, rest: value + rest, bare, parameters)
inner = st.lists(item, max_size=3).map(lambda items: f"({' '.join(items)})")
member = st.builds(lambda value, rest: value + rest, item | inner, parameters)
comma = st.sampled_from([",", ", ", " ,\t", ",,"])
lists = st.builds(lambda apart, members: apart.join(members), comma, st.lists(member, max_size=4))
pairs = st.builds(lambda name, value: name if value is None else f"{name}={value}", key, member | st.none())
dictionaries = st.builds(lambda apart, members: apart.join(members), comma, st.lists(pairs, max_size=4))
noise = st.text(alphabet='aA01-.;=,()":?@%*+/ \t\\_', max_size=12)


@given(lists | noise)
@example('"burst";r=0, "daily";r=5000;t=80000')
@example("a,")
@example("a\t")
@example("(1  2 )")
@example("(1,2)")
@example("(1")
@example('"a\\"b\\\\"')
@example("a;b;b=1;b=2")
def test_lists_are_read_as_the_standard_says(text: str) -> None:
    assert ours(text, "list") == theirs(text, "list")


@given(dictionaries | noise)
@example("limit=10, remaining=0, reset=7")
@example("a, b;q, a=2")
@example("a=(1 2);w=3")
def test_dictionaries_follow_the_standard(text: str) -> None:
    """Dictionaries are read as the standard says."""
    assert ours(text, "dictionary") == theirs(text, "dictionary")


@pytest.mark.parametrize("text", ["a" * (MAX_LENGTH + 1), "\u00fc", "\u0661", '"\u00fc"'])
def test_a_long_or_foreign_field_is_refused(text: str) -> None:
    """What is too long or not ascii is refused."""
    with pytest.raises(ValueError, match=r"the field is too long|expected a value"):
        parse_list(text)
