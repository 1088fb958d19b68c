"""Structured log lines: readable in a terminal, JSON elsewhere, never with a secret or a query string in them."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from showsondemand.config import LogFormat, LogSettings

# Without a mail server, and outside of production, the log is where a developer reads mails.
_DEVELOPERS_MAILBOX = "showsondemand.adapters.notifier.log"
_EMAIL = re.compile(r"[^\s@<>\"'(),;:=]+@[\w-]+(?:\.[\w-]+)+")
_SECRET_NAMES = frozenset({"password", "token", "secret", "authorization", "cookie", "key", "grant"})


def configure_logs(settings: LogSettings) -> None:
    """Sends structlog's and the standard library's lines to standard error in one format."""
    console = settings.format is LogFormat.CONSOLE or (settings.format is None and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_secrets,
    ]
    renderer = _CONSOLE if console else _JSON
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level.upper())
    for chatty in (
        "uvicorn.error",
        "uvicorn.access",
        "httpx",
        "alembic",
        "python_multipart",
    ):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _without_addresses(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Takes out e-mail addresses that a library put into its error: what a mail server says names the recipient."""
    for name, value in event.items():
        if isinstance(value, str) and "@" in value and event.get("logger") != _DEVELOPERS_MAILBOX:
            event[name] = _EMAIL.sub("[address]", value)
    return event


def _without_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name in event:
        if name.lower() in _SECRET_NAMES:
            event[name] = "[hidden]"
    return event


_CONSOLE: list[Processor] = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
_JSON: list[Processor] = [
    structlog.processors.format_exc_info,
    _without_addresses,
    structlog.processors.JSONRenderer(),
]
