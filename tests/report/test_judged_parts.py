"""A report made part by part is, to the character, the report that is made of all files at once."""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import islice

import pytest
from device_examples import LINES, MESSAGE, UNJUDGED, device_report
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.errors import Problems, UnreadableSource
from gbcscheck.inputs import temporary
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.report import Report
from gbcscheck.report.device import render_files
from gbcscheck.report.explain import render_explained
from gbcscheck.report.json import render_json
from gbcscheck.report.judged import totals_of
from gbcscheck.report.judged_parts import Parts, Teller
from gbcscheck.report.layout import Layout
from gbcscheck.report.text import render_brief

WIDE = Layout(100)
EMPTY = UnreadableSource("the file is empty", where="empty.hex")
FILES = (
    MESSAGE,
    LINES,
    UNJUDGED,
    replace(UNJUDGED, path='"a"\n\u202e\ud800##.hex', reason="it is »odd«"),
    replace(UNJUDGED, path="empty.hex", reason="the file is empty", problem=EMPTY),
    replace(UNJUDGED, path="lines.jsonl", problem=Problems([EMPTY, EMPTY])),
    JudgedFile("a.xml", "pair", judged=False, reason="a.hex: nothing", judged_as="GBCS 4.0"),
    JudgedFile("b.xml", "pair", judged=True, judged_as="GBCS 4.0", values=2),
    replace(MESSAGE, path="note.hex", findings=MESSAGE.findings[-1:], entries=()),
    replace(MESSAGE, path="many.hex", findings=MESSAGE.findings * 5),
)


def _whole(report: Report, form: str, *, notes: bool) -> str:
    if form == "json":
        return render_json(report)
    render = {"text": render_files, "explain": render_explained}
    return render_brief(report, notes=notes) if form == "brief" else render[form](report, WIDE, notes=notes)


def _in_parts(report: Report, form: str, sizes: list[int], *, notes: bool) -> str:
    parts = Parts(Teller(form, WIDE, notes, report.rules))
    teller: Teller = pickle.loads(pickle.dumps(parts.teller))  # as a process gets it that was not forked
    files = iter(report.files)
    while some := list(islice(files, sizes.pop() if sizes else 2)):
        parts.add(pickle.loads(pickle.dumps(teller(some))))
    text = "".join(parts.text(replace(report, files=(), findings=())))
    parts.close()
    return text


@pytest.mark.parametrize("form", ["text", "brief", "explain", "json"])
@given(files=st.lists(st.sampled_from(FILES), max_size=8), sizes=st.lists(st.integers(1, 4)), notes=st.booleans())
def test_parts_make_the_same_report(form: str, files: list[JudgedFile], sizes: list[int], notes: bool) -> None:
    report = replace(
        device_report(), files=tuple(files), findings=tuple(one for file in files for one in file.findings)
    )
    assert _in_parts(report, form, sizes, notes=notes) == _whole(report, form, notes=notes)


def test_counts_of_parts_are_those_of_the_whole() -> None:
    whole, merged = totals_of(FILES), totals_of(FILES[:3])
    merged.merge(totals_of(FILES[3:]))
    assert merged == whole
    report = replace(device_report(*FILES))
    assert whole.by_severity() == report.severities()
    assert whole.by_kind(report) == report.kinds()
    for level in ("error", "warning", "note", "never"):
        assert whole.reaches(level) == report.reaches(level)


def test_what_does_not_fit_into_memory_waits_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "SPOOLED", 20_000)
    report = device_report(*(replace(MESSAGE, path=f"{number}.hex") for number in range(60)))
    for form in ("json", "text"):
        whole = _whole(report, form, notes=True)
        assert len(whole) > temporary.SPOOLED
        assert _in_parts(report, form, [], notes=True) == whole
