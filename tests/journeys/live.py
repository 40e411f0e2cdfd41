"""The program as a stranger starts it: `provender run` with the demo, in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

STARTING_SECONDS = 120


@dataclass(frozen=True)
class Live:
    """A running Provender and who signs in there.

    Attributes:
        passwords: By role.
    """

    address: str
    data: Path
    emails: dict[str, str]
    passwords: dict[str, str]


def provender(*arguments: str) -> list[str]:
    """Return the command line of the program in this environment."""
    return [sys.executable, "-m", "provender", *arguments]


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One running program for all journeys of a worker."""
    data = tmp_path_factory.mktemp("live")
    command = provender("run", "--port", "0", "--data", str(data), "--demo", "small")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:  # our own program
        assert running.stderr is not None
        address = ""
        for line in running.stderr:
            found = re.search(r"http://\S+", line)
            address = found[0] if found else address
            if "Ctrl+C" in line:
                break
        assert address, "provender run did not say where it is"
        logins = json.loads(
            subprocess.run(  # our own program
                provender("demo", "--json", "--data", str(data)),
                capture_output=True,
                text=True,
                check=True,
                timeout=STARTING_SECONDS,
            ).stdout
        )
        yield Live(
            address,
            data,
            {login["role"]: login["email"] for login in logins},
            {login["role"]: login["password"] for login in logins},
        )
        running.terminate()
        running.wait(timeout=30)


def open_page(browser: Browser, live: Live, **settings: object) -> tuple[BrowserContext, Page]:
    """Return a page that is not signed in; transitions are off, so that a picture shows one page."""
    context = browser.new_context(base_url=live.address, reduced_motion="reduce", **settings)  # pyright: ignore[reportArgumentType]
    return context, context.new_page()


def sign_in(page: Page, live: Live, role: str = "manager") -> None:
    """Sign in as a person types."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").first.fill(live.emails[role])
    page.get_by_label("Password").first.fill(live.passwords[role])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")
