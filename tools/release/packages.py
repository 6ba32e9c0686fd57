"""Load the package of a git reference or of the work tree with griffe, which reads sources and runs nothing."""

import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import griffe

from tools.spec.documents import DocumentError

PACKAGE = "contracts_client"


def package_at(reference: str | None, *, root: Path) -> griffe.Module:
    """Load the package.

    Args:
        reference: A git reference; None is the work tree.
        root: The repository. Nothing is checked out, and nothing in it changes.

    Returns:
        The package, with the names that modules import from each other resolved.

    Raises:
        DocumentError: There is no such reference, or it has no such package.
    """
    if reference is None:
        return package_in(root)
    # An archive rather than griffe.load_git, whose work tree and branch in the repository are left by an interrupt.
    command = [shutil.which("git") or "git", "-C", str(root), "archive", "--format=tar", "--end-of-options", reference]
    done = subprocess.run([*command, PACKAGE], capture_output=True, check=False)
    if done.returncode != 0:
        raise DocumentError(f"{reference} is no git reference with {PACKAGE}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return package_in(Path(folder))


def package_in(folder: Path) -> griffe.Module:
    """Load the package that is in a folder.

    Args:
        folder: The folder around it.

    Returns:
        The package.

    Raises:
        DocumentError: There is none, or it can't be parsed.
    """
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
    if not isinstance(package, griffe.Module):
        raise DocumentError(f"{PACKAGE} is no package")
    return package
