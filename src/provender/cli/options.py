"""Options that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Folder of the embedded database. Without it: PROVENDER_DATA, or ~/.local/share/provender."
    ),
]
As = Annotated[
    str | None,
    typer.Option("--as", help="E-mail of who it works as. Without it: the only administrator."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def tell(sentence: str) -> None:
    """Tell how work goes on, on standard error, so that standard output holds the answer alone."""
    print(sentence, file=sys.stderr, flush=True)


def tell_nothing(sentence: str) -> None:
    """Keep quiet about how work goes on."""
    del sentence
