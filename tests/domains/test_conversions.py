"""Conversions between the hops of a message: what comes out of a set, and what goes into one."""

from __future__ import annotations

import pytest
from domain_strategies import BIT_SETS, DOMAINS, FEW_TEXTS, OCTET_SETS, TEXT_SETS, cosem_sets, number_sets, xs_sets
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import (
    ANY,
    NONE,
    Domain,
    NotExact,
    NoWitness,
    TimeValue,
    XsDateTimeValue,
    XsTimeValue,
    cosem_date,
    cosem_time,
    integers,
    moments_within,
    numbers,
    octets_set,
    points,
    xs_date,
    xs_date_time,
    xs_time,
)
from gbcscheck.domains.conversions import BadConversion, Conversion, Identity, parse_conversion
from gbcscheck.notation.canonical import parse_domain, print_value


@pytest.mark.parametrize(
    ("conversion", "domain", "image"),
    [
        ("scale 1/10", "0..4294967295", "0..429496729.5 step 0.1"),
        ("scale 0.1", "0..4294967295", "0..429496729.5 step 0.1"),
        ("scale 10", "0..429496729.5 step 0.1", "0..4294967295"),
        ("scale 10000", "0..6.5535 step 0.0001", "0..65535"),
        ("scale 1/100000", "0..4294967295", "0..42949.67295 step 0.00001"),
        ("scale 1/3", "0..3", "0 | 1/3 | 2/3 | 1"),
        ("scale -1", "0<..10 step any", "-10..<0 step any"),
        ("scale 10", '0..5 | "A"', "0 | 10 | 20 | 30 | 40 | 50"),
        ("scale 10", "any", "decimal"),
        ("scale 10", '"A"', "none"),
        ("scale 10", "0..5 V", "0 V | 10 V | 20 V | 30 V | 40 V | 50 V"),
        ("unit V", "0..300", "0..300 V"),
        ("unit min", "0..30", "0..1800 step 60 s"),
        ("unit V", "0..300 V", "0..300 V"),
        ("unit V", "0..300 A", "none"),
        ("hex", '"0e" | "0E" | "F" | "xy"', "0x0E"),
        ("hex", "text(1..5)", "octets(1..2)"),
        ("hex", "octets(3)", "octets(3)"),
        ("bits 7", "0xFE", "0b1111111"),
        ("bits 7", "0xFF", "none"),
        ("bits 7", "octets(0..2)", "bits(7)"),
        ("bits 7", "octets(2)", "none"),
        ("bits 7", "0b1111111", "0b1111111"),
        ("hex; bits 7", '"FE"', "0b1111111"),
        ("text to octets", "text(1..8)", "octets(1..32)"),
        ("text to octets", '"AB" | "é"', "0x4142 | 0xC3A9"),
        (
            "xs:dateTime to date-time",
            "xs:dateTime(year 2025, month 6, day 1, seconds 0, zone 60)",
            "date-time(year 2025, month 6, day 1, weekday 255, hour 0, minute 0, second 0, hundredths 0, "
            "deviation -60, status 255)",
        ),
        (
            "date-time to xs:dateTime",
            "date-time(deviation -60 | 0 | 330)",
            "xs:dateTime(year 1..65534, seconds 0..86399.99 step 0.01, zone -330 | 0 | 60)",
        ),
        (
            "date-time to xs:dateTime",
            "date-time(deviation -32768)",
            "xs:dateTime(year 1..65534, seconds 0..86399.99 step 0.01, zone 0)",
        ),
        ("map CREDIT=0, PREPAYMENT=1", '"PREPAYMENT"', "1"),
        ("map CREDIT=0, PREPAYMENT=1", "any", "0 | 1"),
        ('map "A, B"=0x01, C=0b1, true="x=y"', "any", '"x=y" | 0b1 | 0x01'),
        ("xs:time to time", "xs:time", "time(hour 0..23, minute 0..59, second 0..59, hundredths 0..99)"),
        ("xs:time to time", "xs:time(seconds 61200, zone 0)", "time(hour 17, minute 0, second 0, hundredths 0)"),
        ("xs:time to time", "xs:time(seconds 86400)", "none"),
        ("xs:time to time", "xs:time(zone null)", "none"),
        ("xs:time to time", "xs:time(seconds 0..86399)", "time(hour 0..23, minute 0..59, second 0..59, hundredths 0)"),
        (
            "xs:time to time",
            "xs:time(seconds 0..84600 step 1800)",
            "time(hour 0..23, minute 0 | 30, second 0, hundredths 0)",
        ),
        ("xs:date to date", "xs:date", "date(year 1..65534, month 1..12, day 1..31, weekday 255)"),
        ("time to xs:time", "time", "xs:time(seconds 0..86399.99 step 0.01, zone 0)"),
        ("date to xs:date", "date(year 2020)", "xs:date(year 2020, zone 0)"),
        ("", "0..5", "0..5"),
        (
            "xs:dateTime to UTCTime",
            "xs:dateTime(year 2014, month 12, day 31, seconds 0, zone 0 | 60)",
            "473295600 | 473299200",
        ),
        ("xs:dateTime to UTCTime", "xs:dateTime(year 1999, month 12, day 31, seconds 0, zone 0)", "none"),
        ("xs:dateTime to UTCTime", "xs:dateTime(year 2014, month 12, day 31, seconds 0.5, zone 0)", "none"),
        ("xs:dateTime to UTCTime", "xs:dateTime(year 2014, month 12, day 31, seconds 0, zone null)", "none"),
        ("xs:time to minutes", "xs:time", "0..1439"),
        ("xs:time to minutes", "xs:time(seconds 25200, zone 0)", "420"),
        (
            "xs:date to date or any year",
            "xs:date(year 65535, month 4, day 29, zone 0)",
            "date(year 65535, month 4, day 29, weekday 255)",
        ),
        ("EUI to octets", '"00-DB-12-34-56-78-90-a0" | "00-DB"', "0x00DB1234567890A0"),
        ("EUI to octets", "text(23)", "octets(8)"),
        ("EUI to octets", "text(1..8)", "none"),
        ("number to octets 1", "1 | 300", "0x01"),
        ("number to octets 2", "0..65535", "octets(2)"),
        ("plus 100", "1..8", "101..108"),
        ("plus -1; number to octets 1", "1..2", "0x00 | 0x01"),
        ("octets to number 2", "0x8F01 | 0x01", "36609"),
        ("octets to number 2", "octets(0..)", "0..65535"),
        ("octets to number 2", "7", "none"),
    ],
)
def test_image(conversion: str, domain: str, image: str) -> None:
    assert str(parse_conversion(conversion).image(parse_domain(domain))) == image


