"""The crosswalk that ships, and the versions of the specifications that it is held against."""

from __future__ import annotations

from pathlib import Path

from gbcscheck.facts.crosswalk import Link, load_crosswalk

FILES = sorted((Path(__file__).resolve().parents[3] / "specs" / "crosswalk").glob("*.json"))
LINKS = load_crosswalk(FILES, shown={}, trusted=frozenset(FILES)).links
SETTINGS = tuple(link for link in LINKS if link.request and link.command)
"""The links by which a service request sets or resets something in a device."""

TABLES = ("3.1", "4.0")
"""Versions of the GBCS use case tables that releases name."""
SCHEMAS = ("5.1", "5.4")
"""Versions of DUIS and MMC that releases name."""


def named(link: Link) -> str:
    """What a test of one link is called."""
    return " ".join((link.service_request or link.read_service_request, link.item.rpartition("/")[2]))
