"""Templates and what names them agree."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.house import SOURCE, files_ending, place_of, strings_in, text_of

NAMES_TEMPLATE = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
TEMPLATE_NAME = re.compile(r"^[a-z_]+/[a-z_/]+\.html$")


def template_name(path: Path) -> str | None:
    """Return the name a template is loaded by: what follows its `templates` folder."""
    parts = path.relative_to(SOURCE).parts
    return "/".join(parts[parts.index("templates") + 1 :]) if "templates" in parts else None


def templates() -> dict[str, Path]:
    """Return each template of the program by its name."""
    found = files_ending("", under=SOURCE)
    return {name: path for path in found if (name := template_name(path))}


def test_every_template_is_used() -> None:
    used = strings_in([*files_ending(".py")]) | _named_by_templates()

    unused = [place_of(path) for name, path in templates().items() if name not in used]

    assert unused == []


def test_every_template_that_is_named_exists() -> None:
    texts = strings_in(files_ending(".py", under=SOURCE))
    named = _named_by_templates() | {text for text in texts if TEMPLATE_NAME.match(text)}

    missing = sorted(named - templates().keys())

    assert missing == []


def test_no_two_templates_have_one_name() -> None:
    found = [name for path in files_ending("", under=SOURCE) if (name := template_name(path))]

    assert len(found) == len(set(found))


def _named_by_templates() -> set[str]:
    """Return the names that templates extend, include or import."""
    return {name for path in templates().values() for name in NAMES_TEMPLATE.findall(text_of(path))}
