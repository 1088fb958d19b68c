"""One HTTP connection: what uvicorn takes on trust is bounded here, in time and in size.

Uvicorn waits for ever for a head, for a body, and for a reader of its answers, and holds a head of any size. A few
thousand sockets of one slow client would keep everybody else out; docs/security.md has the limits.
"""

import json
from collections.abc import Callable
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from showsondemand.errors import PROBLEM_JSON, Malformed, Problem, Unavailable, problem_document
from showsondemand.middleware import takes_large_body
from showsondemand.tokens import LONGEST_TOKEN_CHARACTERS, TokenRefused

# docs/security.md, limits and deadlines.
HEAD_SECONDS = 5.0
BODY_SECONDS = 10.0
UPLOAD_SECONDS = 60.0
LEAST_UPLOAD_BYTES_A_SECOND = 8 * 1024
# An answer of which nothing is taken for this long has no reader.
READER_SECONDS = 60.0
LEAST_READ_BYTES = 4096
MOST_HEAD_BYTES = 32 * 1024
MOST_ADDRESS_BYTES = 8 * 1024
_COLON_AND_BREAK_BYTES = 4
_TOKEN_FIELD = b"authorization"

Refused = Callable[[str], None]


class RequestTooSlow(Problem):
    status = 408
    title = "The request took too long to arrive"


class AddressTooLong(Problem):
    status = 414
    title = "The address is too long"


class HeadTooLarge(Problem):
    status = 431
    title = "The head of the request is too large"


class NotHttp(Malformed):
    title = "The request is no valid HTTP"


class ServiceStopping(Unavailable):
    title = "The service is being stopped: send it again in a moment"


