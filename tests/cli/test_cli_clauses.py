"""``extract clauses``, and what check, show and compare make of a requirements document; its sentences are made up."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from cli_files import Run
from numbered_documents import deleted, inserted, paragraph, requirements, run

from gbcscheck.facts.extract_file import Reading
from gbcscheck.inputs.cache import Cache
from gbcscheck.notation.clause_forms import FORMS
from gbcscheck.release.reading import Reader
from gbcscheck.report.json import SCHEMA

RANGE = "A value in seconds in the range 0 to 3600."


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """SMETS with a limit that is wider than what DUIS can set."""
    return requirements(
        tmp_path / "draft.docx",
        "# Data",
        "## Randomised Offset Limit",
        f"{RANGE} The sky is blue.",
        "The default value shall be 600.",
    )


def test_an_extract_cites_clause_and_sentence_and_is_told_on_standard_error(gbcscheck: Run, draft: Path) -> None:
    done = gbcscheck(
        "extract", "clauses", "draft.docx", "--spec-version", "7", "--name", "smets.docx", cwd=draft.parent
    )
    document = json.loads(done.stdout)
    assert (document["specification"], document["version"], document["part"]) == ("SMETS2", "7", "clauses")
    assert document["source"]["name"] == "smets.docx"
    assert document["statements"][1] == {
        "subject": "Randomised Offset Limit",
        "attribute": "permitted",
        "domain": "0..3600 s",
        "text": RANGE,
        "clause": "1.1, sentence 1",
        "source": "clause 1.1, sentence 1",
    }
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == "draft.docx: 4 sentences: 2 read, 2 not read"
    assert "  clause 1.1, sentence 2: 'The sky is blue.': of no form that is read" in done.stderr.splitlines()


def test_the_sentences_that_are_not_read_and_the_forms_that_are_can_be_listed(gbcscheck: Run, draft: Path) -> None:
    told = gbcscheck("extract", "clauses", draft, "--stats").stdout
    assert told.startswith("4 sentences: 2 read, 2 not read\n")
    assert "    The sky is blue.\n" in told
    forms = gbcscheck("extract", "clauses", "--forms").stdout
    assert all(f"    {form.example}" in forms for form in FORMS)
    missing = gbcscheck("extract", "clauses")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "FILE is missing" in missing.stderr


@pytest.mark.parametrize("of_extract", [False, True])
def test_check_holds_clauses_against_the_other_documents(gbcscheck: Run, draft: Path, of_extract: bool) -> None:
    given = draft.with_name("draft.json") if of_extract else draft
    if of_extract:
        gbcscheck("extract", "clauses", "draft.docx", "-o", "draft.json", cwd=draft.parent)
    arguments = ("check", given.name, "--select", "R107", "--format")
    report = json.loads(gbcscheck(*arguments, "json", cwd=draft.parent).stdout)
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (found,) = [one for one in report["findings"] if one["subject"] == "RandomisedOffsetLimit.value"]
    assert found["statements"][0]["source"] == {"path": "draft.docx", "clause": "1.1, sentence 1"}
    unread = report["coverage"][0].get("unread", [])
    assert [one["what"] for one in unread] == ([] if of_extract else ["sentence", "sentence"])
    if of_extract:
        sarif = json.loads(gbcscheck(*arguments, "sarif", cwd=draft.parent).stdout)
        places = sarif["runs"][0]["results"][0]["locations"][0]["logicalLocations"]
        assert ("clause 1.1, sentence 1", "clause") in {(one.get("name"), one["kind"]) for one in places}
    else:
        text = gbcscheck(*arguments, "text", cwd=draft.parent).stdout
        assert "draft.docx · clause 1.1, sentence 1 · SMETS2 5.9 draft · published" in text
        assert f"    {RANGE}\n    {'^' * len(RANGE)} permitted, read as 0..3600 s" in text
        assert "unread    2 sentences: " in text


def test_show_says_what_was_read_and_cites_each_sentence(gbcscheck: Run, draft: Path) -> None:
    lines = gbcscheck("show", "RandomisedOffsetLimit", "draft.docx", cwd=draft.parent).stdout.splitlines()
    place = lines.index("  draft.docx · clause 1.1, sentence 1 · SMETS2 5.9 draft · published")
    assert lines[place + 1] == f"    {RANGE}"
    assert lines[place + 2] == "  draft.docx · clause 1.1, sentence 3 · SMETS2 5.9 draft · published"
    assert lines[place + 3] == "    The default value shall be 600."
    assert any(line.split() == ["SMETS2", "5.9", "draft", "clauses", "0..3600", "s"] for line in lines)


def test_who_may_set_an_item_is_what_a_sentence_says_and_not_the_sentence(gbcscheck: Run, tmp_path: Path) -> None:
    requirements(
        tmp_path / "smets.docx",
        "# RMS Voltage Sag Threshold",
        "The RMS Voltage Sag Threshold shall be configurable by the Import Supplier.",
        "# Randomised Offset Limit",
        "The Randomised Offset Limit shall not be configurable.",
        "# RMS Voltage Swell Threshold",
        "The RMS Voltage Swell Threshold shall be configurable.",
    )
    done = gbcscheck("check", "smets.docx", "--select", "P105,P106", "--quiet", "--notes", cwd=tmp_path)
    told = [line.partition(" RMS")[0].partition(" Random")[0] for line in done.stdout.splitlines()]
    assert told == [
        "smets.docx · clause 2, sentence 1: error[P105]",
        "smets.docx · clause 1, sentence 1: error[P106]",
    ]


def test_a_redline_is_compared_with_itself(gbcscheck: Run, tmp_path: Path) -> None:
    changed = run("A value in seconds in the range 0 to ") + deleted("1799") + inserted(run("3600")) + run(".")
    requirements(tmp_path / "draft.docx", "# Randomised Offset Limit", paragraph(changed))
    done = gbcscheck("compare", "draft.docx", cwd=tmp_path)
    assert done.returncode == 1
    assert "breaking[widened] permitted: values are permitted that were not before" in done.stdout
    assert "new warning[R107] service request 7.12 cannot set every permitted value" in done.stdout


def test_another_document_with_numbers_is_read_for_its_tables_alone(gbcscheck: Run, tmp_path: Path) -> None:
    requirements(tmp_path / "draft.docx", "# Randomised Offset Limit", RANGE, title="GBCS version 4.9")
    done = gbcscheck("check", "draft.docx", cwd=tmp_path)
    assert done.returncode == 2
    assert "no table stands in the document" in done.stderr


def test_what_is_kept_of_a_document_says_the_same_again(draft: Path) -> None:
    found = [Reader(Cache(draft.parent / "cache"))(draft, frozenset()) for _ in range(2)]
    first, again = (one for one in found if isinstance(one, Reading))
    assert [statement.place for statement in first.extract.statements()] == [
        statement.place for statement in again.extract.statements()
    ]
    assert first.unread == again.unread
    assert len(first.unread) == 2
