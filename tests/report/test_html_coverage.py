"""The picture and the paragraphs of what was looked at, in the HTML page."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from coverage_examples import COVERAGE, ITEMS
from html_pages import HOSTILE, matrix_report
from report_examples import USE_CASES

from gbcscheck.model.coverage import Coverage
from gbcscheck.report.html import render_html
from gbcscheck.report.html_coverage import bars


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_bars_are_what_became_of_the_items_and_with_what_they_were_compared() -> None:
    every, one = bars(COVERAGE)
    assert (every.name, every.numbers) == ("all items", (1, 1, 1, 1))
    assert (one.name, one.numbers) == (str(USE_CASES), (1, 0, 0, 0))


def test_the_picture_is_told_in_words_and_needs_no_style_of_its_own() -> None:
    page = render_html(replace(matrix_report(), coverage=COVERAGE))
    tags = Tags(page).found
    (svg,) = [attributes for tag, attributes in tags if tag == "svg"]
    assert svg["role"] == "img"
    assert "all items: 1 compared, 1 could not be read, 1 compared with nothing, 1 nobody speaks of it" in str(
        svg["aria-label"]
    )
    assert [attributes["class"] for tag, attributes in tags if tag == "rect"] == [
        *("compared", "unread", "uncompared", "unknown"),
        "compared",
    ]
    assert not any("style" in attributes for _, attributes in tags)
    assert "notes.docx" in page
    assert page.index('class="coverage"') < page.index('class="tally"')


def test_a_hostile_name_stays_a_text() -> None:
    hostile = replace(COVERAGE, tables=(replace(COVERAGE.tables[0], path=HOSTILE, recognised=HOSTILE),))
    page = render_html(replace(matrix_report(), coverage=hostile))
    assert "<img" not in page
    assert [tag for tag, _ in Tags(page).found if tag == "img"] == []


def test_a_page_without_files_of_one_s_own_has_no_such_part() -> None:
    assert 'class="coverage"' not in render_html(matrix_report())


def test_nothing_compared_is_said_at_the_top() -> None:
    nothing = Coverage((replace(COVERAGE.tables[0], items=ITEMS[3:], not_read=()),), release="current")
    page = render_html(replace(matrix_report(), findings=(), coverage=nothing))
    assert (
        "Nothing was compared: no specification of release current knows Nobody&#x27;s (perhaps Somebody, Everybody); "
        in page
    )
