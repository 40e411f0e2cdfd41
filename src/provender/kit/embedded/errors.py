"""How the embedded PostgreSQL says no.

Every refusal names the folder or program it is about and the way out, and none of them is
raised after something was lost: a refused start leaves the folder as it was found.
"""

from __future__ import annotations

from typing import ClassVar

from provender.kit.errors import Refusal


class EmbeddedServerError(Refusal):
    """The embedded PostgreSQL could not do what was asked. Base of the family."""

    code: ClassVar[str] = "embedded.failed"
    status: ClassVar[int] = 503


class PlatformUnsupported(EmbeddedServerError):
    """This operating system lacks what the supervisor stands on."""

    code: ClassVar[str] = "embedded.platform_unsupported"


class BinariesMissing(EmbeddedServerError):
    """No PostgreSQL programs were found, or those found cannot be used here."""

    code: ClassVar[str] = "embedded.binaries_missing"


class FolderUnusable(EmbeddedServerError):
    """The folder is not a folder, cannot be written, or belongs to somebody else."""

    code: ClassVar[str] = "embedded.folder_unusable"


class FolderUnreachable(EmbeddedServerError):
    """Root started us, and the user that PostgreSQL would run as cannot enter the folder."""

    code: ClassVar[str] = "embedded.folder_unreachable"


class FolderInUse(EmbeddedServerError):
    """A PostgreSQL that this program did not start has the cluster open."""

    code: ClassVar[str] = "embedded.folder_in_use"


class DiskFull(EmbeddedServerError):
    """No room is left for what PostgreSQL must write; what it promised earlier is kept."""

    code: ClassVar[str] = "embedded.disk_full"
    status: ClassVar[int] = 507


class ClusterDamaged(EmbeddedServerError):
    """The files are not a whole PostgreSQL cluster; nothing in them was changed."""

    code: ClassVar[str] = "embedded.cluster_damaged"


class ClusterTooNew(EmbeddedServerError):
    """The cluster was made by a newer PostgreSQL than any that was found."""

    code: ClassVar[str] = "embedded.cluster_too_new"


class OldBinariesMissing(EmbeddedServerError):
    """An older cluster must be upgraded, and the programs that can read it are not here."""

    code: ClassVar[str] = "embedded.old_binaries_missing"


class UpgradeFailed(EmbeddedServerError):
    """Copying the old cluster into a new one stopped; the old one is unchanged."""

    code: ClassVar[str] = "embedded.upgrade_failed"


class StartFailed(EmbeddedServerError):
    """PostgreSQL ended before it accepted a connection."""

    code: ClassVar[str] = "embedded.start_failed"


class TimedOut(EmbeddedServerError):
    """Nothing moved for as long as the caller was willing to wait."""

    code: ClassVar[str] = "embedded.timed_out"
