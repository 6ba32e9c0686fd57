"""The numbers of the client, each with its unit."""

from typing import Final

CONNECT_TIMEOUT: Final = 5.0
"""Seconds for one attempt to connect, TLS included."""

WRITE_TIMEOUT: Final = 10.0
"""Seconds without progress while a request is written."""

READ_TIMEOUT: Final = 20.0
"""Seconds without progress while a response is read."""

DEADLINE: Final = 60.0
"""Seconds for a whole call: queueing, token, attempts and body."""

MAX_CONCURRENCY: Final = 20
"""Exchanges under way at once, and so connections to the API."""

TOKEN_CONCURRENCY: Final = 2
"""Connections to the token endpoint, apart from those to the API."""

KEEPALIVE_EXPIRY: Final = 4.0
"""Seconds that an idle connection is kept: less than servers do, so that they rarely close one just as it is used."""

CONNECTION_LIFETIME: Final = 300.0
"""Seconds that a connection is used, so that a change of the server's address is followed."""

LIFETIME_JITTER: Final = 0.2
"""Share of that lifetime by which it is shortened at random, so that connections don't end together."""

MAX_RESPONSE_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one response body, after its content coding is undone."""

MAX_HEAD_LINE_BYTES: Final = 64 * 1024
"""Bytes of one line of a response's head, over aiohttp. httpx bounds the whole head, to 100 kB."""

MAX_ERROR_BYTES: Final = 512 * 1024
"""Bytes of an error's body. A larger one is not read."""

MAX_TOKEN_RESPONSE_BYTES: Final = 64 * 1024
"""Bytes of one response of the token endpoint."""

MAX_REQUEST_BYTES: Final = 64 * 1024
"""Bytes of one request body."""

MAX_QUERY: Final = 32 * 1024
"""Characters of the query that a caller adds to a request, once it is quoted. httpx takes a URL of 64 Ki."""

MAX_PAGES: Final = 10_000
"""Pages that one iteration fetches, at most."""

MAX_PAGE_GROWTH: Final = 1_000
"""Pages that a listing may grow by while it is read."""

MAX_STALE_PAGES: Final = 10
"""Pages in a row that bring nothing new, after which a listing ends in an error."""

MAX_REMEMBERED_PAGES: Final = 1_000
"""Pages that an iteration remembers, to notice repetitions."""

MAX_REMEMBERED_ITEMS: Final = 10_000
"""Items that an iteration remembers, to leave out one that comes again."""

MAX_RESTARTS: Final = 3
"""Restarts of an iteration over a listing that moves, at most, with ``on_drift="restart"``."""

PREFETCH: Final = 4
"""Pages that an iteration fetches ahead, beyond the awaited page; see docs/benchmarks.md."""

PREFETCH_SHARE: Final = 0.5
"""Share of a client's exchanges that one iteration may take: the awaited page, and those fetched ahead."""

MAX_DRIFT_PLACES: Final = 1_000
"""Places of schema drift that a client remembers to have reported."""

MAX_SECONDS: Final = 1e9
"""Seconds of a timeout or a finite deadline, at most: more is a mistake."""

DRAIN_TIMEOUT: Final = 5.0
"""Seconds that ``aclose()`` waits for exchanges under way before it ends them."""

TOKEN_LIFETIME: Final = 600.0
"""Seconds that a token is taken to last if the token endpoint does not say."""

MAX_TOKEN_LIFETIME: Final = 7 * 24 * 3600.0
"""Seconds that a token is taken to last, at most."""

TOKEN_RENEWAL_MARGIN: Final = 300.0
"""Seconds before its end that a token is renewed; half its lifetime if that is less."""

MAX_CORRELATION_ID_LENGTH: Final = 128
"""Characters of a correlation id."""

MAX_CLIENT_NAME_LENGTH: Final = 128
"""Characters of a client name."""

MAX_PICKUP_CODE_LENGTH: Final = 128
"""Characters of the pickup code of a personnel ticket."""

