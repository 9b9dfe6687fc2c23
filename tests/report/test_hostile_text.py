"""Whatever documents, names and configurations hold, a report stays what it is: no control character of theirs is in
any, each is well-formed, and none of their text becomes a command, a link or a mention."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from functools import partial
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from report_examples import LABELS, example_report
from shares import examples

from gbcscheck.cli.terminal import Progress, print_message, print_problem
from gbcscheck.errors import UnreadableSource
from gbcscheck.model import Change, Finding, Place, Specification, Statement
from gbcscheck.model.coverage import Coverage, ItemCoverage, NotRead, TableCoverage
from gbcscheck.model.device_files import FITS, WRONG, Entry, JudgedFile
from gbcscheck.model.waivers import UNUSED, Waiver, WaiverUse
from gbcscheck.printable import IN_JSON, clean, escaped, json_text, one_line, without_commands
from gbcscheck.report import Report
from gbcscheck.report.compare_brief import render_compare_brief
from gbcscheck.report.compare_json import render_compare_json
from gbcscheck.report.compare_text import render_compare_text
from gbcscheck.report.device import render_files
from gbcscheck.report.explain import render_explained
from gbcscheck.report.formats import FORMATS, render
from gbcscheck.report.layout import Layout, paint
from gbcscheck.report.markdown import render_markdown
from gbcscheck.report.subject import SubjectView, render_elements, render_subject, render_subjects_json

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
OTHERS = ["\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad", "\U000e0041", "\udcff", "\ud800"]
WORDS = [
    "a", "value", " ", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\r\nerror[V101] forged", "\n::error file=a::forged",
    "::stop-commands::x", "##[add-mask]x", "##vso[task.setvariable]x", "%0A::error::x", "a,b:c", "]]>", "-->", "&", "<",
    "</script><script>alert(1)</script>", "`", "``", "|", "||0b1", "\\", "](http://evil.example)", "![x](y)",
    "<!--", "&#10;", '"', "'", "http://evil.example/x", "www.evil.example", "evil.com", "a@evil.example", "@octocat",
    "#12", "GH-12", "octo/repo#12", "deadbeef", "\n/close", ":tada:", "$x$", "~~a~~",
]  # fmt: skip
hostile = st.lists(
    st.one_of(st.sampled_from(CONTROLS + OTHERS), st.sampled_from(WORDS), st.characters()), min_size=1, max_size=6
).map("".join)
SAFE_TEXT = Layout(80, True, False)
EVERYTHING = "".join(CONTROLS + OTHERS + WORDS)


def hostile_report(text: str) -> Report:
    """A report in which everything that a document, a file name, a configuration or git may say is one text."""
    specification = Specification(text, text, text)
    statement = Statement(text, text, specification, "published", text, text, f"{text}!A1", text=text, value=text)
    others = (
        statement._replace(source=text, domain=text, value=None),
        statement._replace(source="line 3 of " + text),
        statement._replace(path=text, source=f"{text}!B2", text=None, value=text),
        statement._replace(source="octets 1+2", text="\n".join([text] * 12)),
    )
    finding = Finding(
        "V101", "error", text, text, (statement, *others), text, text, text, (text,) * 3, (text,), (text,) * 7
    )
    findings = (
        replace(finding, status="new"),
        replace(finding, subject=f"{text} 2", severity="warning", status="remaining"),
        replace(finding, subject=f"{text} 3", waived=text, status="new"),
        replace(finding, subject=f"{text} 4", status="fixed"),
        replace(finding, subject=f"{text} 5", statements=(), severity="warning", status="new"),
    )
    change = Change("moved", "breaking", (text, "DCC"), text, text, statement, others[0], text, text, (text,) * 6)
    changes = (
        change,
        replace(change, verdict="unknown", waived=text, new=None),
        replace(change, verdict="compatible"),
        replace(change, verdict="neutral", change="renamed"),
    )
    waiver = Waiver(text, text, text, "0" * 16, date(2026, 1, 1), text, 3)
    problem = UnreadableSource(f"{text}\n{text}", where=text, detail=text)
    file = JudgedFile(
        text, "message", judged=True, use_case=text, service_reference=text, judged_as=f"{text} 1", values=2,
        findings=findings, octets=b"\x00\x01\x02\x03",
        entries=(Entry(0, text, text, text, WRONG, text), Entry(1, text, text, text, FITS, f"line 2 of {text}")),
    )  # fmt: skip
    unjudged = JudgedFile(text, "message", judged=False, reason=text)
    items = (
        ItemCoverage(text, (statement,), others[:1], rules=(text,)),
        ItemCoverage(text, (statement,), uncompared=(statement,)),
        ItemCoverage(text, (statement,), uncompared=(statement,), is_known=False, near=(text,) * 5),
    )
    not_read = [NotRead(what, Place.parse(text, text), text, text, text) for what in ("cell", "column", "file")]
    table = TableCoverage(text, specification, text, (specification,), 3, items, (*not_read, *not_read))
    return replace(
        example_report(*findings),
        release=text,
        title=text,
        note=text,
        specifications=(specification,),
        problems=(problem,),
        skipped=(text,) * 7,
        changes=changes,
        base=text,
        waivers=(WaiverUse(waiver, UNUSED, 0),),
        places={others[0]: Place(text, line=1)},
        problem_places={text: Place(text, line=1)},
        files=(file, unjudged),
        configuration=text,
        coverage=Coverage((table,) * 2, tuple(not_read), text),
    )


def texts_of(report: Report, text: str) -> dict[str, str]:
    """Every report there is, by a name: those of each format, of check, compare and device, and of ``show``."""
    view = SubjectView(text, report.findings[0].statements, {text: text})
    found = {name: render(report, name, SAFE_TEXT, notes=True, waived=True) for name in FORMATS}
    found["wide"] = render(report, "text", Layout(200), notes=True)
    found["brief"] = render(report, "text", SAFE_TEXT, brief=True, notes=True, waived=True)
    found["compare"] = render_compare_text(report, text, SAFE_TEXT, notes=True, waived=True)
    found["compare, short"] = render_compare_text(report, text, SAFE_TEXT)
    found["compare, brief"] = without_commands(render_compare_brief(report, notes=True, waived=True))
    found["compare, json"] = render_compare_json(report, text)
    nothing = replace(report, findings=(), changes=(), problems=(), note="", waivers=())
    found["compare, nothing"] = render_compare_text(nothing, text, SAFE_TEXT)
    found["device"] = render_files(report, SAFE_TEXT, notes=True)
    found["device, explained"] = render_explained(report, SAFE_TEXT, notes=True)
    found["show"] = render_subject(view, SAFE_TEXT)
    found["show, elements"] = render_elements(text, [view, view], SAFE_TEXT)
    found["show, json"] = render_subjects_json([view])
    return found


def unprintable(text: str) -> list[str]:
    """Characters of a report that no report may hold: all that are not printable, but line feeds."""
    return sorted({repr(sign) for sign in text if sign != "\n" and not sign.isprintable() and _is_control(sign)})


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs")


PARSE_JSON = partial(json.loads, strict=True)
COMMAND = re.compile(r"^\s*::", re.MULTILINE)


@settings(max_examples=examples(25))
@example(EVERYTHING)
@example("\udcff.json")
@given(hostile)
def test_no_control_character_is_in_any_report_and_each_can_be_written(text: str) -> None:
    for name, report in texts_of(hostile_report(text), text).items():
        assert unprintable(report) == [], name
        report.encode("utf-8")


@settings(max_examples=examples(20))
@example(EVERYTHING)
@given(hostile)
def test_every_report_is_well_formed(text: str) -> None:
    reports = texts_of(hostile_report(text), text)
    for name in ("json", "sarif", "gitlab", "compare, json", "show, json"):
        assert PARSE_JSON(reports[name])
    document: Any = PARSE_JSON(reports["json"])
    assert document["findings"][0]["message"] == text, "values are exact"
    assert document["problems"][0]["where"] == text
    assert document["configuration"] == text
    etree.fromstring(reports["junit"].encode())
    for line in reports["github"].splitlines():
        assert re.fullmatch(r"::(error|warning|notice) ((file|line|title)=[^,:]*,?)+::.*", line), line


class _Page(HTMLParser):
    """The names of the elements of a page, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))


