"""The predicates of a release: what they are asked, and what they cannot know."""

from __future__ import annotations

import sys
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from edge_values import all_predicates, judged

from gbcscheck.device.items.judge import item_judge
from gbcscheck.domains import ANY, NONE, ListOf
from gbcscheck.domains.xml_products import XsProduct
from gbcscheck.errors import UsageError
from gbcscheck.fleet import Predicates, predicates
from gbcscheck.fleet.compiled import is_compiled
from gbcscheck.fleet.sql import sql_of
from gbcscheck.fleet.wanted import Wanted

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
from rule_releases import catalogue_of, link, part, says

ibis = pytest.importorskip("ibis")
pyarrow = pytest.importorskip("pyarrow")

CONNECTION = ibis.duckdb.connect()
OFFSET = "RandomisedOffsetLimit.value"
DAYS = "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"


def told(said: Any, values: list[Any], kind: str = "string", unit: Any = None) -> list[Any]:
    """What an expression says of values in a column of a type."""
    v = ibis.memtable(pyarrow.table({"v": pyarrow.array(values, ibis.dtype(kind).to_pyarrow())})).v
    answer = said(v) if unit is None else said(v, unit)
    return CONNECTION.to_pyarrow(v.as_table().select(answer=answer)).to_pydict()["answer"]  # type: ignore[no-any-return]


def small(
    *rows: dict[str, Any], table: tuple[dict[str, Any], ...] = (), links: Any = (), schema: Any = ()
) -> Predicates:
    extracts = [
        part("GBCS", says("U1", "direction", value="Update"), *rows, name="use cases"),
        part("GBCS", *table, name="T"),
        part("COSEM", says("class 8/value", "encoding", value="time")),
        part("DUIS", *schema),
    ]
    return predicates(catalogue_of(*extracts, links=links))


# --- the release that ships ------------------------------------------------------------------------------------------


def test_an_item_is_found_by_any_name_that_a_device_may_use() -> None:
    made = all_predicates()
    assert made[OFFSET] is made["RandomisedOffsetLimit"] is made["randomised offset limit"]
    assert made[OFFSET].name == OFFSET
    assert OFFSET in made
    assert len(list(made)) == len(made) > 800
    with pytest.raises(KeyError, match="no single data item of the release; near it: RandomisedOffsetLimit"):
        made["RandomisedOffsetLimits"]
    with pytest.raises(KeyError, match="no single data item"):
        made["MaximumDemandConfigurableTimePeriod"]


def test_predicates_of_a_release_are_made_once() -> None:
    made = all_predicates()
    assert predicates(made.catalogue) is made
    with pytest.raises(UsageError, match="no release"):
        predicates("no-such-release")


def test_all_sets_that_a_device_may_hold_have_an_expression() -> None:
    catalogue = all_predicates().catalogue
    stated = {domain for one in catalogue.statements if (domain := catalogue.domain(one)) is not None}
    without = {domain for domain in stated if not is_compiled(domain)}
    few = {domain for domain in without if (members := domain.members(2)) is not None and len(members) <= 2}
    kinds = {type(domain) for domain in without - few}
    assert len(stated) > 400
    assert len(few) == 3, "truths and null, of which the judge is asked one by one"
    assert all(issubclass(kind, ListOf | XsProduct) for kind in kinds), kinds
    assert len(without - few) < len(stated) / 50


def test_items_that_are_not_compiled_are_those_of_truths_and_of_two_kinds() -> None:
    made = all_predicates()
    without = [name for name in made if not made[name].compiled]
    kinds = {tuple(type(kind).__name__ for kind in made[name]._form.kinds) for name in without}
    assert all(len(several) != 1 or several in (("Booleans",), ("Nulls",)) for several in kinds), kinds
    assert len(without) < len(made) / 20


def test_no_item_is_refused_whatever_its_value() -> None:
    """The sets of a hundred items have no value in common as they are written (octets, dates; numbers in a unit, and in
    none), and have many once they are read alike."""
    made = all_predicates()
    judge = item_judge(made.catalogue)
    apart = [name for name in made if judge.permitted(name) is NONE]
    assert len(apart) > 50
    assert [name for name in made if any(NONE in one.sets or one == Wanted(()) for one in made[name]._wanted)] == []


def test_sets_in_a_unit_are_those_of_numbers_in_the_items_own() -> None:
    made = small(
        says("U1/Limit.value", "type", "0..65535"),
        says("U1/Period.value", "type", "0..255"),
        table=(
            *(says("Limit.value", "unit", value="V"), says("Limit.value", "permitted", "0.2..0.25 step any kV")),
            *(says("Period.value", "unit", value="s"), says("Period.value", "permitted", "1..2 min")),
        ),
    )
    for item, texts in (("Limit.value", ["199", "200", "250", "251"]), ("Period.value", ["59", "60", "120", "121"])):
        fits = told(made[item].fits, texts)
        assert fits == judged(made, [(item, text) for text in texts]) == [False, True, True, False]
    refused = small(says("U1/Limit.value", "type", "0..9"), table=(says("Limit.value", "permitted", "20..30 V"),))
    assert told(refused["Limit"].fits, ["5", "25"]) == [False, False]
    assert judged(refused, [("Limit.value", "5"), ("Limit.value", "25")]) == [False, False]


