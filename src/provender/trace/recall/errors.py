"""How a recall refuses. A recall with nothing to find is an answer, not a refusal."""

from __future__ import annotations

from provender.kit.errors import Refusal


class RecallRefusal(Refusal):
    """A recall that cannot be computed or opened."""

    code = "trace.recall_invalid"


class RootMissing(RecallRefusal):
    """A suspect was named that is not among the records looked at."""

    code = "trace.recall_root_missing"
    status = 404


class NoRoots(RecallRefusal):
    """Nothing was named to start from."""

    code = "trace.recall_no_roots"


class NoticeEmpty(RecallRefusal):
    """A notice was asked for a customer who received nothing."""

    code = "trace.recall_notice_empty"
    status = 409
