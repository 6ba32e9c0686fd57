"""What users can import, and what they see of it, by griffe, which reads sources and runs nothing."""

import io
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import griffe

from tools.openapi_parts import DocumentError
from tools.spec.documents import asked_git

PACKAGE = "contracts_client"

MODULES = (
    "",
    "models",
    "opentelemetry",
    "rows",
    "sandbox",
    "structured_logging",
    "testing",
    "testing.builders",
    "testing.pytest_plugin",
    "testing.strategies",
)
"""What users import: names of the package itself, and of these of its modules."""
NOT_MADE_BY_USERS = frozenset({"Hold", "Paginator", "RecordedCall", "RecordedRequest", "Script"})
"""Classes that methods of the client, or of the test kit, return: users need not know how they are made."""

# No user calls these.
_OF_THE_CLASS = {
    "__attrs_post_init__",
    "__get_pydantic_core_schema__",
    "__get_pydantic_json_schema__",
    "__init_subclass__",
    "__reduce__",
    "__rich_repr__",
    "__slots__",
    "_repr_html_",
}

Member = griffe.Attribute | griffe.Function


def package_at(reference: str | None, *, root: Path) -> griffe.Module:
    """Load the package of a git reference, or of the work tree. Nothing is checked out."""
    if reference is None:
        return package_in(root)
    # An archive rather than griffe.load_git, whose work tree and branch in the repository are left by an interrupt.
    archived = asked_git(root, "archive", "--format=tar", "--end-of-options", reference, PACKAGE)
    if archived is None:
        raise DocumentError(f"{reference} is no git reference with {PACKAGE}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archived)) as archive:
            archive.extractall(folder, filter="data")
        return package_in(Path(folder))


def package_in(folder: Path) -> griffe.Module:
    """Load the package that is in a folder."""
    try:
        package = griffe.load(
            PACKAGE,
            search_paths=[folder],
            try_relative_path=False,  # else the one of the working folder is taken
            allow_inspection=False,
            resolve_aliases=True,
            resolve_external=False,
        )
    except (ImportError, SyntaxError) as error:
        raise DocumentError(f"{PACKAGE} can't be read: {error}") from error
    assert isinstance(package, griffe.Module)  # noqa: S101 # what is loaded is a package
    _expand(package)
    return package


def public_names(package: griffe.Module) -> dict[str, griffe.Object]:
    """List what users can import, by its name as users write it: without the package's."""
    found: dict[str, griffe.Object] = {}
    for name in MODULES:
        if module := _module(package, name):
            own = [each for each, member in module.members.items() if member.is_public and _is_own(member)]
            for each in [str(exported) for exported in module.exports or ()] or own:
                member = module.members.get(each)
                if target := _target(member):
                    found[f"{name}.{each}" if name else each] = target
                elif isinstance(member, griffe.Alias) and member.target_path.startswith(f"{PACKAGE}."):
                    raise DocumentError(f"{member.path} can't be imported: {member.target_path} is not there")
    return found


def members_of(found: griffe.Class, public: frozenset[str]) -> dict[str, Member]:
    """List what users can call, read and write of a class, but for what is listed at a public class that it is from."""
    members: dict[str, Member] = {}
    for name, member in found.all_members.items():
        is_seen = member.is_public and name not in _OF_THE_CLASS
        target = _target(member) if is_seen else None
        if isinstance(target, griffe.Attribute | griffe.Function) and (name != "__init__" or _is_made(found)):
            owner = "" if target.parent is None else target.parent.path
            if owner == found.path or owner not in public:
                members[name] = target
    return members


def fields_of(found: griffe.Class, public: frozenset[str]) -> dict[str, bool]:
    """List the fields that attrs makes parameters of the constructor, and whether each has to be given."""
    if not any(str(each.value).partition("(")[0] in ("define", "frozen") for each in found.decorators):
        return {}
    return {
        name: not _has_default(member.value)
        for name, member in members_of(found, public).items()
        if isinstance(member, griffe.Attribute)
        and member.annotation is not None
        and "instance-attribute" in member.labels
    }


def ancestors(found: griffe.Class, package_names: frozenset[str]) -> frozenset[str]:
    """Name the classes that a class is derived from: those that are public, and those of other packages."""
    return frozenset(_ancestors(found, package_names))


def kind_of(found: griffe.Object) -> str:
    """Say how a thing is used: called, awaited, read or written."""
    if isinstance(found, griffe.Function):
        labels = [label for label in ("async", "classmethod", "staticmethod") if label in found.labels]
        return " ".join([*labels, "function" if isinstance(found.parent, griffe.Module) else "method"])
    if "property" in found.labels and "writable" not in found.labels:
        return "read-only property"
    return found.kind.value


def is_left_to_users(owner: griffe.Class, member: Member) -> bool:
    """Whether those who implement the class have to write a member."""
    protocol = any(str(base).partition("[")[0] == "Protocol" for base in owner.bases)
    decorators = member.decorators if isinstance(member, griffe.Function) else []
    return protocol or any("abstractmethod" in str(each.value) for each in decorators)


def traits_of(found: griffe.Object) -> frozenset[str]:
    """What is forbidden to those who use a class, a method or a field."""
    decorators = found.decorators if isinstance(found, griffe.Class | griffe.Function) else []
    texts = [str(each.value) for each in decorators] + [str(found.value) if isinstance(found, griffe.Attribute) else ""]
    names = {text.partition("(")[0].rpartition(".")[2] for text in texts}
    annotation = str(found.annotation) if isinstance(found, griffe.Attribute) else ""
    held = {
        "final": "final" in names or annotation.partition("[")[0].rpartition(".")[2] == "Final",
        "frozen": "frozen" in names or any("frozen=True" in text for text in texts),
        "keyword-only": any("kw_only=True" in text for text in texts),
    }
    return frozenset(trait for trait, is_held in held.items() if is_held)


def _expand(found: griffe.Module | griffe.Class) -> None:
    """Write the keys of a TypedDict that a function takes by ``**options: Unpack[...]`` as its keyword arguments."""
    for member in found.members.values():
        if isinstance(member, griffe.Module | griffe.Class):
            _expand(member)
        elif isinstance(member, griffe.Function):
            expanded = [inner for each in member.parameters for inner in _unpacked(each)]
            member.parameters = griffe.Parameters(*expanded)


def _unpacked(parameter: griffe.Parameter) -> Iterator[griffe.Parameter]:
    annotation = parameter.annotation
    named = annotation.slice if isinstance(annotation, griffe.ExprSubscript) else None
    options = None
    if isinstance(annotation, griffe.ExprSubscript) and str(annotation.left).rpartition(".")[2] == "Unpack":
        options = _class_of(named)
    if options is None:
        yield parameter
        return
    for name, key in options.all_members.items():
        if isinstance(key, griffe.Attribute) and key.annotation is not None:
            holder = key.parent.keywords if isinstance(key.parent, griffe.Class) else {}
            mark = str(key.annotation).partition("[")[0].rpartition(".")[2]
            is_left_out = mark == "NotRequired" or (str(holder.get("total")) == "False" and mark != "Required")
            kind, default = griffe.ParameterKind.keyword_only, "..." if is_left_out else None
            yield griffe.Parameter(name, annotation=key.annotation, kind=kind, default=default)


def _class_of(named: object) -> griffe.Class | None:
    scope = named.parent if isinstance(named, griffe.ExprName) else None
    if not isinstance(named, griffe.ExprName) or not isinstance(scope, griffe.Object):
        return None
    try:
        found = _target(scope.modules_collection.get_member(scope.resolve(named.name)))
    except (griffe.NameResolutionError, KeyError):
        return None  # of another package
    return found if isinstance(found, griffe.Class) else None


def _is_own(member: griffe.Object | griffe.Alias) -> bool:
    target = _target(member)
    return target is not None and not target.is_module


def _module(package: griffe.Module, name: str) -> griffe.Module | None:
    found = package
    for part in name.split(".") if name else ():
        inner = found.members.get(part)
        if not isinstance(inner, griffe.Module):
            return None
        found = inner
    return found


def _target(member: griffe.Object | griffe.Alias | None) -> griffe.Object | None:
    """The object itself; None for one of another package."""
    if not isinstance(member, griffe.Alias):
        return member
    try:
        target = member.final_target
    except (griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None
    return target


def _is_made(found: griffe.Class) -> bool:
    return found.name not in NOT_MADE_BY_USERS


def _has_default(value: str | griffe.Expr | None) -> bool:
    if isinstance(value, griffe.ExprCall) and str(value.function) in ("field", "attrs_field"):
        return any(getattr(each, "name", "") in ("default", "factory") for each in value.arguments)
    return value is not None


def _ancestors(found: griffe.Class, package_names: frozenset[str]) -> Iterator[str]:
    known = {base.name: base for base in map(_target, found.resolved_bases) if base is not None}
    for written in found.bases:
        name = str(written).partition("[")[0].rpartition(".")[2]
        base = known.get(name)
        if base is None or name in package_names:
            yield name
        if isinstance(base, griffe.Class):
            yield from _ancestors(base, package_names)
