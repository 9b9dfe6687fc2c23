"""Single values of a fleet, judged as ``gbcscheck device`` judges the configuration that holds one of them alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.json import read_json
from gbcscheck.device.configuration.judge import ConfigurationJudge
from gbcscheck.device.configuration.leaf import shown
from gbcscheck.device.configuration.rules import NOT_OF_TYPE, OTHER_DEVICE, WRONG_SHAPE, WRONG_UNIT
from gbcscheck.device.context import Context
from gbcscheck.device.items.house import HouseIndex
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.errors import UnreadableSource
from gbcscheck.evidence.house_rules import HouseRule, Related
from gbcscheck.extract.table_mapping import TableMapping
from gbcscheck.model import Finding
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.model.fleet import MISSING, UNREAD

if TYPE_CHECKING:
    import pyarrow

TEXT, WHOLE, DECIMAL, FLOAT, BOOLEAN, JSON = "text", "whole", "decimal", "float", "boolean", "json"
"""What the text of a cell stands for: itself, a whole number, a decimal number, a floating-point number as the engine
writes it, ``true`` or ``false``, or a value as JSON has it (a text in quotation marks, a number, an object, a list)."""
JUDGED_BEFORE_ANEW = 20_000
"""Values after which the judge is made anew, so that what it remembers stays bounded."""
BATCH = 4_096
"""Verdicts that are handed on together."""
_UNREADABLE = frozenset(rule.code for rule in (NOT_OF_TYPE, WRONG_UNIT, WRONG_SHAPE))
_WORST_FIRST = (UNREAD, WRONG, FITS, OPEN, MISSING)


class Value(NamedTuple):
    """A value as it stands in a fleet's table: the name over it (of a column, or an item), what kind of text it is, the
    text, and the unit beside it, empty where there is none."""

    name: str
    kind: str
    text: str
    unit: str = ""


class JudgedValue(NamedTuple):
    """What became of a value: ``FITS``, ``OPEN``, ``WRONG``, ``UNREAD`` or ``MISSING``; how a report shows it; and what
    is found of it."""

    verdict: str
    written: str
    findings: tuple[Finding, ...]


class _Listener(Gatherer):
    """Hears each finding of each value; nothing is gathered, so that any number of values can be judged."""

    def __init__(self, record: FileRecord) -> None:
        super().__init__(record)
        self._told: list[Finding] = []

    def add(self, problem: Problem, *, subject: str, written: str, source: str, meaning: str = "") -> int:
        """A fault at a place; returns its number, by which it can be told ``again``."""
        self.record.problem(
            problem, subject=subject, attribute="value", written=written, source=source, meaning=meaning
        )
        self._told.append(self.record.findings[-1])
        return len(self._told) - 1

    def again(self, number: int, source: str, written: str) -> None:
        """A fault that was found before, of the same value in another unit or under another name."""
        finding = self._told[number]
        own = finding.statements[0]._replace(path=self.record.path, source=source, text=written)
        self.record.findings.append(replace(finding, statements=(own, *finding.statements[1:])))


class ValuesJudge:
    """Judges values one by one. ``mapping`` says what names of one's own mean."""

    def __init__(self, context: Context, mapping: TableMapping | None = None) -> None:
        self._context = context
        self._mapping = mapping
        self._house, self.not_asked = _of_single_values(context.house)
        self._index = HouseIndex(context.catalogue, self._house)
        self._path = self._source = ""
        self._count = 0
        self._make()

    def _make(self) -> None:
        self._record = FileRecord("", tree=True)
        self._judge = ConfigurationJudge(
            self._context.catalogue,
            _Listener(self._record),
            lambda _pointer: self._source,
            self._context.choices.device_type,
            self._house,
            self._mapping,
        )

    def asks_more_of(self, item: str) -> bool:
        """Whether more is asked of an item than the specifications do: by house rules, or of its type of device."""
        return self._index.asks_of(item) or self._is_of_another(item)

    def _is_of_another(self, item: str) -> bool:
        if not self._context.choices.device_type:
            return False
        return any(one.rule == OTHER_DEVICE.code for one in self.judge(Value(item, TEXT, "")).findings)

    def judge(self, value: Value, *, path: str = "", source: str = "") -> JudgedValue:
        """What ``gbcscheck device`` says of a configuration with this value alone, found at a place in a file."""
        self._count += 1
        if self._count % JUDGED_BEFORE_ANEW == 0:
            self._make()
        record = self._record
        record.path, self._source = path, source
        raw = raw_of(value)
        self._judge.items({value.name: {"value": raw, "unit": value.unit} if value.unit else raw}, "")
        found = tuple(record.findings)
        verdicts = {entry.verdict for entry in record.entries}
        for gathered in (record.findings, record.entries, record.not_read):
            gathered.clear()
        record.remarks.clear()
        record.depth = 0
        if any(one.rule in _UNREADABLE for one in found):
            verdicts.add(UNREAD)
        elif any(one.severity != "note" for one in found):
            verdicts.add(WRONG)
        verdict = next((one for one in _WORST_FIRST if one in verdicts), MISSING)
        return JudgedValue(verdict, shown(raw), found)


