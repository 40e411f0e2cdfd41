"""PostgreSQL that comes with the program: started, joined, recovered, upgraded and stopped by us.

What belongs here: everything about the process and its files. What does not: roles, schemas
and rows (`provender.database`), and connections (`provender.kit.db`).
"""

from __future__ import annotations

from provender.kit.embedded.errors import (
    BinariesMissing,
    ClusterDamaged,
    ClusterTooNew,
    DiskFull,
    EmbeddedServerError,
    FolderInUse,
    FolderUnreachable,
    FolderUnusable,
    OldBinariesMissing,
    PlatformUnsupported,
    StartFailed,
    TimedOut,
    UpgradeFailed,
)
from provender.kit.embedded.server import Server, is_running, start_server, stop_server

__all__ = [
    "BinariesMissing",
    "ClusterDamaged",
    "ClusterTooNew",
    "DiskFull",
    "EmbeddedServerError",
    "FolderInUse",
    "FolderUnreachable",
    "FolderUnusable",
    "OldBinariesMissing",
    "PlatformUnsupported",
    "Server",
    "StartFailed",
    "TimedOut",
    "UpgradeFailed",
    "is_running",
    "start_server",
    "stop_server",
]
