"""What core offers: its routers, templates, catalogs and navigation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

from provender.core.accounts import pages as account_pages
from provender.core.accounts import routes as account_routes
from provender.core.organisations import routes as organisation_routes
from provender.kit.ui.pages import NavigationItem

HERE = Path(__file__).parent
ROUTERS: Sequence[APIRouter] = (*account_pages.routers, account_routes.router, organisation_routes.router)
TEMPLATES: Sequence[Path] = (HERE / "accounts" / "templates",)
LOCALES: Sequence[Path] = (HERE / "locales",)
NAVIGATION: Sequence[NavigationItem] = ()
