"""Configurations of devices as JSON or YAML: one object, a list of them, or JSON lines with one configuration a line.

A configuration gives values to data items: ``{"RMSVoltageSagThreshold": "207 V"}``, or the same under ``items`` beside
what is said of the ``device``. ``configuration.schema.json`` describes the shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from gbcscheck.device.configuration.gather import MOST_FINDINGS, Gatherer
from gbcscheck.device.configuration.json import Repeated, is_yaml, read_json, read_yaml_documents
from gbcscheck.device.configuration.judge import ConfigurationJudge
from gbcscheck.device.configuration.leaf import shown
from gbcscheck.device.configuration.own_names import mapping_beside
from gbcscheck.device.configuration.records import is_list_of_objects
from gbcscheck.device.configuration.rules import WRONG_SHAPE
from gbcscheck.device.context import Context
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.device.use_cases import GBCS, USE_CASES
from gbcscheck.errors import Problems, UnreadableSource
from gbcscheck.extract.table_mapping import TableMapping
from gbcscheck.inputs.files import open_regular
from gbcscheck.inputs.json_pointers import lines_by_pointer
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.limits import LINE_OCTETS
from gbcscheck.model.device_files import VARIANTS
from gbcscheck.release.catalogue import Catalogue

SCHEMA = Path(__file__).with_name("configuration.schema.json")
SHOWN_LINES = 100
"""Lines of a JSON-lines file whose values are entered one by one; those of the others are judged and counted."""
MOST_BAD_LINES = 20
"""Lines that are no JSON which are named; the others are counted."""
ONE, SEVERAL, LINES = "configuration", "configurations", "JSON lines"
FULL = f"more than {MOST_FINDINGS:,} different findings: the rest of the file is not judged"


class ConfigurationVerdict(NamedTuple):
    """What came of a file: ``reason`` why it is not judged as a whole (empty: it is), and what its ``format`` is."""

    reason: str
    format: str


def looks_like_configuration(document: object) -> bool:
    """Whether a JSON value has the shape of a configuration, or of a list of them, and of nothing else that is known
    here."""
    from gbcscheck.facts.crosswalk_file import is_crosswalk
    from gbcscheck.facts.extract_file import is_extract

    if isinstance(document, list):
        return bool(document) and all(isinstance(one, dict) and looks_like_configuration(one) for one in document)
    if not isinstance(document, dict) or not document:
        return False
    return not is_extract(document) and not is_crosswalk(document) and next(misshapen(document), None) is None


def judge_configuration(path: str, octets: bytes, context: Context, record: FileRecord) -> ConfigurationVerdict:
    """Judge the configuration, or the list of them, in some octets of JSON or YAML.

    Raises UnreadableSource with line and column where the octets are neither.
    """
    if is_yaml(octets):
        return _judge_yaml(path, octets, context, record)
    decode_json(octets, where=path, repeats=True)
    text = octets.decode("utf-8-sig")
    return _judge_document(path, read_json(text, where=path), lines_by_pointer(text), context, record)


def _judge_yaml(path: str, octets: bytes, context: Context, record: FileRecord) -> ConfigurationVerdict:
    """Judge the documents of a YAML text, each of them a configuration or a list of them."""
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = octets.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(f"not UTF-8: octet 0x{octets[error.start]:02X}", where=f"{path}:{line}") from None
    read = read_yaml_documents(text, where=path)
    document = read.documents[0] if len(read.documents) == 1 else read.documents
    return _judge_document(path, document, read.lines, context, record)


def _judge_document(
    path: str, document: Any, lines: Mapping[str, int], context: Context, record: FileRecord
) -> ConfigurationVerdict:
    """Judge a configuration, or a list of them, whose values stand in some lines by JSON pointer."""

    def source(pointer: str) -> str:
        while pointer and pointer not in lines:
            pointer = pointer.rpartition("/")[0]
        return f"line {lines[pointer]}"

    file = _File(context, Gatherer(record), source, _mapping(path, record))
    many = isinstance(document, list)
    if many and file.judge_records(document, ""):
        return file.verdict(ONE)
    file.judge(document, "")
    return file.verdict(SEVERAL if many else ONE)


def judge_json_lines(path: str, source: Path | BinaryIO, context: Context, record: FileRecord) -> ConfigurationVerdict:
    """Judge a file of JSON lines, one configuration a line, in memory that does not grow with it. ``path`` names the
    file in findings; ``source`` is where its octets are.

    Raises Problems with one UnreadableSource for each line that is no JSON, once every other line is judged (the record
    then holds what was found); UnreadableSource where the file cannot be read.
    """
    if not isinstance(source, Path):
        return _judge_lines(path, source, context, record)
    with open_regular(source, where=path) as stream:
        return _judge_lines(path, stream, context, record)


def _judge_lines(path: str, stream: BinaryIO, context: Context, record: FileRecord) -> ConfigurationVerdict:
    place = ""
    file = _File(context, Gatherer(record), lambda _pointer: place, _mapping(path, record))
    bad: list[UnreadableSource] = []
    more_bad = number = 0
    for number, line in _lines(stream, path):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            document = _line(line, path, number)
        except UnreadableSource as error:
            if len(bad) < MOST_BAD_LINES:
                bad.append(error)
            else:
                more_bad += 1
            continue
        file.shows = record.tree and number <= SHOWN_LINES
        if file.shows:
            record.branch(f"configuration {number}", place)
            record.depth += 1
        file.judge(document, "")
        if file.shows:
            record.depth -= 1
        if file.is_full:
            break
    if number > SHOWN_LINES:
        record.fact(f"{number - SHOWN_LINES:,} further lines", "judged and counted, not shown", place)
    verdict = file.verdict(LINES)
    if bad:
        if more_bad:
            bad.append(UnreadableSource(f"{more_bad:,} further lines are not valid JSON", where=path))
        raise Problems(list(bad))
    return verdict


def _lines(stream: BinaryIO, path: str) -> Iterator[tuple[int, bytes]]:
    number = 0
    longest = LINE_OCTETS.most
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest:
            raise LINE_OCTETS.exceeded(where=f"{path}:{number}")
        yield number, line


def _line(line: bytes, path: str, number: int) -> Any:
    where = f"{path}:{number}"
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"not UTF-8: octet 0x{line[error.start]:02X}", where=f"{where}:{error.start + 1}"
        ) from None
    return read_json(text, where=where)


def _mapping(path: str, record: FileRecord) -> TableMapping | None:
    """The mapping beside a file; none of what is judged under a name that is no file's."""
    return mapping_beside(path, record) if Path(path).is_file() else None


