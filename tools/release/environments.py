"""Virtual environments that hold what one lock file names, kept in .venvs and made anew when the lock changes."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENVS = ROOT / ".venvs"
REQUIREMENTS = ROOT / "tools" / "requirements"


def locked_environment(name: str, lock: Path, *, python: Path | None = None) -> Path:
    """Make a virtual environment, or take the one that is there."""
    key = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    folder = VENVS / f"{name}-{key}"
    inside = folder / "bin" / "python"
    ready = folder / ".ready"
    if not (ready.exists() and inside.exists()):
        for outdated in VENVS.glob(f"{name}-*"):
            shutil.rmtree(outdated)
        run(uv("venv", "--quiet", "--python", str(python or sys.executable), str(folder)))
        run(uv("pip", "install", "--quiet", "--python", str(inside), "--require-hashes", "-r", str(lock)))
        ready.touch()
    return inside


def install_wheel(python: Path, wheel: Path) -> None:
    """Install a wheel alone, in the place of any other of the same name."""
    run(uv("pip", "install", "--quiet", "--python", str(python), "--no-deps", "--reinstall", str(wheel)))


def build_wheel(into: Path) -> Path:
    """Build the wheel of the work tree with what the development environment holds."""
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)])
    return next(into.glob("*.whl"))


def uv(*arguments: str) -> list[str]:
    """A command line of the uv beside the running Python."""
    return [str(Path(sys.executable).parent / "uv"), *arguments]


def run(
    command: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None, umask: int = -1, capture: bool = False
) -> str:
    """Run a command that has to succeed."""
    done = subprocess.run(command, cwd=cwd, env=env, umask=umask, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout if capture else ""
