"""The page of a fleet: one file that runs and fetches nothing, in which the wrong firmware is seen first; in a browser
on a phone, in the dark and on paper."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fleet_runs import OFFSET, PERIOD, fleet_run, hostile_run

from gbcscheck.model.fleet import Bin, Distribution, FleetColumn, FleetGroup, FleetRun, FleetSource
from gbcscheck.report.fleet_bars import MOST_BARS, round_up
from gbcscheck.report.fleet_page import render_fleet_page
from gbcscheck.report.fleet_periods import MOST, periods

HOSTILE = (
    "</script><img src=x onerror=\"document.title='owned'\"><style>*{display:none}</style>&#39; ' \u2028\x1b[31m\udcff"
)
EMPTY = FleetRun("current", "duckdb", "wide", (), ())


class Page(HTMLParser):
    """Tags with their attributes, and all text outside of the style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.style = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "rect", "line") or not self._open:
            self._open.append(tag)
        if tag in ("meta", "link"):
            assert self._open[-1] not in ("meta", "link")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.style += data
        else:
            self.text += data


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render_fleet_page(fleet_run()))


@pytest.mark.parametrize("run", [fleet_run(), hostile_run(HOSTILE), EMPTY], ids=["whole", "hostile", "empty"])
def test_it_is_plain_ascii_that_runs_nothing_and_fetches_nothing(run: FleetRun) -> None:
    text = render_fleet_page(run)
    assert text.isascii()
    assert text.endswith("</html>\n")
    assert render_fleet_page(run) == text
    page = Page(text)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "iframe", "object", "form", "input", "base"})
    assert sum(tag == "style" for tag, _ in page.tags) == 1
    named = [(name, value) for _, attributes in page.tags for name, value in attributes.items()]
    assert [value for name, value in named if name in ("src", "href", "action")] == ["data:,", "#results"]
    assert not [name for name, _ in named if name.startswith("on") or name == "style"]
    policy = next(one["content"] for _, one in page.tags if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert set(re.findall(r"url\(([^)]*)\)", page.style)) == {"#hatch"}


def test_a_hostile_text_stays_a_text() -> None:
    page = Page(render_fleet_page(hostile_run(HOSTILE)))
    shown = HOSTILE.replace("\u2028", "\\u2028").replace("\x1b", "\\x1b").replace("\udcff", "\\udcff")
    assert page.text.count(shown) > 20
    assert "\x1b" not in page.text
    labels = [value for _, one in page.tags for name, value in one.items() if name == "aria-label" and value]
    assert any(shown in label for label in labels)


def test_the_wrong_firmware_is_the_first_thing_told(page: Page) -> None:
    head = page.text[: page.text.index("with a violation")]
    assert "1,213 of 10,000 devices hold a wrong value (12.1 %)" in head
    assert re.search(r"Wrong: firmware Acme 2\.1\.0\s*98\.9 %: 1,190 of 1,203 devices; 0\.23 % elsewhere", head)
    assert re.search(r"Wrong: firmware Borealis 7-rc1\s*75\.0 %: 3 of 4 devices", head)
    assert head.index("Acme 2.1.0") < head.index("Borealis 7-rc1")


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (EMPTY, "Nothing was judged"),
        (replace(fleet_run(), clean=10_000), "No violation"),
        (replace(fleet_run(), firmwares=(), manufacturers=()), "Which firmware is wrong cannot be told"),
        (replace(fleet_run(), firmwares=fleet_run().firmwares[:1], manufacturers=()), "all devices have one firmware"),
        (
            replace(fleet_run(), firmwares=(FleetGroup("a", 90, 9), FleetGroup("b", 80, 8)), manufacturers=()),
            "No firmware stands out",
        ),
        (replace(fleet_run(), firmwares=()), "Wrong: devices of Acme"),
    ],
)
def test_where_no_firmware_stands_out_it_is_said_why(run: FleetRun, said: str) -> None:
    assert said.casefold() in Page(render_fleet_page(run)).text.casefold()


