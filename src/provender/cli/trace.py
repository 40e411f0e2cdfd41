"""`provender trace`: the verbs that the rooms offer, on the command line."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from provender.cli.access import work_as
from provender.cli.options import As, AsJson, Data
from provender.kit.commands import Command, Told
from provender.trace.mount import COMMAND_GROUPS, COMMANDS


def _shared_parameters() -> list[inspect.Parameter]:
    kind = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter("who", kind, default=None, annotation=As),
        inspect.Parameter("data", kind, default=None, annotation=Data),
        inspect.Parameter("as_json", kind, default=False, annotation=AsJson),
    ]


def make_function(command: Command) -> Callable[..., None]:
    """Return a command as the command line takes it: its own parameters, and those that all share."""

    def run(*, who: str | None, data: Path | None, as_json: bool = False, **arguments: object) -> None:
        told = work_as(data, who, lambda call: command.verb(call, **arguments), is_quiet=as_json)
        print_told(told, as_json=as_json)

    own = list(inspect.signature(command.verb, eval_str=True).parameters.values())[1:]
    shared = _shared_parameters() if command.has_json else _shared_parameters()[:2]
    parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own] + shared
    setattr(run, "__signature__", inspect.Signature(parameters))  # noqa: B010  # functions are not declared to have one
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def print_told(told: Told, *, as_json: bool) -> None:
    """Print an answer for programs or for people."""
    if not as_json:
        for line in told.lines:
            print(line)
    elif isinstance(told.content, bytes):
        print(told.content.decode())
    else:
        print(json.dumps(told.content, ensure_ascii=False, default=str))


def assemble(commands: Iterable[Command]) -> typer.Typer:
    """Return the group of all commands, those of a group below it."""
    top = typer.Typer(help="Batches, their relations, recalls, and files.", no_args_is_help=True)
    groups = {"": top}
    for name, purpose in COMMAND_GROUPS:
        groups[name] = typer.Typer(help=purpose, no_args_is_help=True)
        top.add_typer(groups[name], name=name)
    for command in commands:
        purpose = (inspect.getdoc(command.verb) or "").split("\n\n")[0].replace("\n", " ")
        groups[command.group].command(command.name, help=purpose)(make_function(command))
    return top


commands = assemble(COMMANDS)
