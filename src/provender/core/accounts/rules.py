"""Decisions about people: who may, what a password must be, when guessing stops."""

from __future__ import annotations

from typing import Final

from provender.core.accounts.errors import PasswordTooWeak
from provender.core.accounts.model import Failures, Role
from provender.kit.errors import NotAllowed
from provender.kit.sentences import name_word, tell

RANK: Final = {Role.STAFF: 0, Role.MANAGER: 1, Role.ADMINISTRATOR: 2}
SHORTEST_PASSWORD: Final = 10
"""Longer than the 8 of NIST SP 800-63B because there is no second factor yet."""
LONGEST_PASSWORD: Final = 200
"""Argon2 takes more, but hashing megabytes is a way to keep a server busy."""
FEWEST_CHARACTERS: Final = 5
"""Different ones: `aaaaaaaaaa` is long and no password."""
FAILURES_PER_EMAIL: Final = 10
FAILURES_PER_ADDRESS: Final = 50
COOL_DOWN_S: Final = 15 * 60
BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),  # codespell:ignore cros
    ("Linux", "Linux"),
)


def require_role(role: str, least: Role) -> None:
    """Let pass who has at least the role `least`.

    Raises:
        NotAllowed: names the role that is needed.
    """
    if RANK[Role(role)] < RANK[least]:
        raise NotAllowed(
            tell("This needs the role %(role)s.", role=name_word(least)),
            hint="Ask an administrator of your organisation.",
        )


def check_password(password: str, email: str) -> None:
    """Refuse passwords that are quickly guessed.

    Raises:
        PasswordTooWeak: too short, too long, or the address itself.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PasswordTooWeak(
            tell("A password has %(least)s to %(most)s characters.", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD),
            hint="Three or four words make a good one.",
            field="password",
        )
    if (
        password.casefold() in {email.casefold(), email.split("@", maxsplit=1)[0].casefold() * 2}
        or len(set(password)) < FEWEST_CHARACTERS
    ):
        raise PasswordTooWeak(
            "This password is quickly guessed.", hint="Three or four words make a good one.", field="password"
        )


def has_too_many_failures(failures: Failures) -> bool:
    """Whether this person or this address must wait before the next try."""
    return failures.by_email >= FAILURES_PER_EMAIL or failures.by_address >= FAILURES_PER_ADDRESS


def describe_browser(user_agent: str) -> str:
    """Return what a person calls a browser, such as `Firefox, Windows`, from what it calls itself.

    Browsers name those they resemble, so the more particular names are looked for first. What
    names none is shown as it is.
    """
    browser = next((shown for mark, shown in BROWSERS if mark in user_agent), "")
    system = next((shown for mark, shown in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or user_agent[:60]
