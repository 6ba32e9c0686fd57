"""Feeds bytes to what reads the network, guided by coverage: nothing but the errors that are promised may come out.

``make fuzz`` runs every target for a while, each in a process of its own: ``fuzz.py TARGET FOLDER [options]``: the
options are of libFuzzer. It begins with the inputs in the folder, and adds to them what reaches new code.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import atheris

atheris.enabled_hooks.add("RegEx")  # before anything is compiled: a pattern that matches is new ground, too
with atheris.instrument_imports(include=["contracts_client"]):
    from contracts_client import ErrorBody
    from contracts_client._generated.models.contract_page import contract_page_reader
    from contracts_client.calls.outcomes import parse_error_body
    from contracts_client.errors import InvalidArgumentError
    from contracts_client.headers import checked_correlation_id
    from contracts_client.openapi import fast
    from contracts_client.openapi.errors import ArgumentError, DecodeError
    from contracts_client.openapi.operation import Response
    from contracts_client.openapi.parameters import segment, text
    from contracts_client.resilience.rate_limit_headers import spike_arrest_spacing, used_up
    from contracts_client.resilience.response_headers import LONGEST, parse_retry_after
    from contracts_client.transport.body import BodyError, BodyReader

MAX_BYTES = 10_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MOST_SECONDS = 1e15  # an integer of a structured field has 15 digits

slow_reader = fast.Reader(contract_page_reader.decode, contract_page_reader.describe, contract_page_reader.convert)
slow_reader._prepared = True  # as where msgspec is not installed


def fuzz_body(data: bytes) -> None:
    """The reader of bodies: bounded, whole or an error."""
    provider = atheris.FuzzedDataProvider(data)
    coding = provider.PickValueInList(["", "gzip", "gzip", "br"])
    # Nothing that is made up at random is gzip, so half of the time it is made of what is made up, and spoilt at times.
    whole, cut, spoil = provider.ConsumeBool(), provider.ConsumeIntInRange(0, 12), provider.ConsumeIntInRange(0, 60)
    times = provider.ConsumeIntInRange(1, 3000)
    sent = provider.ConsumeBytes(provider.remaining_bytes())
    expected = sent
    if coding == "gzip" and not whole:
        expected = sent * times
        packer = zlib.compressobj(wbits=31)
        packed = bytearray(packer.compress(expected) + packer.flush())
        if spoil < len(packed) and spoil % 3 == 0:
            packed[spoil] ^= 1 + cut
        sent = bytes(packed[: len(packed) - cut])
    try:
        reader = BodyReader({"content-encoding": coding}, MAX_BYTES)
        for start in range(0, len(sent), 1 + cut * 7):
            reader.feed(sent[start : start + 1 + cut * 7])
        body = reader.finish()
    except BodyError:
        return
    assert len(body) <= MAX_BYTES
    assert (coding == "gzip" and whole) or body == expected


def fuzz_contract_page(data: bytes) -> None:
    """The decoders: with msgspec or without, the same page or the same error."""
    outcomes: list[object] = []
    for reader in (contract_page_reader, slow_reader):
        try:
            page = reader.read(data)
        except DecodeError as error:
            outcomes.append((error.path, error.expected, error.found))
        else:
            outcomes.append(page)
            assert contract_page_reader.decode(page.to_dict()) == page
    assert outcomes[0] == outcomes[1], outcomes


def fuzz_headers(data: bytes) -> None:
    """What headers say of time and rate, and what may become one."""
    value = data.decode("latin-1")
    seconds = parse_retry_after(value, NOW.timestamp())
    assert seconds is None or 0 <= seconds <= LONGEST
    name, _, rest = value.partition("\n")
    for headers in (
        {"ratelimit": value},
        {"ratelimit": '"m";r=0', "ratelimit-policy": value},
        {"x-ratelimit-remaining": name, "x-ratelimit-reset": rest},
        {"rate-limit-available": name, "rate-limit-expiry-time": rest},
    ):
        for limit in used_up(headers, NOW.timestamp()):
            assert limit.seconds is None or 0 <= limit.seconds <= MOST_SECONDS
    assert 0 <= spike_arrest_spacing({"spike-allowed": value}) <= 60
    try:
        accepted = checked_correlation_id(value)
    except InvalidArgumentError:
        return
    assert accepted.isascii()
    assert accepted.isprintable()


def fuzz_error_body(data: bytes) -> None:
    """Every text of an error is read or left."""
    body = parse_error_body(Response(status=500, headers={"content-type": "application/json"}, body=data))
    assert body is None or isinstance(body, ErrorBody)


def fuzz_path(data: bytes) -> None:
    """A segment of a path stays one."""
    try:
        quoted = segment("external_ref", data.decode("utf-8", "surrogateescape"), text)
    except ArgumentError:
        return
    assert quoted.isascii()
    assert not set(quoted) & set("/?#\\ ")
    assert quoted not in {".", "..", ""}


TARGETS: dict[str, Callable[[bytes], None]] = {
    name.removeprefix("fuzz_"): function for name, function in globals().items() if name.startswith("fuzz_")
}


def main() -> None:
    """Run one target until it is told to stop, or has found something."""
    target, *arguments = sys.argv[1:]
    atheris.Setup([sys.argv[0], *arguments], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
