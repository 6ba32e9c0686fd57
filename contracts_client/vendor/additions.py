"""What a copy has beyond the package's files: marks that keep formatters off, the host's patches, an SBOM."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .manifest import EDITOR_CONFIG, MANIFEST, Manifest, VendorError, checksum, files_below, text_of

_GIT_SECONDS: Final = 30
_MARKS: Final = b"""\
# A copy, as VENDORED.toml states. Linters and formatters leave it as it is:
# ruff: noqa
# flake8: noqa
# fmt: off
# isort: skip_file
# pylint: skip-file
"""
_EDITORS: Final = b"""\
root = true

[*]
charset = unset
end_of_line = unset
indent_size = unset
indent_style = unset
insert_final_newline = unset
max_line_length = unset
trim_trailing_whitespace = unset
"""
_RUFF: Final = b"""\
# The settings nearest to a file count: the host's are not for this copy.
lint.select = []
"""
BILL: Final = "sbom.cdx.json"


def marked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put the marks that linters, formatters and editors look for into a copy."""
    found = {path: _MARKS + text if path.endswith(".py") else text for path, text in files.items()}
    return found | {EDITOR_CONFIG: _EDITORS, "ruff.toml": _RUFF}


def host_lines(copy: Path) -> list[str]:
    """What a host configures, since some programs look for no mark and others ask for more than one."""
    top = next((folder for folder in copy.parents if (folder / ".git").exists() or folder == Path.cwd()), copy.parent)
    place = copy.relative_to(top).as_posix()
    return [
        "To keep every formatter off it, pyupgrade for one:",
        f"  .pre-commit-config.yaml   exclude: ^{place}/",
        f'  pyproject.toml            [tool.ruff] force-exclude = true, extend-exclude = ["{place}"]',
    ]


def patch_folder(copy: Path) -> Path:
    """The folder of the host's own patches, beside the copy."""
    return copy.with_name(f"{copy.name}.patches")


def patched(files: dict[str, bytes], folder: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Apply the host's patches, in the order of their names.

    Returns:
        The files, and each patch by name and checksum.

    Raises:
        VendorError: A patch can't be applied.
    """
    patches = sorted(folder.glob("*.patch"))
    if not patches:
        return files, ()
    texts = {patch: text_of(patch) for patch in patches}
    with tempfile.TemporaryDirectory(prefix="vendor-") as name:
        place = Path(name, "copy")
        for path, data in files.items():
            target = place / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        for patch, text in texts.items():
            _apply(text, patch, place)
        return (
            {path: text_of(place / path) for path in sorted(files_below(place))},
            tuple(f"{patch.name} {checksum(text)}" for patch, text in texts.items()),
        )


def _apply(text: bytes, patch: Path, place: Path) -> None:
    # Outside of any repository, also where a hook of git runs this.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment["GIT_CEILING_DIRECTORIES"] = str(place.parent)
    command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=place, env=environment, input=text, capture_output=True, check=False, timeout=_GIT_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise VendorError(f"{patch} can't be applied: git is needed for it, and failed: {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise VendorError(f"{patch} can't be applied, and nothing was changed: {said}\nWrite it anew, or remove it")


def bill(manifest: Manifest, folder: Path) -> bytes:
    """Write the entry that a host's bill of materials takes over: a component of CycloneDX.

    The revision is left out, so that a commit that changes nothing else makes no copy out of date.
    """
    name = manifest.package.replace("_", "-")
    patches = [{"type": "unofficial", "diff": {"url": f"{folder.name}/{each.split()[0]}"}} for each in manifest.patches]
    component = {
        "type": "library",
        "name": name,
        "version": manifest.version,
        "purl": f"pkg:pypi/{name}@{manifest.version}",
        "licenses": [{"license": {"id": manifest.licence}}],
        "pedigree": {"patches": patches, "notes": f"Copied, with its checksums in {MANIFEST}"},
    }
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [component]}
    return f"{json.dumps(document, indent=2)}\n".encode()
