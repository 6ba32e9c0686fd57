"""Write `contracts_client/_generated` from openapi.yaml and custom_templates, or check that it is as written.

The generator runs in a temporary folder that looks like the repository to ruff, so the result is the same wherever it
ends up, and the old code stays where it is until all of the new one is there.
"""

import argparse
import contextlib
import difflib
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import yaml
from jinja2 import TemplateNotFound
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from tools.generate.input_faults import configuration_faults, template_faults
from tools.generate.model_schemas import write_schemas
from tools.generate.name_clashes import name_clashes
from tools.generate.prepare import Prepared, prepared
from tools.generate.source import GenerationError, Source

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
REFUSAL = "(none): "
# Of one run; what is wrong in one place is often wrong in many.
MAX_LINES = 40


def generate(into: Path, *, document: Path, config: Path, templates: Path, run_time: str = RUN_TIME) -> Path:
    """Generate the package in a folder.

    Raises:
        GenerationError: Something can't be generated; the message has a line for each.
    """
    source = Source.read(document)
    options = _yaml(config)
    _refuse(f"{config.name}: {fault}" for fault in configuration_faults(options, source.document))
    _refuse(template_faults(templates))
    ready = prepared(source.document, options.get("class_overrides") or {})
    _refuse(source.located(remark) for remark in ready.notes.refused)

    package = into / GENERATED
    package.parent.mkdir()
    shutil.copyfile(ROOT / "pyproject.toml", into / "pyproject.toml")
    _render(ready, options, templates, package, source)
    _arrange(package, run_time)
    header = (package / "__init__.py").read_text(encoding="utf-8").partition("\n")[0]
    write_schemas(package, header, ready.schema_names)
    environment = os.environ | {"RUFF_NO_CACHE": "true", "NO_COLOR": "1"}
    for rest in (["check", "--fix-only", "--config", "lint.isort.split-on-trailing-comma=false"], ["format"]):
        command = [sys.executable, "-m", "ruff", *rest, "--quiet", str(package)]
        done = subprocess.run(command, cwd=into, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise GenerationError(f"{document.name}: what is generated is no Python: {done.stderr or done.stdout}")
    _refuse(f"{document.name}: {fault}" for fault in name_clashes(package))

    raw = [file for file in files_below(package) if RAW_VALUE in (package / file).read_text(encoding="utf-8")]
    _refuse(f"A template prints a raw value of the document into {file}" for file in raw)
    (package / STAMP).write_text(f"{header}\n{stamp(document, config, templates)}", encoding="utf-8", newline="\n")
    for remark in ready.notes.said():
        print(f"note: {source.located(remark)}", file=sys.stderr)
    return package


def _render(ready: Prepared, options: dict[str, Any], templates: Path, package: Path, source: Source) -> None:
    """Let the generator write the package."""
    settings = ConfigFile(**options, post_hooks=[])
    config = Config.from_sources(settings, MetaType.NONE, source.path, "utf-8", overwrite=True, output_path=package)
    data = GeneratorData.from_dict(ready.document, config=config)
    if isinstance(data, GeneratorError):
        raise GenerationError(f"{source.path.name}: {data.header}: {data.detail}")
    project = Project(openapi=data, custom_template_path=templates, config=config)
    project.env.globals["facts"] = cast("Any", ready)
    project.env.globals["models_by_name"] = cast("Any", {str(model.class_info.name): model for model in data.models})
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            errors = project.build()
    except TemplateNotFound as error:
        if not str(error.name).startswith(REFUSAL):
            raise
        raise GenerationError(f"{source.path.name}: {str(error.name).removeprefix(REFUSAL)}") from None
    _refuse(
        f"{source.path.name}: {OPAQUE.sub('(a text of the document)', f'{error.header}: {error.detail}')}"
        for error in errors
    )


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


def _refuse(faults: Iterable[str]) -> None:
    if lines := list(dict.fromkeys(faults)):
        more = [f"... and {len(lines) - MAX_LINES} more"] if len(lines) > MAX_LINES else []
        raise GenerationError("\n".join([*lines[:MAX_LINES], *more]))


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


def _yaml(path: Path) -> dict[str, Any]:
    """The options in a YAML file."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise GenerationError(f"{path.name} can't be read: {error}") from error


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
