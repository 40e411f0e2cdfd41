"""What the parts of the product offer to the web, gathered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

import provender.core.mount as core
import provender.trace.mount as trace
from provender.kit.ui.pages import NavigationItem, Pages

HERE = Path(__file__).parent


def routers() -> Sequence[APIRouter]:
    """Return every router, in the order in which addresses are matched."""
    return (*core.ROUTERS, *trace.ROUTERS)


def navigation() -> Sequence[NavigationItem]:
    """Return the entries of the main navigation."""
    return (NavigationItem("Start", "/", "home", key="h"), *trace.NAVIGATION, *core.NAVIGATION)


def make_pages() -> Pages:
    """Return every template and catalog of the program, loaded."""
    folders = [HERE / "templates", *core.TEMPLATES, *trace.TEMPLATES]
    return Pages(folders, navigation=navigation(), locale_folders=[*core.LOCALES, *trace.LOCALES, HERE / "locales"])
