"""The commands on Word documents: listed, compared with themselves and with each other, what a report says of them.

That ``check`` reports on the view that is asked for, and what ``compare`` fixes, is run by ``docs/documents.md``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from cli_files import Run

sys.path.insert(0, str(Path(__file__).parents[1] / "extract" / "word"))

from word_documents import (
    caption,
    cell,
    deleted,
    heading,
    inserted,
    paragraph,
    plain_row,
    plain_table,
    row,
    run,
    table,
    write,
)

from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.json import SCHEMA

pytestmark = pytest.mark.usefixtures("small_release")

TITLES = ["Data item", "Default value"]


def draft(path: Path, old: str = "600 s", new: str = "1800 s", *, more: str = "") -> Path:
    """A draft of Table 28d in which one value changes."""
    value = cell(deleted(old) + inserted(run(new)) if old != new else run(new))
    rows = [
        plain_row(TITLES),
        row([cell(run("Randomised Offset Limit")), value]),
        plain_row(["RMS Voltage Sag Threshold", "207 V"]),
    ]
    front = paragraph(run("GB Companion Specification")) + paragraph(run("Version 4.3 draft 2"))
    return write(
        path, front + heading("7.2 Default values") + more + caption("Table 28d: Default values") + table(rows, 2)
    )


def test_the_tables_of_a_document_are_listed(gbcscheck: Run, tmp_path: Path) -> None:
    text = paragraph(deleted("a") + inserted(run("b")))
    path = draft(tmp_path / "draft.docx", more=text + plain_table([["x", "y"], ["1", "2"]]))
    done = gbcscheck("extract", "tables", path)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{path}: 2 tables",
        "",
        "1st table: 2 rows, 2 columns",
        "  under    7.2 Default values",
        "  titles   x | y",
        "",
        "Table 28d: 3 rows, 2 columns, 2 tracked changes",
        "  caption  Table 28d: Default values",
        "  under    7.2 Default values",
        "  titles   Data item | Default value",
        "",
        "2 tracked changes in text outside tables were not looked at",
    ]
    found = json.loads(gbcscheck("extract", "tables", path, "--format", "json").stdout)
    assert [one["name"] for one in found["tables"]] == ["1st table", "Table 28d"]
    assert found["tables"][1]["changes"] == 2
    assert found["not_looked_at"] == ["2 tracked changes in text outside tables were not looked at"]


def test_the_sheets_of_a_workbook_and_a_csv_file_are_listed_too(gbcscheck: Run, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.title = "Settings"
    book.active.append(TITLES)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.csv").write_text("Data item,Default\nA,1\n")
    assert (
        "Settings: 1 row, 2 columns\n  titles   Data item | Default value\n"
        in gbcscheck("extract", "tables", tmp_path / "a.xlsx").stdout
    )
    assert "b: 2 rows, 2 columns\n" in gbcscheck("extract", "tables", tmp_path / "b.csv").stdout


@pytest.mark.parametrize(("view", "value"), [("final", "1800 s"), ("original", "600 s")])
def test_a_value_is_that_of_one_view(gbcscheck: Run, tmp_path: Path, view: str, value: str) -> None:
    path = draft(tmp_path / "draft.docx")
    done = gbcscheck("extract", "table", path, "--table", "28d", "--view", view)
    found = json.loads(done.stdout)
    assert [one["domain"] for one in found["statements"]] == [value, "207 V"]
    assert "6001800" not in done.stdout
    assert "Nonymous" not in done.stdout
    assert "2020-01-01" not in done.stdout


def test_the_cells_that_changes_change(gbcscheck: Run, tmp_path: Path) -> None:
    path = draft(tmp_path / "draft.docx")
    done = gbcscheck("extract", "table", path, "--table", "Table 28d", "--view", "both")
    assert done.stdout.splitlines() == [
        f"{path} · Table 28d, row 2, column 2 (Default value)",
        "  original  600 s",
        "  final     1800 s",
        "",
        "1 cell differs between the views",
    ]
    missing = gbcscheck("extract", "table", path, "--table", "29", "--view", "both")
    assert missing.returncode == 2
    assert 'no table is called "29"; there are: Table 28d' in missing.stderr


@pytest.mark.whole_release
def test_a_document_is_compared_with_itself(gbcscheck: Run, tmp_path: Path) -> None:
    path = draft(tmp_path / "draft.docx", more=paragraph(inserted(run("b"))))
    done = gbcscheck("compare", path, "--no-config")
    assert done.returncode == 1
    assert "conflicts 1 new, 0 fixed" in done.stdout
    assert "hurt      manufacturers by 1" in done.stdout
    assert "before its tracked changes with" in " ".join(done.stdout.split())
    assert "1 tracked change in text outside tables was not looked at" in " ".join(done.stdout.split())


def test_a_document_without_changes_is_not_compared_with_itself(gbcscheck: Run, tmp_path: Path) -> None:
    path = draft(tmp_path / "draft.docx", "600 s", "600 s")
    done = gbcscheck("compare", path, "--no-config")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{path}: the document has no tracked changes; name what it is to be compared with" in done.stderr


def test_two_documents_are_compared_as_they_would_be(gbcscheck: Run, tmp_path: Path) -> None:
    old, new = draft(tmp_path / "old.docx", "1 s", "600 s"), draft(tmp_path / "new.docx", "2 s", "1800 s")
    done = gbcscheck("compare", old, new, "--no-config", "--quiet")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert "Randomised Offset Limit: default" in done.stdout
    same = gbcscheck("compare", old, draft(tmp_path / "same.docx", "600 s", "600 s"), "--no-config", "--quiet")
    assert (same.returncode, same.stdout) == (0, "")


def test_the_report_says_what_was_read(gbcscheck: Run, tmp_path: Path) -> None:
    more = paragraph(inserted(run("b"))) + plain_table([["x", "y"], ["1", "2"]])
    path = draft(tmp_path / "draft.docx", more=more)
    found = json.loads(gbcscheck("check", path, "--no-config", "--format", "json").stdout)
    assert list(violations(found, SCHEMA)) == []
    (covered,) = found["coverage"]
    assert covered["specification"] == {"name": "GBCS", "version": "4.3 draft 2", "part": "Table 28d"}
    assert covered["recognised"].startswith('"GB Companion Specification, Version 4.3 draft 2" in the first page')
    told = {(one["what"], one["title"]): one["reason"] for one in covered["not_taken"]}
    assert told[("table", "1st table")] == "no table of settings: no titles that are known"
    assert told[("text", "the document")] == "1 tracked change in text outside tables was not looked at"


def test_a_folder_with_a_document_of_prose_is_no_error(gbcscheck: Run, tmp_path: Path) -> None:
    write(tmp_path / "prose.docx", paragraph(run("Nothing but words.")))
    draft(tmp_path / "draft.docx", "600 s", "600 s")
    done = gbcscheck("check", tmp_path, "--no-config")
    assert done.returncode == 0
    assert "prose.docx: a document without a table of settings" in " ".join(done.stdout.split())
    alone = gbcscheck("check", tmp_path / "prose.docx", "--no-config")
    assert alone.returncode == 2
    assert "no specification was found" in alone.stderr


def test_a_document_of_numbered_prose_that_names_no_specification_is_told_what_reads_it(
    gbcscheck: Run, tmp_path: Path
) -> None:
    clause = paragraph(run("4.1 Randomised Offset Limit")) + paragraph(
        run("A value in seconds in the range 0 to 1799.")
    )
    write(tmp_path / "prose.docx", clause)
    done = gbcscheck("check", tmp_path / "prose.docx", "--no-config")
    assert done.returncode == 2
    told = (
        "a document without a table of settings (no table stands in the document; gbcscheck extract clauses reads the"
    )
    assert told in " ".join((done.stdout + done.stderr).split())


def test_a_damaged_document_stops_nothing_else(gbcscheck: Run, tmp_path: Path) -> None:
    draft(tmp_path / "draft.docx", "600 s", "600 s")
    (tmp_path / "bad.docx").write_bytes(draft(tmp_path / "whole.docx").read_bytes()[:500])
    done = gbcscheck("check", tmp_path, "--no-config", "--format", "json")
    assert done.returncode == 2
    assert "bad.docx: a truncated or damaged Word document" in done.stderr
    assert json.loads(done.stdout)["coverage"]
