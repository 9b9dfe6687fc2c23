"""The report on files of devices made part by part: each file is put into words where it is judged, and then forgotten.

The text has its summary at the end. JSON begins with the specifications that files were judged as, and has the files
behind all findings, so that nothing of it can be written before the last file is judged: the parts wait in temporary
files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gbcscheck.frozen import frozen
from gbcscheck.inputs.temporary import Spool
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.model.rules import Rule
from gbcscheck.report import Report
from gbcscheck.report.judged import Totals
from gbcscheck.report.layout import Layout

BETWEEN = ",\n"
"""What stands between two members of a list of the JSON report."""


class Part(NamedTuple):
    """Some files in words: their findings, or trees; in JSON the files themselves; and what they come to."""

    findings: str
    files: str
    totals: Totals


@frozen
class Teller:
    """Puts files into words: as ``text``, ``brief`` (one line a finding), ``explain`` (trees) or ``json``. ``notes``
    shows findings of severity note in text, ``waived`` those that a waiver lets pass. It is sent to the processes that
    judge, and calls nothing but the files its own."""

    form: str
    layout: Layout
    notes: bool
    rules: tuple[Rule, ...]
    waived: bool = False

    def __call__(self, files: Iterable[JudgedFile]) -> Part:
        """What is told of some files."""
        report = Report("", "", "", (), (), self.rules, 0, 0)
        totals = Totals()
        findings: list[str] = []
        listed: list[str] = []
        for file in files:
            totals.add(file)
            findings.extend(self._findings(file, report))
            if self.form == "json":
                from gbcscheck.report.json import file_text

                listed.append(file_text(file))
        between = BETWEEN if self.form == "json" else ""
        return Part(between.join(findings), between.join(listed), totals)

    def _findings(self, file: JudgedFile, report: Report) -> Iterator[str]:
        if self.form == "explain":
            from gbcscheck.report.explain import explained_text

            yield explained_text(file, self.layout)
        elif file.findings and self.form == "json":
            from gbcscheck.report.json import finding_text

            yield from (finding_text(report, finding) for finding in file.findings)
        elif file.findings and self.form == "brief":
            from gbcscheck.report.text import brief_line, is_shown

            shown = (finding for finding in file.findings if is_shown(finding, notes=self.notes, waived=self.waived))
            yield from map(brief_line, shown)
        elif file.findings:
            from gbcscheck.report.device import findings_text

            yield findings_text(file, report, self.layout, notes=self.notes, waived=self.waived)


@dataclass(slots=True)
class Parts:
    """The parts of a report that have come so far, and what all files of them come to. To be closed at the end."""

    teller: Teller
    totals: Totals = field(default_factory=Totals)
    _findings: Spool = field(default_factory=Spool)
    _files: Spool = field(default_factory=Spool)

    def add(self, part: Part) -> None:
        """Put a part behind those before it."""
        between = BETWEEN if self.teller.form == "json" else ""
        for text, spool in ((part.findings, self._findings), (part.files, self._files)):
            if text:
                spool.write(between + text if between and not spool.is_empty else text)
        self.totals.merge(part.totals)

    def text(self, report: Report) -> Iterator[str]:
        """The whole report, some of it at a time. The report holds neither findings nor files, and all else."""
        if self.teller.form == "json":
            yield from self._json(report)
            return
        yield from self._findings
        from gbcscheck.report.text import policy_line

        if self.teller.form != "brief":
            from gbcscheck.report.device import summary_text

            teller = self.teller
            yield summary_text(report, self.totals, teller.layout, notes=teller.notes, waived=teller.waived)
            return
        yield from (policy_line(use) for use in report.waivers if use.warning)

    def _json(self, report: Report) -> Iterator[str]:
        from gbcscheck.report.json import around_findings

        before, behind = around_findings(report, self.totals)
        yield before
        yield from _listed("findings", self._findings)
        if self._files.is_empty:
            yield f"{behind}\n"
            return
        yield f"{behind.removesuffix('}').rstrip()},\n"
        yield from _listed("files", self._files)
        yield "\n}\n"

    def close(self) -> None:
        """Let go of what waits in temporary files."""
        self._findings.close()
        self._files.close()


def _listed(name: str, members: Spool) -> Iterator[str]:
    """A list of the JSON report, empty or with a member a line and more."""
    if members.is_empty:
        yield f'  "{name}": []'
        return
    yield f'  "{name}": [\n'
    yield from members
    yield "\n  ]"
