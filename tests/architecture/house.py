"""How the house rules look at the tree: which files there are, and what stands in them.

Only reading belongs here; each rule is a test beside this file.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "provender"
DOMAINS = ("core", "links", "trace", "catering", "kitchen")

# Made by tools or the program, so no rule of ours holds in them.
_MADE = {"__pycache__", "node_modules", "dist", "htmlcov"}
_HIDDEN_AND_OURS = {".ci", ".editorconfig", ".gitignore", ".npmrc", ".squawk.toml"}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def project_files() -> tuple[Path, ...]:
    """Return every file people wrote, in order; what tools make is left out."""
    return tuple(sorted(_walk(PROJECT)))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        is_of_a_tool = entry.name.startswith(".") and entry.name not in _HIDDEN_AND_OURS
        if entry.name in _MADE or is_of_a_tool or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def files_ending(*endings: str, under: Path = PROJECT) -> list[Path]:
    """Return the written files below a folder whose names end so, in order."""
    return [path for path in project_files() if path.name.endswith(endings) and under in path.parents]


def place_of(path: Path) -> str:
    """Return where a file stands, as a reader would say it."""
    return path.relative_to(PROJECT).as_posix()


def text_of(path: Path) -> str:
    """Return a written file's text."""
    return path.read_text(encoding="utf-8")


@cache
def syntax_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(text_of(path), filename=str(path))


def python_files() -> list[Path]:
    """Return every Python file of ours: program, tests, benchmarks, scripts."""
    return files_ending(".py")


def functions_in(path: Path) -> Iterator[FunctionNode]:
    """Yield each function and method of a file, nested ones too."""
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, FunctionNode):
            yield node


def rooms() -> list[Path]:
    """Return the rooms: folders of a domain that hold drawers."""
    return sorted(room for domain in DOMAINS for room in (SOURCE / domain).glob("*") if (room / "__init__.py").exists())


def calls_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of each call, such as (12, "datetime.now")."""
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def strings_in(paths: Iterable[Path]) -> set[str]:
    """Return every text constant in some Python files."""
    return {
        node.value
        for path in paths
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
