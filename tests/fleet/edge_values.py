"""Values at the edges of what the items of a release may hold, made from the release; what an engine says of them by
the predicates, and what the judge of single devices says.

They are made for one item of each key (items of one key ask the same): every bound with its neighbours, what is written
in another way, what is no value, numbers that no type holds. Texts that are alike for all items of a kind, and take the
judge long to refuse, are asked of one item of each kind, and so are columns of types that are rare.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from gbcscheck.device.configuration.form import Form
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.judge import ConfigurationJudge
from gbcscheck.device.configuration.leaf import known
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.domains import Bits, Choice, Domain, Numbers, Octets, Texts
from gbcscheck.domains.cosem import CosemProduct
from gbcscheck.evidence.fitting import fitting
from gbcscheck.fleet import Predicates, predicates
from gbcscheck.model.device_files import FITS, OPEN, WRONG

RELEASE = "current"
MOST_OF_A_SET = 8
"""Values that are made of one set."""

NUMBERS = (
    *("0", "1", "2", "9", "10", "01", "00", "007", "0012", "-0", "-1", "+1", "+0", "127", "128", "-128", "-129", "255"),
    *("256", "32767", "32768", "-32768", "65535", "65536", "4294967295", "4294967296", "2147483648", "-2147483649"),
    *("9007199254740993", "999999999999999999", "9223372036854775807", "9223372036854775808", "18446744073709551615"),
    *("340282366920938463463374607431768211456", "-9223372036854775809", "00000000000000000000005"),
    *("2.5", "4.10", "1.0", "0.5", "-2.5", "5.000000", "0.0000001", "1.00000000", "123456789012.5", "1234567890123.5"),
    *("3.", ".5", "-.5", "1.2.3", "--1", "+-1", "1 ", " 1", "1\n", "1\t", "\u00a01", "1\r\n"),
)
"""Numbers in many forms; the last are none, or such that engines cast to one."""
OTHERS = (
    *(
        "",
        " ",
        "NA",
        "N/A",
        "n/a",
        "na",
        "-",
        "--",
        "–",
        "none",
        "None",
        "NIL",
        "null",
        "NULL",
        "unset",
        "Not Set",
        "?",
    ),
    *(
        "1e3",
        "1E2",
        "1e400",
        "0e0",
        "inf",
        "nan",
        "NaN",
        "-Infinity",
        "1,5",
        "1,000",
        "1 000",
        "1_000",
        "1'000",
        "٣",
        "５",
    ),
    *(
        "1\u00a0000",
        "²",
        "½",
        "0x",
        "0X10",
        "0x1",
        "0b",
        "0b2",
        "0b0 ",
        "0xG0",
        "0o7",
        "FF",
        "FE",
        "fe",
        "DE AD",
        "de-ad",
    ),
    *(
        "5 s",
        "5s",
        "30 min",
        "0.1 V",
        "253 V",
        "5 %",
        "£5",
        "PT30S",
        "PT",
        "00:30:00",
        "16h",
        "0..5",
        "1 | 2",
        "at least 3",
    ),
    *("true", "false", "True", "TRUE", "yes", "no", "on", "off", "enabled", "t", "f", "Y", "0b1", "0b0", "0b11111110"),
    *("Mon-Fri", "daily", "Sat", "mon,tue", "weekdays", "1111111", "0000001", "11111110", "111", "0b111", "0b1111111"),
    *("16:00", "16:00:00", "16:00:30", "24:00", "24:00:00", "23:59:59", "23:59:60", "9:05", "16:00:00.5", "16:00Z"),
    *("16:00:00+01:00", "noon", "2021-11-01", "2021-02-30", "2021-02-29", "2020-02-29", "1599-01-01", "0000-01-01"),
    *("9999-12-31", "2021-13-01", "2021-11-1", "20211101", "1 Nov", "2021-11-01T16:00:00", "2021-11-01T16:00:00Z"),
    *(
        "2021-11-01 16:00:00",
        "2021-11-01T24:00:00Z",
        "2021-11-01T16:00:00+01:00",
        "2021-11-01T16:00",
        "3000-12-31T00:00:00",
    ),
    *("0x00", "0x01", "0xFE", "0xfe", "0xFF", "0x0102", "0X0102", "0x000001FFFF", "0x07E50B01FF", "0xFFFFFFFFFF"),
    *("0x10000000", "0x1000FF00", "0x18000000", "0x17FFFFFF", "0x173B3B63", "0x173B3B64", "16000000", "000000000000"),
    *(
        "0x0000000000000000008000FF",
        "0xFFFFFFFFFFFFFFFFFF8000FF",
        "0xFFFFFFFFFFFFFFFFFFFFFFFF",
        "0x07E50B01FF10000000800000",
    ),
    *(
        "0x07E50B01FF1000000003C000",
        "0x07E50B01FF1000000003490A",
        "0x07E50B01FF10000000FCB700",
        "0x07E50B01FF10000000FCB800",
    ),
    *(
        "abc",
        "A",
        "é",
        "naïve",
        "x" * 30,
        "x" * 129,
        '"abc"',
        'a"b',
        "'x'",
        "a\nb",
        "\\z",
        "$",
        "^",
        "%",
        "'; --",
        "a\u2028b",
    ),
    *(
        "Locked",
        "locked",
        "0-0:10.128.100.255",
        "1.2.3.4.5.6",
        "text",
        "any",
        "octets(1)",
        "hello world",
        "<b>",
        "\U0001f600",
    ),
    *(
        "Hello, World!",
        "0x48656C6C6F",
        "48656C6C6F",
        "cafe",
        "xyz",
        "123456789",
        "-1 s",
        "1 s",
        "NaN s",
        "{}",
        "[1]",
        "\x7f",
    ),
)
"""Other texts: no value, wildcards, units, dates and times, octets, bits, words, signs that engines read otherwise."""


class Edge(NamedTuple):
    """A value of a column of some type, for an item; ``raw`` is what the judge is given for it."""

    item: str
    column: str
    value: Any
    raw: Any


COLUMNS = ("string", "int64", "uint64", "decimal(20, 4)", "float64", "boolean", "binary", "date", "timestamp")
"""The types of columns in which values stand."""


@cache
def all_predicates() -> Predicates:
    return predicates(RELEASE)


def items_by_key() -> list[str]:
    """One item of each key."""
    made = all_predicates()
    return list({made[name].key: name for name in reversed(list(made))}.values())


# --- values ----------------------------------------------------------------------------------------------------------


@cache
def edges() -> tuple[Edge, ...]:
    """Every pair of an item and a value, each once."""
    return tuple(dict.fromkeys(_edges()))


def _edges() -> Iterator[Edge]:
    catalogue = all_predicates().catalogue
    asked: set[tuple[type, ...]] = set()
    for name in items_by_key():
        form = known(catalogue).form(name)
        kinds = tuple(type(kind) for kind in form.kinds)
        sets = _sets(form, name)
        is_first = kinds not in asked
        most = 3 * MOST_OF_A_SET if is_first else MOST_OF_A_SET
        texts = [text for one in sets for text in itertools.islice(texts_of(one), most)]
        if is_first:
            texts += (*NUMBERS, *(OTHERS if len(kinds) == 1 else OTHERS[::3]))
        else:
            texts += NUMBERS[::9]
        yield from (Edge(name, "string", text, text) for text in (None, *texts))
        yield from typed(name, texts, first=is_first)
        asked.add(kinds)


def _sets(form: Form, name: str) -> list[Domain]:
    catalogue = all_predicates().catalogue
    found = [*form.kinds, *(route.permitted for route in form.documents)]
    for requirement in fitting(catalogue, catalogue.items[name]):
        found += [one for _, one in requirement.stated]
        found += [route.encodings for route in requirement.routes]
    apart = (one.alternatives if isinstance(one, Choice) else (one,) for one in found)
    return list(dict.fromkeys(one for several in apart for one in several))


def texts_of(domain: Domain) -> Iterator[str]:
    """Texts for members of a set at its edges, and for values just beyond."""
    if isinstance(domain, Numbers):
        yield from _numbers(domain)
    elif isinstance(domain, Bits):
        for bits in _bits(domain):
            yield from (f"0b{bits}", bits)
    elif isinstance(domain, Octets):
        for octets in _octets(domain):
            yield from (f"0x{octets.hex().upper()}", octets.hex())
        yield from ("z" * count for count in _lengths(*domain.length_range))
    elif isinstance(domain, Texts):
        if domain.listed is not None:
            for text in domain.listed[:8]:
                yield from (text, text.upper(), f"{text} ", f'"{text}"', text[:-1])
        else:
            yield from ("a" * count for count in _lengths(*domain.lengths))
            yield from ("7" * count for count in _lengths(*domain.lengths))
    elif isinstance(domain, CosemProduct):
        yield from _dated(domain)


def _numbers(domain: Numbers) -> Iterator[str]:
    step = domain.step or Fraction(1, 2)
    spans = (*domain.spans[:2], *domain.spans[-2:])
    for bound in dict.fromkeys(end for span in spans for end in (span.low, span.high) if end is not None):
        for near in (bound, bound - step, bound + step, bound - 1, bound + 1, bound + Fraction(1, 10)):
            if 10**6 * near == int(10**6 * near):
                text = f"{Decimal(int(10**6 * near)).scaleb(-6):f}".rstrip("0").rstrip(".")
                yield from (text, f"{text}.0" if "." not in text else f"{text}0")
        yield from (f"+{bound}", f"0{bound}", f"{bound} ", f"{bound} {domain.unit or 'V'}")


def _lengths(low: int, high: int | None) -> list[int]:
    """Counts at the ends of a range, those within it first."""
    found = (low, *(() if high is None else (high, high + 1)), low - 1, low + 1)
    return [one for one in dict.fromkeys(found) if 0 < one <= 300]


def _bits(domain: Bits) -> Iterator[str]:
    for one in (domain.mask or "", *domain.listed[:4]):
        if one:
            plain = one.replace("x", "0")
            yield from (plain, one.replace("x", "1"), f"{plain[:-1]}{'0' if plain[-1] == '1' else '1'}", f"{plain}0")
    for count in _lengths(*domain.length_range):
        yield ("10" * count)[:count]


def _octets(domain: Octets) -> Iterator[bytes]:
    for one in domain.listed[:4]:
        yield from (one, one + b"\0")
        if one:
            yield one[:-1] + bytes((one[-1] ^ 1,))
    for count in _lengths(*domain.length_range):
        yield b"\xfe" * count


def _dated(domain: CosemProduct) -> Iterator[str]:
    """Octets in which one field is at an edge, and the others are what most values have."""
    widths = [2 if name in ("year", "deviation") else 1 for name in domain.names]
    usual = [int(part.witness()) for part in domain.parts]  # type: ignore[call-overload]
    for place, part in enumerate(domain.parts):
        assert isinstance(part, Numbers)
        ends = [end for span in part.spans for end in (span.low, span.high)]
        for value in dict.fromkeys(int(end or 0) + near for end in ends for near in (-1, 0, 1)):
            fields = [*usual[:place], value, *usual[place + 1 :]]
            octets = b"".join(
                (field % 256**width).to_bytes(width, "big") for field, width in zip(fields, widths, strict=True)
            )
            yield f"0x{octets.hex().upper()}"


def typed(item: str, texts: Sequence[str], *, first: bool) -> Iterator[Edge]:
    """The values in columns of other types than text: whole numbers for every item, the others where it is the
    ``first`` of its kind."""
    plain = [text for text in dict.fromkeys(texts) if re.fullmatch(r"-?[0-9]+(?:[.][0-9]+)?", text)]
    for place, text in enumerate(plain):
        number = Decimal(text)
        if number == int(number) and abs(number) < 2**64:
            whole = int(number)
            column = "int64" if -(2**63) <= whole < 2**63 else "uint64"
            if column == "int64" or whole > 0:
                yield Edge(item, column, whole, whole)
            if first and place % 3 == 0 and abs(whole) < 2**53:
                yield Edge(item, "float64", float(whole), whole)
        if first and place % 2 == 0 and abs(number) < 10**15 and number == round(number, 4):
            exact = number.quantize(Decimal("0.0001"))
            yield Edge(item, "decimal(20, 4)", exact, exact)
    if not first:
        return
    yield from (Edge(item, "boolean", truth, truth) for truth in (True, False))
    yield from (Edge(item, "float64", value, str(value)) for value in (2.5, 1e300, -0.5))
    yield from (Edge(item, "uint64", value, value) for value in (0, 5, 2**63, 2**64 - 1))
    for octets in (b"\x01", b"\xfe", b"\x01\x02", bytes(4), bytes.fromhex("07E50B01FF"), b"hello"):
        yield Edge(item, "binary", octets, f"0x{octets.hex().upper()}")
    for day in (date(2021, 11, 1), date(2020, 2, 29), date(1999, 12, 31)):
        yield Edge(item, "date", day, day.isoformat())
    for moment in (datetime(2021, 11, 1, 16), datetime(2021, 11, 1, 16, 0, 30), datetime(1970, 1, 1)):
        yield Edge(item, "timestamp", moment, moment.isoformat())


# --- what is said of them --------------------------------------------------------------------------------------------


class _Counted(Gatherer):
    """Counts what is found, and keeps nothing."""

    def __init__(self) -> None:
        super().__init__(FileRecord("edges", tree=True))
        self.count = 0

    def add(self, problem: Problem, *, subject: str, written: str, source: str, meaning: str = "") -> int:
        self.count += 1
        return 0

    def again(self, number: int, source: str, written: str) -> None:
        self.count += 1


def judged(made: Predicates, pairs: Iterable[tuple[str, Any]]) -> list[bool | None]:
    """What the judge of single devices says of configurations with one value: whether it has no finding; None where it
    takes it for no value."""
    gatherer = _Counted()
    judge = ConfigurationJudge(made.catalogue, gatherer, str)
    found: list[bool | None] = []
    for item, raw in pairs:
        before = gatherer.count
        gatherer.record.entries.clear()
        judge.items({item: raw}, "")
        is_value = any(entry.verdict in (FITS, OPEN, WRONG) for entry in gatherer.record.entries)
        found.append(gatherer.count == before if is_value else None)
    return found


def disagreements(made: Predicates, values: Sequence[Edge], told: Sequence[tuple[bool | None, bool]]) -> list[str]:
    """What an engine says that the judge does not: that a value fits, is wrong, or is missing."""
    of_judge = judged(made, ((edge.item, edge.raw) for edge in values))
    return [
        f"{edge}: the judge says {right}, the engine {fits}{', missing' if missing else ''}"
        for edge, right, (fits, missing) in zip(values, of_judge, told, strict=True)
        if (fits is not None and fits is not right) or (missing and right is not None)
    ]


class DuckDB:
    """Works out expressions of Ibis over rows that are given."""

    def __init__(self) -> None:
        import ibis

        self.connection = ibis.duckdb.connect()

    def table(self, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> Any:
        """A table by the name of each column: its type and its values."""
        import ibis
        import pyarrow

        made = {name: pyarrow.array(values, ibis.dtype(kind).to_pyarrow()) for name, (kind, values) in columns.items()}
        return ibis.memtable(pyarrow.table(made))

    def rows(self, table: Any) -> list[dict[str, Any]]:
        return self.connection.to_pyarrow(table).to_pylist()  # type: ignore[no-any-return]


def asked_of_engine(made: Predicates, engine: Any, values: Sequence[Edge]) -> list[tuple[bool | None, bool]]:
    """What an engine says of values, all of a type of column in one query: what ``fits`` says, and whether the value is
    missing."""
    import ibis

    found: dict[int, tuple[bool | None, bool]] = {}
    for column in COLUMNS:
        chosen = [(place, edge) for place, edge in enumerate(values) if edge.column == column]
        if not chosen:
            continue
        items = {item: number for number, item in enumerate(dict.fromkeys(edge.item for _, edge in chosen))}
        table = engine.table(
            {
                "place": ("int64", [place for place, _ in chosen]),
                "item": ("int64", [items[edge.item] for _, edge in chosen]),
                "value": (column, [edge.value for _, edge in chosen]),
            }
        )
        each = [(table.item == number, made[item]) for item, number in items.items()]
        fits = ibis.cases(*((is_of_item, one.fits(table.value)) for is_of_item, one in each))
        alike: dict[Any, list[str]] = {}
        for item in items:
            asked = made[item]._asked
            alike.setdefault((asked.missing, asked.null_is_missing), []).append(item)
        missing = ibis.cases(
            *(
                (table.item.isin([items[item] for item in several]), made[several[0]].is_missing(table.value))
                for several in alike.values()
            )
        )
        for row in engine.rows(table.select("place", fits=fits, missing=missing)):
            found[row["place"]] = row["fits"], row["missing"]
    return [found[place] for place in range(len(values))]
