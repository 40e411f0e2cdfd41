"""Rooms are entered through their doors. import-linter cannot say this yet, so a test does."""

from __future__ import annotations

import grimp

from tests.architecture.house import DOMAINS

DOORS = {"public", "model", "errors"}
MOUNTED = {"routes", "pages", "commands", "jobs", "public"}
ROOM_DEPTH = 3


def room_of(module: str) -> str | None:
    """Return "trace.batches" for "provender.trace.batches.store", None outside rooms."""
    parts = module.split(".")
    is_inside = len(parts) > ROOM_DEPTH and parts[1] in DOMAINS
    return ".".join(parts[1:ROOM_DEPTH]) if is_inside else None


def may_import(importer: str, imported: str) -> bool:
    room = room_of(imported)
    if room is None or room == room_of(importer):
        return True
    drawer = imported.split(".")[ROOM_DEPTH]
    if importer == f"provender.{room.split('.')[0]}.mount":
        return drawer in MOUNTED
    return drawer in DOORS


def test_rooms_are_entered_only_through_their_doors() -> None:
    graph = grimp.build_graph("provender", cache_dir=None)

    broken = sorted(
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if not may_import(importer, imported)
    )

    assert broken == []


def test_the_door_rule_tells_a_door_from_a_wall() -> None:
    assert may_import("provender.trace.recall.reads", "provender.trace.batches.public")
    assert may_import("provender.trace.mount", "provender.trace.batches.routes")
    assert may_import("provender.trace.batches.reads", "provender.trace.batches.store")
    assert not may_import("provender.trace.recall.reads", "provender.trace.batches.store")
    assert not may_import("provender.trace.recall.reads", "provender.trace.batches.store.reads")
    assert not may_import("provender.web.main", "provender.trace.batches.routes")
    assert not may_import("provender.core.mount", "provender.trace.batches.routes")
