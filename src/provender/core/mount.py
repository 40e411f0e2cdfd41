"""What core offers: its routers, templates, catalogs and navigation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

from provender.core.accounts import pages as account_pages
from provender.core.accounts import routes as account_routes
from provender.core.audit import pages as audit_pages
from provender.core.audit import routes as audit_routes
from provender.core.organisations import pages as organisation_pages
from provender.core.organisations import routes as organisation_routes
from provender.kit.ui.pages import NavigationItem

HERE = Path(__file__).parent
ROOMS = ("accounts", "audit", "organisations")
GROUP = "Organisation"
ROUTERS: Sequence[APIRouter] = (
    *account_pages.routers,
    account_routes.router,
    audit_pages.router,
    audit_routes.router,
    organisation_pages.router,
    organisation_routes.router,
)
TEMPLATES: Sequence[Path] = tuple(HERE / room / "templates" for room in ROOMS)
LOCALES: Sequence[Path] = (HERE / "locales",)
NAVIGATION: Sequence[NavigationItem] = (
    NavigationItem("People", "/members", "person", key="u", group=GROUP),
    NavigationItem("Changes", "/audit", "clock", group=GROUP, roles=frozenset({"administrator", "manager"})),
    NavigationItem("Settings", "/organisation", "settings", group=GROUP),
    NavigationItem("My account", "/account", "sun", key="m", group=GROUP),
)
