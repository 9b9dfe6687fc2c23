"""What a person sees in a cell: number formats, dates and times; and what is told where a cell holds something else."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.extract.number_format import NotShown, sections_of
from gbcscheck.extract.sheets import Cell
from gbcscheck.extract.shown import shown

DAY = datetime.datetime(2026, 11, 1)
HALF_PAST = datetime.time(16, 30)


@pytest.mark.parametrize(
    ("value", "format_", "text"),
    [
        (253, "", "253"),
        (253.0, "", "253"),
        (0.1, "", "0.1"),
        (207.00000000000003, "0", "207"),
        (599.9999999999999, "0.0", "600.0"),
        (599.9999999999999, "", "600"),
        (0.5, "0%", "50%"),
        (0.075, "0.0%", "7.5%"),
        (1799, "#,##0", "1799"),
        (230, '0" V"', "230 V"),
        (230, '0.0" V"', "230.0 V"),
        (1.5, '0.0\\ "kV"', "1.5 kV"),
        (1.5, "0.0 k\\V", "1.5 kV"),
        (4000, '0," kW"', "4 kW"),
        (5, "[$£-809]0.00", "£5.00"),
        (5, "£0.00", "£5.00"),
        (5, "0 [$€-2]", "5 €"),
        (4.1, "0.00", "4.10"),
        (-5, "0;-0", "-5"),
        (-5, "#,##0;[Red](#,##0)", "-5"),
        (-5, "[Red]0.0", "-5.0"),
        (207, '"≥ "0', "≥ 207"),
        (7, "@", "7"),
        (7, "_(* #,##0_);_(* (#,##0)", "7"),
        (True, "", "true"),
        ("Mon-Fri", "0", "Mon-Fri"),
        (DAY, "d-mmm", "1 Nov"),
        (DAY, "dd/mm/yyyy", "2026-11-01"),
        (DAY, "mm-dd-yy", "2026-11-01"),
        (DAY, "[$-809]d\\ mmmm\\ yyyy;@", "2026-11-01"),
        (DAY.date(), "yyyy-mm-dd", "2026-11-01"),
        (datetime.datetime(2026, 11, 1, 12, 30), "dd/mm/yyyy hh:mm", "2026-11-01 12:30:00"),
        (datetime.datetime(2026, 11, 1, 12, 30), "d-mmm", "1 Nov"),
        (datetime.datetime(2026, 11, 1, 16, 30), "hh:mm", "16:30"),
        (HALF_PAST, "hh:mm", "16:30"),
        (HALF_PAST, "h:mm AM/PM", "16:30"),
        (datetime.time(16, 30, 5), "h:mm:ss", "16:30:05"),
        (datetime.time(16, 30, 5, 250_000), "", "16:30:05.25"),
        (datetime.timedelta(minutes=90), "[h]:mm", "01:30"),
        (datetime.timedelta(days=1), "[h]:mm:ss", "24:00"),
        (datetime.timedelta(seconds=90), "[mm]:ss", "00:01:30"),
    ],
)
def test_a_cell_reads_as_it_is_shown(value: object, format_: str, text: str) -> None:
    assert shown(Cell("B3", value, format=format_)).text == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "format_", "told"),
    [
        (207.4, "0", "it holds 207.4 and shows 207"),
        (6.5535, '0.00" V"', "it holds 6.5535 and shows 6.55 V"),
        (0.125, "0%", "it holds 0.125 and shows 13%"),
        (1500, '0," kW"', "it holds 1500 and shows 2 kW"),
        (5, ";;;", "it holds 5 and shows nothing"),
        (0, '0;-0;"-"', "it holds 0 and shows -"),
        (0, '0;-0;"n/a"', "it holds 0 and shows n/a"),
        (-5, "0;0", "it holds -5 and shows it without its sign"),
        (5, '[>100]0" V";0" mV"', "depends on the number"),
        (1234.5, "0.0E+00", "may show another number"),
        (0.3, "# ?/?", "may show another number"),
        (DAY, "mmm-yy", "it holds 2026-11-01 and does not show the day"),
        (DAY, "yyyy", "does not show the month"),
        (datetime.datetime(1900, 1, 1), "hh:mm", "it holds a day and a time"),
        (datetime.time(16, 30, 5), "hh:mm", "it holds 16:30:05 and shows no seconds"),
        (datetime.time(0, 0, 30), "mm:ss", "it holds 00:00:30 and does not show the hour"),
        (datetime.timedelta(seconds=90), "[h]:mm", "it holds 90 s and shows no seconds"),
    ],
)
def test_what_a_format_hides_is_told(value: object, format_: str, told: str) -> None:
    with pytest.raises(NotShown) as caught:
        shown(Cell("B3", value, format=format_))  # type: ignore[arg-type]
    assert told in str(caught.value)


def test_a_format_has_sections_and_date_parts() -> None:
    assert [section.behind for section in sections_of('0" V";-0" V";"off; none"')] == [" V", " V", ""]
    assert [sections_of(one)[0].date for one in ("d-mmm", "hh:mm:ss", "[mm]:ss", "m/d/yy h:mm")] == [
        "dm",
        "hMs",
        "[m]s",
        "mdyhM",
    ]


FORMATS = st.text('0#?.,%"\\_*;[]hms- EedyV', max_size=12)
NUMBERS = st.one_of(st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False))


@given(NUMBERS, FORMATS)
def test_any_number_in_any_format_is_shown_or_told(value: float, format_: str) -> None:
    with suppress(NotShown):
        assert isinstance(shown(Cell("B3", value, format=format_)).text, str)