class _Refusal(Exception):
    """Ends the parsing of a request; the parser hands on whatever is raised as an error of its own."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


class BoundedConnection(HttpToolsProtocol):
    """Uvicorn's connection with deadlines and sizes. One timer at most, and none for a request that comes at once."""

    def __init__(self, *arguments: Any, refused: Refused = lambda _kind: None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._refused = refused
        self._is_in_head = self._is_in_body = self._is_in_token = False
        self._head_bytes = self._body_bytes = 0
        self._chunks_of_head = 0
        self._timer: Any = None
        self._watches = ""
        self._reader_timer: Any = None
        self._unread_bytes = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        self._stop_watching_reader()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        if not self._is_in_body:
            self._chunks_of_head += len(data)
        try:
            self.parser.feed_data(data)
            if self._is_in_head:
                self._note_unfinished_field(data)
                if self._chunks_of_head > MOST_HEAD_BYTES:
                    self._refuse(TokenRefused() if self._is_in_token else HeadTooLarge())
                    return
        except httptools.HttpParserUpgrade:
            self.cycle.keep_alive = False  # answered as the request that it is; nothing else can follow it
        except httptools.HttpParserError as error:
            cause = error.__cause__ or error.__context__
            self._refuse(cause.problem if isinstance(cause, _Refusal) else NotHttp())
            return
        if self._is_in_head or self._is_in_body or self._timer is not None:
            self._watch()
        elif self.cycle is None or self.cycle.response_complete:
            self._watch()  # line breaks in front of a request that never begins

    def _note_unfinished_field(self, data: bytes) -> None:
        """Whether it is a token that goes on for ever; the parser hands on a field when it has all of it."""
        _, line_break, line = data.rpartition(b"\n")
        if line_break:
            self._is_in_token = line.lower().startswith(_TOKEN_FIELD + b":")

    # What the parser calls, in this order.

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head = True
        self._head_bytes = 0

    def on_url(self, url: bytes) -> None:
        self.url += url
        if len(self.url) > MOST_ADDRESS_BYTES:
            raise _Refusal(AddressTooLong(f"{MOST_ADDRESS_BYTES} bytes are the most."))

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_bytes += len(name) + len(value) + _COLON_AND_BREAK_BYTES
        if self._head_bytes > MOST_HEAD_BYTES:
            if name.lower() == _TOKEN_FIELD and len(value) > LONGEST_TOKEN_CHARACTERS:
                raise _Refusal(TokenRefused())  # as any other token that is none of ours
            raise _Refusal(HeadTooLarge(f"{MOST_HEAD_BYTES // 1024} KiB are the most."))
        if not self._is_in_head:
            return  # a trailer: what came after the body must not pass for something that a gate has looked at
        name = name.lower()
        if name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        elif name == b"transfer-encoding" and value.strip().lower() != b"chunked":
            raise _Refusal(NotHttp("Of transfer encodings only chunked is understood."))
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._is_in_body = True
        self._body_bytes = self._chunks_of_head = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._is_in_body = False
        super().on_message_complete()

    # Deadlines.

    def _watch(self) -> None:
        """Sees to it that the clock runs for what is being waited for, and for nothing else."""
        if self._is_in_body:
            is_large = takes_large_body(self.scope["method"], self.scope["path"])
            wanted = "upload" if is_large else "body"
        elif self._is_in_head or self.cycle is None or self.cycle.response_complete:
            wanted = "head"
        else:
            wanted = ""
        if wanted == self._watches:
            return
        self._stop_watching()
        self._watches = wanted
        if wanted:
            self._arm()

    def _arm(self) -> None:
        seconds = {"head": HEAD_SECONDS, "body": BODY_SECONDS, "upload": UPLOAD_SECONDS}[self._watches]
        self._body_bytes = 0
        self._timer = self.loop.call_later(seconds, self._time_is_over)

    def _stop_watching(self) -> None:
        self._watches = ""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _time_is_over(self) -> None:
        self._timer = None
        keeps_pace = self._body_bytes >= UPLOAD_SECONDS * LEAST_UPLOAD_BYTES_A_SECOND
        # While reading is paused it is we who are slow: a disk, or an answer to an earlier request.
        if self.flow.read_paused or (self._watches == "upload" and keeps_pace):
            self._arm()
        elif self._watches == "head" and not self._chunks_of_head:
            self._refused("idle")
            self.transport.close()
        else:
            self._refuse(RequestTooSlow())

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        self._stop_watching_reader()
        super().resume_writing()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._reader_timer is None and self.transport.get_write_buffer_size():
            self._watch_reader()

    def _watch_reader(self) -> None:
        self._unread_bytes = self.transport.get_write_buffer_size()
        self._reader_timer = self.loop.call_later(READER_SECONDS, self._look_at_reader)

    def _stop_watching_reader(self) -> None:
        if self._reader_timer is not None:
            self._reader_timer.cancel()
            self._reader_timer = None

    def _look_at_reader(self) -> None:
        self._reader_timer = None
        unread = self.transport.get_write_buffer_size()
        if unread and self._unread_bytes - unread < LEAST_READ_BYTES:
            self._refused("reader")
            self.transport.abort()
        elif unread:
            self._watch_reader()

    # Refusals.

    def cut_off(self) -> None:
        """Ends it, whatever is under way. Who has not sent everything yet is told to send it again."""
        if self._is_in_body:
            self._refuse(ServiceStopping())
        else:
            self.transport.abort()

    def _refuse(self, problem: Problem) -> None:
        """Answers with ``problem`` where no other answer has begun, and ends the connection."""
        self._refused(problem.name())
        self._stop_watching()
        cycle = self.cycle
        is_answering = cycle is not None and not cycle.response_complete
        if is_answering and not self._is_in_body:
            # What is wrong came behind a good request: that one still has its answer, and nothing follows it.
            cycle.keep_alive = False
            self.flow.pause_reading()
            return
        if cycle is None or not self._is_in_body or not cycle.response_started:
            self.transport.write(_answer(problem))
        if is_answering:
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.close()


def _answer(problem: Problem) -> bytes:
    """The bytes of an answer for which no app was asked: the address is not known, or not to be trusted."""
    body = json.dumps(problem_document(problem, "/")).encode()
    own = "".join(f"{name.lower()}: {value}\r\n" for name, value in problem.headers.items())
    head = (
        f"{own}content-type: {PROBLEM_JSON}\r\ncontent-length: {len(body)}\r\n"
        "cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
    )
    return STATUS_LINE[problem.status] + head.encode() + body
