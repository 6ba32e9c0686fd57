"""Build what is committed into dist/ (sdist, wheel, SBOMs, checksums), and check that it is what a release should be.

Everything is built from an export of HEAD, so that nothing else can get in, and built again under other circumstances,
so that everybody who builds that commit gets the same bytes. The tests of the wheel are tools/release/wheel.py's.
"""

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from packaging.metadata import Metadata

from tools.release.contents import REVISION, Files, content_faults, files_below, files_of
from tools.release.environments import REQUIREMENTS, ROOT, locked_environment, run, uv

DIST = ROOT / "dist"
# Long ago, and another time zone: what a build takes from either shows.
LONG_AGO = 1_000_000_000  # seconds since 1970, in 2001
ELSEWHERE = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
# What would change a build of this repository: a build is to be the same for all who have the commit.
NOT_HANDED_ON = ("SOURCE_DATE_EPOCH", "PYTHONPATH", "TZ", "LC_ALL", "PYTHONHASHSEED")
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


def dead_links(html: str) -> list[str]:
    """Find what leads nowhere on an index: relative addresses."""
    found: list[str] = re.findall(r'<[^>]+\s(?:href|src)="([^"]*)"', html)
    return [each for each in found if not each.startswith("#") and not urlsplit(each).scheme]


def release_faults(tags: list[str], version: str, changelog: str) -> Iterator[str]:
    """Find what is not ready in a commit that is tagged as a release. One without a tag is none yet."""
    for tag in tags:
        if tag != f"v{version}":
            yield f"the commit is tagged {tag}, and contracts_client/_version.py says {version}"
    if tags and not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE):
        yield f"CHANGELOG.md has no section “## [{version}] - <date>”"


def export(into: Path, reference: str = "HEAD", *, root: Path = ROOT) -> None:
    """Write what is committed into a folder."""
    command = ["git", "-C", str(root), "archive", "--format=tar", reference]
    archive = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(into, filter="data")


def disturb(folder: Path) -> None:
    """Change what a build should not depend on: modes and times of files."""
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
        os.utime(path, (LONG_AGO, LONG_AGO))


