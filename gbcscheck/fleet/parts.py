"""One part of a fleet, looked at by the engine: how much there is, and which values have to be judged one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gbcscheck.fleet.long import scan_long
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.scan import Scan
from gbcscheck.fleet.wide import scan_wide


def scan_part(scan: Scan, part: Part, folder: Path) -> dict[str, Any]:
    """Look at a part, and write what is kept of it below a new folder: what is told of it, as JSON has it.

    ``rows`` by whether they are looked at (``unnamed`` without a device, ``before`` the time from which on), ``groups``
    of devices, and of each column or name how many values it has (``present``) and lacks (``missing``).
    """
    folder.mkdir(parents=True)
    told = (scan_long if part.columns.layout == "long" else scan_wide)(scan, part, folder)
    scan.engine.forget()
    return told
