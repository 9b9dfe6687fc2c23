"""What ``gbcscheck repair`` writes: edited copies, redlines, papers, a workbook that it takes back, patches, fixes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli_files import TABLE, Run, write_json
from joined_workbook import NUMBER, read

pytestmark = pytest.mark.usefixtures("small_release")
DRAFT = Path(__file__).resolve().parents[2] / "docs" / "samples" / "table-28d-draft.docx"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.docx"
    shutil.copyfile(DRAFT, path)
    return path


def clashes(run: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in run.stdout.splitlines() if line.startswith("error[")]


def test_a_redlined_draft_goes_to_a_redline_that_settles_it_and_to_papers(gbcscheck: Run, draft: Path) -> None:
    folder, content = draft.parent, draft.read_bytes()
    names = ("redline.docx", "changes.docx", "changes.md", "proposals.xlsx")
    run = gbcscheck(
        "repair", "draft.docx", "--edited", names[0], "--document", names[1], "--document", names[2],
        "--proposals", names[3], "--no-config", cwd=folder,
    )  # fmt: skip
    made = re.search(r"redline.docx: draft.docx with (\d) places changed", run.stderr)
    assert made, run.stderr
    assert draft.read_bytes() == content
    assert len(clashes(gbcscheck("check", "draft.docx", "--no-config", cwd=folder))) == 3
    left = clashes(gbcscheck("check", "redline.docx", "--no-config", cwd=folder))
    assert len(left) == 3 - int(made[1]) < 2  # of this part of a release one may be left to people
    assert " | 18.2 Default settings, Table 28d, row 5, column 4<br>" in (folder / "changes.md").read_text("utf-8")
    again = gbcscheck(
        "repair", "draft.docx", "--apply", "proposals.xlsx", "--edited", "again.docx", "--no-config", cwd=folder
    )
    assert again.returncode in (0, 1), again.stderr
    assert (folder / "again.docx").read_bytes() == (folder / "redline.docx").read_bytes()


def answer(path: Path, **answers: object) -> None:
    """Answer in a workbook of proposals, by cell."""
    book: Any = openpyxl.load_workbook(path)
    for cell, value in answers.items():
        book["Proposals"][cell].value = value
    book.save(path)


def test_only_accepted_rows_are_applied_and_other_texts_are_checked_anew(gbcscheck: Run, drafts: Path) -> None:
    made = gbcscheck("repair", "drafts", "--alone", "--proposals", "p.xlsx", "--no-config", cwd=drafts.parent)
    assert made.returncode == 0, made.stderr
    apply = ("repair", "drafts", "--alone", "--apply", "p.xlsx", "--no-config")
    answer(drafts.parent / "p.xlsx", H5="0x0020")
    other = gbcscheck(*apply, "--format", "json", cwd=drafts.parent)
    assert other.returncode == 1, other.stderr
    told = json.loads(other.stdout)
    assert [(edit["old"], edit["new"], edit["confidence"]) for edit in told["edits"]] == [
        ("0x000F", "0x0020", "possible")
    ]
    assert told["edits"][0]["why"] == 'Written in p.xlsx, where "0x001E" was proposed.'
    assert told["settled"] == []
    assert [one["finding"]["rule"] for one in told["unsettled"]][-1] == "V101"
    answer(drafts.parent / "p.xlsx", B5="no")
    for more in ((), ("--edited", "out.json")):
        none = gbcscheck(*apply, *more, cwd=drafts.parent)
        assert none.returncode == 2
        told = 'p.xlsx: nothing in it is accepted; "yes" in the column Accept of each edit to make was expected'
        assert told in " ".join(none.stderr.split())
    assert not (drafts.parent / "out.json").exists()


def test_what_no_longer_stands_there_or_cannot_be_read_is_refused_by_place(gbcscheck: Run, drafts: Path) -> None:
    folder = drafts.parent
    gbcscheck("repair", "drafts", "--alone", "--proposals", "p.xlsx", "--no-config", cwd=folder)
    stale = json.loads(json.dumps(TABLE))
    stale["statements"][0] |= {"domain": "16", "text": "0x0010"}
    write_json(drafts / "table-9.json", stale)
    apply = ("repair", "drafts", "--alone", "--apply", "p.xlsx", "--edited", "out.json", "--no-config")
    run = gbcscheck(*apply, cwd=folder)
    assert run.returncode == 2
    assert 'p.xlsx · Proposals!H5: "0x0010" stands at drafts/table-9.json#/statements/0 now, and "0x000F"' in run.stderr
    write_json(drafts / "table-9.json", TABLE)
    answer(folder / "p.xlsx", H5="sometimes (it depends")
    run = gbcscheck(*apply, cwd=folder)
    assert run.returncode == 2
    assert 'Proposals!H5: "sometimes (it depends" cannot be read as the default of Interval.value' in run.stderr
    assert not (folder / "out.json").exists()


def test_an_extract_is_edited_in_its_text_and_in_its_set(gbcscheck: Run, drafts: Path) -> None:
    folder = drafts.parent
    run = gbcscheck("repair", "drafts", "--alone", "--edited", "out.json", "--no-config", cwd=folder)
    assert run.returncode == 0, run.stderr
    before, after = json.loads((drafts / "table-9.json").read_text()), json.loads((folder / "out.json").read_text())
    assert after["statements"][0] == {**before["statements"][0], "domain": "30", "text": "0x001E"}
    shutil.copyfile(folder / "out.json", drafts / "table-9.json")
    assert gbcscheck("check", "drafts", "--alone", "--no-config", cwd=folder).returncode == 0


def test_a_patch_and_fixes_are_of_text_files(gbcscheck: Run, drafts: Path, draft: Path) -> None:
    folder = drafts.parent
    subprocess.run(["git", "init", "-q", str(folder)], check=True, timeout=30)
    run = gbcscheck("repair", "drafts", "--alone", "--format", "patch", "--no-config", cwd=folder)
    assert run.returncode == 0, run.stderr
    sarif = gbcscheck("repair", "drafts", "--alone", "--format", "sarif", "--no-config", cwd=folder)
    (result,) = (one for one in json.loads(sarif.stdout)["runs"][0]["results"] if "fixes" in one)
    (change,) = result["fixes"][0]["artifactChanges"]
    described = 'Write "0x001E" in place of "0x000F" at table-9.json#/statements/0: '
    assert result["fixes"][0]["description"]["text"].startswith(described)
    assert change["artifactLocation"]["uri"] == "drafts/table-9.json"
    octets = (drafts / "table-9.json").read_bytes()
    for one in reversed(change["replacements"]):
        start, length = one["deletedRegion"]["byteOffset"], one["deletedRegion"]["byteLength"]
        octets = octets[:start] + one["insertedContent"]["text"].encode() + octets[start + length :]
    subprocess.run(["git", "apply", "-"], input=run.stdout.encode(), cwd=folder, check=True, timeout=30)
    assert (drafts / "table-9.json").read_bytes() == octets
    refused = gbcscheck("repair", draft, "--format", "patch", "--no-config", cwd=folder)
    assert refused.returncode == 2
    assert "a patch is of text files that were given; draft.docx: use --edited or --document" in refused.stderr


def test_what_could_not_be_read_is_told_where_there_is_no_copy_for_it(gbcscheck: Run, draft: Path) -> None:
    told = gbcscheck(
        "repair", "draft.docx", "--table", "Table 99", "--edited", "out.docx", "--no-config", cwd=draft.parent
    )
    assert told.returncode == 2
    assert "no table is called 'Table 99'" in told.stderr
    assert "out.docx: --edited writes a copy" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--edited", "copy.xlsx"],
            "copy.xlsx: --edited writes a copy of a file of its kind (.xlsx), and edits are",
        ),
        (["--edited", "draft.docx"], "sources are never written"),
        (["--document", "changes.txt"], "changes.txt: --document writes Word or Markdown; a name that ends in .docx"),
        (["--proposals", "p.csv"], "p.csv: --proposals writes a workbook; a name that ends in .xlsx was expected"),
        (["--document", "a.md", "--edited", "a.md"], "a.md: two outputs would go to one file"),
        (["--apply", "draft.docx"], "draft.docx: a Word document; an .xlsx workbook was expected"),
        (["--apply", "p.xlsx", "--to", "GBCS"], "it goes with neither --to nor --proposals"),
    ],
)
def test_where_something_cannot_be_written_nothing_is(
    gbcscheck: Run, draft: Path, arguments: list[str], message: str
) -> None:
    run = gbcscheck("repair", "draft.docx", "--document", "first.md", *arguments, "--no-config", cwd=draft.parent)
    assert run.returncode == 2
    assert message in run.stderr
    assert [path.name for path in draft.parent.iterdir()] == ["draft.docx"]


def test_accepted_edits_of_numbers_and_lists_are_made_where_their_rows_are_joined(
    gbcscheck: Run, tmp_path: Path
) -> None:
    wrong = {
        ("Objects", 3, NUMBER): "91",
        ("Objects", 2, "use cases"): "U1",
        ("DLMS", 3, "DLMS COSEM data types"): "long-unsigned",
    }
    read(tmp_path, wrong)
    (book,) = tmp_path.iterdir()
    options = ("--alone", "--no-config")
    made = gbcscheck("repair", book.name, *options, "--level", "warning", "--proposals", "p.xlsx", cwd=tmp_path)
    assert made.returncode == 1, made.stderr
    sheet: Any = openpyxl.load_workbook(tmp_path / "p.xlsx")["Proposals"]
    rows = {(row[4].value, row[16].value): row[1].coordinate for row in sheet.iter_rows(min_row=5)}
    chosen = [("Objects!D4", "text"), ("DLMS!H3", "text"), ("Objects!F2", "use-case"), ("DLMS!D4", "number")]
    answer(tmp_path / "p.xlsx", **{rows[one]: "yes" for one in chosen})
    run = gbcscheck(
        "repair", book.name, *options, "--level", "warning", "--apply", "p.xlsx", "--edited", "out.xlsx",
        "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    told = json.loads(run.stdout)
    assert sorted(edit["member"] for edit in told["edits"]) == ["number", "text", "text", "use-case"]
    left = [(one["finding"]["rule"], one["finding"]["subject"]) for one in told["unsettled"]]
    assert left == [("S121", "U2/Beginning.value")]
    before, after = (openpyxl.load_workbook(path) for path in (book, tmp_path / "out.xlsx"))
    changed = {
        f"{of.title}!{cell.coordinate}": after[of.title][cell.coordinate].value
        for of in before.worksheets
        for row in of.iter_rows()
        for cell in row
        if after[of.title][cell.coordinate].value != cell.value
    }
    assert changed == {"Objects!A2": "U1 U2", "Objects!D4": "Logbook", "DLMS!H3": "unsigned", "DLMS!B4": "91"}
    found = gbcscheck("check", "out.xlsx", *options, "--format", "json", cwd=tmp_path)
    serious = [one for one in json.loads(found.stdout)["findings"] if one["severity"] != "note"]
    assert [(one["rule"], one["subject"]) for one in serious] == left