def build(source: Path, into: Path, *kinds: str, umask: int = 0o022, variables: dict[str, str] | None = None) -> None:
    """Build in isolation, with the tools of the versions that are locked."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON} | (variables or {})
    command = uv("build", "--quiet", *kinds, "--build-constraints", str(REQUIREMENTS / "dev.txt"), "--require-hashes")
    run([*command, "--out-dir", str(into), "--no-create-gitignore", str(source)], env=environment, umask=umask)


def differences(first: Path, second: Path) -> list[str]:
    """Compare the distributions of two folders, byte by byte."""
    found: list[str] = []
    for other in sorted(second.iterdir()):
        mine = first / other.name
        if not mine.is_file():
            found.append(f"{other.name} was not built the first time")
        elif mine.read_bytes() != other.read_bytes():
            before, after = files_of(mine), files_of(other)
            names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
            found.append(f"{other.name} differs, in {', '.join(names) or 'modes, times or order of its members'}")
    return found


def build_all(folder: Path) -> tuple[Path, list[str]]:
    """Build from two exports of HEAD, under different circumstances, and the wheel from the sdist as well."""
    here, there = folder / "here", folder / "a longer way" / "there"
    export(here)
    export(there)
    for exported in (here, there):
        (exported / REVISION).write_text(run(["git", "rev-parse", "HEAD"], capture=True), encoding="utf-8")
    disturb(there)
    built, again, from_sdist = folder / "built", folder / "again", folder / "from-sdist"
    build(here, built, "--sdist", "--wheel")
    build(there, again, "--sdist", "--wheel", umask=0o077, variables=ELSEWHERE)
    build(next(built.glob("*.tar.gz")), from_sdist, "--wheel")
    return built, differences(built, again) + [
        f"built from the sdist, {each}" for each in differences(built, from_sdist)
    ]


def metadata_faults(metadata: bytes, version: str, folder: Path, tools: Path) -> Iterator[str]:
    """Read the metadata as an index does, and render the description as it would."""
    parsed = Metadata.from_email(metadata, validate=True)
    if str(parsed.version) != version:
        yield f"the metadata say {parsed.version}, and contracts_client/_version.py says {version}"
    if parsed.license_expression is None or not parsed.license_files:
        yield "the metadata name no licence"
    readme, page = folder / "README.md", folder / "README.html"
    readme.write_text(parsed.description or "", encoding="utf-8")
    run([str(tools), "-m", "readme_renderer", str(readme), "-o", str(page)])
    for address in dead_links(page.read_text(encoding="utf-8")):
        yield f"the README as an index shows it refers to {address}, which is relative"


def check(built: Path, tree: Files, version: str, folder: Path, tools: Path) -> list[str]:
    """Check what was built, but for its tests."""
    distributions = sorted(built.iterdir())
    found = [fault for each in distributions for fault in content_faults(each, tree, version)]
    (wheel_file,) = built.glob("*.whl")
    # W002: the licence stands twice, since a copy of the package is to have it too.
    run([str(tools.parent / "check-wheel-contents"), "--ignore", "W002", str(wheel_file)])
    wheel = files_of(wheel_file)
    metadata = wheel.get(f"contracts_client-{version}.dist-info/METADATA") or b""
    found += metadata_faults(metadata, version, folder, tools)
    run([str(tools), "-m", "twine", "--no-color", "check", "--strict", *map(str, distributions)])
    tags = run(["git", "tag", "--points-at", "HEAD", "--list", "v*"], capture=True).split()
    found += release_faults(tags, version, (tree["CHANGELOG.md"] or b"").decode())
    print(f"Checked contents, metadata, README; {'tagged ' + ', '.join(tags) if tags else 'not tagged as a release'}")
    return found


def write_bills(into: Path, version: str, tools: Path) -> None:
    """Let cyclonedx-py write, and validate, a bill of materials of what the client needs, and one with all extras."""
    dynamic = 'dynamic = ["readme", "version"]'
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").replace(dynamic, f'version = "{version}"')
    with tempfile.TemporaryDirectory(prefix="sbom-") as folder:
        Path(folder, "pyproject.toml").write_text(project, encoding="utf-8")
        for lock, suffix in (("runtime", ""), ("extras", "-extras")):
            python = locked_environment(f"sbom-{lock}-{platform.python_version()}", REQUIREMENTS / f"{lock}.txt")
            command = [str(tools), "-m", "cyclonedx_py", "environment", "--output-reproducible", "--mc-type", "library"]
            command += ["--spec-version", "1.6", "--pyproject", str(Path(folder, "pyproject.toml"))]
            run([*command, "--output-file", str(into / f"contracts_client-{version}{suffix}.cdx.json"), str(python)])


def main() -> int:
    """Run the command, and return 1 where something is not as it should be; dist/ is left alone then."""
    if changes := run(["git", "status", "--porcelain"], capture=True):
        print(f"Only what is committed is built, and these are not:\n{changes}", file=sys.stderr)
        return 1
    tools = locked_environment(f"release-{platform.python_version()}", REQUIREMENTS / "release.txt")
    with tempfile.TemporaryDirectory(prefix="release-") as name:
        folder = Path(name)
        built, found = build_all(folder)
        tree = files_below(folder / "here")
        match = VERSION.search((tree["contracts_client/_version.py"] or b"").decode())
        version = match.group(1) if match else ""
        found += check(built, tree, version, folder, tools)
        if found:
            print("\n".join(found), file=sys.stderr)
            return 1
        write_bills(built, version, tools)
        sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(built.iterdir())]
        (built / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
        shutil.rmtree(DIST, ignore_errors=True)
        shutil.copytree(built, DIST)
    print("".join(sums), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
