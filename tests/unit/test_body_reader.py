"""The bounded reader of response bodies."""

import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts_client.transport.body import BodyError, BodyReader

GZIP = {"content-encoding": "gzip"}
PLENTY = 100_000


def read(raw: bytes, headers: dict[str, str], max_bytes: int = PLENTY, *, cuts: tuple[int, ...] = ()) -> bytes:
    reader = BodyReader(headers, max_bytes)
    for start, end in pairwise([0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]):
        reader.feed(raw[start:end])
    return reader.finish()


@given(body=st.binary(max_size=500), cuts=st.lists(st.integers(0, 600), max_size=8).map(tuple))
def test_a_plain_body_is_read_however_cut(body: bytes, cuts: tuple[int, ...]) -> None:
    assert read(body, {}, cuts=cuts) == body


@given(
    body=st.binary(max_size=500) | st.integers(1, 50_000).map(lambda size: b"a" * size),
    level=st.integers(0, 9),
    cuts=st.lists(st.integers(0, 600), max_size=8).map(tuple),
)
def test_a_gzip_body_is_read_however_cut(body: bytes, level: int, cuts: tuple[int, ...]) -> None:
    assert read(gzip.compress(body, level), GZIP, cuts=cuts) == body


def test_a_gzip_body_may_come_byte_by_byte() -> None:
    raw = gzip.compress(b'{"items": []}')
    assert read(raw, GZIP, cuts=tuple(range(len(raw)))) == b'{"items": []}'


@given(body=st.binary(min_size=1, max_size=300), data=st.data())
def test_a_gzip_body_may_not_end_early(body: bytes, data: st.DataObject) -> None:
    raw = gzip.compress(body)
    end = data.draw(st.integers(1, len(raw) - 1))
    cut = data.draw(st.integers(0, end))
    with pytest.raises(BodyError, match="ends too early") as caught:
        read(raw[:end], GZIP, cuts=(cut,))
    assert caught.value.truncated


@given(data=st.data())
def test_a_flipped_bit_is_never_another_body(data: st.DataObject) -> None:
    """Its header has bits that mean nothing, and ends at the tenth byte; the checksum covers what follows."""
    body = b"a body that is long enough to have something inside of it" * 3
    raw = bytearray(gzip.compress(body))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = read(bytes(raw), GZIP)
    except BodyError:
        return
    assert found == body


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", " gzip "])
def test_gzip_has_two_names_in_any_case(coding: str) -> None:
    assert read(gzip.compress(b"abc"), {"content-encoding": coding}) == b"abc"


@pytest.mark.parametrize("coding", ["", "identity", "Identity "])
def test_a_body_without_a_coding_is_plain(coding: str) -> None:
    assert read(b"abc", {"content-encoding": coding}) == b"abc"


@pytest.mark.parametrize(
    "coding", ["br", "deflate", "zstd", "gzip, gzip", "gzip,identity", "gzip;q=1", "CANARY", ",".join(["gzip"] * 50)]
)
def test_another_coding_is_refused_unread(coding: str) -> None:
    with pytest.raises(BodyError, match="coding") as caught:
        BodyReader({"content-encoding": coding}, PLENTY)
    assert not caught.value.truncated
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("raw", [b"CANARY", b"\x1f\x8b\xff" + b"CANARY" * 3, zlib.compress(b"CANARY"), b"PK\x03\x04"])
def test_what_is_no_gzip_is_never_quoted(raw: bytes) -> None:
    with pytest.raises(BodyError, match="not the gzip stream") as caught:
        read(raw, GZIP)
    assert (caught.value.truncated, caught.value.corrupt) == (False, True)
    assert "CANARY" not in str(caught.value)
    assert caught.value.__context__ is None


@given(
    members=st.lists(st.binary(max_size=60), min_size=1, max_size=5),
    padding=st.integers(0, 20),
    between=st.integers(0, 3),
    cuts=st.lists(st.integers(0, 600), max_size=8).map(tuple),
)
def test_members_and_zeros_are_one_body(
    members: list[bytes], padding: int, between: int, cuts: tuple[int, ...]
) -> None:
    """RFC 1952 lets a stream have several members, empty ones too; zeros may fill it up."""
    raw = (b"\0" * between).join(map(gzip.compress, members)) + b"\0" * padding
    assert read(raw, GZIP, cuts=cuts) == b"".join(members)
    assert read(raw, GZIP, cuts=tuple(range(len(raw)))) == b"".join(members)


