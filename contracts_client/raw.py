"""Raw responses: what the API answered, as it came, beside what it says; and those of the pages of a listing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping
from functools import partial
from typing import Any, Generic, NoReturn, ParamSpec, TypeVar, cast

from .bookmark import Bookmark
from .errors import ResponseDecodeError
from .openapi.operation import Response
from .pagination.drift import PagingDrift
from .pagination.page import PageType
from .pagination.paginator import Paginator

P = ParamSpec("P")
T = TypeVar("T")

_UNREAD = "_unread_response"


class ResponseHeaders(Mapping[str, str]):
    """The headers of a response. Names are found in any case. The repr shows names alone.

    Args:
        headers: Values by lower-case name.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def __getitem__(self, name: str) -> str:
        return self._headers[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._headers)

    def __len__(self) -> int:
        return len(self._headers)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._headers

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(self._headers)}>"


class RawResponse(Generic[T]):
    """The whole response of a call that succeeded. Its repr shows no body and no header.

    Attributes:
        status_code: The HTTP status, from 200 to 299.
        headers: The headers, by names in any case. A header that came more than once is joined by commas.
        content: The whole body, after its content coding is undone.
        correlation_id: The call's X-Correlation-Id.
        attempts: How many requests the call sent, or tried to send.
        elapsed: Seconds that the call took, waits included.
    """

    def __init__(
        self,
        response: Response,
        parse: Callable[[Response], T],
        *,
        correlation_id: str,
        attempts: int,
        elapsed: float,
    ) -> None:
        self._response = response
        self._parse = parse
        self.status_code = response.status
        self.headers = ResponseHeaders(response.headers)
        self.content = response.body
        self.correlation_id = correlation_id
        self.attempts = attempts
        self.elapsed = elapsed

    def parse(self) -> T:
        """Return what the operation returns without ``with_raw_response``; for ``request()`` it is the JSON value.

        The body of a response to ``request()`` that is empty is None.

        Raises:
            ResponseDecodeError: The response is not what the specification says. For a claim it is an
                UnreadableOutcomeError, since the claim may have been executed.
            NotFoundError: There is no such contract, after ``get_contract``.
        """
        return self._parse(self._response)

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} {self.status_code}: {len(self.content)} bytes, correlation id "
            f"{self.correlation_id}, attempts {self.attempts}, {self.elapsed:.2f} s>"
        )

    def __reduce__(self) -> NoReturn:
        raise TypeError("a RawResponse can't be copied or pickled: it holds a body; keep content, or parse()")


class AnsweredPage(Generic[PageType]):
    """A page beside the response that it came with. See ``pagination.page.Page``."""

    def __init__(self, page: PageType, response: RawResponse[PageType]) -> None:
        self.response = response
        self.items: list[Any] = page.items
        self.unreadable = page.unreadable
        self.number = page.number
        self.echoed_number = page.echoed_number
        self.total_items = page.total_items
        self.total_pages = page.total_pages
        self.has_unreadable_totals = page.has_unreadable_totals


def answered(response: RawResponse[PageType]) -> AnsweredPage[PageType]:
    """Return the page of a response, which is read once.

    Raises:
        ResponseDecodeError: It can't be read. The error holds the response until ``RawPages`` takes it.
    """
    try:
        page = response.parse()
    except ResponseDecodeError as error:
        error.__dict__[_UNREAD] = response
        raise
    response._parse = partial(_same, page)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    return AnsweredPage(page, response)


def _same(page: PageType, _: Response) -> PageType:
    return page


def _unread(error: ResponseDecodeError) -> RawResponse[Any] | None:
    response: RawResponse[Any] | None = error.__dict__.pop(_UNREAD, None)
    return response


class RawPages(Generic[PageType]):
    """The responses of a listing's pages. Making one sends nothing.

    - ``await`` gives the response of the first page alone.
    - ``async for`` gives those of all pages, as ``pages()`` of the listing gives the pages. A page that can't be read
      ends it: its response comes first, then the ResponseDecodeError.

    ``bookmark``, ``total_items``, ``total_pages`` and ``drift`` are those of the listing.
    """

    def __init__(self, listing: Paginator[Any, AnsweredPage[PageType]]) -> None:
        self._listing = listing

    def __await__(self) -> Generator[Any, Any, RawResponse[PageType]]:
        return self._first().__await__()

    async def _first(self) -> RawResponse[PageType]:
        try:
            page = await self._listing
        except ResponseDecodeError as error:
            response = _unread(error)
            if response is None:
                raise
            return response
        return page.response

    def __aiter__(self) -> AsyncIterator[RawResponse[PageType]]:
        return _RawIterator(self._listing.pages())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._listing!r}>"

    @property
    def bookmark(self) -> Bookmark:
        """The position right after the last page. ``resume=`` takes it, or its ``str()``."""
        return self._listing.bookmark

    @property
    def total_items(self) -> int | None:
        """The latest number of items that the server announced; None if it announced none, or was not asked yet."""
        return self._listing.total_items

    @property
    def total_pages(self) -> int | None:
        """The latest number of pages that the server announced; None if it announced none, or was not asked yet."""
        return self._listing.total_pages

    @property
    def drift(self) -> PagingDrift:
        """How often the listing moved while it was read."""
        return self._listing.drift


class _RawIterator(AsyncIterator[RawResponse[PageType]]):
    def __init__(self, pages: AsyncIterator[AnsweredPage[PageType]]) -> None:
        self._pages = pages
        self._failure: list[ResponseDecodeError] = []  # to be raised next

    async def __anext__(self) -> RawResponse[PageType]:
        if self._failure:
            raise self._failure.pop()
        try:
            page = await anext(self._pages)
        except ResponseDecodeError as error:
            response = _unread(error)
            if response is None:
                raise
            self._failure.append(error)
            return response
        return page.response


def raw(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]:
    """Return an operation of a client whose calls return whole responses, with the type that says so."""
    return cast("Callable[P, Coroutine[Any, Any, RawResponse[T]]]", method)


def raw_listing(method: Callable[P, Paginator[Any, PageType]]) -> Callable[P, RawPages[PageType]]:
    """Return a listing of a client whose calls return whole responses, with the type that says so."""
    return cast("Callable[P, RawPages[PageType]]", method)
