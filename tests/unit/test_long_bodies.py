"""Bodies of more than the reader unpacks at once, and errors of more than anybody reads."""

import json
import random
import zlib

import pytest

from contracts_client.calls.outcomes import _MAX_TEXT, parse_error_body
from contracts_client.openapi.operation import Response
from contracts_client.transport.body import _STEP, BodyReader

SIZE = 2 * _STEP + 1
BODIES = {"packed a thousandfold": bytes(SIZE), "hardly packed": random.Random(7).randbytes(SIZE)}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("room", [0, 1, _STEP])
def test_one_chunk_is_unpacked_in_steps(body: bytes, room: int) -> None:
    """A body that comes in one chunk is unpacked in steps and whole.

    What zlib holds back of the input, and what it holds back of the output, are asked for again.
    """
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    reader = BodyReader({"content-encoding": "gzip"}, len(body) + room)
    reader.feed(packer.compress(body) + packer.flush())
    assert reader.finish() == body


def test_each_error_text_is_cut() -> None:
    """Each text of an error is cut and what is no text is left."""
    document = {"message": "m" * (_MAX_TEXT + 1), "error": "e" * _MAX_TEXT, "status": 400, "errors": ["x" * 5000]}
    headers = {"content-type": "application/json"}
    found = parse_error_body(Response(status=400, headers=headers, body=json.dumps(document).encode()))
    assert found is not None
    assert (found.message, found.error) == ("m" * _MAX_TEXT, "e" * _MAX_TEXT)
    assert (found.status, found.errors) == (400, ["x" * 5000])