@pytest.mark.parametrize("tail", [b"x", b"\0x", b"\x1f\0", b"\x1e\x8b", gzip.compress(b"", mtime=0) + b"x", b"<html>"])
@pytest.mark.parametrize("cut", [0, -1, 1_000])
def test_nothing_else_follows_gzip(tail: bytes, cut: int) -> None:
    raw = gzip.compress(b"abc") + tail
    with pytest.raises(BodyError, match="after the end") as caught:
        read(raw, GZIP, cuts=(cut % (len(raw) + 1) if cut <= 0 else len(raw) - len(tail),))
    assert not caught.value.truncated


@given(data=st.data())
def test_a_second_member_may_not_end_early(data: st.DataObject) -> None:
    first, second = gzip.compress(b"abc"), gzip.compress(b"def")
    with pytest.raises(BodyError, match="ends too early") as caught:
        read(first + second[: data.draw(st.integers(1, len(second) - 1))], GZIP)
    assert caught.value.truncated


def test_a_broken_second_member_is_an_error() -> None:
    with pytest.raises(BodyError, match="not the gzip stream") as caught:
        read(gzip.compress(b"abc") + gzip.compress(b"def")[:-8] + bytes(8), GZIP)
    assert caught.value.corrupt


def test_the_cap_counts_all_members() -> None:
    raw = gzip.compress(b"a" * 30) * 2
    assert len(read(raw, GZIP, 60)) == 60
    with pytest.raises(BodyError, match="too large: more than 59 bytes"):
        read(raw, GZIP, 59)


def test_a_second_members_bomb_is_stopped() -> None:
    reader = BodyReader(GZIP, 1_000)
    with pytest.raises(BodyError, match="too large"):
        reader.feed(gzip.compress(b"a" * 900) + BOMB)
    assert reader._size == 1_001


def test_empty_members_do_not_go_on_for_ever() -> None:
    reader, member = BodyReader(GZIP, 10), gzip.compress(b"")
    for _ in range(3_000):
        reader.feed(member)
    with pytest.raises(BodyError, match="too large"):
        reader.feed(member * 1_000)


@given(size=st.integers(0, 40), cap=st.integers(1, 40), packed=st.booleans(), data=st.data())
def test_a_body_may_have_the_caps_bytes(
    size: int,
    cap: int,
    packed: bool,  # noqa: FBT001 # drawn
    data: st.DataObject,
) -> None:
    body = b"a" * size
    raw = gzip.compress(body) if packed else body
    cut = data.draw(st.integers(0, len(raw)))
    if size <= cap:
        assert read(raw, GZIP if packed else {}, cap, cuts=(cut,)) == body
    else:
        with pytest.raises(BodyError, match=f"too large: more than {cap} bytes") as caught:
            read(raw, GZIP if packed else {}, cap, cuts=(cut,))
        assert not caught.value.truncated


@given(cap=st.integers(1, 5000))
def test_a_bomb_is_unpacked_to_the_cap_alone(cap: int) -> None:
    """64 MB in 64 kB, and what the reader keeps of it is less than a chunk more than the cap."""
    reader = BodyReader(GZIP, cap)
    with pytest.raises(BodyError, match="too large"):
        reader.feed(BOMB)
    assert sum(map(len, reader._chunks)) <= cap
    assert reader._size == cap + 1


BOMB = gzip.compress(b"\0" * 64_000_000, 9)


def test_a_bomb_in_many_chunks_is_stopped() -> None:
    reader = BodyReader(GZIP, 1_000_000)

    def feed(size: int) -> None:
        for start in range(0, len(BOMB), size):
            reader.feed(BOMB[start : start + size])

    with pytest.raises(BodyError, match="too large"):
        feed(100)
    assert reader._size == 1_000_001


@pytest.mark.parametrize("length", ["11", " 11 ", "50000000000", "9" * 5000, "0011"])
def test_a_length_beyond_the_cap_is_refused(length: str) -> None:
    with pytest.raises(BodyError, match="too large: more than 10 bytes"):
        BodyReader({"content-length": length}, 10)


@pytest.mark.parametrize("length", ["", "10", "0", "-5", "+5", "1e9", "ten", "١٢٣", "11.5", "11, 11"])
def test_other_lengths_are_no_reason(length: str) -> None:
    assert read(b"0123456789", {"content-length": length}, 10) == b"0123456789"


@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
def test_a_body_of_no_chunks_is_empty(headers: dict[str, str]) -> None:
    assert BodyReader(headers, 10).finish() == b""
