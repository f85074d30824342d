"""Log lines: readable on a terminal, one JSON object per line in production."""

import json
import logging
import sys

import pytest

from portal.core.logs import formatter


@pytest.fixture
def record() -> logging.LogRecord:
    """The record of an exception."""
    try:
        raise ValueError("the digest has no subscribers")
    except ValueError:
        return logging.LogRecord("portal", logging.ERROR, "x.py", 1, "Run %s failed", ("12",), sys.exc_info())


@pytest.fixture(autouse=True)
def _as_before() -> object:
    """structlog's configuration is of the whole process: put it back."""
    yield
    formatter()


def test_production_writes_an_object_on_one_line_with_the_traceback(record: logging.LogRecord) -> None:
    line = formatter(json=True).format(record)
    assert "\n" not in line
    entry = json.loads(line)
    assert (entry["event"], entry["level"]) == ("Run 12 failed", "error")
    assert "ValueError: the digest has no subscribers" in entry["exception"]


def test_a_terminal_shows_words(record: logging.LogRecord) -> None:
    line = formatter().format(record)
    assert "Run 12 failed" in line.splitlines()[0]
    assert "ValueError: the digest has no subscribers" in line
