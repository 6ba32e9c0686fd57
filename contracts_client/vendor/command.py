"""The command line: copy, update, check.

Exit codes: 0 done, or nothing to say; 1 refused, nothing was changed; 2 the command line is wrong; 3 the copy was
edited; 4 the copy is behind. A copy that is both is 3.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from .additions import BILL, bill, host_lines, marked, patch_folder, patched
from .manifest import MANIFEST, Manifest, VendorError, compare, edits, is_older, outdated, read_manifest, text_of
from .place import checked, interrupted, put, recover
from .source import PARTS, changelog, changes_since, contents, describe, unpacked, with_what_they_use
from .surface import difference

REFUSED: Final = 1
EDITED: Final = 3
BEHIND: Final = 4


def main(arguments: Sequence[str] | None = None, *, package: Path | None = None) -> int:
    """Run the command.

    Args:
        arguments: The command line, or None for that of the process.
        package: The folder of the package, or None for the one that runs.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}",
        description="Copy the package into another repository, under any name.",
        epilog="Exit codes: 0 done or up to date, 1 refused, 2 wrong command line, 3 edited, 4 behind.",
    )
    parser.add_argument("dest", metavar="DEST", type=Path, help="the folder of the copy: acme/_vendor/contracts")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--update", action="store_true", help="replace the copy, unless it was edited")
    mode.add_argument("--check", action="store_true", help="say whether the copy was edited or is behind")
    parser.add_argument(
        "--with",
        dest="parts",
        action="append",
        default=[],
        choices=list(PARTS),
        help="copy this too; an update keeps what the copy has",
    )
    parser.add_argument("--allow-downgrade", action="store_true", help="let --update write an older version")
    parser.add_argument("--quiet", action="store_true", help="say nothing but why it is refused, edited or behind")
    options = parser.parse_args(arguments)
    try:
        with unpacked() if package is None else nullcontext(package) as folder:
            return _run(options, folder)
    except VendorError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return REFUSED


def _run(options: argparse.Namespace, package: Path) -> int:
    copy = checked(options.dest, package)
    if options.check:
        return _check(copy, options.parts, package, quiet=options.quiet)
    lines: list[str] = []
    try:
        if interrupted(copy):
            recover(copy)
            lines.append(f"An earlier run had been interrupted; {copy} is as it was before that")
        if options.update:
            lines += _update(copy, options.parts, package, downgrade=options.allow_downgrade)
        else:
            lines += _create(copy, options.parts, package)
    finally:
        if lines and not options.quiet:
            _say(*lines)
    return 0


def _say(*lines: str) -> None:
    try:
        print(*lines, sep="\n", flush=True)  # noqa: T201
    except BrokenPipeError:  # nobody reads on, as with `| head`: the exit code still tells how it went
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _create(copy: Path, parts: list[str], package: Path) -> list[str]:
    if (copy / MANIFEST).exists():
        raise VendorError(f"{copy} is a copy already: --update replaces it, --check judges it")
    if copy.exists() and any(copy.iterdir()):
        raise VendorError(f"{copy} is not empty, and no copy that this command made")
    files, now = _now(parts, package, copy)
    put(copy, files, now)
    what = f"Copied {now.package} {now.version} to {copy}: {len(files)} files"
    return [what, f"It needs {', '.join(now.requirements)}", *host_lines(copy)]


def _update(copy: Path, parts: list[str], package: Path, *, downgrade: bool) -> list[str]:
    manifest = read_manifest(copy)
    files, now = _now([*manifest.parts, *parts], package, copy)
    found = edits(copy, manifest)
    if found.paths & edits(copy, now).paths:  # what a patch has by now is not lost
        edited = "\n".join(found.lines())
        raise VendorError(
            f"{copy} was edited, and an update would lose that:\n{edited}\n"
            f"Make a patch of it in {patch_folder(copy).name} beside it, take it into the package, or take it back; "
            "to throw it away, remove the folder and copy anew"
        )
    if is_older(now.version, manifest.version) and not downgrade:
        raise VendorError(
            f"{copy} has {manifest.version}, and {now.package} at hand is {now.version}: --allow-downgrade takes that"
        )
    behind = outdated(manifest, now)
    if not behind and not found:
        return [f"{copy} is up to date: {now.package} {now.version}"]
    before = {path: text_of(copy / path) for path in manifest.files if (copy / path).exists()}
    put(copy, files, now)
    changes = compare(manifest.files, now.files)
    lines = [f"Updated {copy}: {manifest.version} -> {now.version}", *changes.lines()]
    lines += ["For callers:", *(difference(before, files) or ["  nothing changed in names, parameters and fields"])]
    if manifest.requirements != now.requirements:
        lines.append(f"It needs {', '.join(now.requirements)}")
    # Within a version, nothing says which lines of the changelog the copy has already.
    changed = changes_since(changelog(package), manifest.version) if manifest.version != now.version else []
    return [*lines, "From the changelog:", *changed] if changed else lines


def _check(copy: Path, parts: list[str], package: Path, *, quiet: bool) -> int:
    if interrupted(copy):
        raise VendorError(f"A run on {copy} was interrupted: run it again with --update, which mends that")
    manifest = read_manifest(copy)
    edited = edits(copy, manifest)
    _, now = _now([*manifest.parts, *parts], package, copy)
    behind = outdated(manifest, now)
    if edited:
        _say(f"{copy} was edited:", *edited.lines())
    if behind:
        _say(f"{copy} is not what {now.package} {now.version} would be:", *behind)
    if not edited and not behind and not quiet:
        _say(f"{copy} is up to date: {now.package} {now.version}")
    return EDITED if edited else BEHIND if behind else 0


def _now(parts: Sequence[str], package: Path, copy: Path) -> tuple[dict[str, bytes], Manifest]:
    """What a copy would be now, with the host's patches."""
    wanted = with_what_they_use(parts)
    folder = patch_folder(copy)
    files, patches = patched(marked(contents(wanted, package)), folder)
    files[BILL] = bill(describe(files, wanted, package, patches), folder)
    return files, describe(files, wanted, package, patches)
