"""The HTML page in a real browser: it opens, filter, search and keys work, on a phone, in the dark and on paper.

The browser has no network and gets the page from a file.
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from html_pages import HOSTILE, compared_report, hostile_report, matrix_report
from report_examples import CONTRADICTION, WEEKDAYS, example_report

from gbcscheck.model import Finding
from gbcscheck.printable import clean
from gbcscheck.report import Report
from gbcscheck.report.html import render_html

WAIT = 20
"""Seconds after which a page that does not get ready has failed."""

Open = Callable[..., Any]


@pytest.fixture
def opened(driver: Any, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a report, and afterwards expect that the browser had nothing to complain of."""

    def open_page(report: Report, address: str = "") -> Any:
        file = tmp_path / "report.html"
        file.write_text(render_html(report), encoding="ascii")
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get(file.as_uri() + address)
        until(lambda: driver.execute_script("return document.documentElement.dataset.ready") == "yes")
        return driver

    yield open_page
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    assert driver.get_log("browser") == []


def until(done: Callable[[], Any]) -> Any:
    """Wait until something is so."""
    end = time.monotonic() + WAIT
    while not (found := done()):
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)
    return found


def find(driver: Any, selector: str) -> list[Any]:
    """The elements that are seen."""
    return [one for one in driver.find_elements("css selector", selector) if one.is_displayed()]


def one(driver: Any, selector: str) -> Any:
    (found,) = find(driver, selector)
    return found


def told(driver: Any) -> str:
    return str(driver.find_element("id", "told").text)


def press(driver: Any, *keys: str) -> None:
    """Press keys, wherever the focus is."""
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def focused(driver: Any) -> Any:
    return driver.switch_to.active_element


def many(number: int) -> Report:
    """A report of many findings, each of another item."""
    findings = [
        Finding(
            "V101", ("error", "warning", "note")[at % 3], f"Item{at}.value", "they differ", CONTRADICTION.statements
        )
        for at in range(number)
    ]
    return example_report(*findings)


def test_it_opens_with_the_summary_and_a_line_for_each_finding(opened: Open) -> None:
    page = opened(matrix_report())
    assert page.title == "Conflicts in release before-mp131 - gbcscheck"
    assert told(page) == "3 findings"
    messages = [line.text for line in find(page, "details.entry .message")]
    assert messages[0] == "default contradicts the constant of the use case"
    assert [group.text.split()[0] for group in find(page, "h2.group")] == ["default", "encoding", "enumeration"]


def test_a_finding_opens_to_both_sides_the_witness_and_what_to_do(opened: Open) -> None:
    page = opened(matrix_report())
    find(page, "details.entry summary")[0].click()
    sides = until(lambda: find(page, "details.entry .side"))
    assert "Table 28d!D7" in sides[0].text
    assert "default: Monday to Friday" in sides[0].text
    assert "synthetic" in sides[0].text
    assert sides[1].find_element("css selector", "mark").text == "0b11111110"
    facts = one(page, "details.entry[open] dl.facts").text
    assert "Saturday: in the constant, not in the default" in facts
    assert "write 0b11111110 in Table 28d!D7" in facts
    assert "gbcscheck explain V101" in facts


def test_searching_shows_what_holds_every_word(opened: Open) -> None:
    page = opened(matrix_report())
    search = page.find_element("id", "search")
    search.send_keys("saturday v101")
    until(lambda: told(page) == "1 of 3 findings (search: saturday v101)")
    assert one(page, "details.entry .subject").text.startswith("MaximumDemand")
    search.send_keys(" nonsense")
    until(lambda: told(page).startswith("0 of 3 findings"))
    assert not find(page, "details.entry")


