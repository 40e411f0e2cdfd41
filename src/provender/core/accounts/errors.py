"""How accounts refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal


class SignInRefused(Refusal):
    """Address or password is wrong; which one is not told, nor whether the address is known."""

    code = "sign_in.refused"
    status = 422

    def __init__(self) -> None:
        super().__init__("E-mail address or password is not right.", hint="Check both and try again.", field="password")


class PasswordWrong(Refusal):
    """The present password, asked for before a change, is not right."""

    code = "password.wrong"
    status = 422

    def __init__(self) -> None:
        super().__init__("Your present password is not right.", hint="Try again.", field="current_password")


class PasswordTooWeak(Refusal):
    """A password that is quickly guessed."""

    code = "password.too_weak"
    status = 422


class AccountUnknown(Refusal):
    """No active person has this address here."""

    code = "account.unknown"
    status = 404
