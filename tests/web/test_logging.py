"""The log: one line per event, for machines, without persons and values."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

from provender.kit.config import LogLevel, SettingWrong, read_log_level
from provender.web.application import create_application, guarded
from provender.web.logging import set_up_logging
from tests.maker import Maker


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Where the log goes; afterwards all is as before."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield io.StringIO()
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def read(log: io.StringIO, event: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == event]


def ask_twice(database_url: str, maker: Maker) -> None:
    """Ask as a person and as nobody, of an application that has set up its log."""
    application = create_application(database_url)

    @application.get("/broken/{word}")
    async def break_down(word: str) -> None:
        raise ValueError(f"cannot read\nDETAIL: Key (email)=({word})")

    with TestClient(guarded(application)) as client:
        client.get("/api/trace/farms?name=Secret+Farm", headers=maker.headers)
        client.get("/api/trace/farms/not-an-id")
        client.get("/broken/anna@example.org?mail=anna@example.org")


def test_at_info_each_request_is_a_line_with_its_pattern_time_and_statements(
    database_url: str, maker: Maker, log: io.StringIO
) -> None:
    set_up_logging("info", log)

    ask_twice(database_url, maker)

    first, second, broken = read(log, "request")
    assert {name: first[name] for name in ("method", "route", "status", "statements", "level", "logger")} == {
        "method": "GET",
        "route": "/api/trace/farms",
        "status": 200,
        "statements": 2,
        "level": "info",
        "logger": "provender.web",
    }
    assert first["milliseconds"] > 0
    assert len(first["request_id"]) == 36
    assert (second["route"], second["status"], second["statements"]) == ("/api/trace/farms/{farm_id}", 401, 0)
    assert (broken["route"], broken["status"]) == ("/broken/{word}", 500)


@pytest.mark.parametrize("level", ["warning", "info", "debug"])
def test_no_level_tells_of_persons_tokens_or_what_was_searched(
    database_url: str, maker: Maker, log: io.StringIO, level: LogLevel
) -> None:
    set_up_logging(level, log)

    ask_twice(database_url, maker)

    lines = log.getvalue().splitlines()
    written = "".join(line for line in lines if not json.loads(line)["logger"].startswith("httpx"))  # the test's own
    assert all(secret not in written for secret in ("anna", "Secret", "pvp_", "example.org"))


def test_at_warning_only_what_is_wrong_is_told_with_where_it_came_from(
    database_url: str, maker: Maker, log: io.StringIO
) -> None:
    set_up_logging("warning", log)

    ask_twice(database_url, maker)

    [fault] = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (fault["event"], fault["level"], fault["fault"]) == ("fault", "error", "ValueError")
    assert (fault["route"], fault["method"]) == ("/broken/{word}", "GET")
    assert "break_down" in fault["traceback"]
    assert fault["traceback"].endswith("ValueError: cannot read\n")


def test_libraries_write_into_the_same_log(log: io.StringIO) -> None:
    set_up_logging("warning", log)

    logging.getLogger("psycopg.pool").warning("error connecting in %r", "pool-1")
    logging.getLogger("psycopg.pool").info("not told")

    [line] = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (line["event"], line["logger"]) == ("error connecting in 'pool-1'", "psycopg.pool")


@pytest.mark.parametrize(("word", "level"), [("", "warning"), ("INFO", "info"), (" debug ", "debug")])
def test_the_level_is_a_word_in_the_environment(word: str, level: str) -> None:
    assert read_log_level({"PROVENDER_LOG": word}) == level


def test_another_word_is_refused() -> None:
    with pytest.raises(SettingWrong):
        read_log_level({"PROVENDER_LOG": "loud"})
