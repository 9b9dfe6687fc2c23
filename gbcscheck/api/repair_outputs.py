"""What comes of a proposal: edited copies, a change document, a workbook to answer, fixes and patches, as octets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.api.repairing import Repaired, render_repaired
from gbcscheck.authoring.edited import Edited
from gbcscheck.errors import UsageError
from gbcscheck.frozen import frozen
from gbcscheck.model import Place, Statement
from gbcscheck.model.repairs import Edit

if TYPE_CHECKING:
    from gbcscheck.authoring.text.replacing import Replacement, TextSource
    from gbcscheck.policy.repository_places import RepositoryPlaces
    from gbcscheck.proposals.rereading import Columns
    from gbcscheck.report.layout import Layout

BOOKS = (".xlsx", ".xlsm")
DOCUMENTS = (".docx", ".docm")
PAPERS = (".docx", ".md")
"""Endings of change documents."""


@frozen
class Copy:
    """An edited copy: the file it is one of, its octets and what is told of it, and in how many other files there are
    edits that are not in it."""

    source: Path
    edited: Edited
    elsewhere: tuple[str, ...] = ()


def hold_names(papers: Iterable[Path], review: Path | None) -> None:
    """UsageError for the name of a change document that ends as none, or of a workbook of proposals that is none."""
    for path in papers:
        if path.suffix.lower() not in PAPERS:
            raise UsageError(
                "--document writes Word or Markdown; a name that ends in .docx or .md was expected", where=str(path)
            )
    if review is not None and review.suffix.lower() != ".xlsx":
        raise UsageError("--proposals writes a workbook; a name that ends in .xlsx was expected", where=str(review))


def rendered(repaired: Repaired, form: str, layout: Layout) -> str:
    """The proposal as ``text``, ``json``, ``sarif`` or ``patch``; errors as in ``RepairOutputs``."""
    if form == "sarif":
        return RepairOutputs(repaired).sarif()
    return RepairOutputs(repaired).patch() if form == "patch" else render_repaired(repaired, form, layout)


class RepairOutputs:
    """The outputs of one proposal."""

    def __init__(self, repaired: Repaired) -> None:
        self._repaired = repaired
        self._repairs = repaired.repairs
        self._files = {file.resolve(): file for file in repaired.checked.loaded.files}

    def copy_for(self, output: Path) -> Copy:
        """The copy of the one file of the kind of ``output`` that has edits: of a workbook or a text file with the
        edits made, of a Word document with the edits as tracked changes.

        UsageError where there is none or more than one; errors as in ``authoring``.
        """
        suffix = output.suffix.lower()
        by_file: dict[Path, list[Edit]] = {}
        missing: list[str] = []
        for edit in self._repairs.edits:
            file = self._file(self.locate(edit.statement))
            if file is None:
                missing.append(edit.statement.path)
            else:
                by_file.setdefault(file, []).append(edit)
        alike = [file for file in by_file if file.suffix.lower() == suffix]
        if len(alike) != 1:
            raise UsageError(_which(output, suffix, alike, list(by_file), missing), where=str(output))
        (source,) = alike
        others = [str(file) for file in by_file if file != source]
        return Copy(source, self._edited(source), tuple(dict.fromkeys([*others, *missing])))

    def _edited(self, source: Path) -> Edited:
        edits = self._repairs.edits
        shown = next(place.path for edit in edits if self._file(place := self.locate(edit.statement)) == source)
        if source.suffix.lower() in BOOKS:
            from gbcscheck.authoring.workbook.editing import edited_workbook

            return edited_workbook(source, edits, shown=shown, locate=self.locate)
        if source.suffix.lower() in DOCUMENTS:
            from gbcscheck.authoring.word.redline import redlined

            return redlined(source, edits, shown=shown, locate=self.locate)
        from gbcscheck.authoring.text.replacing import edited_text

        return edited_text(source, self._with_sets(edits), shown=shown, locate=self.locate)

    def paper_for(self, output: Path) -> bytes:
        """The change document, as Word or as Markdown by the ending of its name, as ``hold_names`` holds it."""
        from gbcscheck.authoring.paper.content import paper_of
        from gbcscheck.release.releases import default_release

        report, loaded = self._repaired.report, self._repaired.checked.loaded
        names = {rule.code: rule.name.replace("-", " ") for rule in report.rules}
        paper = paper_of(
            self._repairs,
            release="" if report.release == default_release() else report.title or report.release,
            specifications=report.specifications,
            own=loaded.own,
            rule_text=lambda code: names.get(code, ""),
        )
        if output.suffix.lower() == ".md":
            from gbcscheck.authoring.paper.markdown import markdown_of

            return markdown_of(paper).encode()
        from gbcscheck.authoring.paper.word import document_of

        return document_of(paper)

    def review(self) -> bytes:
        """The workbook in which people answer."""
        from gbcscheck.authoring.review.writing import workbook_of

        return workbook_of(self._repairs)

    def sarif(self) -> str:
        """What the check found as SARIF, with the edits of text files as fixes."""
        from gbcscheck.authoring.text.fixes import fixes_of
        from gbcscheck.authoring.text.replacing import TEXTS
        from gbcscheck.report.sarif import render_sarif

        def is_text(statement: Statement) -> bool:
            place = self._in_repository(statement)
            return place.path.lower().endswith(TEXTS) and self._file(place) is not None

        report = replace(self._repaired.report, places=self._places)
        return render_sarif(report, fixes=fixes_of(self._repairs, self._replacing, is_text))

    def patch(self) -> str:
        """The edits of text files as one patch, from the root of the repository. UsageError where an edit is in a file
        that is no text, or in one that is not in UTF-8."""
        from gbcscheck.authoring.text.patch import patch_of
        from gbcscheck.authoring.text.replacing import TEXTS

        places = [self._in_repository(edit.statement) for edit in self._repairs.edits]
        others = [one.path for one in places if not one.path.lower().endswith(TEXTS) or self._file(one) is None]
        if others:
            raise UsageError(f"a patch is of text files that were given; {_named(others)}: use --edited or --document")
        changes = list(self._replacing(self._repairs.edits))
        wide = [source.path for source, _ in changes if source.encoding != "utf-8"]
        if wide:
            raise UsageError(f"a patch is in UTF-8, which {_named(wide)} is not: use --edited")
        return patch_of(changes).decode()

    def _replacing(self, edits: Sequence[Edit]) -> Iterable[tuple[TextSource, tuple[Replacement, ...]]]:
        from gbcscheck.authoring.text.replacing import replacements, text_source

        for name in dict.fromkeys(self._in_repository(edit.statement).path for edit in edits):
            file = self._file(Place(name))
            assert file is not None, "what is no file that was read has no replacement"
            source = text_source(file, shown=name)
            yield source, replacements(source, file, self._with_sets(edits), self._in_repository)

    def _with_sets(self, edits: Sequence[Edit]) -> list[Edit]:
        """The edits, and behind each of the text of a statement in an extract one of the set or value that it is read
        as: an extract says both."""
        found: list[Edit] = []
        for edit in edits:
            found.append(edit)
            one = edit.statement
            if edit.member != "text" or one.text is None or not self.locate(one).path.lower().endswith(".json"):
                continue
            for columns in self._columns:
                said = columns.read(one, edit.new)
                if said is not None and said.domain is not None and one.domain is not None:
                    found.append(replace(edit, old=one.domain, new=said.domain, member="domain"))
                elif said is not None and said.value is not None and one.value is not None:
                    found.append(replace(edit, old=str(one.value), new=str(said.value), member="value"))
                if said is not None:
                    break
        return [edit for edit in found if edit.old != edit.new]

    @cached_property
    def _columns(self) -> list[Columns]:
        from gbcscheck.proposals.rereading import Columns
        from gbcscheck.release.catalogue import Catalogue

        return [Columns(Catalogue.of(release)) for release in self._repaired.checked.releases]

    # --- places ------------------------------------------------------------------------------------------------------

    @cached_property
    def locate(self) -> Callable[[Statement], Place]:
        """Where a statement stands in a file that was given: at its own place, or where an extract says it."""

        def place(statement: Statement) -> Place:
            own = statement.place
            return own if self._file(own) is not None else self._in_repository(statement)

        return place

    def _in_repository(self, statement: Statement) -> Place:
        return self._places.get(statement) or statement.place

    @cached_property
    def _repository(self) -> RepositoryPlaces:
        from gbcscheck.policy.repository_places import RepositoryPlaces

        return RepositoryPlaces([self._repaired.checked.loaded])

    @cached_property
    def _places(self) -> dict[Statement, Place]:
        options = [option for choice in self._repairs.choices for option in choice.options]
        edits = [*self._repairs.edits, *(edit for option in options for edit in option.edits)]
        found = {one for finding in self._repaired.report.findings for one in finding.statements}
        return self._repository.of_statements([*(edit.statement for edit in edits), *found])

    def _file(self, place: Place) -> Path | None:
        """The file of a place, where it is one that was given."""
        for path in (Path(place.path), self._repository.root / place.path):
            if (found := self._files.get(path.resolve())) is not None:
                return found
        return None


def _which(output: Path, suffix: str, alike: Sequence[Path], others: Sequence[Path], missing: Sequence[str]) -> str:
    """Why there is no copy for an output."""
    if alike:
        return f"--edited writes a copy of one file, and {len(alike)} of this kind have edits: {_named(alike)}"
    if others:
        return f"--edited writes a copy of a file of its kind ({suffix or 'none'}), and edits are in {_named(others)}"
    if missing:
        return f"--edited writes a copy of a file that was given, and edits are in {_named(missing)}, which is none"
    return "--edited writes a copy with edits, and there is none to make"


def _named(paths: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(map(str, paths)))
