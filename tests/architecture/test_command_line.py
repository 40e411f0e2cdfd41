"""The command line explains itself, and its page says what it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from provender.cli.main import application
from tests.architecture.command_line import render_commands
from tests.architecture.house import text_of
from tests.architecture.reference import COMMANDS_PAGE


def leaves(command: Any, path: str = "provender") -> Iterator[tuple[str, Any]]:
    """Yield every command with the words that call it."""
    inner: dict[str, Any] = getattr(command, "commands", {})
    for name, child in inner.items():
        yield from leaves(child, f"{path} {name}")
    if not inner:
        yield path, command


def commands() -> list[tuple[str, Any]]:
    return list(leaves(typer.main.get_command(application)))


def test_the_page_of_commands_is_the_program() -> None:
    assert text_of(COMMANDS_PAGE) == render_commands(), "run: make reference"


def test_every_command_and_every_option_has_help() -> None:
    silent = [path for path, command in commands() if not command.help]
    mute = [
        f"{path} {one.name}" for path, command in commands() for one in command.params if not getattr(one, "help", None)
    ]

    assert len(commands()) > 20
    assert silent == []
    assert mute == []


def test_every_command_works_on_a_chosen_folder_and_those_of_trace_as_a_chosen_person() -> None:
    names = {path: {one.name for one in command.params} for path, command in commands()}

    assert [path for path, options in names.items() if "data" not in options] == []
    assert [path for path, options in names.items() if " trace " in path and "who" not in options] == []
