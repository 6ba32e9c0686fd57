"""The table: statuses, bodies and schema drift."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

from canaries import BODY, CUSTOMER
from fault_case import ONCE_MORE, WORKS, Case, breaks, refused, unknown, unreadable, unreadable_claim
from fault_talks import CLAIM, ITEM, PAGE, answer, answering, bomb

from contracts_client import (
    APIStatusError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnprocessableEntityError,
)

LONG = 5000  # digits, more than Python's own parser reads
PROBLEM = {
    "path": f"/customers/{CUSTOMER}",
    "error": "Bad Request",
    "status": 400,
    "message": f"{BODY} {CUSTOMER} " * 500,
    "timestamp": "2026-01-01T00:00:00Z",
    "correlationId": "call-1",
    "errorCode": "E1",
}


def answering_each(page: Any, claim: Any, **more: Any) -> Any:
    """Answer a read with one body and a claim with another, until the fault has passed. For more see ``answer``."""

    async def talk(connection: Any) -> None:
        while True:
            request = await connection.request()
            if connection.peer.healed:
                await connection.say(answer(CLAIM if request.startswith(b"POST") else PAGE))
            else:
                await connection.say(answer(claim if request.startswith(b"POST") else page, **more))

    return talk


def problem(status: str, **headers: str) -> bytes:
    return answer(PROBLEM, status, headers, "application/problem+json")


def client_errors() -> list[Case]:
    kinds: dict[str, type[APIStatusError]] = {
        "400 Bad Request": BadRequestError,
        "404 Not Found": NotFoundError,
        "409 Conflict": ConflictError,
        "422 Unprocessable Content": UnprocessableEntityError,
    }
    return [
        Case(
            row="400, 404, 409, 422",
            what=f"the API answers {status}",
            talk=answering(problem(status)),
            read=refused(kind, int(status[:3])),
            claim=refused(kind, int(status[:3])),
        )
        for status, kind in kinds.items()
    ]


def failing_servers() -> list[Case]:
    kinds: dict[str, type[APIStatusError]] = {
        "408 Request Timeout": APIStatusError,
        "500 Internal Server Error": ServerError,
        "502 Bad Gateway": ServerError,
        "503 Service Unavailable": ServerError,
        "504 Gateway Timeout": ServerError,
    }
    return [
        Case(
            row="500" if status.startswith("500") else "408, 502, 503, 504",
            what=f"the API, or a gateway in front of it, answers {status}",
            talk=answering(answer(b"<html>" + BODY.encode(), status, content_type="text/html")),
            read=refused(kind, int(status[:3]), attempts=3, safe=True),
            claim=unknown(status=int(status[:3])),
        )
        for status, kind in kinds.items()
    ]


SPIKE = {"fault": {"faultstring": BODY, "detail": {"errorcode": "policies.ratelimit.SpikeArrestViolation"}}}

STATUSES = [
    *client_errors(),
    Case(
        row="403",
        what="the API answers 403 Forbidden",
        talk=answering(problem("403 Forbidden")),
        read=refused(PermissionDeniedError, 403, says="permission"),
        claim=refused(PermissionDeniedError, 403, says="permission"),
    ),
    *failing_servers(),
    Case(
        row="500",
        what="the gateway answers 500 with the code of a rate limit",
        talk=answering(answer(SPIKE, "500 Internal Server Error")),
        read=refused(RateLimitError, 500, attempts=3, safe=True, says="slow down"),
        claim=refused(RateLimitError, 500, safe=True, says="slow down"),
    ),
    Case(
        row="500",
        what="the API answers 501 Not Implemented",
        talk=answering(answer(b"", "501 Not Implemented")),
        read=refused(ServerError, 501),
        claim=refused(ServerError, 501),
    ),
    *(
        Case(
            row="redirect",
            what=f"the API answers {status}",
            talk=answering(answer(b"", status, {"Location": f"http://127.0.0.1:9/{CUSTOMER}?{BODY}"})),
            read=refused(APIStatusError, int(status[:3]), says="leads to 127.0.0.1"),
            claim=unknown("leads to 127.0.0.1", int(status[:3])),
        )
        for status in ("301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent")
    ),
    Case(
        row="no body",
        what="the API answers 204, without a body",
        talk=answering(b"HTTP/1.1 204 No Content\r\n\r\n"),
        read=unreadable("status 204"),
        claim=unreadable_claim("status 204", status=204),
    ),
    Case(
        row="no body",
        what="the API answers 200 with an empty body",
        talk=answering(answer(b"")),
        read=unreadable("an empty body"),
        claim=unreadable_claim("an empty body"),
    ),
    Case(
        row="HTML instead of JSON",
        what="a login page answers 200 with HTML",
        talk=answering(answer(b"<html>" + BODY.encode(), content_type="text/html; charset=utf-8")),
        read=unreadable("content type text/html"),
        claim=unreadable_claim("content type text/html"),
    ),
    Case(
        row="content type sent twice",
        what="API and gateway both send the content type of JSON",
        talk=answering_each(PAGE, CLAIM, headers={"Content-Type": "application/json;charset=utf-8"}),
        read=WORKS,
        claim=WORKS,
    ),
    Case(
        row="content type sent twice",
        what="API and gateway send the content types of JSON and of HTML",
        talk=answering_each(PAGE, CLAIM, headers={"Content-Type": "text/html"}),
        read=unreadable("content type text/html"),
        claim=unreadable_claim("content type text/html"),
    ),
]

GZIP = {"Content-Encoding": "gzip"}
TWICE = {"Content-Encoding": "gzip, gzip"}


def json_answers(row: str, what: str, page: bytes, claim: bytes, says: str) -> Case:
    """A case in which both answers are JSON of their own."""
    return Case(
        row=row,
        what=what,
        talk=answering_each(page, claim),
        read=unreadable(says),
        claim=unreadable_claim(says),
    )


def members(body: Any) -> bytes:
    """A body in several gzip members, an empty one among them, and zeros after them."""
    raw = json.dumps(body).encode()
    return b"".join(map(gzip.compress, (raw[:9], b"", raw[9:]))) + bytes(7)


def page_of(**changes: Any) -> bytes:
    """A page whose only contract is another."""
    item = {name: value for name, value in {**ITEM, **changes}.items() if value is not ...}
    return json.dumps({**PAGE, "items": [item]}).encode()


def claim_of(**changes: Any) -> bytes:
    """The outcome of a claim that is another."""
    return json.dumps({name: value for name, value in {**CLAIM, **changes}.items() if value is not ...}).encode()


def nested_page(depth: int) -> bytes:
    """A page with a contract that holds a contract, and so on."""
    item = json.dumps(ITEM)
    start = (item[:-1] + ', "subContracts": [').encode()
    return b'{"items": [' + start * depth + item.encode() + b"]}" * depth + b"]}"


GOOD_CLAIM = claim_of()

BODIES = [
    Case(
        row="bomb",
        what="a small gzip body unpacks into more than 16 MiB",
        talk=answering(answer(bomb(100), headers=GZIP)),
        read=unreadable("too large"),
        claim=unreadable_claim("too large", status=None),
    ),
    Case(
        row="bomb",
        what="the body is gzip within gzip",
        talk=answering(answer(gzip.compress(bomb(100)), headers=TWICE)),
        read=unreadable("only gzip"),
        claim=unreadable_claim("only gzip", status=None),
    ),
    Case(
        row="bomb",
        what="the body is longer than 16 MiB, in chunks",
        talk=answering(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
            *([b"100000\r\n" + b" " * 0x100000 + b"\r\n"] * 17),
            b"0\r\n\r\n",
        ),
        read=unreadable("too large"),
        claim=unreadable_claim("too large", status=None),
    ),
    Case(
        row="huge length declared",
        what="the body declares 50 GB",
        talk=answering(answer(b"{}", length=50_000_000_000)),
        read=unreadable("too large"),
        claim=unreadable_claim("too large", status=None),
    ),
    Case(
        row="corrupt gzip",
        what="the body is not the gzip that it says it is",
        talk=answering(answer(BODY.encode(), headers=GZIP)),
        read=breaks(ONCE_MORE, "not the gzip stream"),
        claim=unknown("not the gzip stream"),
    ),
    Case(
        row="corrupt gzip",
        what="the gzip body breaks off",
        talk=answering(answer(gzip.compress(json.dumps(PAGE).encode())[:-9], headers=GZIP)),
        read=breaks(says="ends too early"),
        claim=unknown("ends too early"),
    ),
    Case(
        row="gzip of several members",
        what="the body is gzip of several members, with zeros after it",
        talk=answering_each(members(PAGE), members(CLAIM), headers=GZIP),
        read=WORKS,
        claim=WORKS,
    ),
    Case(
        row="unknown coding",
        what="the body is in a coding that was not asked for",
        talk=answering(answer(zlib.compress(b"{}"), headers={"Content-Encoding": "deflate"})),
        read=unreadable("only gzip"),
        claim=unreadable_claim("only gzip", status=None),
    ),
    Case(
        row="unknown coding",
        what="the body is in fifty codings",
        talk=answering(answer(b"{}", headers={"Content-Encoding": ", ".join(["gzip"] * 50)})),
        read=unreadable("only gzip"),
        claim=unreadable_claim("only gzip", status=None),
    ),
    Case(
        row="deep nesting",
        what="the JSON is nested 200 000 deep",
        talk=answering(answer(b"[" * 200_000 + b"]" * 200_000)),
        read=unreadable(),
        claim=unreadable_claim(),
    ),
    Case(
        row="deep model",
        what="contracts hold contracts, 5000 deep",
        talk=answering_each(nested_page(5_000), GOOD_CLAIM),
        read=unreadable("nested too deeply"),
        claim=WORKS,
    ),
    *(
        json_answers(
            "numbers that JSON has not",
            f"a number is {number if len(number) < LONG else f'an integer of {len(number)} digits'}",
            json.dumps({**PAGE, "totalItems": "@"}).replace('"@"', number).encode(),
            json.dumps({**CLAIM, "customerNumber": "@"}).replace('"@"', number).encode(),
            "",
        )
        for number in ("NaN", "Infinity", "-Infinity", "1e400", "9" * LONG)
    ),
    json_answers(
        "not JSON",
        "the body is not UTF-8",
        b'{"items": [], "x": "\xff"}',
        b'{"success": true, "x": "\xff"}',
        "not JSON",
    ),
    json_answers("not JSON", "the body breaks off", page_of()[:-5], GOOD_CLAIM[:-5], "not JSON"),
    json_answers("not JSON", "something follows the body's end", page_of() + b"{}", GOOD_CLAIM + b"{}", "not JSON"),
    json_answers(
        "many small items",
        "a page holds a million empty objects",
        b'{"items": [' + b"{}," * 999_999 + b"{}]}",
        b"[" + b"{}," * 999_999 + b"{}]",
        "",
    ),
]


def survives(row: str, what: str, page: bytes, claim: bytes) -> Case:
    """A case that costs nothing."""
    return Case(row=row, what=what, talk=answering_each(page, claim), read=WORKS, claim=WORKS)


def fails(row: str, what: str, page: bytes, claim: bytes, *places: str) -> Case:
    """A case that is an error that names the place."""
    at_page, at_claim = places
    return Case(
        row=row,
        what=what,
        talk=answering_each(page, claim),
        read=unreadable(at_page),
        claim=unreadable_claim(at_claim),
    )


DRIFT = [
    survives(
        "unknown enum value",
        "an enumeration has a value that the specification does not know",
        page_of(status="BRAND_NEW"),
        GOOD_CLAIM,
    ),
    survives(
        "unknown property",
        "there is a property that the specification does not know",
        page_of(brandNew=BODY),
        claim_of(brandNew=BODY),
    ),
    fails(
        "required property missing",
        "a required property is missing",
        page_of(createdAt=...),
        claim_of(success=...),
        "items[0].createdAt",
        "success",
    ),
    fails(
        "required property missing",
        "a required property is null",
        page_of(createdAt=None),
        claim_of(success=None),
        "items[0].createdAt",
        "success",
    ),
    fails(
        "wrong JSON type",
        "a boolean is a number",
        page_of(organisationId=True),
        claim_of(success=1),
        "items[0].organisationId",
        "success",
    ),
    fails(
        "wrong JSON type",
        "a number is a text",
        page_of(organisationId="1"),
        claim_of(customerNumber=str(CUSTOMER)),
        "items[0].organisationId",
        "customerNumber",
    ),
    fails(
        "wrong JSON type",
        "an object is an array",
        page_of(loyaltyProgram=[BODY]),
        b"[]",
        "items[0].loyaltyProgram",
        "the document",
    ),
    survives("odd dates", "a time has no offset", page_of(createdAt="2026-01-01T00:00:00"), GOOD_CLAIM),
    survives("odd dates", "a time ends in +0000", page_of(createdAt="2026-01-01T00:00:00+0000"), GOOD_CLAIM),
    Case(
        row="odd dates",
        what="a time is a number of milliseconds",
        talk=answering_each(page_of(createdAt=1767225600000), GOOD_CLAIM),
        read=unreadable("items[0].createdAt"),
        claim=WORKS,
    ),
]

ANSWERS: dict[str, list[Case]] = {"Statuses": STATUSES, "Bodies": BODIES, "Schema drift": DRIFT}
