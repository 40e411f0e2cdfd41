"""The parts of docs/reference that come from the code, as text.

`make reference` writes them; a test holds the written pages against the code.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import provender
from provender.kit.errors import Refusal
from tests.architecture.command_line import render_commands
from tests.architecture.house import PROJECT

ERRORS_PAGE = PROJECT / "docs/reference/errors.md"
COMMANDS_PAGE = PROJECT / "docs/reference/command-line.md"
ERRORS_HEAD = """\
# How Provender refuses

Every refusal has a stable code, for programs, and one sentence with a hint, for people. REST
answers it as a problem (RFC 9457) whose `code` is the one below; a page shows the sentence at the
field it is about; the command line prints it and ends with a non-zero exit code. A fault of ours is
not in this list: it answers 500, says so, and is in the log.

This page is written by `make reference` from the code, and a test holds it to the code.

| code | status | what happened |
|---|---|---|
"""
# Alembic runs what stands in these modules when they are imported.
_RUN_WHEN_IMPORTED = ("provender.database.migrations",)


def import_everything() -> None:
    """Import every module of the program, so that each refusal is known."""
    for module in pkgutil.walk_packages(provender.__path__, "provender."):
        if module.name.startswith(_RUN_WHEN_IMPORTED) or module.name.endswith(".__main__"):
            continue
        importlib.import_module(module.name)


def refusals() -> list[type[Refusal]]:
    """Return every kind of refusal, by code."""
    import_everything()
    ours = {kind for kind in _descendants(Refusal) if kind.__module__.startswith("provender.")}
    return sorted(ours | {Refusal}, key=lambda kind: (kind.code, kind.__qualname__))


def _descendants(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


def has_own_code(kind: type[Refusal]) -> bool:
    """Tell whether a refusal names its code itself, and does not inherit it."""
    return "code" in vars(kind)


def render_errors() -> str:
    """Return the page of all refusals."""
    lines = [
        f"| `{kind.code}` | {kind.status} | {_first_sentence(kind)} |\n" for kind in refusals() if has_own_code(kind)
    ]
    return ERRORS_HEAD + "".join(lines)


def _first_sentence(kind: type[Refusal]) -> str:
    paragraph = (inspect.getdoc(kind) or "").split("\n\n")[0]
    return " ".join(paragraph.split()).replace("|", "\\|")


def pages() -> dict[Path, str]:
    """Return what each generated page should say."""
    return {ERRORS_PAGE: render_errors(), COMMANDS_PAGE: render_commands()}


def write_pages() -> None:
    """Write every generated page."""
    for page, text in pages().items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages()
