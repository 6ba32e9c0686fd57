"""Write `contracts_client/_generated` from openapi.yaml and custom_templates, or check that it is as written.

The generator runs in a temporary folder that looks like the repository to ruff, so the result is the same wherever it
ends up, and the old code stays where it is until all of the new one is there.
"""

import argparse
import contextlib
import difflib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.generate.input_faults import configuration_faults, template_faults
from tools.generate.model_schemas import schema_names, write_schemas
from tools.generate.name_clashes import name_clashes
from tools.generate.prepare import prepared
from tools.generate.unsupported import unsupported
from tools.yaml_lines import circular, line_of, repeated_keys

ROOT = Path(__file__).resolve().parents[2]
GENERATED = Path("contracts_client", "_generated")
# What the generator writes with any templates: here the run time is contracts_client/openapi, written by hand.
DROPPED = ("client.py", "errors.py", "types.py")
# How the templates name the run time: as it lies from a module of _generated.
RUN_TIME = "...openapi"
# What the code was generated from, beside it.
STAMP = "source.toml"
# A template that prints a raw value of the document leaves this class's repr in the output, with no warning.
RAW_VALUE = "UntrustedString"
# How the generator's messages show a text of the document.
OPAQUE = re.compile(rf"<openapi_python_client\S*{RAW_VALUE} object at 0x[0-9a-f]+>")
# What a template says that can't express something: it asks for a template of that name, which ends the generation.
REFUSAL = re.compile(r"TemplateNotFound: \(none\): (.*)")
# How the generator's messages name a place of the document.
PLACE = re.compile(
    r"\b(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|TRACE) (/\S*)"
    r"|(?<!#)(/components/\w+/[\w-]+)"
    r"|^((?:components|paths)\.\S+)"
)


class GenerationError(Exception):
    """The code can't be generated; the message says why."""


