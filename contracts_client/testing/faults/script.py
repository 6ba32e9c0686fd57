"""What a test scripts: faults for the next requests of an operation, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from attrs import define, field

from ...errors import InvalidArgumentError
from ...models import Contract
from ..records.operations import TOKEN, check_operation
from ..records.recording import RecordedRequest
from . import faults
from .barrier import HeldRequest, Hold
from .exchange import Exchange
from .faults import Fault

__tracebackhide__ = True  # what a test did wrong is seen best in the test

_WITHOUT_CONTRACTS: Final = frozenset({TOKEN, "claim_personnel_ticket", "validate_consumption"})


@define(eq=False)
class _Planned:
    operation: str | None
    left: int | None  # None for ever
    fault: Fault
    words: str
    requests: list[RecordedRequest] = field(factory=list[RecordedRequest])

    @property
    def happened(self) -> int:
        return len(self.requests)

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.happened >= self.left

    @property
    def complaint(self) -> str | None:
        whose = self.operation or "request"
        if self.left is None and not self.requests:
            return f"every {whose} {self.words}: there was none"
        if self.left is not None and not self.is_over:
            return f"{whose} {self.words}: {self.happened} of {self.left} did"
        mistakes = [each.mistake for each in self.requests if each.mistake is not None]
        if mistakes:
            return f"{whose} {self.words}: it could not, {mistakes[0]}"
        if any(each.changed for each in self.requests):
            return None
        return f"{whose} {self.words}: no answer had a contract"

    def concerns(self, operation: str) -> bool:
        return not self.is_over and (self.operation == operation or (self.operation is None and operation != TOKEN))


class Plans:
    """What is scripted, in order."""

    def __init__(self) -> None:
        self._plans: list[_Planned] = []
        self._begun: list[Script] = []

    def begin(self, script: Script) -> None:
        """Add a sentence that has no verb yet."""
        self._begun.append(script)

    def end(self, script: Script) -> None:
        """Add its verb."""
        self._begun = [each for each in self._begun if each is not script]

    def add(self, operation: str | None, times: int | None, fault: Fault, words: str) -> None:
        """Script a fault behind those that are."""
        self._plans.append(_Planned(operation, times, fault, words))

    def take(self, request: RecordedRequest) -> Fault:
        """What happens to a request: the first fault that is scripted for it, or the API's own answer."""
        # What is for ever comes last, or nothing scripted after it would ever happen: a test's after its fixture's.
        for plan in sorted(self._plans, key=lambda plan: plan.left is None):
            if plan.concerns(request.operation):
                plan.requests.append(request)
                request.fault = plan.words
                return plan.fault
        return faults.answered

    def unsettled(self) -> list[str]:
        """What was scripted and has not happened, in words."""
        said = [plan.complaint for plan in self._plans]
        return [*map(str, self._begun), *(complaint for complaint in said if complaint is not None)]

    def clear(self) -> None:
        """Forget all of it."""
        self._plans.clear()
        self._begun.clear()