# --- one file --------------------------------------------------------------------------------------------------------

BESIDE_ITEMS = ("$schema", "note", "device", "items")


class _File:
    """The configurations of one file, judged one after the other, each under the GBCS version that it names."""

    def __init__(
        self, context: Context, gatherer: Gatherer, source: Callable[[str], str], mapping: TableMapping | None
    ) -> None:
        self._context = context
        self._mapping = mapping
        self._gatherer = gatherer
        self._source = source
        self._judges: dict[tuple[str, str], ConfigurationJudge] = {}
        self._reasons: dict[str, str] = {}
        self.shows = gatherer.record.tree

    @property
    def is_full(self) -> bool:
        return self._gatherer.is_full

    def judge_records(self, document: list[Any], pointer: str) -> bool:
        """Judge a list whose entries are no configurations but each name one data item; whether it is one."""
        judge = self._judge("", self._context.choices.device_type)
        records = judge.records_in(document) if judge is not None else None
        if judge is None or records is None:
            return False
        judge.values.shows = self.shows
        judge.records(records, pointer)
        judge.values.end()
        return True

    def judge(self, document: Any, pointer: str) -> None:
        """Judge one configuration, or each of a list, which may be of records, or hold lists."""
        if self._gatherer.is_full:
            return
        if isinstance(document, list):
            self._list(document, pointer)
            return
        if next(misshapen(document), None) is not None:
            self._shape(document, pointer)
            return
        device = document.get("device")
        if device:
            self._tell(device, f"{pointer}/device")
        gbcs = device.get("gbcs", "") if device else ""
        device_type = self._context.choices.device_type or (device.get("type", "") if device else "")
        judge = self._judges.get((gbcs, device_type)) or self._judge(gbcs, device_type)
        if judge is None:
            return
        judge.values.shows = self.shows
        if "items" in document:
            items = document["items"]
            judge.several(items, f"{pointer}/items")
            judge.values.end()
            return
        beside = {name for name in ("device", "$schema") if name in document}
        if beside and isinstance(document, Repeated):
            repeated = Repeated((name, value) for name, value in document.items() if name not in beside)
            repeated.twice = document.twice
            document = repeated
        elif beside:
            document = {name: value for name, value in document.items() if name not in beside}
        judge.items(document, pointer)
        judge.values.end()

    def _list(self, document: list[Any], pointer: str) -> None:
        if not document:
            self._gatherer.record.left_out("", self._source(pointer), "a list with nothing in it")
        elif not (pointer and self.judge_records(document, pointer)):
            for number, one in enumerate(document):
                self.judge(one, f"{pointer}/{number}")

    def _judge(self, gbcs: str, device_type: str) -> ConfigurationJudge | None:
        catalogue = self._catalogue(gbcs)
        if catalogue is None:
            if len(self._reasons) < MOST_BAD_LINES:
                there = ", ".join(self._context.versions)
                self._reasons[gbcs] = f"there is no use case table of GBCS {gbcs[:20]}; there are: {there}"
            return None
        judge = ConfigurationJudge(
            catalogue, self._gatherer, self._source, device_type, self._context.house, self._mapping
        )
        self._judges[gbcs, device_type] = judge
        return judge

    def _catalogue(self, gbcs: str) -> Catalogue | None:
        """The release where it has the version's use cases or none is named, else the version's use cases alone."""
        own = self._context.catalogue
        wanted = gbcs or self._context.choices.gbcs
        versions = {s.version for s in own.specifications if (s.name, s.part) == (GBCS, USE_CASES)}
        return own if not wanted or wanted in versions else self._context.versions.get(wanted)

    def _tell(self, device: dict[str, Any], pointer: str) -> None:
        if self.shows:
            for name, value in device.items():
                self._gatherer.record.fact(f"device {name}", shown(value), self._source(f"{pointer}/{name}"))

    def _shape(self, document: Any, pointer: str) -> None:
        from gbcscheck.inputs.json_schema import violations

        for violation in violations(document, SCHEMA):
            here = f"{pointer}{violation.pointer}"
            problem = Problem(WRONG_SHAPE, f"{here or '/'}: {violation.words}")
            self._gatherer.add(problem, subject=here or "/", written=shown(document), source=self._source(here))

    def verdict(self, form: str) -> ConfigurationVerdict:
        """What came of the file, when its last configuration is judged."""
        self._gatherer.close()
        if self._gatherer.is_full:
            return ConfigurationVerdict(FULL, form)
        if self._reasons:
            return ConfigurationVerdict("; ".join(self._reasons.values()), form)
        record = self._gatherer.record
        nothing = not record.values and not record.findings
        return ConfigurationVerdict("no data item has a value in it" if nothing else "", form)


def misshapen(document: Any) -> Iterator[str]:
    """Pointers to what breaks the schema, looked for without the schema's own machinery, which takes its time."""
    if not isinstance(document, dict):
        yield ""
        return
    if "items" in document:
        items = document["items"]
        if not isinstance(items, dict) and not is_list_of_objects(items):
            yield "/items"
        for name in document:
            if name not in BESIDE_ITEMS and not name.startswith("//"):
                yield f"/{name}"
        if not isinstance(document.get("note", ""), str):
            yield "/note"
    if not isinstance(document.get("$schema", ""), str):
        yield "/$schema"
    device = document.get("device", {})
    if not isinstance(device, dict):
        yield "/device"
        return
    for name in ("type", "gbcs"):
        if not isinstance(device.get(name, ""), str):
            yield f"/device/{name}"
    if device.get("variant", VARIANTS[0]) not in VARIANTS:
        yield "/device/variant"