def located(message: str, document: Path) -> str:
    """Add to the generator's messages the lines of the document that they speak of."""
    nodes = yaml.compose(document.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    lines: list[str] = []
    for line in message.splitlines():
        if (place := PLACE.search(line)) is not None:
            method, path, component, dotted = place.groups()
            if method:
                keys = ["paths", path.rstrip("."), method.lower()]
            else:
                keys = component.strip("/").split("/") if component else dotted.split(".")
            lines.append(f"{document.name}:{line_of(keys, nodes)}:")
        # The generator asks for a report to its maintainers; the fault is nearly always in our document.
        if not line.startswith("If you believe this was a mistake"):
            lines.append(OPAQUE.sub("(a text of the document)", line))
    return "\n".join(lines)


def generate(into: Path, *, document: Path, config: Path, templates: Path, run_time: str = RUN_TIME) -> Path:
    """Generate the package in a folder."""
    parsed = _yaml(document)
    _refuse(f"{config.name}: {fault}" for fault in configuration_faults(_yaml(config), parsed))
    nodes = yaml.compose(document.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if (line := circular(nodes)) is not None:
        raise GenerationError(f"{document.name}:{line}: what an anchor names holds itself")
    _refuse(f"{document.name}:{line}: the key {key} stands here again" for line, key in repeated_keys(nodes))
    _refuse(f"{document.name}:{line_of(fault.keys, nodes)}: {fault.text}" for fault in unsupported(parsed))
    _refuse(template_faults(templates))

    shutil.copyfile(ROOT / "pyproject.toml", into / "pyproject.toml")
    source = into / "prepared.yaml"
    source.write_text(yaml.safe_dump(prepared(parsed), sort_keys=False), encoding="utf-8")
    package = into / GENERATED
    package.parent.mkdir()
    programs = Path(sys.executable).parent
    path = os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
    fixed = {"PYTHONHASHSEED": "0", "RUFF_NO_CACHE": "true", "NO_COLOR": "1", "COLUMNS": "500"}
    environment = os.environ | {"PATH": path} | fixed
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--overwrite"]
    command += ["--fail-on-warning", "--path", str(source), "--config", str(config)]
    command += ["--custom-template-path", str(templates), "--output-path", str(package)]
    done = subprocess.run(command, cwd=into, env=environment, capture_output=True, text=True, check=False)
    if (refusal := REFUSAL.search(done.stderr)) is not None:
        place = _line_of_refusal(refusal[1], parsed, nodes)
        raise GenerationError(f"{document.name}{place}: {refusal[1]}")
    if done.returncode != 0 or done.stderr:
        raise GenerationError(located(done.stderr or done.stdout, document))

    _arrange(package, run_time)
    # Before anything reads what was written, since a clash may have made it no Python at all.
    _refuse(f"{document.name}: {fault}" for fault in name_clashes(package))
    header = (package / "__init__.py").read_text(encoding="utf-8").partition("\n")[0]
    write_schemas(package, header, schema_names(parsed, _yaml(config)))
    for rest in (["check", "--fix-only", "--config", "lint.isort.split-on-trailing-comma=false"], ["format"]):
        command = [sys.executable, "-m", "ruff", *rest, "--quiet", str(package)]
        subprocess.run(command, cwd=into, env=environment, check=True)
    _refuse(f"{document.name}: {fault}" for fault in name_clashes(package))

    raw = [file for file in files_below(package) if RAW_VALUE in (package / file).read_text(encoding="utf-8")]
    _refuse(f"A template prints a raw value of the document into {file}" for file in raw)
    (package / STAMP).write_text(f"{header}\n{stamp(document, config, templates)}", encoding="utf-8", newline="\n")
    return package


def _arrange(package: Path, run_time: str) -> None:
    """Keep of what the generator wrote what follows from the document: models, and operations in one folder."""
    for name in DROPPED:
        (package / name).unlink()
    operations = package / "operations"
    operations.mkdir()
    shutil.move(package / "api" / "__init__.py", operations)
    for module in sorted(package.glob("api/*/*.py")):
        if module.name != "__init__.py":
            shutil.move(module, operations)
    shutil.rmtree(package / "api")
    if run_time != RUN_TIME:
        for module in package.rglob("*.py"):
            text = module.read_text(encoding="utf-8")
            module.write_text(text.replace(f"from {RUN_TIME}", f"from {run_time}"), encoding="utf-8")


def _line_of_refusal(text: str, document: Any, nodes: yaml.Node | None) -> str:
    """Where the path or the schema begins that a template named; nothing where it has another name there."""
    place = text.rpartition(", at ")[2]
    name, _, attribute = place.partition(".")
    for keys in (("paths", place), ("components", "schemas", name, "properties", attribute)):
        held = document
        for key in keys[: 2 if keys[0] == "paths" else 3]:
            held = held.get(key, {})
        if held:
            return f":{line_of(keys, nodes)}"
    return ""


def _refuse(faults: Iterable[str]) -> None:
    if lines := list(faults):
        raise GenerationError("\n".join(lines))


def stamp(document: Path, config: Path, templates: Path) -> str:
    """Note down what the code is generated from, for copies of it that lie far from those files."""
    made_with = hashlib.sha256()
    inputs = [(config.name, config), *((file.as_posix(), templates / file) for file in sorted(files_below(templates)))]
    for name, path in inputs:
        made_with.update(f"{name} {_checksum(path)}\n".encode())
    return (
        "# The checksums of what this folder was generated from and with.\n"
        f'specification = "sha256:{_checksum(document)}"\n'
        f'templates = "sha256:{made_with.hexdigest()}"\n'
    )


def _checksum(path: Path) -> str:
    """The SHA-256 of a text with line feeds as line ends, since git may have written others."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def replace(old: Path, new: Path) -> None:
    """Put a folder in the place of another, as a whole: files that are no longer generated vanish."""
    old.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that each move is a rename.
    with tempfile.TemporaryDirectory(prefix=f".{old.name}-", dir=old.parent) as beside:
        shutil.copytree(new, Path(beside, "new"))
        if old.exists():
            old.rename(Path(beside, "old"))
        Path(beside, "new").rename(old)


def differences(old: Path, new: Path) -> Iterator[str]:
    """Compare two folders, names and bytes."""
    for file in sorted(files_below(old) | files_below(new)):
        before, after = _lines(old / file), _lines(new / file)
        if before is None:
            yield f"missing: {GENERATED / file}"
        elif after is None:
            yield f"not generated: {GENERATED / file}"
        elif before != after:
            yield from difflib.unified_diff(before, after, f"{GENERATED / file}", "generated anew", lineterm="")


def files_below(folder: Path) -> set[Path]:
    """List the files in a folder, without Python's own caches."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path for path in found if "__pycache__" not in path.parts}


def _lines(path: Path) -> list[str] | None:
    """The lines of a file, with their ends made visible by keeping them apart, or None where there is none."""
    if not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", "backslashreplace").split("\n")


def _yaml(path: Path) -> Any:
    """A YAML file, parsed."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise GenerationError(f"{path.name} is not YAML: {error}") from error


def main(arguments: list[str] | None = None) -> int:
    """Run the command, and return 1 where generation failed, or the check found a difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where something would change")
    parser.add_argument("--output", type=Path, default=ROOT / GENERATED, help="the folder to write, or to check")
    parser.add_argument("--document", type=Path, default=ROOT / "openapi.yaml")
    parser.add_argument("--config", type=Path, default=ROOT / "generator-config.yaml")
    parser.add_argument("--templates", type=Path, default=ROOT / "custom_templates")
    parser.add_argument("--run-time", default=RUN_TIME, help="the package to import the run time from")
    options = parser.parse_args(arguments)
    inputs = {name: getattr(options, name).resolve() for name in ("document", "config", "templates")}

    with tempfile.TemporaryDirectory(prefix="generate-") as folder:
        try:
            package = generate(Path(folder), **inputs, run_time=options.run_time)
        except GenerationError as error:
            print(error, file=sys.stderr)
            return 1
        if not options.check:
            replace(options.output.resolve(), package)
            return 0
        found = list(differences(options.output, package))
    for line in found:
        print(line)
    if found:
        print("Run make generate: contracts_client/_generated is not what it writes.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
