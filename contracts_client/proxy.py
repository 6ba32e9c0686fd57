"""The proxy that the environment names for an address."""

from __future__ import annotations

import importlib.util
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlsplit

from .environment import is_loopback
from .errors import ConfigurationError
from .transport import is_proxy_address


def environment_proxy(url: str) -> str | None:
    """Return the address of the proxy that the environment names for a URL, or None. Loopback addresses need none.

    Raises:
        ConfigurationError: It names one that can't be used. The message does not hold it, since it may hold a password.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (80 if parts.scheme == "http" else 443)
    if is_loopback(host) or urllib.request.proxy_bypass(f"{host}:{port}"):
        return None
    proxies: Mapping[str, str] = urllib.request.getproxies()
    named = proxies.get(parts.scheme) or proxies.get("all")
    if not named:
        return None
    address = named if "://" in named else f"http://{named}"
    if not is_proxy_address(address):
        raise ConfigurationError(
            "the environment names a proxy that is no proxy's URL; mend it, or pass trust_env=False"
        )
    if address.lower().startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise ConfigurationError(
            "the environment names a SOCKS proxy, which needs httpx[socks]; or pass trust_env=False"
        )
    return address