def test_items_of_one_key_say_the_same() -> None:
    made = all_predicates()
    several: dict[Any, list[str]] = {}
    for name in made:
        several.setdefault(made[name].key, []).append(name)
    assert len(several) < len(made) / 4
    alike = max(several.values(), key=len)
    v = ibis.table({"v": "string"}, name="t").v
    assert len({ibis.to_sql(made[name].fits(v).as_table()) for name in alike[:5]}) == 1


# --- what is said of columns -----------------------------------------------------------------------------------------


def test_numbers_as_text_and_as_numbers() -> None:
    offset = all_predicates()[OFFSET]
    texts = ["0", "1799", "1800", "-1", "+5", "0012", " 7 ", "2.0", "2.5", "1e3", "5 s", "x", "", "NA", None]
    fits = [True, True, False, False, True, True, True, True, False, None, None, None, None, None, None]
    assert told(offset.fits, texts) == fits
    assert told(offset.fits, [0, 1799, 1800, -1, None], "int16") == [True, True, False, False, None]
    assert told(offset.fits, [0, 2**64 - 1], "uint64") == [True, None]
    assert told(offset.fits, [0.0, 1800.0, 2.5, float("nan"), None], "float64") == [True, False, None, None, None]
    assert told(offset.fits, [Decimal("5.00"), Decimal("2.50"), None], "decimal(9, 2)") == [True, False, None]


def test_a_value_that_is_missing_is_no_null() -> None:
    offset = all_predicates()[OFFSET]
    texts = ["5", "", " ", "NA", "none", "not set", "\u00a0", "1800", "5 s", None]
    missing = [False, True, True, True, True, True, False, False, False, True]
    assert told(offset.is_missing, texts) == missing
    verdicts = ["fits", *["missing"] * 5, "unread", "wrong", "unread", "missing"]
    assert told(offset.verdict, texts) == verdicts
    assert told(offset.is_missing, [5, None], "int64") == [False, True]
    assert told(offset.verdict, [True, None], "boolean") == ["wrong", "missing"]


def test_null_is_a_value_where_it_is_one_of_the_type() -> None:
    log = next(one for one in all_predicates().values() if [str(kind) for kind in one._form.kinds] == ["null"])
    assert told(log.is_missing, [None, ""]) == [False, True]
    assert told(log.verdict, [None]) == ["unread"]


def test_days_of_a_week() -> None:
    days = all_predicates()[DAYS]
    texts = [
        "0b1111111",
        "1111111",
        "0b11111110",
        "0xFE",
        "0xfe",
        "0b1111100",
        "0xF8",
        "0b1",
        "0xFF",
        "daily",
        "Mon-Fri",
    ]
    fits = [True, True, True, True, True, False, False, False, None, True, False]
    assert told(days.fits, texts) == fits
    assert told(days.fits, [b"\xfe", b"\xf8"], "binary") == [True, False]


def test_dates_and_times() -> None:
    made = small(
        says("U1/Start.value", "type", "octets(4)"),
        says("U1/Start.value", "class", value="8"),
        table=(says("Start.value", "permitted", "time(hour 0..12 | 255, hundredths 0 | 255)"),),
    )
    start = made["Start"]
    texts = [
        "12:00",
        "12:59:59",
        "13:00",
        "0x0C000000",
        "0x0D000000",
        "0xFFFFFFFF",
        "0x0C000001",
        "0x18000000",
        "24:00:00",
    ]
    fits = [True, True, False, True, False, True, False, False, False]
    assert told(start.fits, texts) == fits
    assert told(start.fits, ["9:00", "noon", "0x0C0000", "12:00:00.5"]) == [None] * 4
    column = ibis.table({"v": "time"}, name="t").v
    assert ibis.to_sql(start.fits(column).as_table()).count("NULL") == 1, "a TIME column is left to the judge"
    assert time(12, 0).isoformat() == "12:00:00"


def test_a_unit_beside_a_value_is_the_items_own_or_leaves_it_to_the_judge() -> None:
    made = small(
        says("U1/Limit.value", "type", "0..65535"),
        table=(says("Limit.value", "unit", value="0.1 V"), says("Limit.value", "permitted", "200..2600 V")),
    )
    limit = made["Limit"]
    assert told(limit.fits, [2500, 100], "int64") == [True, False]
    assert told(limit.fits, [2500], "int64", "0.1 V") == [True]
    assert told(limit.fits, [2500], "int64", "V") == [None]
    v = ibis.memtable(pyarrow.table({"v": [2500] * 6, "u": ["0.1 V", "V", "", "NA", "kg", None]}))
    assert CONNECTION.to_pyarrow(v.select(f=limit.fits(v.v, v.u)))["f"].to_pylist() == [
        True,
        None,
        True,
        True,
        None,
        True,
    ]


