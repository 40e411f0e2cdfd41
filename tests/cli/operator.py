"""The command line in this process: `provender` as an operator types it, against a real database with the demo."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from provender.cli.main import main


@dataclass(frozen=True)
class Printed:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as a program reads it."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """Standard output, line by line."""
        return self.out.splitlines()


@dataclass(frozen=True)
class Operator:
    """Somebody at the keyboard of a machine whose data are in `data`."""

    data: Path
    capture: pytest.CaptureFixture[str]

    def types(self, *words: str) -> Printed:
        """Run a command to its end."""
        typed, sys.argv = sys.argv, ["provender", *words, "--data", str(self.data)]
        self.capture.readouterr()
        try:
            main()
        except SystemExit as ended:
            told = self.capture.readouterr()
            return Printed(int(ended.code or 0), told.out, told.err)
        finally:
            sys.argv = typed
        raise AssertionError("a command ends the program")
