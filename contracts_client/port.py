"""What an exchange tells about itself: how far it got, and why it brought no response. Knows nothing of httpx."""


class Progress:
    """How far an exchange has got.

    Attributes:
        sent: Whether the server may have seen something of the request.
    """

    __slots__ = ("sent",)

    def __init__(self) -> None:
        self.sent = False

    async def trace(self, event: str, _: object) -> None:
        """Take note of what httpx reports: connecting sends nothing of the request yet."""
        if event == "connection.connect_tcp.started":
            self.sent = False
        elif event.endswith("send_request_headers.started"):
            self.sent = True


class ExchangeError(Exception):
    """An exchange brought no whole response.

    Attributes:
        never_sent: Whether it is certain that the server saw nothing of the request.
        timed_out: Whether a timeout ran out.
        unusable: Whether a whole response came that can't be used, such as one that is too large.
        transient: Whether another try may do better.
        stale: Whether the connection had been used before, and broke before anything of the response came.
        once_more: Whether one more try may do better, and a third won't.
    """

    def __init__(
        self,
        message: str,
        *,
        never_sent: bool = False,
        timed_out: bool = False,
        unusable: bool = False,
        transient: bool = True,
        stale: bool = False,
        once_more: bool = False,
    ) -> None:
        super().__init__(message)
        self.never_sent = never_sent
        self.timed_out = timed_out
        self.unusable = unusable
        self.transient = transient
        self.stale = stale
        self.once_more = once_more
