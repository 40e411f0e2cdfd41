"""The log: one JSON object per line on standard error, for machines to read.

It names what happened, never to whom: no address lines with ids or search words, no tokens, no e-mail
addresses, no values that somebody entered. A request is found again by its id, which its answer bears.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from traceback import TracebackException
from typing import TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from provender.kit.config import LogLevel


def set_up_logging(level: LogLevel, stream: TextIO | None = None) -> None:
    """Send every log line, also those of the libraries, to `stream` (standard error) as JSON.

    Args:
        level: What is less important than this is not written.
        stream: Where to; a test reads it back.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _write_line],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(number)


def is_logging_requests() -> bool:
    """Whether the level asks for a line per request; asked once, so that a request does not pay for it."""
    return logging.getLogger().isEnabledFor(logging.INFO)


def _shared() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _describe_fault,
    ]


def _describe_fault(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Replace the exception by where it came from; of its message only the first line, without the row it was about."""
    told: object = event.pop("exc_info", None)
    fault = told if isinstance(told, BaseException) else sys.exc_info()[1] if told else None
    if fault is not None:
        event["fault"] = type(fault).__name__
        event["traceback"] = "".join(_tell(TracebackException.from_exception(fault)))
    return event


def _tell(fault: TracebackException) -> Iterator[str]:
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if cause is not None:
        yield from _tell(cause)
        yield "which led to\n"
    yield from fault.stack.format()
    message = str(fault).splitlines()
    yield f"{fault.exc_type.__name__ if fault.exc_type else fault}: {message[0] if message else ''}\n"


def _write_line(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str).decode()
