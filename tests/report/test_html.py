"""The HTML page as text: one file that fetches nothing, nothing in it that a specification could break out of."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from html_pages import HOSTILE, compared_report, data_of, hostile_report, matrix_report
from report_examples import CONSTANT, CONTRADICTION, example_report

from gbcscheck.model import Finding
from gbcscheck.model.waivers import UNUSED, Waiver, WaiverUse
from gbcscheck.printable import clean
from gbcscheck.report.formats import render
from gbcscheck.report.html import SCRIPTS, render_html
from gbcscheck.report.html_data import LONGEST, units
from gbcscheck.report.html_parts import PAGE
from gbcscheck.report.layout import Layout


class Page(HTMLParser):
    """Start tags with their attributes, and the texts of scripts and style sheets."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.contents: dict[str, list[str]] = {"script": [], "style": []}
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag in self.contents else ""
        if self._inside:
            self.contents[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.contents[self._inside][-1] += data


def test_the_page_is_plain_ascii_and_the_same_every_time() -> None:
    page = render_html(matrix_report())
    assert page.isascii()
    assert page.endswith("</html>\n")
    assert render_html(matrix_report()) == page
    assert render(matrix_report(), "html", Layout()) == page


@pytest.mark.parametrize("report", [example_report(), compared_report(), hostile_report()])
def test_nothing_is_fetched_and_only_the_page_s_own_script_and_style_may_run(report: object) -> None:
    page = Page(render_html(report))  # type: ignore[arg-type]
    sources = [value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href")]
    assert sources == ["data:,", "#results"]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    policy = next(one["content"] for _, one in page.tags if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    for kind, text in (("style", page.contents["style"][0]), ("script", page.contents["script"][-1])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert [len(page.contents[kind]) for kind in ("style", "script")] == [1, 2]


def test_the_scripts_never_read_a_text_as_markup() -> None:
    for name in SCRIPTS:
        script = (PAGE / name).read_text(encoding="ascii")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|fetch\(|XMLHttp", script)


def test_a_hostile_text_stays_a_text() -> None:
    page = render_html(hostile_report())
    assert "<img" not in page
    data = data_of(page)
    finding = data["findings"][0]
    assert finding[2] == finding[3] == finding[4] == clean(HOSTILE)
    assert data["statements"][0][6] == clean(HOSTILE)
    assert f"{chr(92)}udcff.xlsx" in data["statements"][0][5]
    assert "&lt;/script&gt;&lt;img src=x" in page


def test_every_finding_is_there_with_both_sides_and_where_its_value_stands() -> None:
    data = data_of(render_html(example_report()))
    rules = [data["rules"][finding[0]][0] for finding in data["findings"]]
    assert rules == ["V101", "R105", "S101"]
    first = data["findings"][0]
    assert first[4:7] == [CONTRADICTION.witness, CONTRADICTION.why, CONTRADICTION.suggestion]
    assert first[7] == CONTRADICTION.fingerprint
    default, constant = (data["statements"][number] for number in first[10])
    assert default[3] == "synthetic"
    assert constant[5] == str(CONSTANT.place)
    assert constant[6][slice(*constant[8])] == "0b11111110"
    assert constant[7] == "0b1111111"
    assert data["specifications"][constant[0]] == ["GBCS 3.1", "use cases"]


def test_a_statement_of_several_findings_is_there_once() -> None:
    data = data_of(render_html(matrix_report()))
    places = [statement[5] for statement in data["statements"] if statement[1] == CONSTANT.subject]
    assert places == [str(CONSTANT.place)]


def test_a_very_long_text_is_cut_and_says_so() -> None:
    long = CONSTANT._replace(text="0x00 | " * LONGEST + "0x01")
    finding = Finding("V101", "error", "X", "too long", (long,))
    words = data_of(render_html(example_report(finding)))["statements"][0][6]
    assert words.startswith("0x00 | 0x00")
    assert len(words) < LONGEST + 100
    assert words.endswith("characters, all of them in the JSON report)")


def test_offsets_are_those_of_browsers() -> None:
    assert units("abc", 2) == 2
    assert units("\U0001f600b", 1) == 2


def test_the_summary_stands_in_the_page_itself() -> None:
    page = render_html(compared_report())
    assert "<h1>What changed since origin/main</h1>" in page
    counts = dict(re.findall(r'<div class="count (\w+)[^"]*"><dd>(\d+)</dd>', page))
    assert counts == {
        "error": "1", "warning": "0", "note": "0", "waived": "2", "new": "1", "fixed": "1", "change": "4",
        "breaking": "1",
    }  # fmt: skip
    assert "draft.xlsx</code> the file is empty" in page
    assert "signature.xsd: declares no global element" in page
    assert "41,234 statements on 1 subjects, by 3 rules" in page


def test_a_waiver_that_holds_for_nothing_is_named() -> None:
    use = WaiverUse(Waiver("agreed", rule="V999", path="gbcscheck.toml", line=7), UNUSED, 0)
    page = render_html(replace(example_report(), waivers=(use,)))
    assert "<code>gbcscheck.toml:7</code> the waiver for V999 holds for nothing any more" in page


def test_a_change_names_its_statements_or_none() -> None:
    changes = data_of(render_html(compared_report()))["changes"]
    assert [change[:2] for change in changes] == [
        ["narrowed", "breaking"],
        ["added", "compatible"],
        ["unit", "unknown"],
        ["renamed", "neutral"],
    ]
    assert changes[1][5] == -1
    assert changes[1][6] >= 0
    assert changes[1][9] == ["New.value.a", "New.value.b"]
    assert changes[3][11] == "harmless"


# --- colours ---------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_told_from_its_ground(scheme: str) -> None:
    style = (PAGE / "page.css").read_text(encoding="ascii")
    light, dark = style.split("@media (prefers-color-scheme: dark)", 1)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark.partition("}")[0]))
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent", "error", "warning", "note", "good")
             for ground in ("paper", "sheet", "sunk")]  # fmt: skip
    pairs += [("error", "error-wash"), ("note", "note-wash"), ("soft", "error-wash"), ("ink", "mark")]
    poor = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert not poor
