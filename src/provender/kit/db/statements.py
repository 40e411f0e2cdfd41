"""SQL statements, read from the `.sql` files of a room when first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import NewType

Statement = NewType("Statement", bytes)
"""The text of one `.sql` file, ready for the driver. Only `SqlFolder` makes one."""


class SqlFolder:
    """The `sql/` folder beside a module: `SQL("select_batches")` is the text of that file.

    Reading happens at first use, not at import. The header comment is for people: it is
    left out, so that the driver's cache of parsed statements (up to 4096 bytes) holds it.
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
