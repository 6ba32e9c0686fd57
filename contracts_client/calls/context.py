"""What a call is made with, and what all calls of a client share."""

from __future__ import annotations

from ..auth.credentials import TokenSource
from ..clock import Clock
from ..hooks import Hook
from ..openapi.classes import define, frozen
from ..resilience.rate_limiter import RateLimiter
from ..resilience.retry import RetryBudget, RetryPolicy
from ..schema_drift import DriftWatch
from ..transport.interface import Transport
from ..transport.library import Auth, Timeout
from ..transport.lifecycle import Lifetime
from .advice import Advice


@define(kw_only=True)
class CallSettings:
    """What one call is made with, checked.

    Attributes:
        operation: Name of the client's method.
        correlation_id: The call's X-Correlation-Id.
        timeout: Seconds for each phase of an attempt.
        attempt_timeout: Seconds for a whole attempt, or None.
        deadline: Seconds for the whole call; may be infinite.
        retry: The retry policy, or None for one attempt.
        at_most_once: Whether it must not be executed twice: the claim, and most requests of the user's own.
    """

    operation: str
    correlation_id: str
    timeout: Timeout
    attempt_timeout: float | None
    deadline: float
    retry: RetryPolicy | None
    at_most_once: bool = False


@frozen(kw_only=True)
class CallContext:
    """What all calls of a client share.

    Attributes:
        client_name: The ET-Client-Name.
        host: Host of the API.
        port: Port of the API.
        life: The life of the client.
        transport: The transport to the API.
        tokens: The source of tokens, or None if the client sends none.
        auth: A user's httpx.Auth, or None.
        advice: What to do about a refusal.
        clock: The time.
        rate_limiter: Gives every request its permit.
        retry_budget: Bounds the retries of all calls.
        hooks: Those of the client.
        drift: Looks for schema drift, or None.
    """

    client_name: str
    host: str
    port: int
    life: Lifetime
    transport: Transport
    tokens: TokenSource | None
    auth: Auth | None
    advice: Advice
    clock: Clock
    rate_limiter: RateLimiter
    retry_budget: RetryBudget
    hooks: tuple[Hook, ...] = ()
    drift: DriftWatch | None = None
