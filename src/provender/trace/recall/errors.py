"""How a recall refuses. A recall with nothing to find is an answer, not a refusal."""

from __future__ import annotations

from provender.kit.errors import InvalidInput, Refusal, Refusing


class RecallRefusal(Refusal):
    """A recall that cannot be computed or opened."""

    code = "trace.recall_invalid"


class RootMissing(RecallRefusal):
    """A suspect was named that is not among the records looked at."""

    code = "trace.recall_root_missing"


class NoRoots(RecallRefusal):
    """Nothing was named to start from."""

    code = "trace.recall_no_roots"


class NoticeEmpty(RecallRefusal):
    """A notice was asked for a customer who received nothing."""

    code = "trace.recall_notice_empty"
    status = 409


class CaseFinished(RecallRefusal):
    """The case is closed to changes; its answer is a record."""

    code = "trace.recall_finished"
    status = 409


class SignOffsOpen(RecallRefusal):
    """Items that time excludes need a person's name before a case can be finished."""

    code = "trace.recall_sign_offs_open"
    status = 409


REFUSALS: Refusing = {
    "recall_complaint_complaint_fkey": lambda _: InvalidInput("There is no such complaint.", field="complaint_ids"),
}
