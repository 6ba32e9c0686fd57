"""A client certificate that a server refuses, or asks for, is a fault of the configuration in every version of TLS."""

import asyncio
import socket
import ssl
import threading
from contextlib import suppress
from typing import Any

import pytest
import trustme

from contracts_client import APIConnectionError, BearerToken, ContractsClient, OutcomeUnknownError

BOTH = pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])


def refuse_certificates(listening: socket.socket, context: ssl.SSLContext) -> None:
    """Say in an alert what is thought of each client's certificate, and wait until the client hangs up."""
    while True:
        try:
            raw, _ = listening.accept()
        except OSError:
            return
        with context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False) as made, suppress(OSError):
            with suppress(ssl.SSLError):
                made.do_handshake()
            while socket.socket.recv(made, 65536):  # below TLS: to close with data unread would reset the connection
                pass


@BOTH
@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
@pytest.mark.parametrize("has_certificate", [False, True], ids=["none", "another authority's"])
async def test_a_refused_certificate_is_tried_once(transport: Any, version: str, *, has_certificate: bool) -> None:
    """A refused client certificate is tried once.

    Under TLS 1.3 the server says so after the client has sent its request, of which it has read nothing.
    """
    authority = trustme.CA()
    demanding = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    demanding.verify_mode = ssl.CERT_REQUIRED
    authority.issue_cert("localhost").configure_cert(demanding)
    authority.configure_trust(demanding)
    mine = ssl.create_default_context()
    authority.configure_trust(mine)
    mine.maximum_version = ssl.TLSVersion[version]
    if has_certificate:
        trustme.CA().issue_cert("client").configure_cert(mine)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=refuse_certificates, args=(listening, demanding))
        server.start()
        url = f"https://localhost:{listening.getsockname()[1]}"
        async with ContractsClient(
            "acme-shop", auth=BearerToken("t"), base_url=url, ssl_context=mine, transport=transport
        ) as client:
            for call in (client.get_contract("c-1"), client.claim_personnel_ticket("A-B-C", customer_number=7)):
                with pytest.raises(APIConnectionError) as caught:
                    await call
                assert (caught.value.attempts, caught.value.safe_to_retry) == (1, False)
                assert not isinstance(caught.value, OutcomeUnknownError)
                # Without a certificate, TLS 1.2 only says that the handshake failed.
                if has_certificate or version == "TLSv1_3":
                    assert "the server refused the client's TLS certificate" in str(caught.value)
        listening.shutdown(socket.SHUT_RDWR)
        await asyncio.to_thread(server.join)
