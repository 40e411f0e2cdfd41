"""The one family of errors: how any room says no.

A refusal is raised where the fact is known and translated once at the edge: to an
RFC 9457 problem, a page, or an exit code. What belongs here is the base and the few
refusals that no room owns. Faults (our mistakes) are ordinary exceptions, not refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class FieldRefusal:
    """One field of the input and what is wrong with it."""

    field: str
    sentence: str


class Refusal(Exception):
    """A request that cannot be met, told in one sentence that a person can act on.

    Attributes:
        code: Stable, dotted, documented in docs/reference/errors.md.
        status: The HTTP status of the refusal: 422 malformed, 409 the state says no,
            404 not there or not yours, 400 the request itself is wrong.
        sentence: What happened, for the person who asked.
        hint: The way out, when we know one.
        field: The name of the input field at fault, as the caller wrote it.
        fields: Every field at fault, when there are several.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422

    def __init__(
        self,
        sentence: str,
        *,
        hint: str | None = None,
        field: str | None = None,
        fields: tuple[FieldRefusal, ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.field = field
        self.fields = fields or ((FieldRefusal(field, sentence),) if field else ())


Refusing = Mapping[str, Callable[[str], Refusal]]
"""Constraint name -> what makes the refusal from the sentence the database raised; used by kit.db.refusing."""


class NotFound(Refusal):
    """The thing does not exist, or belongs to somebody else: the answer is the same."""

    code = "not_found"
    status = 404


class InvalidInput(Refusal):
    """One or more fields of the input cannot be used."""

    code = "input.invalid"
    status = 422


class NotSignedIn(Refusal):
    """Nobody, or nobody any more: unknown, expired and revoked credentials are told alike."""

    code = "sign_in.required"
    status = 401

    def __init__(self) -> None:
        super().__init__("Please sign in.", hint="Send a valid access token, or sign in again.")


class NotAllowed(Refusal):
    """The caller is known, and the role does not include this."""

    code = "role.not_enough"
    status = 403


class DatabaseBusy(Refusal):
    """The database does not answer in time, or every try lost against others."""

    code = "database.busy"
    status = 503

    def __init__(self) -> None:
        super().__init__("The database did not answer in time. Nothing was changed.", hint="Try again in a moment.")


class DatabaseLost(Refusal):
    """The database ended while a request was under way; it comes back without what it had not acknowledged."""

    code = "database.lost"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            "The database went away during the request.",
            hint="Try again in a moment. Look first whether a change was saved, or repeat it with its Idempotency-Key.",
        )


class DatabaseUnreachable(Refusal):
    """The operator's database cannot be connected to at all."""

    code = "database.unreachable"
    status = 503


class UnsafeDatabaseRole(Refusal):
    """The program was given a database role that row-level security does not bind."""

    code = "database.unsafe_role"
    status = 500

    def __init__(self, role: str) -> None:
        super().__init__(
            f"The database role {role} owns the tables, is a superuser or bypasses row-level security.",
            hint="Connect as provender_app; `provender migrate` makes it.",
        )
