"""What trace offers: its routers, templates, catalogs and navigation. One line per room, from farm to recall."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

from provender.kit.commands import Command
from provender.kit.ui.pages import NavigationItem
from provender.trace.batches import commands as batch_commands
from provender.trace.batches import pages as batch_pages
from provender.trace.batches import routes as batch_routes
from provender.trace.complaints import pages as complaint_pages
from provender.trace.complaints import routes as complaint_routes
from provender.trace.customers import commands as customer_commands
from provender.trace.customers import pages as customer_pages
from provender.trace.customers import routes as customer_routes
from provender.trace.farms import commands as farm_commands
from provender.trace.farms import pages as farm_pages
from provender.trace.farms import routes as farm_routes
from provender.trace.holds import pages as hold_pages
from provender.trace.holds import routes as hold_routes
from provender.trace.lineage import commands as lineage_commands
from provender.trace.lineage import pages as lineage_pages
from provender.trace.lineage import routes as lineage_routes
from provender.trace.materials import commands as material_commands
from provender.trace.materials import pages as material_pages
from provender.trace.materials import routes as material_routes
from provender.trace.orders import commands as order_commands
from provender.trace.orders import pages as order_pages
from provender.trace.orders import routes as order_routes
from provender.trace.processes import commands as process_commands
from provender.trace.processes import pages as process_pages
from provender.trace.processes import routes as process_routes
from provender.trace.products import commands as product_commands
from provender.trace.products import pages as product_pages
from provender.trace.products import routes as product_routes
from provender.trace.recall import commands as recall_commands
from provender.trace.recall import pages as recall_pages
from provender.trace.recall import routes as recall_routes
from provender.trace.shipments import pages as shipment_pages
from provender.trace.shipments import routes as shipment_routes
from provender.trace.suppliers import commands as supplier_commands
from provender.trace.suppliers import pages as supplier_pages
from provender.trace.suppliers import routes as supplier_routes

HERE = Path(__file__).parent
ROUTERS: Sequence[APIRouter] = (
    farm_routes.router,
    farm_routes.plot_router,
    farm_pages.farm_router,
    farm_pages.plot_router,
    supplier_routes.router,
    supplier_pages.router,
    material_routes.router,
    material_pages.router,
    product_routes.router,
    product_pages.router,
    customer_routes.router,
    customer_routes.site_router,
    customer_pages.customer_router,
    customer_pages.site_router,
    batch_routes.router,
    batch_pages.router,
    batch_pages.label_router,
    batch_pages.find_router,
    process_routes.router,
    process_routes.batch_router,
    process_pages.recording_router,
    process_pages.diary_router,
    hold_routes.router,
    hold_routes.batch_router,
    hold_pages.router,
    hold_pages.batch_router,
    order_routes.router,
    order_pages.form_router,
    order_pages.order_router,
    order_pages.allocation_router,
    shipment_routes.router,
    shipment_pages.packing_router,
    shipment_pages.shipment_router,
    shipment_pages.return_router,
    lineage_routes.router,
    lineage_pages.router,
    complaint_routes.router,
    complaint_pages.router,
    recall_routes.router,
    recall_routes.export_router,
    recall_pages.router,
)
TEMPLATES: Sequence[Path] = tuple(sorted(HERE.glob("*/templates")))
LOCALES: Sequence[Path] = (HERE / "locales",)
NAVIGATION: Sequence[NavigationItem] = (
    NavigationItem("Batches", "/trace/batches", "batch", key="b", group="Trace"),
    NavigationItem("Processes", "/trace/processes", "process", key="p", group="Trace"),
    NavigationItem("Holds", "/trace/holds", "hold", key="l", group="Trace"),
    NavigationItem("Complaints", "/trace/complaints", "alert", key="c", group="Quality"),
    NavigationItem("Recalls", "/trace/recalls", "recall", key="r", group="Quality"),
    NavigationItem("Farms", "/trace/farms", "farm", key="f", group="Origin"),
    NavigationItem("Suppliers", "/trace/suppliers", "supplier", key="v", group="Origin"),
    NavigationItem("Materials", "/trace/materials", "bean", key="t", group="Origin"),
    NavigationItem("Products", "/trace/products", "product", key="d", group="Trade"),
    NavigationItem("Customers", "/trace/customers", "customer", key="k", group="Trade"),
    NavigationItem("Orders", "/trace/orders", "order", key="o", group="Trade"),
    NavigationItem("Shipments", "/trace/shipments", "shipment", key="s", group="Trade"),
)
COMMAND_GROUPS: Sequence[tuple[str, str]] = (
    ("recall", "Recall cases and exercises."),
    ("import", "Records from CSV files."),
    ("export", "Whole lists as CSV files."),
)
COMMANDS: Sequence[Command] = (
    *farm_commands.COMMANDS,
    *supplier_commands.COMMANDS,
    *material_commands.COMMANDS,
    *product_commands.COMMANDS,
    *customer_commands.COMMANDS,
    *batch_commands.COMMANDS,
    *process_commands.COMMANDS,
    *order_commands.COMMANDS,
    *lineage_commands.COMMANDS,
    *recall_commands.COMMANDS,
)