@settings(max_examples=examples(20))
@example(EVERYTHING)
@given(hostile)
def test_no_text_becomes_an_element_of_the_page(text: str) -> None:
    def tags(report: Report) -> list[tuple[str, tuple[str, ...]]]:
        page = _Page()
        page.feed(render(report, "html", SAFE_TEXT))
        return page.tags

    assert tags(hostile_report(text)) == tags(hostile_report("harmless"))


@settings(max_examples=examples(20))
@example(EVERYTHING)
@given(hostile)
def test_no_line_of_a_log_is_a_command_of_the_build_server(text: str) -> None:
    reports = texts_of(hostile_report(text), text)
    for name in ("text", "wide", "brief", "compare", "compare, short", "compare, brief", "compare, nothing", "device",
                 "device, explained", "show", "junit", "html", "markdown", "json"):  # fmt: skip
        assert not COMMAND.search(reports[name]), name
        assert not re.search(r"##\w*\[", reports[name]), name


# --- Markdown --------------------------------------------------------------------------------------------------------

GFM = MarkdownIt("gfm-like", {"linkify": True, "html": True})
ALLOWED = re.compile(r"<!--.*?-->|</?(?:code|br|sub|details|summary)>", re.DOTALL)


def made_of(text: str) -> tuple[list[str], list[str]]:
    """What a page makes of a Markdown text: the kinds of its elements, and the text that stands outside of code."""
    kinds: list[str] = []
    plain: list[str] = []
    for block in GFM.parse(text):
        kinds.append(block.type)
        code = 0
        for token in block.children or ():
            if token.type == "html_inline":
                assert ALLOWED.fullmatch(token.content), token.content
                code += {"<code>": 1, "</code>": -1}.get(token.content, 0)
            else:
                kinds.append(token.type)
                if token.type == "text" and not code:
                    plain.append(token.content)
        if block.type == "html_block":
            assert not ALLOWED.sub("", block.content).strip(" \n").startswith("<"), block.content
    return kinds, plain


