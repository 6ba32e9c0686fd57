"""nginx with TLS: the error of each fault says which it is."""

from __future__ import annotations

import datetime as dt
import ssl
from pathlib import Path

import pytest
import trustme
from api import Api
from programs import free_port, program, running

from contracts_client import BearerToken, ContractsClient
from contracts_client.errors import APIError

AUTHORITY, STRANGERS = trustme.CA(), trustme.CA()
CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.pem;
    ssl_client_certificate {folder}/clients.pem;
    server {{
        listen 127.0.0.1:{port} {rules}
        location / {{ proxy_pass {upstream}; }}
    }}
}}
"""
PAST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
CASES = {
    "unknown authority": ("ssl;", {}, "is of an authority that is not trusted: pass ssl_context="),
    "another host": ("ssl;", {"host": "elsewhere.example"}, "is for another host name: check the host of the address"),
    "expired": ("ssl;", {"not_after": PAST}, "has expired: its owner must renew it"),
    "plain http": (";", {}, "the server does not speak TLS on this port: check the port"),
    "old TLS": ("ssl; ssl_protocols TLSv1.1;", {}, "it has no TLS version or cipher in common with this client"),
    "no client certificate": ("ssl; ssl_verify_client on;", {}, "the server asks for a TLS certificate: pass an"),
    "strange client certificate": ("ssl; ssl_verify_client on;", {}, "the server refused the client's TLS certificate"),
    "https on the port": ("ssl;", {"scheme": "http"}, "the server speaks TLS on this port: write https:// in base_url"),
}


@pytest.mark.parametrize("name", CASES)
async def test_the_reason_of_tls_is_told(api: Api, tmp_path: Path, name: str) -> None:
    """Each fault of TLS has its reason, its server and what to do; it is tried once."""
    rules, options, told = CASES[name]
    host, not_after, scheme = options.get("host", "localhost"), options.get("not_after"), options.get("scheme", "https")
    AUTHORITY.issue_cert(host, not_after=not_after).private_key_and_cert_chain_pem.write_to_path(
        tmp_path / "server.pem"
    )
    AUTHORITY.cert_pem.write_to_path(tmp_path / "clients.pem")
    context = ssl.create_default_context()
    if name != "unknown authority":
        AUTHORITY.configure_trust(context)
    if name == "strange client certificate":
        STRANGERS.issue_cert("acme.example").configure_cert(context)
    port, file = free_port(), tmp_path / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=tmp_path, port=port, rules=rules, upstream=api.url))
    url = f"{scheme}://localhost:{port}"
    command = [program("nginx", "nginx-light"), "-p", tmp_path, "-e", tmp_path / "error.log", "-c", file]
    with running(command, port, tmp_path):
        async with ContractsClient("acme-shop", base_url=url, auth=BearerToken("t"), ssl_context=context) as client:
            with pytest.raises(APIError) as caught:
                await client.list_valid_contracts(1001)
    assert told in str(caught.value)
    assert caught.value.attempts == 1
    assert caught.value.__cause__ is None
    assert api.requests == []
