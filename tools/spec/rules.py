"""The rules by which a difference of the specification breaks the code of the package's users, or does not.

docs/changing-the-specification.md prints this table, and the tests hold a pair of specifications for each rule.
"""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Rule:
    """A kind of difference.

    Attributes:
        name: What to call it.
        breaking: Whether code that uses the package can stop to work, or to pass its type checker.
        section: Where in the changelog it belongs.
        sentence: What to tell of it: {subject}, {before} and {after} are filled in.
        why: Why it is judged so.
    """

    name: str
    breaking: bool
    section: str
    sentence: str
    why: str


def table(*rules: tuple[str, bool, str, str, str]) -> Mapping[str, Rule]:
    """Make rules of their fields, by name."""
    return {each[0]: Rule(*each) for each in rules}


RULES = table(
    (
        "operation-added", False, "Added", "`{subject}` is new.",
        "nobody calls it yet",
    ),
    (
        "operation-removed", True, "Removed", "`{subject}` is gone.",
        "whoever calls it has nothing to call",
    ),
    (
        "operation-renamed", False, "Changed", "`{subject}` is the operation `{after}` now, which was `{before}`.",
        "the method keeps its name: the facade alone sees the operationId",
    ),
    (
        "operation-moved", False, "Changed", "`{subject}` is sent to `{after}` now, not to `{before}`.",
        "no user writes a method or a path, except in mocks of their own tests",
    ),
    (
        "argument-added", False, "Added", "`{subject}` is new: `{after}`, and may be left out.",
        "calls without it go on as before",
    ),
    (
        "argument-required-added", True, "Added", "`{subject}` is new: `{after}`, and has to be given.",
        "calls without it fail",
    ),
    (
        "argument-removed", True, "Removed", "`{subject}` is gone.",
        "calls with it fail",
    ),
    (
        "argument-renamed", True, "Changed", "`{subject}` is called `{after}` now.",
        "a filter is a keyword by its own name, unless the facade keeps the old one",
    ),
    (
        "argument-renamed-in-body", False, "Changed", "`{subject}` is sent as `{after}` now, not as `{before}`.",
        "the method's keyword is the facade's, which alone fills the body",
    ),
    (
        "argument-required", True, "Changed", "`{subject}` has to be given now.",
        "calls without it fail",
    ),
    (
        "argument-optional", False, "Changed", "`{subject}` may be left out now.",
        "calls with it go on as before",
    ),
    (
        "argument-type-widened", False, "Changed", "`{subject}` can be `{after}` now, not only `{before}`.",
        "what was given before can still be given",
    ),
    (
        "argument-type-changed", True, "Changed", "`{subject}` is `{after}` now, not `{before}`.",
        "what was given before is refused, by the type checker or by the server",
    ),
    (
        "argument-rules-changed", False, "Changed", "`{subject}` keeps to other rules: {after}, not {before}.",
        "no signature changes; what the server refuses is its own affair",
    ),
    (
        "result-changed", True, "Changed", "`{subject}` returns `{after}` now, not `{before}`.",
        "whoever uses the result expects the old one",
    ),
    (
        "status-added", False, "Changed", "`{subject}` can be answered by {after}.",
        "the errors are there for every status, listed or not",
    ),
    (
        "status-removed", False, "Changed", "`{subject}` is no longer said to be answered by {before}.",
        "an error that does not come harms nobody",
    ),
    (
        "pagination-changed", False, "Changed", "`{subject}` is paged by {after} now, not by {before}.",
        "the names that page a listing are the client's own affair; a field that is renamed is found as a field",
    ),
    (
        "class-added", False, "Added", "`{subject}` is a new class.",
        "nobody uses it yet",
    ),
    (
        "class-removed", True, "Removed", "`{subject}` is gone.",
        "whoever imports it has nothing to import",
    ),
    (
        "class-renamed", True, "Changed", "`{subject}` is called `{after}` now.",
        "whoever imports it by its old name has nothing to import",
    ),
    (
        "field-added", False, "Added", "`{subject}` is new: `{after}`, or None.",
        "readers do not look at it, and makers may leave it out",
    ),
    (
        "field-required-added", True, "Added", "`{subject}` is new: `{after}`, always there.",
        "who makes such an object, in a test or from stored JSON, lacks it; so may a server that is behind",
    ),
    (
        "field-removed", True, "Removed", "`{subject}` is gone.",
        "whoever reads it finds nothing: what the server still sends is in additional_properties",
    ),
    (
        "field-renamed", True, "Changed", "`{subject}` is called `{after}` now.",
        "whoever reads it by its old name finds nothing",
    ),
    (
        "field-optional", True, "Changed", "`{subject}` can be None now.",
        "readers that did not look for None have to",
    ),
    (
        "sent-field-optional", False, "Changed", "`{subject}` may be left out now.",
        "the object is only made and sent: those who give it go on as before",
    ),
    (
        "field-required", True, "Changed", "`{subject}` is always there now.",
        "who makes such an object without it, in a test or from stored JSON, fails; so does a server without it",
    ),
    (
        "field-type-changed", True, "Changed", "`{subject}` is `{after}` now, not `{before}`.",
        "readers expect the old type, makers give it, and strict type checkers refuse to compare with one that went",
    ),
    (
        "sent-field-type-widened", False, "Changed", "`{subject}` can be `{after}` now, not only `{before}`.",
        "the object is only made and sent: what was given before can still be given",
    ),
    (
        "field-personal-changed", False, "Changed", "`{subject}` is {after} in reprs now, not {before}.",
        "a repr is for people",
    ),
    (
        "field-rules-changed", False, "Changed", "`{subject}` keeps to other rules: {after}, not {before}.",
        "no type changes, and reading checks types alone",
    ),
    (
        "value-added", False, "Added", "`{subject}` is a new value.",
        "enumerations are open: the value came through as itself before",
    ),
    (
        "value-removed", True, "Removed", "`{subject}` is gone.",
        "whoever compares with it has nothing to compare with",
    ),
    (
        "value-changed", True, "Changed", "`{subject}` is the text `{after}` now, not `{before}`.",
        "whoever compares with the text, or has stored it, waits for one that does not come",
    ),
    (
        "servers-changed", False, "Changed", "The `{subject}` are {after} now, not {before}.",
        "environments have names; whoever writes an address writes base_url",
    ),
)  # fmt: skip
"""The rules for two specifications, by name."""
