"""Nothing is so long that it cannot be held in the head."""

from __future__ import annotations

from tests.architecture.house import (
    files_ending,
    functions_in,
    place_of,
    python_files,
    text_of,
)

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
COUNTED = (".py", ".js", ".mjs", ".css", ".html", ".sql", ".sh")


def test_no_file_is_longer_than_400_lines() -> None:
    # A migration is history: it is written once and never edited, so it is not counted.
    counted = [path for path in files_ending(*COUNTED) if "migrations" not in path.parts]

    long = {place_of(path): lines for path in counted if (lines := len(text_of(path).splitlines())) > LONGEST_FILE}

    assert counted
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    # As measured in the model houses: from `def` to its last line, decorators not counted.
    lines_by_function = {
        f"{place_of(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in functions_in(path)
    }

    long = {name: lines for name, lines in lines_by_function.items() if lines > LONGEST_FUNCTION}

    assert lines_by_function
    assert long == {}
