"""Any file of a user's folder, read by what it holds: an extract, a table, a schema, a list, a crosswalk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from gbcscheck.errors import GbcscheckError, NotASpecification, Problems, UnreadableSource, reading_input
from gbcscheck.extract.progress import showing
from gbcscheck.extract.source_kinds import DOCUMENTS, MAPPING, NO_DOCUMENTS, SUFFIXES, kind_of
from gbcscheck.extract.table_choice import ALL, TableChoice
from gbcscheck.facts.crosswalk_file import is_crosswalk
from gbcscheck.facts.extract_file import Extract, Reading, Unread, is_extract, parse_extract
from gbcscheck.facts.store import stores_for, user_folder
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement, files_below
from gbcscheck.inputs.files import (
    LARGE_FILE,
    is_regular,
    open_regular,
    read_octets,
    refuse_irregular,
    refuse_pointer,
    sha256_of_octets,
)
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.limits import FILES
from gbcscheck.model import Place
from gbcscheck.model.coverage import NotRead
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions, excluded_line

UNREAD_SHOWN = 5
"""How many of the places that could not be read are named; ``gbcscheck extract`` lists them all."""


@frozen
class SourceContents:
    """What a user's files hold: what was read of each specification, crosswalk files, files that say nothing to a rule
    (each with the reason), files that cannot be read, and those of kinds that are not."""

    readings: tuple[Reading, ...]
    crosswalk: list[Path]
    skipped: tuple[str, ...]
    problems: tuple[GbcscheckError, ...]
    files: tuple[Path, ...] = ()
    not_read: tuple[NotRead, ...] = ()

    @property
    def extracts(self) -> tuple[Extract, ...]:
        """The statements of each specification."""
        return tuple(reading.extract for reading in self.readings)


@frozen
class Skip:
    """A file that holds no specification; no reason is given for one that another file made use of."""

    reason: str


Found = Extract | Reading | Path | Skip
"""What a file holds: an extract, a source as it was read, the path of a crosswalk, or nothing for a rule."""
Read = Callable[[Path, frozenset[str], Confinement], Found]
"""What reads one file, as ``read_source`` does."""


def read_sources(
    paths: Iterable[Path],
    *,
    trusted: frozenset[str] = frozenset(),
    progress: Callable[[str], None] | None = None,
    read: Read | None = None,
    within: Confinement | None = None,
    exclude: Exclusions = NO_EXCLUSIONS,
) -> SourceContents:
    """Read files and folders (walked, sorted by name); ``trusted`` holds SHA-256 of content known to be valid. ``read``
    may stand for ``read_source``, to read each file. ``within`` is what may be read; by default what is around the
    paths. Of folders, what is excluded is left out, with a line for each file."""
    reader = read or read_source
    paths = list(paths)
    within = within or Confinement.around(paths)
    readings: list[Reading] = []
    crosswalk: list[Path] = []
    skipped: list[str] = []
    problems: list[GbcscheckError] = []
    not_read: list[NotRead] = []
    files = list(_walk(paths, within, problems, exclude, skipped, not_read))
    for path in files:
        if progress:
            progress(str(path))
        try:
            with reading_input(str(path)), showing(progress):
                found = reader(path, trusted, within)
        except Problems as several:
            problems.extend(several.problems)
        except GbcscheckError as error:
            problems.append(error)
        else:
            if isinstance(found, Reading):
                for reading in (found, *found.also):
                    readings.append(replace(reading, also=()))
            elif isinstance(found, Extract):
                readings.append(Reading(found, recognised="its header"))
            elif isinstance(found, Path):
                crosswalk.append(found)
            elif found.reason:
                skipped.append(f"{path}: {found.reason}")
    return SourceContents(tuple(readings), crosswalk, tuple(skipped), tuple(problems), tuple(files), tuple(not_read))


def unread_lines(reading: Reading) -> Iterator[str]:
    """A line for what could not be read of a source, and one for what of it was not looked at."""
    where = reading.extract.path or reading.extract.source_name
    if reading.unread:
        yield f"{where}: {_unread(reading)}"
    if reading.not_taken:
        yield f"{where}: {_not_taken(reading)}"


def _unread(reading: Reading) -> str:
    """How many places of a source could not be read, and the first few of them."""
    places = [
        f"{_words(reading, cell)} ({cell.text or cell.reason})"
        if cell.column.endswith("header row")
        else _words(reading, cell)
        for cell in reading.unread
    ]
    shown = ", ".join(places[:UNREAD_SHOWN])
    more = f" and {len(places) - UNREAD_SHOWN} more" if len(places) > UNREAD_SHOWN else ""
    return f"{len(places)} place{'s' if len(places) != 1 else ''} could not be read: {shown}{more}"


def _words(reading: Reading, one: Unread) -> str:
    """The place of something that was not read, as people name it."""
    return Place.words(reading.extract.path or reading.extract.source_name, one.place)


def _not_taken(reading: Reading) -> str:
    """What of a source was not looked at, and why: the first few places."""
    shown = [f"{_words(reading, one)} ({one.reason})" for one in reading.not_taken[:UNREAD_SHOWN]]
    left = len(reading.not_taken) - UNREAD_SHOWN
    return f"not taken: {', '.join(shown)}{f' and {left} more' if left > 0 else ''}"


def _walk(
    paths: Iterable[Path],
    within: Confinement,
    problems: list[GbcscheckError],
    exclude: Exclusions,
    skipped: list[str],
    not_read: list[NotRead],
) -> Iterator[Path]:
    """The files of some paths, each once, those of a folder by name; what cannot be entered is a problem, and what is
    excluded, or of a kind that is not read, is told."""
    seen: set[str] = set()
    excluded: dict[str, str] = {}
    for path in paths:
        if not os.path.lexists(path) and os.access(path.parent, os.X_OK):
            problems.append(UnreadableSource("no such file or folder", where=str(path)))
            continue
        try:
            within.refuse(path, where=str(path))
        except GbcscheckError as error:
            problems.append(error)
            continue
        for file in files_below(path, within, problems, wanted=_is_told) if os.path.isdir(path) else [path]:
            if file is not path and not kind_of(file).suffix:
                if exclude.of(file, path) is None:
                    not_read.append(NotRead("file", Place(str(file)), kind_not_read(file)))
                continue
            real = os.path.realpath(file)
            exclusion = exclude.of(file, path) if file is not path else None
            if exclusion is not None:
                excluded.setdefault(real, excluded_line(file, exclusion))
            elif real not in seen:
                seen.add(real)
                if len(seen) > FILES.most:
                    raise FILES.exceeded(where=str(path))
                yield file
    skipped.extend(line for real, line in excluded.items() if real not in seen)


def _is_told(name: str) -> bool:
    """Whether a file of a folder is read, or could be taken for one that is."""
    return name.lower().endswith((*SUFFIXES, *DOCUMENTS))


def kind_not_read(path: Path) -> str:
    """What is said of a file of a kind that is not read, and what can be done."""
    suffix = path.suffix.lower()
    known = DOCUMENTS.get(suffix) or NO_DOCUMENTS.get(suffix)
    advice = f": {known}" if known else f"; {', '.join(SUFFIXES)} were expected"
    return f"files of the kind {suffix or '(no ending)'} are not read{advice}"


def read_source(
    path: Path, trusted: frozenset[str] = frozenset(), within: Confinement | None = None, choice: TableChoice = ALL
) -> Found:
    """What one file holds, by its ending and its content; ``trusted`` and ``within`` as in ``read_sources``, ``choice``
    says which tables are read.

    Raises NotASpecification for JSON of another kind, and what the readers raise.
    """
    within = within or Confinement.around([path])
    refuse_irregular(path, where=str(path))
    _refuse_pointer_in(path)
    reader = READERS.get(kind_of(path).suffix)
    if reader is None:
        raise UnreadableSource(kind_not_read(path), where=str(path))
    return reader(path, trusted, within, choice)


def reader_of(choice: TableChoice) -> Read:
    """What reads a file with only those tables of it that are chosen."""
    return lambda path, trusted, within: read_source(path, trusted, within, choice)


def _refuse_pointer_in(path: Path) -> None:
    with open_regular(path, where=str(path)) as stream:
        refuse_pointer(stream.read(len(LARGE_FILE)), where=str(path))


def _read_workbook(path: Path, trusted: frozenset[str], within: Confinement, choice: TableChoice) -> Reading:
    from gbcscheck.extract.use_cases import SHEETS, read_use_cases
    from gbcscheck.extract.workbook import sheet_names

    is_table = bool(choice.sheet or choice.table)
    if not is_table and set(sheet_names(path)) & set(SHEETS):
        return read_use_cases(path)
    return _read_table(path, trusted, within, choice)


def _read_word(path: Path, trusted: frozenset[str], within: Confinement, choice: TableChoice) -> Found:
    from gbcscheck.extract.chosen_tables import NoTable
    from gbcscheck.extract.clauses import OF_PROSE, has_clauses, requirements_in
    from gbcscheck.extract.table import read_tables
    from gbcscheck.extract.use_cases import has_use_cases, use_cases_of
    from gbcscheck.extract.word.document import read_document
    from gbcscheck.extract.word.said import unlooked
    from gbcscheck.extract.word.sheets import sheets as sheets_of

    document = read_document(path)
    sheets = sheets_of(document, choice.view)
    if not (choice.sheet or choice.table) and has_use_cases(sheets):
        return use_cases_of(path, sheets)
    is_whole = choice == replace(ALL, view=choice.view)
    clauses = requirements_in(document, path, choice.view) if is_whole else None
    try:
        found = read_tables(path, mapping=mapping_of(path, within), choice=choice, sheets=sheets)
    except NoTable as error:
        if clauses is not None:
            why = (Unread("", "table", "the tables", error.problem),) if sheets else ()
            return replace(clauses, not_taken=why)
        if not is_whole:
            raise
        when = " before its tracked changes" if choice.view == "original" else ""
        left = "".join(f"; {told}" for told in unlooked(document, choice.view))
        prose = f"; {OF_PROSE}" if has_clauses(document, choice.view) else ""
        return Skip(f"a document without a table of settings{when} ({error.problem}{left}{prose})")
    return found if clauses is None else replace(found, also=(*found.also, clauses))


def _read_pdf(path: Path, trusted: frozenset[str], within: Confinement, choice: TableChoice) -> Reading:
    from gbcscheck.extract.pdf import sheets as sheets_of
    from gbcscheck.extract.table import read_tables
    from gbcscheck.extract.use_cases import has_use_cases, use_cases_of

    sheets = sheets_of(path, accept_uncertain=choice.accept_uncertain, jobs=choice.jobs)
    if not (choice.sheet or choice.table) and has_use_cases(sheets):
        return use_cases_of(path, sheets)
    return read_tables(path, mapping=mapping_of(path, within), choice=choice, sheets=sheets)


def _read_table(path: Path, trusted: frozenset[str], within: Confinement, choice: TableChoice) -> Reading:
    from gbcscheck.extract.table import read_tables

    return read_tables(path, mapping=mapping_of(path, within), choice=choice)


def _read_csv(path: Path, trusted: frozenset[str], within: Confinement, choice: TableChoice) -> Reading:
    from gbcscheck.extract.products import is_products, read_products

    if choice == ALL and mapping_of(path, within) is None and is_products(path):
        return read_products(path)
    return _read_table(path, trusted, within, choice)


def _read_schema(path: Path, trusted: frozenset[str], within: Confinement, choice: TableChoice) -> Found:
    from gbcscheck.extract.xsd import read_schema

    reading = read_schema(path, within=within)
    return reading if reading.extract.rows else Skip("declares no global element: a schema that others import")


def mapping_of(table: Path, within: Confinement) -> Path | None:
    """The mapping that lies beside a table, ``draft.mapping.json`` for ``draft.xlsx``; None where there is none.
    OutsideRepository where it is a link that leads out of what may be read."""
    beside = table.with_suffix(MAPPING)
    if beside.is_symlink():
        within.refuse(beside, where=str(beside))
    return beside if is_regular(beside) else None


def _read_json(path: Path, trusted: frozenset[str], within: Confinement, choice: TableChoice) -> Found:
    return read_json(path, read_octets(path, where=str(path)), trusted, user_folder())


def read_json(path: Path, content: bytes, trusted: frozenset[str], folder: Path | None) -> Found:
    """What the content of a JSON file holds; errors as in ``read_source``. The stores of extracts are in ``folder``,
    where there is one."""
    where = str(path)
    digest = sha256_of_octets(content)
    stores = stores_for(digest, len(content), trusted, folder)
    stored = stores.get(digest, where=where)
    if stored is not None:
        return stored
    document = decode_json(content, where=where)
    if is_extract(document):
        read = parse_extract(content, where=where, trusted=digest in trusted, document=document)
        return stores.put(read, digest, len(content))
    if is_crosswalk(document):
        return path
    if isinstance(document, list) and document and isinstance(document[0], dict):
        return _read_list(path, document[0])
    if isinstance(document, dict) and "columns" in document:
        if any(path.name == table.with_suffix(MAPPING).name for table in path.parent.iterdir()):
            return Skip("")
        return Skip(f"a mapping of table columns: used for the table beside it where it is called TABLE{MAPPING}")
    if isinstance(document, dict) and {"tool", "findings"} <= document.keys():
        return Skip("a report of gbcscheck")
    keys = ", ".join(list(document)[:6]) if isinstance(document, dict) else "no object"
    raise NotASpecification(
        f"neither an extract nor a list of service requests, use cases or alert codes (found: {keys or 'nothing'}); "
        'an extract has "specification", "version", "provenance" and "statements"',
        where=where,
    )


def _read_list(path: Path, first: dict[str, object]) -> Reading:
    if {"code", "name"} <= set(first):
        from gbcscheck.extract.alert_codes import read_alert_codes

        return read_alert_codes(path)
    from gbcscheck.extract.service_requests import read_service_requests

    return read_service_requests(path)


READERS: Mapping[str, Callable[[Path, frozenset[str], Confinement, TableChoice], Found]] = {
    ".json": _read_json,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".csv": _read_csv,
    ".xsd": _read_schema,
    ".docx": _read_word,
    ".docm": _read_word,
    ".pdf": _read_pdf,
}
"""What reads each kind of file, by the ending of ``extract.source_kinds``."""