MAX_ATTEMPTS: Final = 4
"""Requests of one call, at most."""

MAX_ATTEMPTS_LIMIT: Final = 20
"""Requests that ``RetryPolicy.max_attempts`` may allow, at most."""

BACKOFF_BASE: Final = 0.5
"""Seconds that the wait before the second attempt may last; twice as many for each one after it."""

BACKOFF_MAX: Final = 8.0
"""Seconds that the wait before an attempt may last, unless the server asks for more."""

MAX_RETRY_AFTER: Final = 60.0
"""Seconds of a Retry-After that are waited; an answer that asks for more is raised at once."""

RETRY_SHARE: Final = 0.15
"""Retries that the budget allows, as a share of the calls of the last RETRY_WINDOW seconds."""

RETRY_FLOOR: Final = 2.0
"""Retries a second that the budget allows in any case: enough for the most attempts of one call on a quiet client."""

MAX_RETRY_FLOOR: Final = 1000.0
"""Retries a second that ``RetryPolicy.budget_floor`` may allow."""

RETRY_WINDOW: Final = 10
"""Seconds of traffic that the retry budget looks back on."""

UNSENT_RETRY_COST: Final = 0.1
"""Share of a retry that the budget is charged if the request provably never left."""

PAUSE_BASE: Final = 1.0
"""Seconds that the first 429 without Retry-After may hold requests back; thrice as many for each in a row."""

PAUSE_GROWTH: Final = 3.0
"""Factor by which each further 429 in a row changes them."""

PROBE_PAUSE_SHARE: Final = 0.75
"""Share of them that is not drawn at random after a refused probe, since the limit is known to last."""

PAUSE_MAX: Final = 30.0
"""Seconds that a 429 without Retry-After may hold requests back, at most."""

MAX_PAUSE: Final = 300.0
"""Seconds that a Retry-After or a used-up limit holds requests back, at most; then a probe request asks again."""

SHARED_LIMIT_WINDOW: Final = 60.0
"""Seconds after the refusal of one operation within which the refusal of another one holds all operations back."""

USEFUL_TIME: Final = 2.0
"""Seconds before its deadline from which a call in the queue lets those pass that have more time."""

USEFUL_SHARE: Final = 0.1
"""Share of its deadline that this is, at most."""

PROBE_LIMIT: Final = 3.0
"""Seconds that the others wait for the outcome of a probe request; then the next one is a probe."""

REFUSALS_IN_FRONT: Final = 3
"""Requests of a call that were refused, after which it goes to the end of the queue and loses its position."""

FIRST_SPACING: Final = 0.1
"""Seconds between two requests after the first 429; then learned."""

SPACING_GROWTH: Final = 3.0
"""Factor by which a 429 changes the spacing, unless it refused a probe."""

SPACING_DECAY: Final = 0.99
"""Factor by which a success changes the spacing."""

RATE_GROWTH: Final = 0.05
"""Requests a second by which successes raise the rate in each second, at least: what counts after a long spacing."""

MIN_SPACING: Final = 0.01
"""Seconds of spacing below which there is none."""

MAX_SPACING: Final = 10.0
"""Seconds of spacing, at most."""

TOKEN_RETRY_BASE: Final = 0.1
"""Seconds between the first failed token request and the next, while calls wait; twice as many after each failure."""

TOKEN_RETRY_MAX: Final = 1.0
"""Seconds between two token requests while calls wait, at most: a recovered endpoint is noticed in that time."""

TOKEN_FAILURE_MEMORY: Final = 1.0
"""Seconds that a failed renewal, or a rejected token, is left alone; twice as many after each in a row."""

TOKEN_FAILURE_MEMORY_MAX: Final = 30.0
"""Seconds of that at most, and seconds for which refused credentials are not sent again."""

TOKEN_DEADLINE: Final = 30.0
"""Seconds for one token request, at most, since a lost one must not hold up all calls."""

TOKEN_WARNING_INTERVAL: Final = 30.0
"""Seconds between two warnings that a token can't be renewed."""
