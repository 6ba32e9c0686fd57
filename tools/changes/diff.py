"""Tell what a change means to users, in words fit for the changelog: of openapi.yaml, or of all that they import.

For openapi.yaml, griffe compares the packages generated of both; tools/changes/facts.py has what these do not show. The
rules are in tools/changes/differences.py, and in docs/changing-the-specification.md.
"""

import argparse
import ast
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import griffe
import yaml
from attrs import evolve, frozen

from tools.changes.compare import Names, compare
from tools.changes.differences import Difference, difference, told
from tools.changes.facts import (
    Facts,
    classes_of,
    fact_differences,
    facts_of,
    operation_id,
    python_name,
    renamed_operations,
    sent_only,
)
from tools.changes.surface import package_at, package_in, public_names
from tools.generate.input_faults import REFUSED_OPTIONS
from tools.generate.openapi_keywords import mapped
from tools.generate.source import GenerationError
from tools.generate.write import generate
from tools.openapi_parts import DocumentError, Node, operations
from tools.spec.documents import is_reference, read_document, read_source

ROOT = Path(__file__).resolve().parents[2]
CLIENT = "ContractsClient"
# What no user gives: the client writes these headers.
OF_THE_CLIENT = ("(et_client_name)", "(x_correlation_id)")


@frozen
class Specification:
    """A document, and what decides the names that users see: configuration, names exported, methods by function."""

    document: Node
    config: Mapping[str, Any]
    public: frozenset[str]
    methods: Mapping[str, str]


def specification_at(source: str | None, *, root: Path = ROOT) -> Specification:
    """Read a specification: of a file, an https address, a git reference, or where it is None of the work tree."""
    document = read_document(str(root / "openapi.yaml") if source is None else source, root=root)

    def text(name: str) -> str:
        # A mere file has the names of the work tree.
        if source is None or not is_reference(source):
            return (root / name).read_text(encoding="utf-8")
        return read_source(source, name, root=root)

    config = yaml.safe_load(text("generator-config.yaml"))
    public = next(_exported(text("contracts_client/__init__.py")), frozenset[str]())
    return Specification(document, config, public, methods_of(text("contracts_client/client.py")))


def _exported(source: str) -> Iterator[frozenset[str]]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == ["__all__"]:
            yield frozenset(ast.literal_eval(node.value))


def methods_of(client: str) -> dict[str, str]:
    """The client's methods, each by the generated function that it is the first to use."""
    tree = ast.parse(client)
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and "_generated." in (node.module or "")]
    functions = {alias.name for node in imports for alias in node.names}
    found: dict[str, str] = {}
    for kind in tree.body:
        for method in kind.body if isinstance(kind, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                used = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)} & functions
                found = dict.fromkeys(used, f"{CLIENT}.{method.name}") | found
    return found


def differences(old: Specification, new: Specification) -> list[Difference]:
    """Find what differs for users."""
    renamed = renamed_operations(old.document, new.document)
    for keys, _, operation in operations(old.document):
        if (name := operation_id(keys, operation)) in renamed:
            operation["operationId"] = renamed[name]
    methods = {**old.methods, **new.methods}
    found = [
        difference("operation-renamed", methods.get(python_name(after), python_name(after)), before, after)
        for before, after in renamed.items()
    ]
    # One after the other: in CPython 3.11 two threads that parse Python at once can fail with a SystemError.
    before, after = generated_names(old, methods), generated_names(new, methods)
    found += compare(before, after, sent_only=sent_only(new.document, new.config))
    found += fact_differences(_facts(old, methods), _facts(new, methods), shown=tuple(found))
    codes = {name: (_code(before.get(name)), _code(after.get(name))) for name in before | after}
    for name, (was, now) in codes.items():
        if was and now and was != now and not any(_is_of(each.subject, name) for each in found):
            found.append(difference("code-changed", name))
    exported = old.public | new.public | {CLIENT}
    return [_judged(each, codes, exported) for each in found if not each.subject.endswith(OF_THE_CLIENT)]