@pytest.mark.parametrize(
    ("conversion", "domain", "preimage"),
    [
        ("scale 1/10", "0..429496729.5 step 0.1", "0..4294967295"),
        ("unit kV", "0..2000 V", "0..2 step 0.001"),
        ("hex", "0x0E", '"0E" | "0e" | 0x0E'),
        ("hex", "octets(1..2)", 'text(2..4) matching "([0-9A-Fa-f]{2})*" | octets(1..2)'),
        ("bits 8", "bits(8)", "bits(8) | octets(1)"),
        ("bits 7", "0b1111111", "0b1111111 | 0xFE"),
        ("bits 7", "bits(8)", "none"),
        ("text to octets", "octets(5..8)", "text(2..8) | octets(5..8)"),
        ("text to octets", "0x4142", '"AB" | 0x4142'),
        ("text to octets", "0xC3A9 | 0xC3", '"é" | 0xC3 | 0xC3A9'),
        ("map CREDIT=0, PREPAYMENT=1, OTHER=1", "1", '"OTHER" | "PREPAYMENT"'),
        ("hex; bits 7", "0b1111111", '"FE" | "Fe" | "fE" | "fe" | 0xFE'),
        (
            "xs:time to time",
            "time(hour 0..23, minute 0..59, second 0..59, hundredths 0..99)",
            "xs:time(seconds 0..86399.99 step 0.01, zone 0)",
        ),
        ("xs:time to time", "time", "xs:time(seconds 0..86399.99 step 0.01, zone 0)"),
        ("xs:time to time", "time(hundredths 255)", "xs:time(seconds 0..86399, zone 0)"),
        (
            "xs:time to time",
            "time(minute 0 | 30, second 0, hundredths 0)",
            "xs:time(seconds 0..84600 step 1800, zone 0)",
        ),
        ("xs:time to time", "time(hour 255)", "none"),
        ("xs:date to date", "date", "xs:date(year 0..65534, zone 0)"),
        ("xs:date to date", "date(year 65535)", "none"),
        (
            "xs:dateTime to date-time",
            "date-time",
            "xs:dateTime(year 0..65534, seconds 0..86399.99 step 0.01, zone -840..840)",
        ),
        (
            "xs:dateTime to date-time",
            "date-time(deviation 60)",
            "xs:dateTime(year 0..65534, seconds 0..86399.99 step 0.01, zone -60)",
        ),
        ("time to xs:time", "xs:time(seconds 61200)", "time(hour 17, minute 0, second 0, hundredths 0 | 255)"),
        ("xs:time to minutes", "420 | 1440", "xs:time(seconds 25200, zone 0)"),
        ("number to octets 1", "0x01 | 0x0102", "1 | 0x01"),
        ("EUI to octets", "0x0012345678901234", '"00-12-34-56-78-90-12-34" | 0x0012345678901234'),
        ("plus 100", "101..108", "1..8"),
        ("octets to number 2", "36609 | 65536", "0x8F01"),
        ("octets to number 2", "0x8F01", "none"),
    ],
)
def test_preimage(conversion: str, domain: str, preimage: str) -> None:
    expected = parse_domain(preimage)
    assert parse_conversion(conversion).preimage(parse_domain(domain)) == expected


