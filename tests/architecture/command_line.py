"""The page of every command, as text: read off the command line itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from provender.cli.main import application

HEAD = """\
# The command line

`provender` is installed with the program; in a clone it is `.venv/bin/provender`. Every command and
group has `--help`.

- What a command answers is on standard output; how long work goes on is told on standard error.
- `--json` answers what REST answers, for programs. A list comes in one piece: `next` is null.
- Exit code 0: done. 1: refused, with one sentence and the way out on standard error, and nothing
  half-written. 2: the command was typed wrong.
- Commands of `provender trace` work as a person, named by `--as` with an e-mail address. What this
  person may not do is refused, and what changes bears the person's name. The access such a command
  makes for itself ends with it. Without `--as` it is the only administrator, when there is one
  organisation with one administrator.
- Which database: `--data`, or the [settings](configuration.md).

This page is written by `make reference` from the program, and a test holds it to the program.
"""


def render_commands() -> str:
    """Return the page of all commands."""
    return HEAD + "".join(_describe(typer.main.get_command(application), ("provender",)))


def _describe(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    inner: dict[str, Any] = getattr(command, "commands", {})
    if inner:
        if len(path) > 1:
            yield f"\n## {' '.join(path)}\n\n{_sentence(command.help)}\n"
        for name, child in inner.items():
            yield from _describe(child, (*path, name))
        return
    parameters = [one for one in command.params if one.name != "help"]
    usage = " ".join([*path, *(_usage(one) for one in parameters)])
    level = "###" if path[2:] else "##"
    yield f"\n{level} {' '.join(path)}\n\n{_sentence(command.help)}\n\n```\n{usage}\n```\n\n"
    yield "| | |\n|---|---|\n"
    for one in parameters:
        yield f"| `{_name(one)}` | {_sentence(one.help)}{_default(one)} |\n"


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).replace("|", "\\|")


def _name(parameter: Any) -> str:
    return parameter.name.upper() if parameter.param_type_name == "argument" else parameter.opts[0]


def _usage(parameter: Any) -> str:
    name = _name(parameter)
    if parameter.param_type_name == "argument":
        return f"{name}..." if parameter.nargs == -1 else name
    shown = name if parameter.is_flag else f"{name} {_kind(parameter)}"
    return shown if parameter.required else f"[{shown}]"


def _kind(parameter: Any) -> str:
    annotation: object = parameter.type_descriptor.annotation
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return "|".join(annotation)
    if annotation is int:
        return "NUMBER"
    return "PATH" if annotation is Path else "TEXT"


def _default(parameter: Any) -> str:
    if parameter.param_type_name == "argument" or parameter.is_flag or parameter.default is None or parameter.required:
        return ""
    return f" Default: `{getattr(parameter.default, 'value', parameter.default)}`."
