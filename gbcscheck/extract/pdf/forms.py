"""How much a page draws, counted before it is drawn: forms may draw forms, each many times (ISO 32000-1, 8.10)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gbcscheck.limits import FORMS, PAGE_OCTETS

if TYPE_CHECKING:
    from pdfplumber.page import Page

_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")


def hold_drawing(page: Page, where: str) -> None:
    """Refuse a page that draws more forms, or more octets of drawing, than are read; OverLimit."""
    forms, octets = _drawing(page.page_obj.contents, page.page_obj.resources, {})
    FORMS.hold(forms, where=where)
    PAGE_OCTETS.hold(octets, where=where)


def _drawing(streams: Iterable[Any], resources: Any, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many forms some streams draw with all that these draw, and how many octets that is; a form that draws itself
    counts once."""
    from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

    forms = octets = 0
    drawn: Counter[bytes] = Counter()
    for stream in streams:
        found = resolve1(stream)
        if isinstance(found, PDFStream):
            data = found.get_data()
            octets += len(data)
            drawn.update(_DRAWN.findall(data))
    there = resolve1((resolve1(resources) or {}).get("XObject")) or {}
    for name, times in drawn.items():
        reference = there.get(name.decode("latin-1"))
        form = resolve1(reference)
        if not isinstance(form, PDFStream) or "Form" not in str(form.get("Subtype")):
            continue
        key = reference.objid if isinstance(reference, PDFObjRef) else id(form)
        if key not in known:
            known[key] = (0, 0)
            known[key] = _drawing([form], form.get("Resources"), known)
        inner = known[key]
        forms += times * (1 + inner[0])
        octets += times * inner[1]
    return forms, octets