def test_filters_narrow_and_reset_brings_all_back(opened: Open) -> None:
    page = opened(matrix_report())
    one(page, 'input[name="severity"][value="error"]').click()
    assert told(page) == "2 of 3 findings (severity: warning, note)"
    one(page, "button.reset").click()
    assert told(page) == "3 findings"
    one(page, 'button.kind[data-kind="encoding"]').click()
    assert told(page) == "1 of 3 findings (kind: encoding)"
    assert "filters" in one(page, "#filters summary").text.lower()
    assert "(1 in use)" in one(page, "#filters summary").text


def test_the_keys_search_clear_and_walk_through_the_views(opened: Open) -> None:
    from selenium.webdriver.common.keys import Keys

    page = opened(matrix_report())
    press(page, Keys.TAB)
    assert focused(page).get_attribute("class") == "skip"
    assert page.execute_script("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    press(page, "/")
    assert focused(page).get_attribute("id") == "search"
    press(page, "a/b", Keys.ESCAPE)
    assert page.find_element("id", "search").get_attribute("value") == ""
    press(page, Keys.ESCAPE)
    assert focused(page).get_attribute("id") != "search"
    page.find_element("id", "tab-findings").send_keys(Keys.ARROW_RIGHT)
    assert focused(page).get_attribute("id") == "tab-matrix"
    assert focused(page).get_attribute("aria-selected") == "true"
    assert find(page, "#view-matrix")
    assert not find(page, "#view-findings")


def test_the_matrix_says_in_words_who_agrees(opened: Open) -> None:
    page = opened(matrix_report())
    page.find_element("id", "tab-matrix").click()
    assert told(page) == "4 rows"
    rows = {row.find_element("css selector", "th").text: row.text.split("\n") for row in find(page, "tbody tr")}
    assert "conflicts" in " ".join(rows[WEEKDAYS])
    assert "alone" in " ".join(rows["Quiet.value"])
    assert "silent" in " ".join(rows["Quiet.value"])
    one(page, 'input[name="state"][value="conflicts"]').click()
    one(page, 'input[name="state"][value="note"]').click()
    assert told(page).startswith("1 of 4 rows")


def test_a_cell_of_the_matrix_opens_both_sides_by_key_and_gives_the_focus_back(opened: Open) -> None:
    from selenium.webdriver.common.keys import Keys

    page = opened(matrix_report())
    page.find_element("id", "tab-matrix").click()
    cells = find(page, "#view-matrix td button")
    assert [cell.get_attribute("tabindex") for cell in cells].count("0") == 1
    page.execute_script("arguments[0].focus()", cells[0])
    press(page, Keys.ARROW_RIGHT)
    cell = focused(page)
    assert cell == cells[1]
    assert cell.get_attribute("tabindex") == "0"
    label = cell.get_attribute("aria-label")
    press(page, Keys.ENTER)
    dialog = one(page, "dialog")
    assert WEEKDAYS in dialog.text
    assert label.split(":")[0] in dialog.text
    assert "||0b11111110 (bit padding is on the least significant bit)" in dialog.text
    assert "0b11111000" in dialog.text
    assert "Saturday: in the constant, not in the default" in dialog.text
    press(page, Keys.ESCAPE)
    assert not find(page, "dialog")
    assert focused(page) == cell


def test_the_address_of_a_finding_opens_it(opened: Open) -> None:
    page = opened(many(500), f"#{many(500).findings[400].fingerprint}")
    assert one(page, "details.entry[open] .subject").text == "Item400.value"
    assert focused(page).tag_name == "summary"


def test_a_comparison_shows_changes_status_and_waivers(opened: Open) -> None:
    page = opened(compared_report())
    assert told(page) == "4 changes"
    assert [group.text.split()[0] for group in find(page, "h2.group")] == [
        "breaking", "unknown", "compatible", "neutral",
    ]  # fmt: skip
    find(page, "details.entry summary")[0].click()
    titles = [side.text for side in until(lambda: find(page, ".side-title"))]
    assert titles == ["Old", "New"]
    assert "User systems" in find(page, "details.entry")[0].text
    page.find_element("id", "tab-findings").click()
    tags = [line.text.split() for line in find(page, "details.entry .tags")]
    assert {"new", "fixed", "remaining", "waived"} <= {word for line in tags for word in line}
    one(page, 'input[name="waived"][value="waived"]').click()
    assert told(page) == "2 of 3 findings (waivers: not waived)"


def test_a_hostile_text_is_shown_as_it_stands(opened: Open) -> None:
    page = opened(hostile_report())
    find(page, "details.entry summary")[0].click()
    until(lambda: find(page, ".side pre"))
    assert page.execute_script("return [document.images.length, document.scripts.length]") == [0, 2]
    assert "owned" not in page.title or "<img" in page.title
    assert clean(HOSTILE) in page.execute_script("return document.querySelector('.side pre').textContent")
    page.find_element("id", "tab-matrix").click()
    find(page, "#view-matrix td.waived button")[0].click()
    assert page.execute_script("return document.images.length") == 0
    assert "</script>" in one(page, "dialog").text


def test_a_report_without_findings_says_so(opened: Open) -> None:
    page = opened(replace(example_report(), findings=()))
    assert told(page) == "No conflict found."
    assert len(find(page, '[role="tab"]')) == 1


def test_a_phone_shows_all_of_it_within_its_width(opened: Open, driver: Any) -> None:
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 375, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    )
    page = opened(compared_report())
    for view in ("changes", "findings", "matrix"):
        page.find_element("id", f"tab-{view}").click()
        for line in find(page, f"#view-{view} details.entry > summary"):
            page.execute_script("arguments[0].click()", line)
        assert page.execute_script("return document.documentElement.scrollWidth") <= 375
    assert page.find_element("id", "filters").get_attribute("open") is None
    cells = find(page, "#view-matrix td button")
    assert all("silent" not in cell.text for cell in cells)
    assert "GBCS 3.1 use cases" in cells[0].text + cells[1].text
    assert min(cell.size["height"] for cell in cells) >= 44