@settings(max_examples=examples(40))
@example(EVERYTHING)
@example("http://evil.example/x www.evil.example evil.com a@evil.example mailto:a@b.org ftp://x.y //evil.com")
@example("1. one")
@example("- one")
@example("+ one")
@example("3) one")
@example("=")
@example("---")
@example("||http://evil.example `www.evil.example` | a@evil.example|evil.com")
@given(hostile)
def test_no_text_becomes_a_link_a_mention_or_markup_in_markdown(text: str) -> None:
    for report, harmless in (
        (hostile_report(text), hostile_report("harmless")),
        (on_files(text), on_files("harmless")),
    ):
        _refuse_markup(report, harmless)


def on_files(text: str) -> Report:
    """A report on files of devices alone."""
    return replace(hostile_report(text), coverage=None)


def _refuse_markup(report: Report, harmless: Report) -> None:
    kinds, plain = made_of(render_markdown(report))
    strange = {"link_open", "image", "em_open", "s_open", "fence", "code_block", "blockquote_open", "hr"}
    assert not strange & set(kinds)
    usual = made_of(render_markdown(harmless))[0]
    for kind in ("heading_open", "bullet_list_open", "list_item_open", "ordered_list_open", "table_open", "td_open"):
        assert kinds.count(kind) == usual.count(kind), kind
    for piece in plain:
        assert not re.search(r"@\w|#\d|\bGH-\d|://|\bwww\.|(?<![0-9a-f])[0-9a-f]{7,15}(?![0-9a-f])", piece), piece