def test_every_plot_has_its_numbers_as_text(page: Page) -> None:
    by_group = ("98.9 % 1,190 of 1,203", "0.25 % 10 of 4,000", "23.1 % 1,200 of 5,203")
    by_item = ("12.0 % 1,200 of 9,990", "permitted: 0..1799 s")
    for told in (*by_group, *by_item):
        assert told in page.text
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">([^<]*)</th>((?:<td>[^<]*</td>)+)", render_fleet_page(fleet_run()))
    cells = {name: re.findall(r"<td>([^<]*)", rest) for name, rest in rows}
    assert cells["2026-11-14"] == ["478", "60", "12.6 %"]
    assert cells["1800"] == ["1,190", "1,190"]
    assert cells["65535"] == ["10", "10"]
    labels = [one["aria-label"] or "" for tag, one in page.tags if tag == "svg" and one.get("role") == "img"]
    assert len(labels) == 2
    assert "Highest: 2026-11-14: 60 of 478 devices (12.6 %)" in labels[0]
    assert f"1,200 of 11,205 devices hold a violation of {OFFSET}: 1800 s (1,190), 65535 s (10)" in labels[1]


def test_violations_are_told_by_colour_pattern_and_words(page: Page) -> None:
    text = render_fleet_page(fleet_run())
    assert '<pattern id="hatch"' in text
    assert "fill: url(#hatch)" in page.style
    assert "\u2715 1,190" in page.text
    assert "\u2715 all violations" in page.text
    assert "\u2715 stands out: 0.23 % elsewhere" in page.text


def test_findings_say_who_says_what_and_where_they_are_found(page: Page) -> None:
    assert f"{OFFSET} = 1800 s" in page.text
    assert "meter-000001, meter-000017, and 1,188 more" in page.text
    assert "2026-10-03T02:00:00 to 2026-11-14T02:00:00" in page.text
    assert "gbcscheck explain D501" in page.text
    assert "2 findings, each told as gbcscheck device tells it; 2 rarer values with a finding" in page.text


def test_values_of_one_fault_are_one_entry_with_a_table() -> None:
    one = fleet_run().findings[1]
    findings = tuple(replace(one, written=str(1800 + n), count=50 - n) for n in range(40))
    text = render_fleet_page(replace(fleet_run(), findings=findings, more_findings=0))
    assert text.count('<details class="entry') == 1
    assert f"{OFFSET} = 1800 s, 1801 s, 1802 s and 37 other values" in Page(text).text
    assert '<tr><th scope="row">1839 s</th><td>11</td><td>meter-000001, meter-000017</td></tr>' in text


def test_what_was_not_looked_at_is_on_the_page(page: Page) -> None:
    for told in ("the file ends before its footer", "no data item of this name", "no name of a device", "1 not judged"):
        assert told in page.text


def test_what_is_cut_says_how_much() -> None:
    files = tuple(FleetSource(f"{n}.parquet", "parquet", problem="cut off") for n in range(260))
    columns = tuple(FleetColumn(f"column {n}", reason="unknown") for n in range(210))
    text = Page(render_fleet_page(replace(fleet_run(), sources=files, columns=columns))).text
    assert "49.parquet cut offand 210 more" in text
    assert "and 60 morein the JSON summary" in text
    assert "and 10 morein the JSON summary" in text


def test_more_groups_than_bars_are_a_table() -> None:
    many = tuple(FleetGroup(f"v{n}", 100 + n, n) for n in range(MOST_BARS + 30))
    text = render_fleet_page(replace(fleet_run(), firmwares=many))
    assert "<summary>30 more</summary>" in text
    assert all(f">v{n}<" in text for n in range(MOST_BARS + 30))


def test_a_distribution_without_bounds_or_violations_is_drawn_too() -> None:
    bins = (Bin("0 to 9", 5, 0, 0, 10), Bin("10 to 19", 0, 0, 10, 20))
    page = Page(render_fleet_page(replace(fleet_run(), distributions=(Distribution("X.value", "", "", bins, 4),))))
    assert "4 devices with rarer values not drawn" in page.text
    assert "violation of X.value. All numbers" not in page.text
    assert "permitted:" not in page.text.partition("X.value")[2].partition("Since")[0]


