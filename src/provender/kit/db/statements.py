"""SQL statements, read from the `.sql` files of a room when first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NewType

Statement = NewType("Statement", bytes)
"""The text of one `.sql` file, ready for the driver. Only `SqlFolder` makes one."""

NAMED: Final = re.compile(rb"%\((\w+)\)s")


@dataclass(frozen=True)
class NumberedStatement:
    """A statement as the server wants it.

    Attributes:
        text: With `$1`, `$2` ... for its parameters.
        names: Of the parameters, in the order of their numbers.
    """

    text: bytes
    names: tuple[str, ...]


@lru_cache(maxsize=2000)
def number_parameters(statement: bytes) -> NumberedStatement:
    """Return a statement with its named parameters numbered; each is worked out once.

    The driver does the same, but remembers only what is shorter than 4096 bytes and takes the longer
    ones apart at every request. As in the driver, `%%` is a percent sign where there are parameters.
    """
    names = tuple(dict.fromkeys(NAMED.findall(statement)))
    if not names:
        return NumberedStatement(statement, ())
    number_by_name = {name: b"$%d" % number for number, name in enumerate(names, start=1)}
    text = NAMED.sub(lambda found: number_by_name[found[1]], statement).replace(b"%%", b"%")
    return NumberedStatement(text, tuple(name.decode() for name in names))


class SqlFolder:
    """The `sql/` folder beside a module: `SQL("select_batches")` is the text of that file.

    Reading happens at first use, not at import. Comments are for people and are left out.
    """

    def __init__(self, module_file: str) -> None:
        self._folder = Path(module_file).parent / "sql"
        self._statements: dict[str, Statement] = {}

    def __call__(self, name: str) -> Statement:
        """Return the statement of `<name>.sql`.

        Raises:
            FileNotFoundError: there is no such file; a fault of ours, caught by a test.
        """
        statement = self._statements.get(name)
        if statement is None:
            lines = (self._folder / f"{name}.sql").read_text(encoding="utf-8").splitlines()
            body = [line for line in lines if not line.lstrip().startswith("--")]
            statement = Statement("\n".join(body).strip().encode())
            self._statements[name] = statement
        return statement
