"""Generate from every document of a folder, use what was generated, and print a table: `make generate-all`.

Each package is imported with warnings as errors, and reads and writes samples of its models. Nothing is kept but with
--output, where mypy and pyright can look at it.
"""

import argparse
import contextlib
import importlib
import io
import os
import re
import sys
import tempfile
import time
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tools.generate.lowered import REFERENCE
from tools.generate.openapi_keywords import listed, mapped
from tools.generate.prepare import Prepared, prepared
from tools.generate.source import GenerationError, Source
from tools.generate.write import ROOT, generate, replace
from tools.openapi_parts import Node

RUN_TIME = "contracts_client.openapi"
MAX_DEPTH = 4
# A value of each type and format, as it is written.
SAMPLES: dict[tuple[str, str], Any] = {
    ("string", ""): "text",
    ("string", "date"): "2026-01-02",
    ("string", "date-time"): "2026-01-02T03:04:05Z",
    ("string", "decimal"): "12.50",
    ("string", "uuid"): "6f309f36-c351-4d59-b2ce-69879956af85",
    ("string", "binary"): None,
    ("integer", ""): 7,
    ("number", ""): 1.5,
    ("boolean", ""): True,
    ("null", ""): None,
}


class Outcome(NamedTuple):
    """What became of a document."""

    name: str
    seconds: float
    models: int
    operations: int
    fault: str


class Sampler:
    """Makes samples of the classes of a prepared document.

    Args:
        ready: The document.
    """

    def __init__(self, ready: Prepared) -> None:
        self._classes = mapped(mapped(ready.document, "components"), "schemas")

    def of(self, schema: Node, *, full: bool, depth: int = 0) -> Any:
        """Return a value of a schema, with all properties or with those that are required."""
        if "$ref" in schema:
            return self.of(self._classes[_key(schema)], full=full, depth=depth + 1)
        if "anyOf" in schema:
            # Of what a discriminator tells apart, the last member is any other; the rest are sampled by themselves.
            others = [each for each in schema["anyOf"] if "x-kinds" in self._classes.get(_key(each), {})]
            return self.of((others or schema["anyOf"])[0], full=full, depth=depth)
        if "enum" in schema:
            return schema["enum"][-1]
        kind, full = str(schema.get("type", "")), full and depth < MAX_DEPTH
        if kind == "array":
            return [self.of(schema["items"], full=full, depth=depth)] if full else []
        if kind == "object":
            required = listed(schema, "required")
            properties = {key: node for key, node in mapped(schema, "properties").items() if full or key in required}
            made = {_wire(key, node): self.of(node, full=full, depth=depth) for key, node in properties.items()}
            rest = schema.get("additionalProperties")
            if isinstance(rest, dict) and rest and full:
                made["more"] = self.of(rest, full=full, depth=depth)  # pyright: ignore[reportUnknownArgumentType]
            return made
        return SAMPLES.get((kind, str(schema.get("format", ""))), "anything")


def _key(schema: Node) -> str:
    return str(schema.get("$ref", "")).removeprefix(REFERENCE)


def _wire(key: str, node: Node) -> str:
    return str(eval(node["x-wire-name"])) if "x-wire-name" in node else key  # noqa: S307 # a literal of ours


def _use(package: str, ready: Prepared) -> int:
    """Import a package, and read and write its models; return how many there are."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        models = importlib.import_module(f"{package}.models")
        importlib.import_module(f"{package}.schemas")
        for path in sorted(Path(str(models.__file__)).parent.parent.glob("operations/*.py")):
            importlib.import_module(f"{package}.operations.{path.stem}")
    sampler, count = Sampler(ready), 0
    for key, schema in mapped(mapped(ready.document, "components"), "schemas").items():
        model: Any = getattr(models, next(name for name, each in ready.keys.items() if each == key))
        if schema.get("type") != "object" or '"format": "binary"' in str(schema).replace("'", '"'):
            continue
        count += 1
        for full in (False, True):
            sample = sampler.of({"$ref": f"{REFERENCE}{key}"}, full=full)
            made = model.from_dict(sample)
            written = made.to_dict()
            if model.from_dict(written) != made:
                raise ValueError(f"{key} is not what it was after it has been written and read")
            if _without_null(written) != _without_null(sample):
                raise ValueError(f"{key} is not written as it was read")
    return count


def _without_null(value: Any) -> Any:
    """Leave out what is null: a model does not write it, and reads it as what is not there."""
    if isinstance(value, dict):
        return {name: _without_null(each) for name, each in value.items() if each is not None}  # pyright: ignore[reportUnknownVariableType]
    return [_without_null(each) for each in value] if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]


def _run(path: Path, output: Path) -> Outcome:
    """Generate from a document, and use what was generated."""
    name = re.sub(r"\W", "_", path.stem if path.suffix != ".json" else path.name).lower()
    package = f"d_{name}"
    start = time.process_time()
    models = operations = 0
    fault = ""
    try:
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            config = Path(folder, "config.yaml")
            config.write_text(f"package_name_override: {package}\n", encoding="utf-8")
            made = generate(
                Path(folder), document=path, config=config, templates=ROOT / "custom_templates", run_time=RUN_TIME
            )
            replace(output / package, made)
            ready = prepared(Source.read(path).document)
            operations = len(ready.operations)
            spent = time.process_time() - start
            models = _use(package, ready)
    except GenerationError as error:
        return Outcome(path.name, time.process_time() - start, 0, 0, f"refused: {error}")
    except Exception as error:  # noqa: BLE001 # the table is about them
        fault = f"{type(error).__name__}: {error}"
        spent = time.process_time() - start
    return Outcome(path.name, spent, models, operations, fault)


def main(arguments: list[str] | None = None) -> int:
    """Run the command, and return 1 if something that was generated could not be used."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", type=Path, help="the folder of documents")
    parser.add_argument("--output", type=Path, help="keep the packages in this folder")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    paths = sorted(path for path in options.documents.iterdir() if path.suffix in (".json", ".yaml", ".yml"))
    with tempfile.TemporaryDirectory(prefix="generate-all-") as folder:
        output = (options.output or Path(folder)).resolve()
        output.mkdir(parents=True, exist_ok=True)
        sys.path.insert(0, str(output))
        with ProcessPoolExecutor(options.processes) as pool:
            outcomes: list[Outcome] = []
            for outcome in pool.map(_run, paths, [output] * len(paths)):
                outcomes.append(outcome)
                used = f"{outcome.models} models, {outcome.operations} operations"
                said = outcome.fault.splitlines()[0] if outcome.fault else used
                print(f"{outcome.seconds:5.1f} s  {outcome.name}: {said}", flush=True)
    counts = Counter(outcome.fault.partition(":")[0] or "generated and used" for outcome in outcomes)
    print(", ".join(f"{count} {what}" for what, count in counts.most_common()), f"of {len(outcomes)}")
    return int(any(outcome.fault and not outcome.fault.startswith("refused") for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
