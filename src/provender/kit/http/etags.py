"""Entity tags: a row's version, sent as ETag and expected back as If-Match."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header

from provender.kit.http.errors import VersionRequired, VersionStale

LONGEST_VERSION = 9
"""Digits; more than an integer column holds is no version of ours."""
IfMatch = Annotated[str | None, Header(alias="If-Match", description="The ETag of the version that was read.")]


def expected_version(if_match: str | None) -> int:
    """Return the version a change is based on.

    Raises:
        VersionRequired: no If-Match was sent.
        VersionStale: it cannot be a version of ours.
    """
    if if_match is None:
        raise VersionRequired
    tag = if_match.strip().removeprefix("W/").strip('"')
    if not tag.isdecimal() or len(tag) > LONGEST_VERSION:
        raise VersionStale
    return int(tag)
