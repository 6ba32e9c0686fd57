"""Read an OpenAPI document: of a file, a git reference or an https address, in JSON or YAML, version 3.0 or 3.1."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, cast

import httpx
import yaml

from tools.openapi_parts import DocumentError, Node

MOST_BYTES = 64 * 1024 * 1024
"""Of a document that is fetched. The largest that are published have some 15 MiB."""
MOST_SECONDS = 60.0
"""For the whole of a fetch."""
_OK = 200
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])[:/]", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z]+://", re.IGNORECASE)
_VERSION = re.compile(r"3\.[01](\.\d+)?(-\S+)?")
# The C loader is some ten times faster, where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_document(source: str, *, root: Path) -> Node:
    """Read and parse a document."""
    return parse_document(read_source(source, "openapi.yaml", root=root), source)


def is_reference(source: str) -> bool:
    """Whether a source is taken for a git reference: it is neither an address nor a file."""
    return not _ADDRESS.match(source) and not Path(source).is_file()


def read_source(source: str, name: str, *, root: Path) -> str:
    """Read the text of a file."""
    if _ADDRESS.match(source):
        return fetched(source)
    try:
        if Path(source).is_file():
            return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{source} can't be read: {error}") from error
    shown = asked_git(root, "show", "--end-of-options", f"{source}:{name}")
    if shown is None:
        raise DocumentError(f"{source} is no file, no https address and no git reference with {name}")
    return shown.decode("utf-8", "replace")


def asked_git(root: Path, *arguments: str) -> bytes | None:
    """What git prints of a repository; None where it fails."""
    command = [shutil.which("git") or "git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def fetched(address: str, *, transport: httpx.BaseTransport | None = None) -> str:
    """Fetch a text, by https alone but from this machine itself, without following redirects."""
    here = _LOOPBACK.match(address) is not None
    if not (here or address.lower().startswith("https://")):
        raise DocumentError(f"{address} is not fetched: https alone is")
    end = time.monotonic() + MOST_SECONDS
    try:
        with (
            httpx.Client(transport=transport, timeout=MOST_SECONDS, trust_env=not here) as client,
            client.stream("GET", address) as response,
        ):
            if response.has_redirect_location:
                place = response.headers["Location"]
                raise DocumentError(f"{address} has moved to {place}: ask for that, if you trust it")
            if response.status_code != _OK:
                raise DocumentError(f"{address} answers {response.status_code}")
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise DocumentError(f"{address} is larger than {MOST_BYTES} bytes")
                if time.monotonic() > end:
                    raise DocumentError(f"{address} takes longer than {MOST_SECONDS:.0f} s")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DocumentError(f"{address} can't be fetched: {error or type(error).__name__}") from error
    return body.decode("utf-8", "replace")


def parse_document(text: str, name: str) -> Node:
    """Parse a document and see that it is one."""
    text = text.removeprefix("\ufeff")
    start = text.lstrip()[:1]
    if start == "<":
        raise DocumentError(f"{name} is no OpenAPI document: it is a page of HTML or XML")
    try:
        value: object = json.loads(text) if start == "{" else yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe one
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        kind = "JSON" if start == "{" else "YAML"
        raise DocumentError(f"{name} is no OpenAPI document: it is no {kind} ({error})") from error
    if not isinstance(value, dict):
        raise DocumentError(f"{name} is no OpenAPI document: it is no mapping")
    document = cast("Node", value)
    if "swagger" in document:
        raise DocumentError(f"{name} is of Swagger {document['swagger']}, not of OpenAPI 3.0 or 3.1: convert it first")
    version = document.get("openapi")
    if version is None:
        raise DocumentError(f"{name} is no OpenAPI document: it has no key openapi")
    if not _VERSION.fullmatch(str(version)):
        raise DocumentError(f"{name} is of OpenAPI {version}, not of 3.0 or 3.1")
    if not isinstance(document.get("paths"), dict):
        raise DocumentError(f"{name} has no paths: there is nothing to compare")
    return document
