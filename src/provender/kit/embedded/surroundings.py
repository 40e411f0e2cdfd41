"""What this part of kit takes from the environment: four settings, read nowhere else here.

`kit.config` reads what a person configures about Provender; these four belong to the
operating system and to those who run PostgreSQL by hand, and are needed before any of that.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def named_user() -> str | None:
    """`PROVENDER_POSTGRES_USER`: whom root shall run PostgreSQL as; None when not said."""
    return os.environ.get("PROVENDER_POSTGRES_USER") or None  # noqa: TID251 - see above


def old_binaries() -> list[Path]:
    """`PROVENDER_OLD_BINARIES`: bin folders of older versions, separated as in PATH."""
    value = os.environ.get("PROVENDER_OLD_BINARIES", "")  # noqa: TID251 - see above
    return [Path(part) for part in value.split(os.pathsep) if part]


def search_path() -> list[Path]:
    """`PATH`, for the last resort."""
    return [Path(part) for part in os.get_exec_path()]


def scratch_folders() -> list[Path]:
    """Where short-lived private folders may be made, the most private first."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")  # noqa: TID251 - see above
    return [*([Path(runtime)] if runtime else []), Path(tempfile.gettempdir()), Path("/tmp")]  # noqa: S108 - mkdtemp makes the name


def program_environment() -> dict[str, str]:
    """The environment of every PostgreSQL program: nothing of the caller's PG* settings.

    Messages are in English, because refusals are recognised by them.
    """
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
