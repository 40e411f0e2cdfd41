"""What trace offers: its routers, templates, catalogs and navigation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

from provender.kit.ui.pages import NavigationItem
from provender.trace.farms import pages as farm_pages
from provender.trace.farms import routes as farm_routes

HERE = Path(__file__).parent
ROOMS = ("farms",)
ROUTERS: Sequence[APIRouter] = (farm_routes.router, farm_pages.router)
TEMPLATES: Sequence[Path] = tuple(HERE / room / "templates" for room in ROOMS)
LOCALES: Sequence[Path] = (HERE / "locales",)
NAVIGATION: Sequence[NavigationItem] = (NavigationItem("Farms", "/trace/farms", "farm", key="f", group="Trace"),)
