"""What Python we do not write, where a linter cannot be trusted to look everywhere."""

from __future__ import annotations

import ast
import re

from tests.architecture.house import (
    SOURCE,
    calls_in,
    files_ending,
    functions_in,
    place_of,
    project_files,
    python_files,
    syntax_of,
    text_of,
)

CLOCK_CALLS = re.compile(r"(^|\.)(datetime|date)\.(now|utcnow|today)$|^time\.time(_ns)?$")
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|Not" r"ImplementedError)\b")
READ_BY_PEOPLE = (".py", ".sql", ".js", ".mjs", ".css", ".html", ".md", ".sh", ".toml", "Makefile")
EMPTY_WORDS = {"util", "utils", "manager", "helper", "helpers", "data", "info", "misc", "common"}
EMPTY_VERBS = {"process", "handle"}
WORD = re.compile(r"[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+(?![a-z])")


def test_imports_are_never_relative() -> None:
    relative = [
        f"{place_of(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_only_kit_clock_reads_the_clock() -> None:
    # In an identifier the time only makes an order; nobody reads it as a time.
    clock = {SOURCE / "kit/clock.py", SOURCE / "kit/ids.py"}

    readings = [
        f"{place_of(path)}:{line} {name}"
        for path in files_ending(".py", under=SOURCE)
        if path not in clock
        for line, name in calls_in(path)
        if CLOCK_CALLS.search(name)
    ]

    assert readings == []


def test_only_the_edge_of_the_database_commits() -> None:
    # One request, one transaction: kit.db opens it at the edge and closes it there.
    commits = [
        f"{place_of(path)}:{line}"
        for path in files_ending(".py", under=SOURCE)
        if "kit/db" not in path.as_posix() and "database" not in path.parts
        for line, name in calls_in(path)
        if name.endswith((".commit", ".rollback"))
    ]

    assert commits == []


def test_nothing_is_left_unfinished() -> None:
    texts = [path for path in project_files() if path.name.endswith(READ_BY_PEOPLE)]

    marks = [
        f"{place_of(path)}:{number}"
        for path in texts
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if UNFINISHED.search(line)
    ]

    assert texts
    assert marks == []


def test_names_say_what_a_thing_is() -> None:
    named: list[tuple[str, str]] = []
    for path in python_files():
        named.append((place_of(path), path.stem))
        named += [
            (f"{place_of(path)}:{node.lineno}", node.name)
            for node in ast.walk(syntax_of(path))
            if isinstance(node, ast.ClassDef)
        ]
        named += [(f"{place_of(path)}:{node.lineno}", node.name) for node in functions_in(path)]

    empty = [f"{place} {name}" for place, name in named if is_empty_name(name)]

    assert empty == []


def is_empty_name(name: str) -> bool:
    """Tell whether a name holds a word that says nothing, or begins with a verb that does."""
    if name.startswith("test_"):
        return False  # a sentence about the rule, which may speak of anything
    words = [word.lower() for word in WORD.findall(name)]
    begins_empty = len(words) > 1 and words[0] in EMPTY_VERBS and name.islower()
    return begins_empty or not EMPTY_WORDS.isdisjoint(words)


def test_the_name_rule_tells_empty_from_full() -> None:
    assert all(map(is_empty_name, ["utils", "BatchManager", "load_data", "process_batch", "info"]))
    assert not any(map(is_empty_name, ["metadata", "batch_by_id", "Process", "process", "handler"]))
