"""How the edge refuses a request before any room sees it."""

from __future__ import annotations

from provender.kit.errors import Refusal
from provender.kit.sentences import tell


class UnknownParameter(Refusal):
    """A query parameter that this address does not know; a silently ignored filter would widen an answer."""

    code = "request.unknown_parameter"
    status = 400


class CursorInvalid(Refusal):
    """A page link that was changed, or made for other filters or another caller."""

    code = "request.cursor_invalid"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            "This page link does not fit the request.", hint="Begin again at the first page.", field="cursor"
        )


class BodyTooLarge(Refusal):
    """More was sent than any request here needs."""

    code = "request.body_too_large"
    status = 413


class BodyUnreadable(Refusal):
    """The body is not what its content type says: broken JSON, or text that is not UTF-8."""

    code = "request.body_unreadable"
    status = 400


class BodyTypeWrong(Refusal):
    """The body is of another kind than this address reads."""

    code = "request.body_type_wrong"
    status = 415

    def __init__(self) -> None:
        super().__init__(
            "This address reads JSON.", hint="Send the header Content-Type: application/json.", field="Content-Type"
        )


class BodySlow(Refusal):
    """The body did not come within the time a request may take."""

    code = "request.body_slow"
    status = 408

    def __init__(self) -> None:
        super().__init__("The request did not arrive in time. Nothing was saved.", hint="Send it again.")


class VersionRequired(Refusal):
    """A change of something that others change too must say which version it has seen."""

    code = "request.version_required"
    status = 428

    def __init__(self) -> None:
        super().__init__(
            "This change must say which version it is based on.", hint="Send the ETag of your last read as If-Match."
        )


class VersionStale(Refusal):
    """Somebody else changed it in between."""

    code = "request.version_stale"
    status = 412

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this in the meantime. Nothing was saved.", hint="Read it again and repeat your change."
        )


class FormExpired(Refusal):
    """The form token is missing or belongs to another session: perhaps a forged request."""

    code = "request.form_expired"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            "This form is no longer valid. Nothing was saved.", hint="Open the page again and repeat your entry."
        )


class TooManyRequests(Refusal):
    """A limit was reached; `retry_after_s` is sent as Retry-After."""

    code = "request.too_many"
    status = 429

    def __init__(self, sentence: str, *, retry_after_s: int) -> None:
        super().__init__(sentence, hint=tell("Try again in %(minutes)s minutes.", minutes=max(1, retry_after_s // 60)))
        self.retry_after_s = retry_after_s
