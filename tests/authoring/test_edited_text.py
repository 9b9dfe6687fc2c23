"""Edits of sources that are text: copies, patches, and fixes of SARIF."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_edits import edit_at
from shares import examples

from gbcscheck.authoring.text.fixes import fixes_of, region
from gbcscheck.authoring.text.patch import patch_of
from gbcscheck.authoring.text.replacing import edited_text, replacements, text_source
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.model import Finding
from gbcscheck.model.repairs import Choice, Edit, Option, Repairs

CSV = 'Item,Default,Note\r\nA,600,"one, ""two"""\r\nB,0x0F,é\r\n'
XSD = """<?xml version="1.0"?>
<!-- <xs:maxInclusive value="9"/> -->
<xs:restriction xmlns:xs="http://www.w3.org/2001/XMLSchema" base="xs:int">
  <xs:maxInclusive
     value="1799" id='a&apos;b'/>
  <xs:documentation>from 0 &amp; on</xs:documentation>
</xs:restriction>
"""


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_field_of_csv_is_written_as_csv_and_nothing_else_changes(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", CSV)
    made = edited_text(path, [edit_at(path, "t!B2", "600", "1800"), edit_at(path, "t!C2", 'one, "two"', 'a "b"')])
    assert made.places == 2
    assert made.content.decode() == CSV.replace("600", "1800").replace('"one, ""two"""', '"a ""b"""')
    made = edited_text(path, [edit_at(path, "t!B3", "0x0F", "1, 2")])
    assert made.content.decode() == CSV.replace("0x0F", '"1, 2"')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_stays_what_it_is(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "t.csv", CSV, encoding)
    made = edited_text(path, [edit_at(path, "t!B3", "0x0F", "0x1E")])
    assert made.content == CSV.replace("0x0F", "0x1E").encode(encoding)


def test_a_character_that_the_encoding_lacks_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", CSV, "cp1252")
    with pytest.raises(GbcscheckError, match="the file is in cp1252, which has no '≥'; save it as UTF-8"):
        edited_text(path, [edit_at(path, "t!B3", "0x0F", "≥ 1")])


def test_values_of_json_are_found_by_pointer_and_by_line(tmp_path: Path) -> None:
    text = '{"statements": [\n {"domain": "0..600 s", "text": "\\u2265 0"},\n {"domain": "0..600 s", "n": 600}\n]}\n'
    path = written(tmp_path, "e.json", text)
    by_pointer = edited_text(path, [edit_at(path, "/statements/1/domain", "0..600 s", "0..1800 s")])
    assert by_pointer.content.decode() == text.replace('"0..600 s", "n"', '"0..1800 s", "n"')
    by_line = edited_text(
        path, [edit_at(path, "line 2", "0..600 s", "0..1800 s", member="domain"), edit_at(path, "line 3", "600", "7")]
    )
    assert [one["domain"] for one in json.loads(by_line.content)["statements"]] == ["0..1800 s", "0..600 s"]
    assert json.loads(by_line.content)["statements"][1]["n"] == 7
    escaped = edited_text(path, [edit_at(path, "/statements/0/text", "≥ 0", "≤ 9")])
    assert b"\\u2264 9" in escaped.content


def test_values_of_xml_are_found_by_the_line_of_their_element(tmp_path: Path) -> None:
    path = written(tmp_path, "s.xsd", XSD)
    edits = [edit_at(path, "line 4", "1799", '<"1800">'), edit_at(path, "line 4", "a'b", "c'd")]
    made = edited_text(path, [*edits, edit_at(path, "line 6", "from 0 & on", "from 1 & on")])
    expected = (
        XSD.replace("1799", "&lt;&quot;1800&quot;&gt;").replace("a&apos;b", "c&apos;d").replace("0 &amp;", "1 &amp;")
    )
    assert made.content.decode() == expected


def test_what_does_not_stand_there_is_told_by_place(tmp_path: Path) -> None:
    path = written(tmp_path, "s.xsd", XSD)
    with pytest.raises(Problems) as caught:
        edited_text(path, [edit_at(path, "line 4", "1", "2"), edit_at(path, "line 2", "9", "8")])
    assert [str(one) for one in caught.value.problems] == [
        f'{path}:4: "1799", "a\'b" stand there, and "1" was expected',
        f'{path}:2: nothing stands there, and "9" was expected',
    ]


FIELD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from(',;"\n'), max_size=8)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(FIELD, min_size=3, max_size=3), min_size=2, max_size=4), new=FIELD)
def test_fields_stand_where_the_csv_module_reads_them(tmp_path: Path, rows: list[list[str]], new: str) -> None:
    from gbcscheck.authoring.text.values import field_at

    path = tmp_path / "law.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    text = path.read_bytes().decode()
    for number, row in enumerate(rows, start=1):
        assert [field_at(text, ",", number, column).text for column in range(3)] == row
    field = field_at(text, ",", 2, 1)
    changed = text[: field.start] + field.write(new) + text[field.end :]
    expected = [list(row) for row in rows]
    expected[1][1] = new
    assert list(csv.reader(io.StringIO(changed, newline=""))) == expected


