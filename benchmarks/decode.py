"""One page of 100 rich contracts, from bytes to objects and back: ours beside its peers, on every Python.

`make bench-decode` runs it. Every measurement is a process of its own; the rounds take the contenders in turn, so that
a noisy moment of the machine hits them all; the table shows the least of each figure, in processor time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import docs_page
import pages

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "tools" / "requirements" / "bench.txt"
CONTENDERS = {
    "ours": "contracts_client, extra `fast`",
    "ours_json": "contracts_client, json",
    "default_templates": "openapi-python-client, default templates, json",
    "openapi_generator": "openapi-generator (asyncio), json",
    "pydantic_models": "pydantic 2, its own parser",
    "cattrs_models": "cattrs, json",
    "adaptix_models": "adaptix, json",
    "msgspec_struct": "msgspec.Struct, its own parser",
}
GOAL_DEFAULT, GOAL_LIMIT = 1.7, 0.6

Figures = dict[str, float]


def pythons() -> dict[str, Path]:
    """Find the Pythons of the machine that the package supports, by version."""
    homes = Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv")), "versions")
    candidates = [Path(sys.executable), *sorted(homes.glob("3.*/bin/python"))]
    candidates += [Path(found) for minor in range(11, 16) if (found := shutil.which(f"python3.{minor}"))]
    found_by_version: dict[str, Path] = {}
    for candidate in candidates:
        asked = [str(candidate), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        version = done.stdout.strip()
        if done.returncode == 0 and tuple(map(int, version.split("."))) >= (3, 11):
            found_by_version.setdefault(version, candidate)
    return dict(sorted(found_by_version.items()))


def environment(version: str, python: Path) -> Path:
    """Return the Python of an environment with the peers, made from the lock when it is first needed."""
    key = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    home = ROOT / ".venvs" / f"bench-{version}-{key}"
    if not (home / "ready").exists():
        print(f"installing the peers for Python {version}", file=sys.stderr)
        subprocess.run([str(python), "-m", "venv", "--clear", str(home)], check=True)
        install = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "-r", str(LOCK)], check=True)
        (home / "ready").touch()
    return home / "bin" / "python"


def peers(python: Path, folder: Path) -> set[str]:
    """Generate the peers that are generated, and return the contenders that can't be had."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    config = folder / "config.yaml"
    config.write_text((ROOT / "generator-config.yaml").read_text())
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    default = [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(ROOT / "openapi.yaml")]
    default += ["--meta", "none", "--config", str(config), "--output-path", str(folder / "peer_default")]
    subprocess.run(default, check=True, capture_output=True, env=os.environ | {"PATH": path})
    if shutil.which("java") is None:
        print("left out: openapi-generator, which needs Java", file=sys.stderr)
        return {"openapi_generator"}
    other = [str(python.parent / "openapi-generator-cli"), "generate", "-i", str(ROOT / "openapi.yaml"), "-g", "python"]
    other += ["--library", "asyncio", "--package-name", "peer_oag", "-o", str(folder / "oag")]
    subprocess.run(other, check=True, capture_output=True)
    (folder / "oag" / "peer_oag").rename(folder / "peer_oag")
    return set()


def measured(python: Path, contender: str, folder: Path) -> Figures:
    """Measure one contender in a process of its own."""
    path = os.pathsep.join(str(each) for each in (ROOT, ROOT / "benchmarks", folder))
    command = [str(python), str(ROOT / "benchmarks" / "measure.py"), contender]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path})
    if done.returncode != 0:
        raise SystemExit(f"{contender} failed:\n{done.stderr}")
    figures: Figures = json.loads(done.stdout)
    return figures


def table(results: dict[str, Figures]) -> list[str]:
    """Return a Markdown table of one Python."""
    default, limit = results["default_templates"], results["msgspec_struct"]
    lines = [
        "| contender | decode ms | x default | of msgspec.Struct | bytes ms | dict ms | peak KiB | retained KiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, title in CONTENDERS.items():
        if name in results:
            found = results[name]
            lines.append(
                f"| {title} | {found['decode']:.2f} | {default['decode'] / found['decode']:.2f} "
                f"| {limit['decode'] / found['decode']:.0%} | {found['encode']:.2f} | {found['data']:.2f} "
                f"| {found['peak']:.0f} | {found['retained']:.0f} |"
            )
    return lines


def goals(results: dict[str, Figures]) -> list[str]:
    """Return the goals, met or not."""
    ours, plain = results["ours"], results["ours_json"]
    default, limit = results["default_templates"], results["msgspec_struct"]
    checks = {
        f"with json, at least {GOAL_DEFAULT} times the default templates": (
            default["decode"] / plain["decode"],
            GOAL_DEFAULT,
        ),
        "faster than pydantic's own path, extra `fast`": (results["pydantic_models"]["decode"] / ours["decode"], 1.0),
        f"at least {GOAL_LIMIT:.0%} of msgspec.Struct, extra `fast`": (limit["decode"] / ours["decode"], GOAL_LIMIT),
        "bytes no slower than pydantic's, extra `fast`": (results["pydantic_models"]["encode"] / ours["encode"], 1.0),
        "dicts no slower than pydantic's, extra `fast`": (results["pydantic_models"]["data"] / ours["data"], 1.0),
        "no more retained memory than the default templates": (default["retained"] / plain["retained"], 1.0),
    }
    return [
        f"- {'met' if found >= goal else '**not met**'}: {text} ({found:.2f})" for text, (found, goal) in checks.items()
    ]


def report(rounds: int) -> str:
    """Measure everything, and return what belongs into the docs."""
    body = pages.body()
    summary = (
        f"One page of {pages.CONTRACTS} contracts, {len(body) / 1000:.0f} kB, {body.count(b'{')} objects. "
        f"Minima of {rounds} processes, {datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores."
    )
    lines = [
        summary,
        "",
    ]
    folder = ROOT / ".venvs" / "bench-peers"
    missing: set[str] | None = None
    for version, base in pythons().items():
        python = environment(version, base)
        missing = peers(python, folder) if missing is None else missing
        contenders = [name for name in CONTENDERS if name not in missing]
        runs: dict[str, list[Figures]] = {name: [] for name in contenders}
        for turn in range(rounds):
            print(f"Python {version}, round {turn + 1} of {rounds}", file=sys.stderr)
            for name in contenders:
                runs[name].append(measured(python, name, folder))
        least = {name: {key: min(run[key] for run in found) for key in found[0]} for name, found in runs.items()}
        lines += [f"**Python {version}**", "", *table(least), "", *goals(least), ""]
    return "\n".join(lines)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="processes for each contender and Python (5)")
    parser.add_argument("--write", action="store_true", help="put tables and plots into docs/")
    options = parser.parse_args()
    text = report(options.rounds)
    print(text)
    if options.write:
        docs_page.put("decode", text)
        docs_page.draw(environment(*next(iter(pythons().items()))))


if __name__ == "__main__":
    main()
