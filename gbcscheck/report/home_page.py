"""Where to read about the program that is installed: what its distribution says of it, if anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from gbcscheck.report.addresses import public_address

LABELS = ("homepage", "documentation", "source", "repository")
"""Labels of project URLs that lead to what there is to read, the best first (Well-known Project URLs in Metadata)."""


@cache
def home_page() -> str:
    """The address of the installed distribution of this program; empty where there is none."""
    try:
        return address_of(distribution("gbcscheck"))
    except PackageNotFoundError:
        return ""


def address_of(installed: Distribution) -> str:
    """The project URL of a distribution, the best labelled first; else the repository that it was installed from
    (``direct_url.json``, PEP 610). Empty where neither is an address on the web."""
    urls = (one.partition(",") for one in installed.metadata.get_all("Project-URL") or ())
    labelled = {re.sub(r"[\W_]", "", label).casefold(): url.strip() for label, _, url in urls}
    return _first_on_the_web([*(labelled.get(label, "") for label in LABELS), _repository(installed)])


def _repository(installed: Distribution) -> str:
    try:
        origin = json.loads(installed.read_text("direct_url.json") or "{}")
    except ValueError:
        return ""
    known = isinstance(origin, dict) and "vcs_info" in origin and isinstance(origin.get("url"), str)
    return public_address(origin["url"]) if known else ""


def _first_on_the_web(addresses: Iterable[str]) -> str:
    return next((one for one in addresses if one.startswith(("https://", "http://"))), "")