def test_each_class_of_time_that_a_device_cannot_take() -> None:
    carried = parse_conversion("xs:time to time").preimage(cosem_time())
    found = [(label, print_value(example)) for label, example in xs_time().difference_classes(carried)]
    assert found == [
        ("24:00:00", "24:00:00Z"),
        ("more than two decimals of a second", "00:00:00.001Z"),
        ("a zone offset", "00:00:00+01:00"),
        ("no zone", "00:00:00"),
    ]
    dates = parse_conversion("xs:dateTime to date-time").preimage(parse_domain("date-time"))
    assert [label for label, _ in xs_date_time().difference_classes(dates)] == [
        "year below 1",
        "year above 65534",
        "more than two decimals of a second",
        "no zone",
    ]


def test_single_values() -> None:
    times = parse_conversion("xs:time to time")
    assert times.convert(XsTimeValue.parse("17:00:00.00Z")) == TimeValue(17, 0, 0, 0)
    assert parse_conversion("scale 10").convert(points(["0.5"]).witness()) == 5
    with pytest.raises(NoWitness):
        times.convert(XsTimeValue.parse("24:00:00Z"))


@given(st.integers(-840, 840))
def test_a_zone_becomes_the_deviation_with_the_other_sign_and_back(zone: int) -> None:
    there = parse_conversion("xs:dateTime to date-time")
    back = parse_conversion("date-time to xs:dateTime")
    value = XsDateTimeValue(2025, 6, 1, 43200, zone)
    converted = there.convert(value)
    assert getattr(converted, "deviation", None) == (-zone or -0x8000)
    assert back.convert(converted) == value


def test_sets_of_times_that_are_no_box_are_refused() -> None:
    with pytest.raises(NotExact):
        parse_conversion("xs:dateTime to date-time").image(
            moments_within(XsDateTimeValue.parse("2025-01-01T00:00:00Z"), "minInclusive")
        )
    with pytest.raises(NotExact):
        parse_conversion("xs:time to time").image(xs_time(seconds=integers(61200, 79200)))
    with pytest.raises(NotExact):
        parse_conversion("xs:date to date").preimage(cosem_date(weekday=integers(1, 5)))
    assert parse_conversion("date to xs:date").image(cosem_date(weekday=integers(1, 5))) == xs_date(
        year=integers(0, 65534), zone=points([0])
    )
    with pytest.raises(NotExact):
        parse_conversion("time to xs:time").image(
            parse_domain("time(minute 0 | 7 | 11, hundredths 0 | 3 | 7 | 11 | 20 | 31)").meet(cosem_time())
        )


# --- laws ------------------------------------------------------------------------------------------------------------

LINKS: dict[str, st.SearchStrategy[Domain]] = {
    "scale 1/10": number_sets(),
    "scale -3": number_sets(),
    "unit V": number_sets().filter(lambda d: getattr(d, "unit", "V") in (None, "V")),
    "bits 2": st.one_of(BIT_SETS, OCTET_SETS),
    "hex": OCTET_SETS,
    "text to octets": st.one_of(FEW_TEXTS, st.lists(st.binary(max_size=2), max_size=4).map(octets_set)),
    'map A=1, "00"=2, "é"=2, 7=true': st.one_of(st.sets(st.integers(0, 9)).map(points), TEXT_SETS),
    "xs:time to time": xs_sets(),
    "xs:date to date": xs_sets(),
    "xs:dateTime to date-time": xs_sets(),
    "time to xs:time": cosem_sets(),
    "date to xs:date": cosem_sets(),
    "date-time to xs:dateTime": cosem_sets(),
    "scale 2; scale 1/2": number_sets(),
    "xs:dateTime to UTCTime": xs_sets(),
    "xs:time to minutes": xs_sets(),
    "xs:date to date or any year": xs_sets(),
    "EUI to octets": st.one_of(OCTET_SETS, st.lists(st.binary(min_size=8, max_size=8), max_size=3).map(octets_set)),
    "number to octets 1": st.one_of(number_sets().filter(lambda d: getattr(d, "unit", None) is None), OCTET_SETS),
    "plus 7": number_sets(),
    "octets to number 1": OCTET_SETS,
}


