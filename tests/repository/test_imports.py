"""The package can be copied under another name, needs two libraries, and does nothing when it is imported."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import contracts_client

PACKAGE = Path(contracts_client.__file__).parent
ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
LIBRARIES = {"attrs", "httpx"}
OPTIONAL = {Path("openapi/fast.py"): {"msgspec"}}  # inside a function, by a statement that packers of programs find
# Run in a process of its own: reports what an import does beyond loading modules. What the two libraries do is theirs,
# so they are imported before.
WATCHED_IMPORT = """
import sys, attrs, httpx
seen = []
def watch(event, arguments):
    if event == "open":
        path, mode = str(arguments[0]), arguments[1] or "r"
        if path.endswith((".py", ".pyc", ".so")) and set(mode) <= set("rb"):
            return
    elif not event.startswith(("socket.", "subprocess.", "os.", "shutil.", "tempfile.", "urllib.", "http.", "ctypes.")):
        return
    elif event in {"os.listdir", "os.scandir"}:  # the import system looks into folders
        return
    seen.append(f"{event} {arguments!r}")
sys.addaudithook(watch)
import contracts_client
watched = list(seen)
print("\\n".join(watched))
"""

# Each needs what its extra installs, and no other module imports it at import; what pydantic asks for needs pydantic.
OF_EXTRAS = {
    *("opentelemetry.py", "sandbox", "testing"),
    *("openapi/forms/pydantic_schema.py", "transport/aiohttp_library.py"),
}
OF_THE_CLIENT = [path for path in MODULES if not OF_EXTRAS & {path.parts[0], path.as_posix()}]


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """What a module imports: the level of a relative import, and the first name."""
    for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.level, (node.module or "").split(".")[0]
        elif isinstance(node, ast.Import):
            yield from ((0, alias.name.split(".")[0]) for alias in node.names)


def outcome_of(code: str) -> str:
    command = [sys.executable, "-B", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_modules_are_found() -> None:
    assert Path("client.py") in MODULES


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_of_neighbours_are_relative(module: Path) -> None:
    assert [name for level, name in imported(module) if level == 0 and name == PACKAGE.name] == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_relative_import_stays_inside(module: Path) -> None:
    assert all(level <= len(module.parts) for level, _ in imported(module))


@pytest.mark.parametrize("module", OF_THE_CLIENT, ids=str)
def test_a_module_needs_two_libraries(module: Path) -> None:
    absolute = {name for level, name in imported(module) if level == 0}
    assert absolute <= sys.stdlib_module_names | LIBRARIES | OPTIONAL.get(module, set())


@pytest.mark.parametrize("module", OF_THE_CLIENT, ids=str)
def test_no_module_reads_package_metadata(module: Path) -> None:
    source = (PACKAGE / module).read_text(encoding="utf-8")
    assert "importlib.metadata" not in source
    # Sandbox and vendor read their own files, which may lie in a zip file.
    assert "importlib.resources" not in source or module.parts[0] in {"sandbox", "vendor"}
    assert "pkg_resources" not in source


def test_an_import_loads_modules_alone() -> None:
    assert outcome_of(WATCHED_IMPORT) == ""


def test_an_import_that_reads_is_noticed() -> None:
    reading = WATCHED_IMPORT.replace("import contracts_client", "open(attrs.__file__[:-11] + 'py.typed').close()")
    assert "py.typed" in outcome_of(reading)


def test_an_import_leaves_the_sandbox_out() -> None:
    code = (
        "import sys, contracts_client; print([n for n in sys.modules if 'sandbox' in n or n in ('starlette', 'yaml')])"
    )
    assert outcome_of(code) == "[]"


@pytest.mark.parametrize("folder", ["contracts_client", "tests", "tools", "examples", "benchmarks"])
def test_no_name_has_over_40_characters(folder: str) -> None:
    """But for what is generated, which has the names of the specification."""
    found = [
        node.name
        for path in (ROOT / folder).rglob("*.py")
        if not {"_generated", "expected", "external"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and len(node.name) > 40
    ]
    assert found == []
