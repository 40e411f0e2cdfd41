"""What the program says to people: every English message that a page can show, read from the source.

Only reading belongs here; the rules are in test_translations.py. Words for programs and for whoever runs
the program (REST descriptions, the command line, the log) stay English and are not collected.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from provender.kit.ui.translations import list_messages
from tests.architecture.house import SOURCE, files_ending, place_of, syntax_of

FOR_OPERATORS = (
    "cli/",
    "database/",
    "kit/embedded/",
    "kit/commands.py",
    "kit/config.py",
    "kit/http/strict_json.py",
    "kit/db/",
    "core/demo/",
    "trace/demo/",
)
"""Said on the command line, in the log and to programs that send JSON, never on a page."""
FOR_PROGRAMS = frozenset({"AccountUnknown", "BodyTypeWrong", "KeyReused", "UnsafeDatabaseRole", "VersionRequired"})
"""Refusals that only programs and operators meet: of headers, on the command line, at the start."""
_MARKS = {"_": 0, "tell": 0, "say": 1, "hear": 1, "translate": 1, "Toast": 0, "FieldRefusal": 1, "Fault": 2}
"""Function -> place of the message among its arguments; `hear` takes several from there on."""
_TOLD_KEYWORDS = ("sentence", "hint")


def spoken_files() -> list[Path]:
    """Return the Python files whose words reach pages."""
    return [
        path
        for path in files_ending(".py", under=SOURCE)
        if not path.relative_to(SOURCE).as_posix().startswith(FOR_OPERATORS) and path.name != "commands.py"
    ]


@cache
def refusal_names() -> frozenset[str]:
    """Return the names of all classes that descend from Refusal, told by their bases."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in files_ending(".py", under=SOURCE)
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.ClassDef)
    }
    known = {"Refusal"}
    while found := {name for name, above in bases.items() if above & known} - known:
        known |= found
    return frozenset(known)


def list_said(folder: Path = SOURCE) -> dict[str, str]:
    """Return every message below a folder and one place that says it."""
    said = dict.fromkeys(list_messages(folder), "a template or _()")
    for path in spoken_files():
        if folder in path.parents:
            for node in _told_in(path):
                said.update({text: f"{place_of(path)}:{node.lineno}" for text in _texts_of(node, path)})
    return said


def list_heard() -> list[str]:
    """Return the messages that what others say is compared with; see kit/sentences."""
    return [
        text
        for path in spoken_files()
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "hear"
        for argument in node.args[1:]
        for text in _texts_of(argument, path)
    ]


def list_unspeakable() -> Iterator[str]:
    """Name every refusal whose words are put together in place, so that no catalog can know them."""
    for path in spoken_files():
        for node in _told_in(path):
            if any(isinstance(part, ast.JoinedStr) for part in _alternatives(node, path)):
                yield f"{place_of(path)}:{node.lineno}: {ast.unparse(node)}"


def _told_in(path: Path) -> Iterator[ast.expr]:
    """Yield the expressions of a file whose value a person may read."""
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.ClassDef) and node.name in refusal_names() - FOR_PROGRAMS:
            yield from (told for call in _own_beginnings(node) for told in _told_by(call))
        elif isinstance(node, ast.Call):
            yield from _told_by_call(node)


def _own_beginnings(kind: ast.ClassDef) -> Iterator[ast.Call]:
    for node in ast.walk(kind):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__":
            yield node


def _told_by_call(call: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name in _MARKS:
        yield from call.args[_MARKS[name] :] if name == "hear" else call.args[_MARKS[name] : _MARKS[name] + 1]
    elif name == "NavigationItem":
        yield from (*call.args[:1], *(word.value for word in call.keywords if word.arg in {"label", "group"}))
    elif name in refusal_names() - FOR_PROGRAMS:
        yield from _told_by(call)
    elif name == "ValueError":
        yield from call.args[:1]


def _told_by(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args[:1]
    yield from (word.value for word in call.keywords if word.arg in _TOLD_KEYWORDS)


def _texts_of(node: ast.expr, path: Path) -> Iterator[str]:
    for part in _alternatives(node, path):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
            yield part.value


def _alternatives(node: ast.expr, path: Path) -> Iterator[ast.expr]:
    """Yield what an expression may be: both sides of a choice, what a name was given, the values of a table."""
    if isinstance(node, ast.IfExp):
        yield from (*_alternatives(node.body, path), *_alternatives(node.orelse, path))
    elif isinstance(node, ast.Dict):
        yield from node.values
    elif isinstance(node, ast.Name):
        for value in _given_to(node.id, path):
            yield from () if isinstance(value, ast.Name) else _alternatives(value, path)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        yield from (*_alternatives(node.func.value, path), *node.args[1:])
    else:
        yield node


def _given_to(name: str, path: Path) -> Iterator[ast.expr]:
    for node in ast.walk(syntax_of(path)):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if value is not None and name in [ast.unparse(target) for target in targets]:
            yield value
