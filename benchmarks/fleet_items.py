"""Twenty settings of meters for made-up fleets: what their columns hold, and which values are right and wrong.

Nothing here states a value of a specification. Right values are drawn from the sets of the release, wrong ones from
beyond them, and the judge of single devices has its say on every one before it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from gbcscheck import Judge
    from gbcscheck.device.configuration.form import Form
    from gbcscheck.domains import Domain

WHOLE, DOUBLE, TEXT, TRUTH = "whole", "double", "text", "truth"
"""What a column of the wide layout holds."""
OUTSIDE, UNREADABLE, UNIT, MISSING, FIRMWARE = "outside", "unreadable", "unit", "missing", "firmware"
"""Kinds of faults: a value that the sets do not have, one that stands for nothing, one in a unit of another quantity,
none at all (no violation), and what one firmware makes of one item."""
POOL = 1_000
"""Values of an item that has more: they are drawn once, and every meter has one of them, since meters are alike."""
WRONG = 50
"""Different wrong values of a kind that an item has at most."""
ITEMS = (
    ("RandomisedOffsetLimit", TEXT),
    ("RMSVoltageSagThreshold", WHOLE),
    ("RMSVoltageSwellThreshold", DOUBLE),
    ("RMSExtremeOverVoltageThreshold", TEXT),
    ("RMSExtremeUnderVoltageThreshold", WHOLE),
    ("RMSVoltageSagMeasurementPeriod", WHOLE),
    ("MaximumDemandConfigurableTimePeriod.exec_weekdays", TEXT),
    ("MaximumDemandConfigurableTimePeriod.switch_time", TEXT),
    ("Non-DisablementCalendar.enable", TRUTH),
    ("BoostFunctionAvailability", TRUTH),
    ("DebtRecoveryperPayment.proportion", WHOLE),
    ("MediumHighPowerThreshold", WHOLE),
    ("DebtRecoveryRateCap.max_provision", WHOLE),
    ("PaymentMode.account_mode_and_status.payment_mode", WHOLE),
    ("SupplyState.control_state", WHOLE),
    ("MeterPointAdministrationNumber(ExportMPAN)", TEXT),
    ("Non-DisablementCalendar.exec_weekdays", TEXT),
    ("Non-DisablementCalendar(SpecialDays).day_id", WHOLE),
    ("LowCreditThreshold.low_credit_threshold", WHOLE),
    ("LowMediumPowerThreshold", WHOLE),
)
"""The items: settings and what identifies a meter, of every kind of set. Names are written as people title columns."""
EACH_NEW = ("MeterPointAdministrationNumber(ExportMPAN)", "LowMediumPowerThreshold", "MediumHighPowerThreshold")
"""Items of which every meter has a value of its own, drawn from the whole set."""
OF_FIRMWARE = "MaximumDemandConfigurableTimePeriod.exec_weekdays"
"""The item that the one firmware sets wrong: what MP131 was about."""
MONDAY_TO_FRIDAY = "0b1111100"
"""What that firmware sets."""
NOTHING = (None, "", "NA")
"""What stands where there is no value; of columns that hold no text the first alone."""


@dataclass(frozen=True)
class Setting:
    """An item as a fleet holds it. ``right`` are values of its pool, or the ends of the span or the number of octets of
    which each meter draws its own where ``each_new``; ``wrong`` has those of each kind of fault."""

    name: str
    holds: str
    path: str
    unit: str
    permitted: Domain
    right: tuple[Any, ...]
    wrong: dict[str, tuple[Any, ...]]
    each_new: bool


def settings(release: str, seed: int) -> tuple[Setting, ...]:
    """The items with their values, as a release has them. SystemExit where the judge of single devices does not say of
    each value what it has to."""
    import numpy as np

    from gbcscheck import Judge
    from gbcscheck.device.configuration.finding import Finder
    from gbcscheck.device.configuration.leaf import known
    from gbcscheck.device.context import Choices, load_context
    from gbcscheck.domains import Octets

    catalogue = load_context(Choices(), release=release).catalogue
    finder, forms, judge = Finder(catalogue), known(catalogue), Judge(release=release)
    chosen = np.random.default_rng([seed, 1])
    made = []
    for name, holds in ITEMS:
        node = finder.find(name)
        leaf = node.only() if node is not None else None
        if leaf is None:
            raise SystemExit(f"{release} has no single value {name}")
        form = forms.form(leaf.item)
        permitted = _permitted(form, forms.judge.permitted(leaf.item))
        each_new = name in EACH_NEW
        right = _ends(permitted) if each_new else tuple(_right(permitted, holds, chosen))
        beyond = tuple(_outside(form, permitted, holds, chosen))
        wrong = {OUTSIDE: beyond} if beyond else {}
        of_octets = isinstance(permitted, Octets)  # any text stands for some, the empty one too
        if holds == TEXT and not of_octets:
            wrong[UNREADABLE] = ("?", "#REF!", "12..3", "read error")
            if form.unit:
                wrong[UNIT] = tuple(f"{value} {'s' if form.unit == 'V' else 'V'}" for value in right[:WRONG])
        wrong[MISSING] = NOTHING if holds == TEXT and not of_octets else (None,)
        if name == OF_FIRMWARE:
            wrong[FIRMWARE] = (MONDAY_TO_FRIDAY,)
        setting = Setting(name, holds, leaf.item, form.unit, permitted, right, wrong, each_new)
        _confirm(judge, setting)
        made.append(setting)
    return tuple(made)


def _permitted(form: Form, permitted: Domain) -> Domain:
    """The values that fit the item's type and against which nothing is said; the type where the sets have no common
    form, as dates and times have none with the octets of them (the judge has its say on the values)."""
    kind = form.kinds[0]
    both = kind.meet(permitted)
    return kind if both.is_empty() else both


def _ends(permitted: Domain) -> tuple[Any, ...]:
    from gbcscheck.domains import Numbers, Octets

    if isinstance(permitted, Numbers):
        return int(permitted.low or 0), int(permitted.high or 0)
    assert isinstance(permitted, Octets)
    assert permitted.length_range is not None
    return permitted.length_range


def _right(permitted: Domain, holds: str, chosen: np.random.Generator) -> Iterator[Any]:
    """At most ``POOL`` members of a set as a column has them, the ends of a span among them."""
    from gbcscheck.domains import Bits, BitString, CosemTime, Numbers

    members = permitted.members(POOL)
    if isinstance(permitted, CosemTime):
        yield from (f"{half // 2:02}:{half % 2 * 30:02}:00" for half in range(48))
    elif isinstance(permitted, Numbers) and members is None:
        low, high = _ends(permitted)
        drawn = {low, high, *(int(number) for number in chosen.integers(low, high, POOL - 2, endpoint=True))}
        yield from (_written(number, holds) for number in sorted(drawn))
    elif isinstance(permitted, Bits) and permitted.lengths is not None:
        length = permitted.lengths[1] or 8
        yield from sorted({_written(BitString(_digits(chosen, length)), holds) for _ in range(POOL)})
    elif members is not None:
        yield from (_written(member, holds) for member in members)
    else:
        raise SystemExit(f"nothing is drawn from {permitted}")


def _digits(chosen: np.random.Generator, length: int) -> str:
    return "".join(map(str, chosen.integers(0, 2, length)))


def _written(value: Any, holds: str) -> Any:
    from gbcscheck.notation.canonical import print_value

    if holds in (TRUTH, WHOLE):
        return value if holds == TRUTH else int(value)
    if holds == DOUBLE:
        return float(value)
    return print_value(value)


def _outside(form: Form, permitted: Domain, holds: str, chosen: np.random.Generator) -> Iterator[Any]:
    """At most ``WRONG`` values of the item's kind that the set does not have."""
    from gbcscheck.domains import Bits, BitString, CosemTime, Numbers, Octets

    kind = form.kinds[0]
    if isinstance(permitted, Numbers):
        low, high = int(permitted.low or 0), int(permitted.high or 0)
        above = (high + 1, *(high + 2 + int(more) for more in chosen.integers(0, 10_000, WRONG - 2)))
        yield from (_written(number, holds) for number in sorted({low - 1, *above}))
    elif isinstance(permitted, CosemTime):
        yield from ("24:01:00", "25:00:00")
    elif holds == TRUTH:
        yield from (value for value in (True, False) if not permitted.contains(value))
    elif isinstance(permitted, Octets):
        yield from (f"0x{chosen.bytes(length).hex().upper()}" for length in (1, 12, 14, 20))
    elif isinstance(kind, Bits):
        assert isinstance(permitted, Bits)
        length = max(permitted.lengths[1] or 8 if permitted.lengths else 7, 7)
        drawn = (BitString(_digits(chosen, one)) for one in (length, length + 2) for _ in range(WRONG))
        others = sorted({_written(one, holds) for one in drawn if not permitted.contains(one)})
        yield from others[:WRONG]


def _confirm(judge: Judge, setting: Setting) -> None:
    """Ask the judge of single devices of every value: of those that are drawn meter by meter, of a few."""
    right: Sequence[Any] = setting.right
    if setting.each_new and setting.holds == TEXT:
        right = [f"0x{'00' * length}" for length in setting.right]
    found = judge.configuration([{setting.name: value} for value in _as_json(right)])
    if found.findings or not found.files[0].values:
        raise SystemExit(f"{setting.name}: the judge has something against a right value: {found.to('text')}")
    for kind, values in setting.wrong.items():
        for value in _as_json(values):
            result = judge.configuration({setting.name: value})
            told = any(one.severity != "note" for one in result.findings)
            if told != (kind != MISSING):
                raise SystemExit(f"{setting.name}: of {value!r} ({kind}) the judge says {result.findings}")


def _as_json(values: Iterable[Any]) -> list[Any]:
    return [int(value) if isinstance(value, float) else value for value in values]
