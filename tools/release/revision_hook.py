"""Let what is built in a checkout say of which commit it is: a hook of hatch.

`make dist` builds from an export, without git, and writes the same file itself.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REVISION = "contracts_client/vendor/revision.txt"


class RevisionHook(BuildHookInterface[Any]):
    """Puts the commit into wheels and sdists; an editable install is asked for it by git."""

    _folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file beside the build, so that the checkout stays as it is."""
        root = Path(self.root)
        if version == "editable" or (root / REVISION).exists() or not (root / ".git").exists():
            return
        try:
            commit = self._git("rev-parse", "HEAD")
            dirty = "-dirty" if self._git("status", "--porcelain", "--", "contracts_client") else ""
        except (OSError, subprocess.SubprocessError):
            return
        self._folder = tempfile.TemporaryDirectory(prefix="revision-")
        written = Path(self._folder.name, "revision.txt")
        written.write_text(f"{commit}{dirty}\n", encoding="utf-8", newline="\n")
        build_data["force_include"][str(written)] = REVISION

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the file away again."""
        del version, build_data, artifact_path
        if self._folder is not None:
            self._folder.cleanup()

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", self.root, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