@pytest.mark.parametrize("name", list(LINKS))
@given(data=st.data())
def test_what_comes_out_of_a_set_goes_into_it(name: str, data: st.DataObject) -> None:
    conversion = parse_conversion(name)
    try:
        defined = conversion.preimage(conversion.image(ANY))
        domain = data.draw(LINKS[name]).meet(defined)
        image = conversion.image(domain)
        back = conversion.preimage(image)
        again = conversion.image(back)
    except NotExact:
        return
    assert domain.is_subset(back) is not False
    assert again == image
    assert (image is NONE) == (domain is NONE)


@pytest.mark.parametrize("name", [name for name in LINKS if name != 'map A=1, "00"=2, "é"=2, 7=true'])
@given(data=st.data())
def test_single_values_agree_with_sets(name: str, data: st.DataObject) -> None:
    conversion = parse_conversion(name)
    domain = data.draw(LINKS[name])
    try:
        image = conversion.image(domain)
    except NotExact:
        return
    for value in (domain.members(20) or ())[:5]:
        try:
            assert image.contains(conversion.convert(value))
        except NoWitness:
            continue


@pytest.mark.parametrize("name", ["scale by Divisor", "unstated"])
def test_nobody_can_say_what_becomes_of_a_value_whose_factor_or_form_is_not_stated(name: str) -> None:
    conversion = parse_conversion(name)
    for of_set in (conversion.image, conversion.preimage):
        assert of_set(NONE) is NONE
        with pytest.raises(NotExact, match="is not known"):
            of_set(points([1]))


@given(DOMAINS)
def test_the_identity(domain: Domain) -> None:
    assert Identity().image(domain) == Identity().preimage(domain) == domain


@given(number_sets(), number_sets())
def test_images_keep_meets_of_one_to_one_conversions(one: Domain, two: Domain) -> None:
    scale = parse_conversion("scale 3/7")
    assert scale.image(one.meet(two)) == scale.image(one).meet(scale.image(two))
    assert scale.preimage(scale.image(one)) == one


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("scale 1/10", "scale 0.1"),
        ("scale 1/3", "scale 1/3"),
        (" hex ;bits 7 ", "hex; bits 7"),
        ("map A=1,B = 2", "map A=1, B=2"),
        ('map "A;B"=1, "1"=0x0E', 'map "A;B"=1, "1"=0x0E'),
        ("xs:dateTime to date-time", "xs:dateTime to date-time"),
        ("unit V", "unit V"),
        (" number to octets 2", "number to octets 2"),
        ("plus 100 ; plus -3", "plus 100; plus -3"),
        ("xs:dateTime to UTCTime; plus 1", "xs:dateTime to UTCTime; plus 1"),
        ("text to octets", "text to octets"),
        (" octets to number 2", "octets to number 2"),
        ("scale by  Divisor / Multiplier", "scale by Divisor / Multiplier"),
        ("unstated", "unstated"),
        ("", ""),
    ],
)
def test_names(text: str, name: str) -> None:
    conversion: Conversion = parse_conversion(text)
    assert conversion.name == str(conversion) == name
    assert parse_conversion(name) == conversion


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("scales 10", "is no conversion"),
        ("scale", "is no factor"),
        ("scale 0", "a factor of 0"),
        ("scale 1/0", "divides by 0"),
        ("scale 1e5", "is no factor"),
        ("unit furlong", "not a unit"),
        ("bits 0", "is no conversion"),
        ("bits seven", "is no conversion"),
        ("map", "without a pair"),
        ("map A", "is no pair"),
        ("map A=1, A=2", "mapped twice"),
        ("map A=?", "is no value"),
        ('map "\\q"=1', "is no value"),
        ("xs:time to date", "is no conversion"),
        ("plus", "is no conversion"),
        ("plus 1.5", "is no conversion"),
        ("number to octets 9", "is no conversion"),
        ("octets to number 9", "is no conversion"),
        ("scale by ", "is no factor"),
    ],
)
def test_what_names_no_conversion(text: str, reason: str) -> None:
    with pytest.raises(BadConversion, match=reason):
        parse_conversion(text)


def test_a_number_and_a_boolean_are_two_values_of_a_map() -> None:
    flags = parse_conversion("map 1=A, true=B")
    assert str(flags.image(parse_domain("1"))) == '"A"'
    assert str(flags.image(parse_domain("true"))) == '"B"'
    assert numbers(0, 1).meet(flags.preimage(ANY)) == points([1])
