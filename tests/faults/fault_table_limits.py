"""The table: tokens and rate limits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from canaries import BODY, CUSTOMER, SECRET, TOKEN
from fault_case import ATTEMPTS, WORKS, Case, Site, Works, no_token, refused, times_out
from fault_sites import plain
from fault_talks import GRANT, answer, answering, good, nothing, saying, tokens
from peer import Connection, Talk

from contracts_client import AuthenticationError, ClientCredentials, Environment, RateLimitError

CREDENTIALS = ClientCredentials("an-id", SECRET)


@asynccontextmanager
async def with_token_endpoint(talk: Talk) -> AsyncIterator[Site]:
    """A server that grants tokens too."""
    async with plain(talk) as site:
        site.options = {"auth": CREDENTIALS, "environment": Environment(site.url, site.url)}
        yield site


def is_token_request(request: bytes) -> bool:
    return request.startswith(b"POST /oauth/token")


def refusing(times: int | None) -> Talk:
    """Grant another token each time, and refuse so many of them, or all."""

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            granted = sum(map(is_token_request, connection.peer.requests))
            if is_token_request(request):
                await connection.say(answer({**GRANT, "access_token": f"{TOKEN}-{granted}"}))
            elif times is None or granted <= times:
                await connection.say(answer({"message": BODY}, "401 Unauthorized"))
            else:
                await connection.say(good(request))

    return talk


def token_case(row: str, what: str, talk: Talk, says: str, status: int | None = None, *, retried: bool = False) -> Case:
    return Case(
        row=row,
        what=what,
        site=with_token_endpoint,
        talk=talk,
        read=no_token(says, status, retried=retried),
        claim=no_token(says, status, retried=retried),
    )


def granted(row: str, what: str, answers: Any, headers: dict[str, str] | None = None) -> Case:
    return Case(
        row=row,
        what=what,
        site=with_token_endpoint,
        talk=tokens(answer(answers, headers=headers)),
        read=WORKS,
        claim=WORKS,
    )


TOKENS = [
    Case(
        row="401",
        what="the API refuses the token that you have",
        talk=answering(answer({"message": BODY}, "401 Unauthorized")),
        read=refused(AuthenticationError, 401, says="the BearerToken was refused"),
        claim=refused(AuthenticationError, 401, says="the BearerToken was refused"),
    ),
    Case(
        row="401",
        what="the API refuses a token that has just been revoked",
        site=with_token_endpoint,
        talk=refusing(1),
        claims=2,
        read=Works(attempts=2),
        claim=Works(attempts=2),
    ),
    Case(
        row="401 with a fresh token",
        what="the API refuses every token",
        site=with_token_endpoint,
        talk=refusing(None),
        passes=False,
        read=refused(AuthenticationError, 401, attempts=2, says="check the credentials"),
        claim=refused(AuthenticationError, 401, attempts=2, says="check the credentials"),
    ),
    Case(
        row="token endpoint down",
        what="the token endpoint hangs up",
        site=with_token_endpoint,
        talk=saying(),
        read=no_token("no token", retried=True),
        claim=no_token("no token", retried=True),
    ),
    token_case(
        "token endpoint down",
        "the token endpoint answers 503",
        tokens(answer(BODY.encode(), "503 Service Unavailable", content_type="text/plain")),
        "not the credentials",
        503,
        retried=True,
    ),
    token_case(
        "token endpoint down",
        "the token endpoint answers 429",
        tokens(answer({"message": BODY}, "429 Too Many Requests")),
        "not the credentials",
        429,
        retried=True,
    ),
    Case(
        row="token endpoint down",
        what="the token endpoint says nothing before the call's deadline",
        site=with_token_endpoint,
        talk=nothing,
        options={"deadline": 0.3},
        passes=False,
        read=times_out(0),
        claim=times_out(0),
    ),
    token_case(
        "credentials refused",
        "the token endpoint answers 400 invalid_client",
        tokens(answer({"error": "invalid_client", "error_description": SECRET}, "400 Bad Request")),
        "check client id, client secret and environment",
        400,
    ),
    token_case(
        "credentials refused",
        "the token endpoint answers 401",
        tokens(answer({"message": BODY}, "401 Unauthorized")),
        "check client id, client secret and environment",
        401,
    ),
    granted("odd expires_in", "expires_in is missing", {"access_token": TOKEN}),
    granted("odd expires_in", "expires_in is a text", {**GRANT, "expires_in": "86400"}),
    granted("odd expires_in", "expires_in is 0", {**GRANT, "expires_in": 0}),
    granted("odd expires_in", "expires_in is -1", {**GRANT, "expires_in": -1}),
    granted("odd expires_in", "expires_in is 1e12", {**GRANT, "expires_in": 1e12}),
    token_case(
        "odd expires_in",
        "expires_in is NaN",
        tokens(answer(b'{"access_token": "%s", "expires_in": NaN}' % TOKEN.encode())),
        "nonsense",
        200,
    ),
    token_case(
        "odd expires_in",
        "expires_in is no number",
        tokens(answer({**GRANT, "expires_in": BODY})),
        "expires_in is no number",
        200,
    ),
    granted("no bearer token", "token_type is in another case", {**GRANT, "token_type": "bEARER"}),
    token_case(
        "no bearer token",
        "token_type is mac",
        tokens(answer({**GRANT, "token_type": "mac"})),
        "token_type is not Bearer",
        200,
    ),
    *(
        token_case(
            "no bearer token",
            f"the token holds {name}",
            tokens(answer({**GRANT, "access_token": value})),
            "no bearer token",
            200,
        )
        for name, value in {
            "a line break": f"{TOKEN}\r\nX-Evil: 1",
            "a space": f"{TOKEN} {TOKEN}",
            "a letter beyond ASCII": f"{TOKEN}\u00e6",
            "nothing": "",
        }.items()
    ),
    token_case(
        "nonsense from the token endpoint",
        "the token endpoint answers with 10 MB",
        tokens(answer(b" " * 10_000_000)),
        "too large",
    ),
    token_case(
        "nonsense from the token endpoint",
        "the token endpoint answers with HTML",
        tokens(answer(b"<html>" + BODY.encode(), content_type="text/html")),
        "content type text/html",
        200,
    ),
    token_case(
        "nonsense from the token endpoint",
        "the token endpoint redirects",
        tokens(answer(b"", "307 Temporary Redirect", {"Location": "http://127.0.0.1:9/"})),
        "answered 307",
        307,
    ),
]


def limited(row: str, what: str, attempts: int, says: float | None, **headers: str) -> Case:
    """A 429 with headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Case(
        row=row,
        what=what,
        talk=answering(answer({"message": f"{BODY} {CUSTOMER}"}, "429 Too Many Requests", named)),
        read=refused(RateLimitError, 429, attempts=attempts, safe=True, retry_after=says),
        claim=refused(RateLimitError, 429, safe=True, retry_after=says),
    )


RATE_LIMITS = [
    limited("429 with Retry-After", "the API answers 429 and asks for 2 s", ATTEMPTS, 2.0, Retry_After="2"),
    limited("429 without Retry-After", "the API answers 429 and does not say for how long", ATTEMPTS, None),
    limited("odd Retry-After", "the API answers 429 and asks for 0 s", ATTEMPTS, 0.0, Retry_After="0"),
    *(
        limited("odd Retry-After", f"the API answers 429 with Retry-After: {shown}", ATTEMPTS, None, Retry_After=value)
        for shown, value in {
            **{each: each for each in ("-5", "1.5", "1e3", "nan", "inf", "1_000", "120, 60", "soon")},
            "Arabic digits": "\u0661\u0662",
            "a date that has passed": "Wed, 01 Jan 2020 00:00:00 GMT",
        }.items()
    ),
    limited("odd Retry-After", "the API answers 429 with Retry-After: 10^11", 1, 1e11, Retry_After="100000000000"),
    limited("long Retry-After", "the API answers 429 and asks for 10 minutes", 1, 600.0, Retry_After="600"),
]

LIMITS: dict[str, list[Case]] = {"Tokens": TOKENS, "Rate limits": RATE_LIMITS}
