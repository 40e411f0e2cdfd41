"""How organisations refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing


class LastAdministrator(Refusal):
    """Somebody must be able to let people in: the last administrator cannot leave or step down."""

    code = "member.last_administrator"
    status = 409


class MemberAlready(Refusal):
    """The person works here already."""

    code = "member.already"
    status = 409


REFUSALS: Refusing = {
    "membership_last_administrator": lambda _: LastAdministrator(
        "An organisation cannot be without an administrator. Nothing was changed.",
        hint="Make somebody else an administrator first.",
    ),
    "membership_pkey": lambda _: MemberAlready(
        "This person works here already, or did.", hint="Look for the person among the members.", field="email"
    ),
}
