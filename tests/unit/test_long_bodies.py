"""Bodies of more than the reader unpacks at once."""

import random
import zlib

import pytest

from contracts_client.body import _STEP, BodyReader

SIZE = 2 * _STEP + 1
BODIES = {"packed a thousandfold": bytes(SIZE), "hardly packed": random.Random(7).randbytes(SIZE)}  # noqa: S311 # no secret


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("room", [0, 1, _STEP])
def test_a_body_that_comes_in_one_chunk_is_unpacked_in_steps_and_whole(body: bytes, room: int) -> None:
    """What zlib holds back of the input, and what it holds back of the output, are asked for again."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    reader = BodyReader({"content-encoding": "gzip"}, len(body) + room)
    reader.feed(packer.compress(body) + packer.flush())
    assert reader.finish() == body