class Script:
    """Says what happens to the next requests of an operation, or to every one. Each attempt of a call is a request.

    It is made by ``FakeContractsApi.next`` and ``.every``. Several scripts of an operation happen one after the other,
    those for every request last.
    """

    def __init__(
        self,
        plans: Plans,
        operation: str | None,
        times: int | None,
        insert: Callable[[Contract], object],
        remove: Callable[[Contract | str], object],
    ) -> None:
        if operation is not None:
            check_operation(operation)
        if times is not None and (type(times) is not int or times < 1):
            raise InvalidArgumentError("times", "must be an integer from 1")
        self._plans = plans
        self._operation = operation
        self._times = times
        self._insert = insert
        self._remove = remove
        plans.begin(self)

    def __str__(self) -> str:
        return f"{self._operation or 'request'}: what happens was not said, as in .answers(503)"

    def answers(
        self,
        status: int,
        body: object = None,
        *,
        retry_after: float | datetime | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str = "application/json",
        executed: bool = False,
    ) -> None:
        """Answer with this instead.

        Args:
            status: The HTTP status.
            body: A model, a list of models, JSON, or bytes or a text as they are. None is nothing, or what the API says
                of an error if the status is one.
            retry_after: The header Retry-After: seconds, or an aware datetime.
            headers: More headers.
            content_type: The media type of the body.
            executed: Whether the API does what it was asked for, all the same.

        Raises:
            InvalidArgumentError: The status is none, or retry_after a datetime without an offset.
            TypeError: The body is no JSON.
        """
        answer = faults.answer_of(status, body, retry_after=retry_after, headers=headers, content_type=content_type)
        words = f"answers {status}"
        self._add(faults.answers(answer, executed=executed), words)

    def times_out(self, *, connecting: bool = False) -> None:
        """Read the request and never answer: the client's timeout, or its deadline, runs out on the clock.

        Args:
            connecting: Whether nothing answers to the attempt to connect already, so that nothing is sent.
        """
        if connecting:
            self._add(faults.timed_out_connecting, "times out while connecting")
        else:
            self._add(faults.timed_out, "times out")

    def drips(self, every: float = 1.0) -> None:
        """Answer a byte at a time, for an hour of bytes: no timeout ends that, only the deadline.

        Args:
            every: Seconds from byte to byte.
        """
        self._add(faults.serving(Exchange.execute, drip=every), "drips")

    def refuses_connection(self) -> None:
        """Refuse the connection: nothing was sent, so that even a claim is tried again."""
        self._add(faults.refused, "refuses the connection")

    def drops_connection(self, *, after_request_read: bool = True) -> None:
        """End the connection without an answer, and execute nothing, which the client can't know.

        Args:
            after_request_read: Whether the request is read before.
        """
        if after_request_read:
            self._add(faults.dropped_after_reading, "drops the connection")
        else:
            self._add(faults.dropped_before_reading, "drops the connection before the request is read")

    def loses_the_answer(self) -> None:
        """Execute the request, and end the connection without an answer."""
        self._add(faults.lost, "loses the answer")

    def sends_unknown_status(self, status: str = "STATUS_OF_TOMORROW") -> None:
        """Answer with contracts of a status that the specification does not know.

        Args:
            status: The status.

        Raises:
            InvalidArgumentError: The operation answers no contracts.
        """
        if self._operation in _WITHOUT_CONTRACTS:
            raise InvalidArgumentError("operation", f"must answer contracts, which {self._operation} does not answer")
        self._add(faults.changes(faults.with_status(status)), "sends an unknown status")

    def sends_unknown_field(self, name: str = "fieldOfTomorrow", value: object = "new") -> None:
        """Answer with a property that the specification does not know, in each contract, or in what else is answered.

        Args:
            name: Its name in JSON.
            value: Its value.
        """
        self._add(faults.changes(faults.with_field(name, value)), "sends an unknown field")

    def sends_broken_json(self) -> None:
        """Execute the request, and answer with JSON that breaks off."""
        self._add(faults.changes(faults.broken), "sends broken JSON")

    def then_inserts(self, *contracts: Contract) -> None:
        """Answer, and right after that let contracts come: what a listing meets between two pages.

        Args:
            contracts: The contracts.
        """
        self._add(faults.then(lambda: [self._insert(each) for each in contracts]), "is followed by new contracts")

    def then_removes(self, *contracts: Contract | str) -> None:
        """Answer, and right after that let contracts go.

        Args:
            contracts: The contracts, or their uuids.
        """
        self._add(faults.then(lambda: [self._remove(each) for each in contracts]), "is followed by a removal")

    def is_held(self) -> Hold:
        """Let the request wait until the test releases it; then it is executed, even if its caller was cancelled.

        Returns:
            What releases it.
        """
        hold = HeldRequest()
        self._add(faults.serving(hold.serve), "is held")
        return hold

    def _add(self, fault: Fault, words: str) -> None:
        self._plans.end(self)
        self._plans.add(self._operation, self._times, fault, words)
