"""Resolve the requirements anew: tools/requirements/*.txt and tools/npm/package-lock.json.

The locks name versions and hashes, and no place to fetch them from: that is each machine's own business.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
# Extras are kept in the names: older versions of pip take a pin of `name` for none of `name[extra]`, and refuse it.
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-strip-extras", "--upgrade", "--quiet")
# Neither addresses nor the machine's settings shall get into the file, nor comments that change with both.
SILENT = ("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header")
_LIKE_DEV = ("-c", "tools/requirements/dev.txt")
SELECTIONS = {
    "dev": ("--extra", "demo", "--group", "dev"),
    "demo": ("--extra", "demo", *_LIKE_DEV),
    "uv": ("--group", "installer"),
    "tools": ("--group", "tools"),
    "bench": ("--group", "bench"),
    "mutants": ("--extra", "demo", "--group", "dev", "--group", "mutants", *_LIKE_DEV),
    "judges": ("--extra", "demo", "--group", "judges"),
    "real-parts": ("--extra", "sandbox", "--group", "real-parts"),
    "wasm": ("--group", "wasm"),
    "release": ("--group", "release"),
    # What a user gets, in the versions that are tested here.
    "runtime": _LIKE_DEV,
    "extras": ("--all-extras", *_LIKE_DEV),
}
LOCKS = {ROOT / "tools" / "requirements" / f"{name}.txt": selection for name, selection in SELECTIONS.items()}
NPM_LOCK = ROOT / "tools" / "npm" / "package-lock.json"
ADDRESS = re.compile(
    r"\b[a-z+]+://|^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", re.MULTILINE
)


def addresses(text: str) -> list[int]:
    """Find the lines of a lock file that say where to fetch from."""
    return sorted({text.count("\n", 0, match.end()) + 1 for match in ADDRESS.finditer(text)})


def compile_requirements(lock: Path, selection: tuple[str, ...]) -> None:
    """Resolve one requirements file."""
    # A group alone for the tools: the project's own dependencies are in dev.txt.
    source = () if selection[0] == "--group" else ("pyproject.toml",)
    command = [str(PROGRAMS / "uv"), "pip", "compile", *source, *selection, *OPTIONS, *SILENT, "-o", str(lock)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def lock_npm() -> None:
    """Resolve what the npm packages depend on: their own versions are pinned in package.json."""
    subprocess.run(
        [str(PROGRAMS / "npm"), "update", "--package-lock-only", "--silent"], cwd=NPM_LOCK.parent, check=True
    )
    lock = json.loads(NPM_LOCK.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)  # addresses that nothing is fetched from
    NPM_LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    """Run the command."""
    for lock, selection in LOCKS.items():
        compile_requirements(lock, selection)
    lock_npm()
    found = {lock: addresses(lock.read_text(encoding="utf-8")) for lock in (*LOCKS, NPM_LOCK)}
    for lock, lines in found.items():
        for line in lines:
            print(f"{lock.relative_to(ROOT)}:{line}: a lock file names no address")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
