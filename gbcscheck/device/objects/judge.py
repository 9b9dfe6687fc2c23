"""COSEM objects as XML, in the form in which gurux-dlms saves what it read of a meter: each attribute judged.

What the form loses stands in ``values`` and ``instants``. An attribute of which several values are possible is judged
as each of them; a value is wrong where it is under every one of them. Attributes that are not judged are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.device.configuration.read import ConfigurationVerdict
from gbcscheck.device.context import Context
from gbcscheck.device.electricity.calendars import Calendars
from gbcscheck.device.electricity.judge import judge_attribute
from gbcscheck.device.electricity.value import HELD, Walk
from gbcscheck.device.electricity.value import Lines as Places
from gbcscheck.device.items.judge import item_judge
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.device.objects.layouts import LAYOUTS, Attribute, CosemClass
from gbcscheck.device.objects.readers import Lines, elements_of
from gbcscheck.device.objects.readings import Reading, merge
from gbcscheck.device.objects.unclear import Unclear
from gbcscheck.device.objects.values import octets_of_name
from gbcscheck.model.device_files import WRONG
from gbcscheck.model.rules import Rule, declare
from gbcscheck.notation.obis import object_name

if TYPE_CHECKING:
    from lxml.etree import _Element

NO_VALUE = declare(
    "D607",
    "text-is-no-value",
    kind="encoding",
    severity="error",
    reads=(),
    question="Is the text of each element a value of the type that the XML or the class gives it?",
    text="""
    The XML of COSEM objects holds a text that is no value of its type: a number too large for it, a logical name
    without six fields, something else than bits. The file was changed after it was saved, or damaged.

    **How to fix it.** Read the meter again and save the objects once more.

    **Example.** `<Value Type="18">70000</Value>`: 70000 does not fit into long-unsigned.
    """,
)
RULES: tuple[Rule, ...] = (NO_VALUE,)

ROOT, OBJECT = "Objects", "GXDLMS"
FORM = "objects"
TOLD = ("SN", "LN", "Version", "Description", "Access", "Access3", "MethodAccess", "MethodAccess3")
"""Elements of an object that are none of its attributes but its first one."""
NOT_THERE = "not in the document: never read from the meter, or empty"


def judge_cosem_objects(path: str, content: bytes, context: Context, record: FileRecord) -> ConfigurationVerdict:
    """Judge the attributes of every object in a document.

    Raises UnreadableSource with line and column where the octets are no well-formed XML, or not safe to read.
    """
    from gbcscheck.inputs.xml_safe import parse_xml

    document = parse_xml(content, where=path)
    if document.root.tag != ROOT:
        return ConfigurationVerdict(f"the root element is {document.root.tag}, {ROOT} was expected", FORM)
    lines = document.line_by_element()
    judged, calendars = 0, Calendars()
    for element in elements_of(document.root):
        judged += _Object(element, lines, context, record, calendars).judge()
    calendars.judge(Walk(Places(), HELD, item_judge(context.catalogue), record))
    if not judged and not record.findings:
        return ConfigurationVerdict("no attribute in it is one of a use case table's that can be read", FORM)
    return ConfigurationVerdict("", FORM)


class _Object:
    """One object of the document."""

    def __init__(
        self, element: _Element, lines: Lines, context: Context, record: FileRecord, calendars: Calendars
    ) -> None:
        self._element = element
        self._lines = lines
        self._context = context
        self._calendars = calendars
        self._record = record
        self._source = f"line {lines[element]}"

    def judge(self) -> int:
        """Judge each attribute; returns how many were judged."""
        record, element = self._record, self._element
        name = (element.findtext("LN") or "").strip()
        record.branch(f"{element.tag} {name}", self._source)
        record.depth += 1
        judged = self._attributes(name)
        record.depth -= 1
        return judged

    def _attributes(self, name: str) -> int:
        layout = LAYOUTS.get(str(self._element.tag))
        octets = b""
        try:
            octets = octets_of_name(name)
        except Unclear as unclear:
            self._fault("LN", name, unclear.reason, self._source)
        shown = object_name(octets) if octets else name
        used = {one for attribute in layout.attributes for one in attribute.elements} if layout is not None else set()
        for child in elements_of(self._element):
            source = f"line {self._lines[child]}"
            if child.tag in TOLD:
                self._record.fact(str(child.tag), (child.text or "").strip(), source)
            elif layout is None:
                self._left_out(shown, str(child.tag), "this class is not read", source)
            elif child.tag not in used:
                reason = "not read: no use case table speaks of it, or it has lost its type"
                self._left_out(shown, str(child.tag), reason, source)
        if layout is None or not octets:
            return 0
        return sum(self._attribute(layout, attribute, octets) for attribute in layout.attributes)

    def _attribute(self, layout: CosemClass, attribute: Attribute, name: bytes) -> bool:
        """Judge an attribute as each of its readings; whether it was judged."""
        found = [one for tag in attribute.elements if (one := self._element.find(tag)) is not None]
        label, shown_name = attribute.elements[0], object_name(name)
        if not found:
            self._left_out(shown_name, label, NOT_THERE, self._source)
            return False
        source = f"line {self._lines[found[0]]}"
        try:
            readings = attribute.read(found, self._lines)
        except Unclear as unclear:
            if unclear.faulty:
                self._fault(label, (found[0].text or "").strip(), unclear.reason, source)
            else:
                self._left_out(shown_name, label, f"not judged: {unclear.reason}", source)
            return False
        member = f"attribute {attribute.number}"
        scratches: list[Reading] = []
        around = self._record.house
        for data in readings.values:
            house = around.another() if around is not None else None
            scratch = Reading(self._record.path, depth=self._record.depth, tree=self._record.tree, house=house)
            calendars = None if scratches else self._calendars
            reason = judge_attribute(self._context, layout.class_id, name, member, data, Places(), scratch, calendars)
            if reason:
                self._left_out(shown_name, label, f"not judged: {reason}", source)
                return False
            scratches.append(scratch)
        if around is not None:
            around.keep_readings([scratch.house for scratch in scratches if scratch.house is not None])
        merge(scratches, readings.lost, self._record)
        if readings.lost:
            self._record.fact("lost", f"the text does not hold: {', '.join(readings.lost)}", source)
        return True

    def _left_out(self, name: str, label: str, reason: str, source: str) -> None:
        self._record.left_out(f"{self._element.tag} {name} {label}", source, reason)

    def _fault(self, label: str, text: str, reason: str, source: str) -> None:
        shown = text if len(text) <= 80 else f"{text[:77]}..."
        subject = f"{self._element.tag}.{label}"
        self._record.leaf(label, shown, subject, WRONG, source)
        self._record.problem(
            Problem(NO_VALUE, reason), subject=subject, attribute="value", written=shown, source=source
        )