def raw_of(value: Value) -> Any:
    """The value as a line of JSON would hold it."""
    if value.kind == TEXT:
        return value.text
    if value.kind == WHOLE:
        return int(value.text)
    if value.kind == DECIMAL:
        return Decimal(value.text)
    if value.kind == BOOLEAN:
        return value.text.casefold() == "true"
    if value.kind == FLOAT:
        if value.text.removeprefix("-").isdecimal():
            return int(value.text)
        number = float(value.text)
        if not math.isfinite(number):
            return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
        return _from_json(repr(number))
    return _from_json(value.text)


def _from_json(text: str) -> Any:
    """A value of JSON; the text itself where it is none that ``device`` would read."""
    try:
        return read_json(text, where="")
    except UnreadableSource:
        return text


def _of_single_values(house: Iterable[HouseRule]) -> tuple[tuple[HouseRule, ...], tuple[str, ...]]:
    """The house rules that ask of one value, and the names of those that hold two against each other."""
    rules = tuple(house)
    related = tuple(one for one in rules if isinstance(one.asked, Related))
    return tuple(one for one in rules if one not in related), tuple(one.rule.code for one in related)


# --- over batches ----------------------------------------------------------------------------------------------------


def verdict_schema() -> pyarrow.Schema:
    """Columns of the table of verdicts: the value, its verdict and one finding; a value with several findings stands in
    as many rows, told apart by ``position``, and one without any in one row with an empty rule. ``number`` counts the
    rows."""
    import pyarrow

    texts = (*Value._fields, "verdict", "written", "subject", "rule", "severity", "fingerprint", "message")
    return pyarrow.schema(
        [
            *(pyarrow.field(name, pyarrow.string()) for name in texts),
            pyarrow.field("position", pyarrow.int32()),
            pyarrow.field("number", pyarrow.int64()),
        ]
    )


def judged_batches(judge: ValuesJudge, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """The table of verdicts on the values in some batches (columns ``name``, ``kind``, ``text``, ``unit``)."""
    import pyarrow

    schema = verdict_schema()
    rows: list[tuple[Any, ...]] = []
    count = 0

    def made() -> pyarrow.RecordBatch:
        columns = zip(*rows, strict=True)
        arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        rows.clear()
        return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)

    for batch in batches:
        columns = (batch.column(name).to_pylist() for name in Value._fields)
        for value in map(Value._make, zip(*columns, strict=True)):
            for row in _rows_of(value, judge.judge(value)):
                rows.append((*row, count))
                count += 1
            if len(rows) >= BATCH:
                yield made()
    if rows:
        yield made()


def _rows_of(value: Value, judged: JudgedValue) -> Iterator[tuple[Any, ...]]:
    start = (*value, judged.verdict, judged.written)
    if not judged.findings:
        yield (*start, "", "", "", "", "", 0)
    for position, one in enumerate(judged.findings):
        yield (*start, one.subject, one.rule, one.severity, one.fingerprint, one.message, position)