def _judged(found: Difference, codes: Mapping[str, tuple[str, str]], exported: frozenset[str]) -> Difference:
    """Let nothing break users that they can't reach, or that the generated code does not take up."""
    owner = re.split(r"[.( ]", found.subject)[0]
    # What is not exported is filled by the client alone, and its type checker says what has to follow.
    reached = owner in exported or not owner[:1].isupper()
    pairs = [code for name, code in codes.items() if _is_of(found.subject, name)] or codes.values()
    taken_up = found.rule != "described-otherwise" or any(was != now for was, now in pairs)
    return evolve(found, breaking=found.breaking and reached and taken_up)


def _is_of(subject: str, name: str) -> bool:
    return subject == name or re.match(rf"{re.escape(name)}[.( ]", subject) is not None


def _code(found: griffe.Object | None) -> str:
    """The module of a class or an operation, without what is for people."""
    if found is None:
        return ""
    tree = ast.parse(found.module.source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [each for each in node.body if not _is_text(each)]
    return ast.unparse(tree)


def _facts(specification: Specification, methods: Mapping[str, str]) -> Facts:
    return facts_of(specification.document, classes_of(specification.document, specification.config), methods)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def generated_names(specification: Specification, methods: Mapping[str, str]) -> Names:
    """Generate the package of a specification, and list its functions and classes by the names that users know."""
    document = specification.document
    # A configuration of long ago may have what the generator refuses by now.
    config = {key: each for key, each in specification.config.items() if key not in REFUSED_OPTIONS}
    schemas = mapped(mapped(document, "components"), "schemas")
    overrides = mapped(config, "class_overrides")
    config["class_overrides"] = {name: each for name, each in overrides.items() if name in schemas}
    with tempfile.TemporaryDirectory(prefix="spec-diff-") as folder:
        written = Path(folder, "openapi.yaml"), Path(folder, "generator-config.yaml")
        for path, value in zip(written, (document, config), strict=True):
            path.write_text(json.dumps(value, default=str), encoding="utf-8")  # JSON is YAML too
        repository = Path(folder, "repository")
        repository.mkdir()
        generate(repository, document=written[0], config=written[1], templates=ROOT / "custom_templates")
        (repository / "contracts_client" / "__init__.py").touch()
        return dict(_names(package_in(repository), methods))


def _names(module: griffe.Module, methods: Mapping[str, str]) -> Iterator[tuple[str, griffe.Object]]:
    for name, member in module.members.items():
        if isinstance(member, griffe.Module):
            yield from _names(member, methods)
        elif isinstance(member, griffe.Class) and ".models." in module.path and not name.startswith("_"):
            yield name, member
        elif isinstance(member, griffe.Function) and name == module.name:  # an operation has a module to itself
            yield methods.get(name, name), member


def api_differences(base: str, head: str | None, *, root: Path = ROOT) -> list[Difference]:
    """Compare the package of a git reference with that of another, or of the work tree."""
    before, after = (public_names(package_at(each, root=root)) for each in (base, head))
    specification = specification_at(None, root=root)
    return compare(before, after, sent_only=sent_only(specification.document, specification.config))


def main(arguments: list[str] | None = None) -> int:
    """Run the command, and return 2 where something can't be read or generated. What is found is not judged here.

    Of documents that can't be generated, what they say is compared, keyword by keyword.
    """
    parser = argparse.ArgumentParser(prog="diff", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["spec", "api"], help="openapi.yaml, or the package")
    parser.add_argument("base", help="as it was: a git reference; of openapi.yaml a file or an https address too")
    parser.add_argument("head", nargs="?", help="as it is, named in the same way; the work tree by default")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    failed = False
    try:
        if options.what == "api":
            found = api_differences(options.base, options.head)
        else:
            old, new = (specification_at(each) for each in (options.base, options.head))
            try:
                found = differences(old, new)
            except GenerationError as error:
                print(error, file=sys.stderr)
                failed, found = True, [*fact_differences(_facts(old, old.methods), _facts(new, new.methods))]
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    print(told(found, as_json=options.json))
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
