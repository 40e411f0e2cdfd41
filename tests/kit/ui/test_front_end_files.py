"""What the front end's files promise: no addresses, all platforms, small islands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

FRONTEND = Path(__file__).parents[3] / "frontend"
LOCK = cast("dict[str, dict[str, Any]]", json.loads((FRONTEND / "package-lock.json").read_text())["packages"])


def test_the_lock_file_holds_no_addresses_but_a_hash_for_every_package() -> None:
    packages = {path: entry for path, entry in LOCK.items() if path}

    assert not [path for path, entry in packages.items() if "resolved" in entry]
    assert not [path for path, entry in packages.items() if not entry.get("integrity")]


def test_the_lock_file_lists_every_platform() -> None:
    names = {path.rsplit("node_modules/", 1)[-1] for path in LOCK}
    wanted = {name for entry in LOCK.values() for name in entry.get("optionalDependencies", {})}

    assert wanted
    assert wanted <= names


def test_the_lock_file_matches_the_package_file() -> None:
    package = json.loads((FRONTEND / "package.json").read_text())

    assert LOCK[""]["dependencies"] == package["dependencies"]
    assert LOCK[""]["devDependencies"] == package["devDependencies"]


def test_npm_never_writes_addresses_nor_runs_install_scripts() -> None:
    settings = (FRONTEND / ".npmrc").read_text().split()

    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(settings)


def test_an_island_is_at_most_eighty_lines() -> None:
    lengths = {path.name: len(path.read_text().splitlines()) for path in (FRONTEND / "src").glob("*.js")}

    assert {name: lines for name, lines in lengths.items() if lines > 80} == {}


def test_pages_need_no_inline_styles_or_handlers() -> None:
    templates = Path(__file__).parents[3] / "src/provender/kit/ui/templates"
    text = "".join(path.read_text() for path in templates.rglob("*.html"))

    assert " style=" not in text
    assert " onclick=" not in text
    assert "hx-on" not in text
