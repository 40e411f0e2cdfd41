"""What the stores of rooms ask for, read from their text: which statement, with what, as what.

Only reading belongs here; the rules are in test_statements.py.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.house import SOURCE, files_ending, place_of, syntax_of, text_of

PARAMETER = re.compile(r"%\((\w+)\)s")
ROW_READERS = {"fetch_one", "fetch_all"}


@dataclass(frozen=True)
class Use:
    """One place where a store runs a statement.

    Attributes:
        place: File and line.
        statement: The `.sql` file.
        reader: The method that runs it, such as fetch_all.
        row_type: The dataclass its rows become, if any.
        keys: Names of the parameters given, as far as they are written out.
        is_complete: Whether `keys` are all of them.
    """

    place: str
    statement: Path
    reader: str
    row_type: type[object] | None
    keys: frozenset[str]
    is_complete: bool


def statement_files() -> list[Path]:
    """Return every statement of a room; migrations have a folder of the same name."""
    found = files_ending(".sql", under=SOURCE)
    return [path for path in found if path.parent.name == "sql" and "migrations" not in path.parts]


def number_parameters(written: str) -> tuple[str, list[str]]:
    """Return a statement with $1, $2 ... for its named parameters, and the names in that order."""
    body = "\n".join(line for line in written.splitlines() if not line.lstrip().startswith("--"))
    names = list(dict.fromkeys(PARAMETER.findall(body)))
    numbered = PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", body)
    return numbered.replace("%%", "%"), names


def uses() -> Iterator[Use]:
    """Yield every use of a statement in a store."""
    for path in files_ending(".py", under=SOURCE):
        if "store" in (path.stem, path.parent.name):
            yield from _uses_in(path)


def _uses_in(path: Path) -> Iterator[Use]:
    module = importlib.import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts))
    room = path.parent if path.stem == "store" else path.parent.parent
    for call in ast.walk(syntax_of(path)):
        if not isinstance(call, ast.Call):
            continue
        names = [_statement_name(argument) for argument in call.args]
        name = next((found for found in names if found), None)
        if name is None:
            continue
        reader = ast.unparse(call.func).split(".")[-1]
        row_type = _row_type(vars(module), call) if reader in ROW_READERS else None
        keys, is_complete = _keys(call.args[-1])
        yield Use(f"{place_of(path)}:{call.lineno}", room / "sql" / f"{name}.sql", reader, row_type, keys, is_complete)


def _statement_name(node: ast.expr) -> str | None:
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "SQL":
        return None
    name = node.args[0]
    return str(name.value) if isinstance(name, ast.Constant) else None


def _row_type(names: dict[str, object], call: ast.Call) -> type[object] | None:
    found = names.get(ast.unparse(call.args[0]))
    return found if isinstance(found, type) and dataclasses.is_dataclass(found) else None


def _keys(node: ast.expr) -> tuple[frozenset[str], bool]:
    if not isinstance(node, ast.Dict):
        return frozenset(), False
    keys = frozenset(str(key.value) for key in node.keys if isinstance(key, ast.Constant))
    return keys, None not in node.keys


def parameters_of(statement: Path) -> set[str]:
    """Return the names of a statement's parameters."""
    return set(number_parameters(text_of(statement))[1])
