"""Every setting is documented, and everything documented is a setting."""

from __future__ import annotations

import re

from provender.kit import config
from provender.kit.embedded import surroundings
from tests.architecture.house import PROJECT, SOURCE, files_ending, text_of

PAGE = PROJECT / "docs/reference/configuration.md"
VARIABLE = re.compile(r"\b(?:PROVENDER|DATABASE)_[A-Z_]+\b")


def read_by_the_program() -> set[str]:
    """Return the environment variables that the modules which may read them name."""
    return {
        name for module in (config, surroundings) for name in VARIABLE.findall(text_of(SOURCE / module_path(module)))
    }


def module_path(module: object) -> str:
    return str(getattr(module, "__name__", "")).removeprefix("provender.").replace(".", "/") + ".py"


def test_every_variable_that_is_read_is_documented_and_no_other() -> None:
    found = read_by_the_program() - {"DATABASE_OWNER"}
    documented = set(VARIABLE.findall(text_of(PAGE)))

    assert len(found) > 5
    assert documented == found


def test_no_other_module_names_a_variable_of_its_own() -> None:
    elsewhere = {
        name
        for path in files_ending(".py", under=SOURCE)
        for name in re.findall(r"\bPROVENDER_[A-Z_]+\b", text_of(path))
    }

    assert elsewhere <= read_by_the_program()
