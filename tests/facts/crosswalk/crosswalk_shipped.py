"""The crosswalk that ships, and the versions of the specifications that it is held against."""

from __future__ import annotations

import json
from pathlib import Path

from gbcscheck.facts.crosswalk import Link
from gbcscheck.facts.crosswalk_file import load_crosswalk

FILES = sorted((Path(__file__).resolve().parents[3] / "specs" / "crosswalk").glob("*.json"))
CROSSWALK = load_crosswalk(FILES, shown={}, trusted=frozenset(FILES))
LINKS = CROSSWALK.links
SETTINGS = tuple(link for link in LINKS if link.ends_of("request") and link.ends_of("command"))
"""The links by which a service request sets or resets something in a device."""
READINGS = tuple(link for link in LINKS if link.all_ends_of("response") and not link.all_ends_of("request", "command"))
"""The links by which an item is read that the same link does not set."""
ALERTS = "/GBCSResponse/Body/DeviceAlertMessage/"
"""What begins the path of what a device sends without being asked: no service request reads it."""
PROOFS = next(file for file in FILES if file.name == "proofs.json")
"""What pairs of messages show of links, made by tools/prove_links.py."""

TABLES = ("3.1", "4.0")
"""Versions of the GBCS use case tables that releases name."""
SCHEMAS = ("5.1", "5.4")
"""Versions of DUIS and MMC that releases name."""


ENTRIES = {
    (str(file), f"/entries/{number}"): entry
    for file in FILES
    for number, entry in enumerate(json.loads(file.read_text("utf-8"))["entries"])
}
"""The members of each link as its file has them, by place."""


def evidence_of(link: Link) -> str:
    """The pairs of messages that prove a link: the file tells them to its readers, and no rule asks for them."""
    return str(ENTRIES[link.place.path, link.place.pointer or ""].get("evidence", ""))


def named(link: Link) -> str:
    """What a test of one link is called."""
    return " ".join((link.service_request or link.read_service_request, link.item.rpartition("/")[2]))


def of_file(file: Path) -> tuple[Link, ...]:
    """The links that a file has."""
    return tuple(link for link in LINKS if link.place.path == str(file))


STATED = tuple(link for link in SETTINGS if "proof" in ENTRIES[link.place.path, link.place.pointer or ""])
"""Links whose own entry says what messages show of them."""