def test_a_dark_screen_gets_a_dark_page(opened: Open, driver: Any) -> None:
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    page = opened(matrix_report())
    ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", ground)[:3]) < 60


def test_on_paper_every_finding_is_open_and_the_controls_are_gone(opened: Open, driver: Any) -> None:
    page = opened(many(200))
    assert len(page.find_elements("css selector", "details.entry")) < 200
    page.execute_script(
        "window.addEventListener('beforeprint', () => { window.printed = ["
        "document.querySelectorAll('details.entry[open] .side').length,"
        "document.querySelectorAll('details.entry:not([open])').length] })"
    )
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF")
    assert until(lambda: page.execute_script("return window.printed")) == [400, 0]
    assert not page.find_elements("css selector", "details.entry[open]")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not find(page, "#search, #filters, .kinds, .skip")


def test_five_thousand_findings_stay_usable(opened: Open, record_property: Callable[[str, object], None]) -> None:
    began = time.monotonic()
    page = opened(many(5000))
    ready = page.execute_script("return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    record_property("milliseconds_until_interactive", round(ready))
    record_property("seconds_with_writing", round(time.monotonic() - began, 2))
    assert told(page) == "5,000 findings"
    assert page.execute_script("return document.querySelectorAll('details.entry').length") < 200
    page.find_element("id", "search").send_keys("item4999.value")
    until(lambda: told(page).startswith("1 of 5,000 findings"))
    page.execute_script("resetAll(); document.querySelector('#view-findings .end').scrollIntoView()")
    until(lambda: page.execute_script("return document.querySelectorAll('details.entry').length") > 60)
    more = one(page, "#view-findings .more")
    shown = page.execute_script("return document.querySelectorAll('details.entry').length")
    more.send_keys("\n")
    assert page.execute_script("return document.querySelectorAll('details.entry').length") > shown
    assert focused(page).tag_name == "summary"