def test_what_a_document_writes_otherwise_is_left_to_the_judge() -> None:
    made = small(
        says("U1/Threshold.value", "type", "0..65535"),
        schema=(says("/Request/Body/Threshold", "permitted", "0..1 step 0.1"),),
        links=(
            link(
                "Threshold.value", request="/Request/Body/Threshold", command="U1/Threshold.value", convert="scale 10"
            ),
        ),
    )
    fits = told(made["Threshold"].fits, ["5", "0.5", "11", "0.55", "70000"])
    assert fits[1] is None
    assert [fits[0], fits[2], fits[3], fits[4]] == judged(
        made, [("Threshold.value", t) for t in ("5", "11", "0.55", "70000")]
    )


def test_the_default_of_an_item() -> None:
    made = small(
        says("U1/Limit.value", "type", "0..255"),
        says("U1/Days.value", "type", "bits(7)"),
        says("U1/On.value", "type", "boolean"),
        says("U1/Free.value", "type", "0..255"),
        table=(
            says("Limit.value", "default", "5"),
            says("Days.value", "default", "0xFE"),
            says("On.value", "default", "0x01"),
        ),
    )
    assert told(made["Limit"].default, ["5", "05", "5.0", "6", "300", "5 s", "x", None]) == [
        *(True, True, True, False, False, None, None, None)
    ]
    assert told(made["Limit"].default, [5, 6, None], "int64") == [True, False, None]
    assert told(made["Days"].default, ["0b1111111", "0xFE", "0b1111100"]) == [True, True, False]
    assert told(made["On"].default, [True, False, None], "boolean") == [True, False, None]
    assert told(made["On"].default, ["true", "off", "maybe"]) == [True, False, None]
    assert told(made["Free"].default, ["5"]) == [None]


def test_an_item_without_a_type_takes_digits_of_zeros_and_ones_for_bits() -> None:
    made = small(table=(says("Free.value", "permitted", "0..20"),))
    free = made["Free"]
    assert told(free.fits, ["5", "25", "10", "1"]) == [True, False, None, True]
    assert told(free.fits, [10, 25], "int64") == [True, False]
    assert not free.is_stated
    assert made.catalogue.items["Free.value"]


def test_where_nothing_is_asked_all_that_is_plain_is_open() -> None:
    made = small(says("U1/Any.value", "type", "any"), says("U1/Any.value", "note", value="x"))
    assert made["Any"]._wanted == ()
    assert made["Any"]._form.kinds == (ANY,)
    assert told(made["Any"].fits, ["5", None]) == [None, None]


# --- SQL -------------------------------------------------------------------------------------------------------------


def test_sql_runs_as_it_is_printed() -> None:
    import duckdb

    text = sql_of(
        all_predicates(), [OFFSET, DAYS], table="meters", columns={OFFSET: "offset", DAYS: "days"}, kept=["device"]
    )
    meters = pyarrow.table(
        {"device": ["a", "b", "c"], "offset": ["5", "1800", "x"], "days": ["0b1111111", None, "0b1111100"]}
    )
    connection = duckdb.connect()
    connection.register("meters", meters)
    rows = connection.sql(text).to_arrow_table().to_pylist()
    assert [(row["device"], row["offset_verdict"], row["days_verdict"]) for row in rows] == [
        *(("a", "fits", "fits"), ("b", "wrong", "missing"), ("c", "unread", "wrong"))
    ]


@pytest.mark.parametrize(
    ("items", "given", "problem"),
    [
        ([OFFSET], {"dialect": "oracle"}, 'no dialect of SQL is called "oracle"; there are duckdb, spark'),
        ([], {}, "name the items"),
        (["NoSuchItem"], {}, "NoSuchItem is no single data item"),
        ([OFFSET, DAYS], {"columns": {OFFSET: "a", DAYS: "a"}}, "two items stand in the column a"),
        ([OFFSET], {"types": {OFFSET: "no type"}}, "no type of a column"),
    ],
)
def test_sql_of_nothing_is_refused(items: list[str], given: dict[str, Any], problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        sql_of(all_predicates(), items, **given)


@pytest.mark.parametrize("kind", ["string", "int32", "float64", "decimal(9, 2)", "boolean"])
def test_sql_of_spark_needs_no_session(kind: str) -> None:
    text = sql_of(all_predicates(), [OFFSET], "spark", types={OFFSET: kind})
    assert "`RandomisedOffsetLimit.value_verdict`" in text
    assert "\\z" not in text.replace("\\\\z", ""), "a backslash of a literal is written twice"