@pytest.mark.parametrize(
    "address",
    ["http://evil.example", "https://evil.example/a_b|c", "www.evil.example", "a@evil.example", "@octocat", "#12",
     "octo/repo#12", "GH-12", "deadbeef", "!12", "%3", "~bug", "evil.com", ":tada:", "/close", "`http://evil.example"],
)  # fmt: skip
def test_what_a_site_would_make_a_link_of_is_code(address: str) -> None:
    from gbcscheck.report.markdown import _plain

    text = _plain(f"see {address}, it says")
    assert text.startswith(("see `", "see <code>"))
    assert text.endswith("it says")
    kinds, plain = made_of(text)
    assert "link_open" not in kinds
    assert set("".join(plain).split()) <= {"see", ",", ":,", "it", "says"}


@pytest.mark.parametrize(
    "words",
    ["default contradicts the constant of the use case", "Saturday: in the constant, not in the default",
     "GBCS 3.2 Table 28d, synthetic", "draft.xlsx: the file is empty", "(GBCS and DUIS) – 15 of them",
     "user's own word", "change/narrowed", "0xFE is 24 hours; 1.5"],
)  # fmt: skip
def test_prose_is_left_as_it_is(words: str) -> None:
    from gbcscheck.report.markdown import _plain

    assert _plain(words) == words


# --- messages --------------------------------------------------------------------------------------------------------


@settings(max_examples=examples(25))
@example(EVERYTHING)
@given(hostile)
def test_no_message_on_standard_error_holds_a_control_character_or_forges_another(text: str) -> None:
    import contextlib
    import io

    told = io.StringIO()
    with contextlib.redirect_stderr(told):
        print_problem(UnreadableSource(f"it says {text}", where=text, detail=text))
        print_message(text, hint=text)
    lines = told.getvalue()
    assert unprintable(lines) == []
    assert not COMMAND.search(lines)
    assert sum(line.startswith("error: ") for line in lines.splitlines()) <= 2 + clean(text).count("\nerror: ")
    assert lines.startswith("error: ")


def test_the_progress_on_a_terminal_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with Progress() as progress:
        progress("a\nb\x1b[2J\u202ec.json")
    assert sys.stderr.getvalue() == "\r\x1b[Ka\\nb\\x1b[2J\\u202ec.json\r\x1b[K"  # type: ignore[attr-defined]


# --- the functions ---------------------------------------------------------------------------------------------------


def test_json_escapes_every_control_format_and_separator_character_there_is() -> None:
    for code in range(0x20, 0x110000):
        assert bool(IN_JSON.match(chr(code))) or not _is_control(chr(code)), hex(code)
    for text in (EVERYTHING, "\U000e0041", "\udcff", "##[error]x"):
        assert json.loads(json_text([text, {text: 1}], indent=1)) == [text, {text: 1}]
        assert unprintable(json_text([text])) == []
        assert "##[" not in json_text([text])


@given(hostile)
def test_a_text_made_safe_stays_as_it_is_when_it_is_made_safe_again(text: str) -> None:
    for function in (clean, escaped, one_line, without_commands):
        assert function(function(text)) == function(text)
    assert "\n" not in escaped(text) + one_line(text)


def test_a_line_of_spans_is_safe_whatever_they_hold() -> None:
    line = ((EVERYTHING, "error"), ("\n", ""), ("x", "place"))
    assert unprintable(paint([line], colour=False)) == []
    painted = paint([line], colour=True)
    assert unprintable(re.sub(r"\x1b\[[0-9;]*m", "", painted)) == []
    assert painted.count("\n") == 1


def test_the_rules_of_the_example_are_those_that_the_findings_name() -> None:
    assert {finding.rule for finding in hostile_report("x").findings} <= {label.code for label in LABELS}