# --- axes and periods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "end"), [(0.3, 0.5), (0.5, 0.5), (0.0012, 0.002), (1, 1), (478, 500), (501, 1000)])
def test_an_axis_ends_at_a_round_number(value: float, end: float) -> None:
    assert round_up(value) == pytest.approx(end)


def test_days_are_put_together_until_there_is_room_and_gaps_are_seen() -> None:
    days = [FleetGroup(f"2026-01-{day:02}", 2, 1) for day in (1, 2, 4)]
    found = periods(days)
    assert (found.kind, [(one.name, one.devices) for one in found.periods]) == (
        "day", [("2026-01-01", 2), ("2026-01-02", 2), ("2026-01-03", 0), ("2026-01-04", 2)],
    )  # fmt: skip
    assert periods([*days, FleetGroup("2026-06-30", 1, 0)]).kind == "week"
    assert periods([*days, FleetGroup("2029-06-30", 1, 0)]).kind == "month"
    years = periods([*days, FleetGroup("1870-06-30", 1, 0), FleetGroup("", 7, 0), FleetGroup("9999-99-99", 1, 1)])
    assert (years.kind, len(years.periods), len(years.undated)) == ("year", MOST, 2)
    assert sum(one.devices for one in (*years.earlier, *years.periods)) == 7
    assert periods([FleetGroup("0001-01-01", 1, 0), FleetGroup("9999-12-31", 1, 1)]).periods[-1].wrong == 1


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(driver: Any, tmp_path: Path) -> Iterator[Any]:
    def open_page(run: FleetRun) -> Any:
        (tmp_path / "report.html").write_text(render_fleet_page(run), encoding="ascii")
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get((tmp_path / "report.html").as_uri())
        return driver

    yield open_page
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    assert driver.get_log("browser") == []


WIDTHS = (
    "return [...document.querySelectorAll('h1, h2, p, th, td, svg text, li, dd')].filter(e => {"
    "const r = e.getBoundingClientRect(); return r.width && !e.closest('.scrolled') && "
    "(r.right > innerWidth + 1 || r.left < -1)}).map(e => e.textContent)"
)
"""The texts that do not lie within the width of the window."""
OVER = (
    "const hit = []; for (const svg of document.querySelectorAll('.across svg:last-child')) {"
    "const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);"
    "for (const [a, p] of texts) for (const [b, q] of texts) if (a < b && p.left < q.right && q.left < p.right && "
    "p.top < q.bottom && q.top < p.bottom) hit.push(a + ' / ' + b) } return hit"
)
"""Texts of plots that lie over one another."""


def test_on_a_phone_in_the_dark_and_on_paper_all_of_it_is_seen(opened: Any, driver: Any) -> None:
    page = opened(fleet_run())
    assert page.execute_script(WIDTHS) == []
    assert page.execute_script(OVER) == []
    first = page.find_element("css selector", ".alarm h2")
    assert "Acme 2.1.0" in first.text
    assert first.location["y"] < 600
    page.find_element("css selector", "details.entry summary").click()
    assert "write 0b11111110 in Table 28d!D7" in page.find_element("css selector", "details.entry[open]").text
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    )
    for run in (fleet_run(), hostile_run(HOSTILE)):
        opened(run)
        assert page.execute_script("return document.documentElement.scrollWidth") <= 360
        assert page.execute_script(WIDTHS) == []
        assert page.execute_script(OVER) == []
    assert page.execute_script("return [document.images.length, document.scripts.length]") == [0, 0]
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", ground)[:3]) < 60
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    opened(fleet_run())
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = "return [...document.querySelectorAll(arguments[0])].map(e => e.getBoundingClientRect().height > 0)"
    assert all(page.execute_script(shown, "details.entry .side, details.paper table, .behind"))
    assert not any(page.execute_script(shown, ".skip"))


def test_names_of_items_are_those_of_the_run(page: Page) -> None:
    assert PERIOD in page.text