# --- patches ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CSV, CSV.rstrip(), CSV.replace("\r\n", "\n")])
def test_a_patch_makes_the_edited_copy(tmp_path: Path, text: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("no git")
    path = written(tmp_path, "t.csv", text)
    edits = [edit_at("t.csv", "t!B3", "0x0F", "0x1E"), edit_at("t.csv", "t!C3", "é", "è")]
    source = text_source(path, shown="t.csv")
    patch = patch_of([(source, replacements(source, path, edits))])
    made = edited_text(path, edits, shown="t.csv")
    command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, input=patch, cwd=tmp_path, check=True, timeout=30)
    assert path.read_bytes() == made.content != text.encode()


# --- SARIF -----------------------------------------------------------------------------------------------------------


def replaced(octets: bytes, where: dict[str, int], new: str) -> bytes:
    start = where["byteOffset"]
    return octets[:start] + new.encode() + octets[start + where["byteLength"] :]


def test_regions_are_right_in_octets_characters_lines_and_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", CSV.replace("A", "é𝄞"))
    source = text_source(path)
    (one,) = replacements(source, path, [edit_at(path, "t!B2", "600", "1800")])
    where = region(source, one.span.start, one.span.end)
    assert where == {
        "startLine": 2,
        "startColumn": 4,
        "endLine": 2,
        "endColumn": 7,
        "charOffset": 22,
        "charLength": 3,
        "byteOffset": 26,
        "byteLength": 3,
    }
    assert replaced(path.read_bytes(), dict(where), "1800") == path.read_bytes().replace(b"600", b"1800")
    marked = text_source(written(tmp_path, "m.csv", CSV, "utf-8-sig"))
    assert "charOffset" not in region(marked, 0, 4)
    assert region(marked, 0, 4)["byteOffset"] == 3


def test_a_finding_has_one_fix_or_one_for_each_way_out(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", CSV)
    source = text_source(path)

    def finding(*edits: Edit) -> Finding:
        return Finding("V101", "error", "Item", "m", tuple(edit.statement for edit in edits))

    def replacing(edits: tuple[Edit, ...]) -> Any:
        return [(source, replacements(source, path, edits))]

    first = edit_at(path, "t!B2", "600", "1800")
    settled = finding(first)
    first = edit_at(path, "t!B2", "600", "1800", settles=(settled.fingerprint,))
    other = edit_at(path, "t!B3", "0x0F", "0x1E")
    choice = Choice(finding(first, other), (Option("as A", (first,)), Option("as B", (other,))), "nothing says which")
    book = edit_at("book.xlsx", "t!B3", "1", "2", settles=(settled.fingerprint,))
    found = fixes_of(Repairs((first,), (settled,), (choice,)), replacing, lambda one: one.path.endswith(".csv"))
    described = [fix["description"]["text"] for fix in found[settled.fingerprint]]
    assert described[0] == 'Write "1800" in place of "600" at t.csv · t!B2: the use case fixes it'
    assert [fix["description"]["text"] for fix in found[choice.finding.fingerprint]][-2:] == ["as A", "as B"]
    (change,) = found[settled.fingerprint][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "1800"}
    partly = fixes_of(Repairs((first, book), (settled,)), replacing, lambda one: one.path.endswith(".csv"))
    assert partly == {}
