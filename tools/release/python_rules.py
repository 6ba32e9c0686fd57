"""The rules by which a difference of the Python surface breaks the code of the package's users, or does not.

docs/changing-the-specification.md prints this table, and the tests hold a pair of packages for each rule.
"""

from tools.spec.rules import table

PYTHON_RULES = table(
    (
        "name-added", False, "Added", "`{subject}` is new.",
        "nobody uses it yet",
    ),
    (
        "name-removed", True, "Removed", "`{subject}` is gone.",
        "whoever uses it finds nothing",
    ),
    (
        "abstract-added", True, "Added", "`{subject}` is new, and has to be written by whoever implements the class.",
        "a class of the user's own that lacks it no longer fits the protocol",
    ),
    (
        "kind-changed", True, "Changed", "`{subject}` is {after} now, not {before}.",
        "a call, an await or a look at an attribute is no longer written in the same way",
    ),
    (
        "base-removed", True, "Changed", "`{subject}` is derived from `{after}` now, not from `{before}`.",
        "an except or an isinstance that names the old base no longer catches it",
    ),
    (
        "parameter-added", False, "Added", "`{subject}` is new: `{after}`, and may be left out.",
        "calls without it go on as before",
    ),
    (
        "parameter-required-added", True, "Added", "`{subject}` is new: `{after}`, and has to be given.",
        "calls without it fail",
    ),
    (
        "parameter-removed", True, "Removed", "`{subject}` is gone.",
        "calls with it fail",
    ),
    (
        "parameter-required", True, "Changed", "`{subject}` has to be given now.",
        "calls without it fail",
    ),
    (
        "parameter-optional", False, "Changed", "`{subject}` may be left out now.",
        "calls with it go on as before",
    ),
    (
        "parameter-moved", True, "Changed", "`{subject}` stands at another place now.",
        "a call by position gives it something else",
    ),
    (
        "parameter-kind-changed", True, "Changed", "`{subject}` is {after} now, not {before}.",
        "it can't be given in every way that it could be",
    ),
    (
        "parameter-default-changed", True, "Changed", "`{subject}` is `{after}` by default now, not `{before}`.",
        "a call that leaves it out does something else",
    ),
    (
        "parameter-type-widened", False, "Changed", "`{subject}` can be `{after}` now, not only `{before}`.",
        "what was given before can still be given",
    ),
    (
        "parameter-type-changed", True, "Changed", "`{subject}` is `{after}` now, not `{before}`.",
        "what was given before is refused by the type checker",
    ),
    (
        "return-type-narrowed", False, "Changed", "`{subject}` returns `{after}` now, no longer `{before}`.",
        "whoever was ready for more is ready for less",
    ),
    (
        "return-type-changed", True, "Changed", "`{subject}` returns `{after}` now, not `{before}`.",
        "whoever uses the result expects the old one",
    ),
    (
        "attribute-type-widened", False, "Changed", "`{subject}` can be `{after}` now, not only `{before}`.",
        "of a class that is only made and sent: what was given before can still be given",
    ),
    (
        "attribute-type-changed", True, "Changed", "`{subject}` is `{after}` now, not `{before}`.",
        "readers expect the old type, and makers give it",
    ),
    (
        "alias-changed", True, "Changed", "`{subject}` stands for `{after}` now, not for `{before}`.",
        "an annotation that names it means something else",
    ),
)  # fmt: skip
"""The rules for two Python surfaces, by name."""
