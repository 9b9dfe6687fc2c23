"""Values of an item that are few enough to be put to the judge one by one, when its predicate is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gbcscheck.device.configuration.finding import Finder
from gbcscheck.device.configuration.form import Form
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.leaf import ValueJudge
from gbcscheck.device.configuration.names import Node
from gbcscheck.device.model import FileRecord
from gbcscheck.domains import Booleans, Domain, Texts
from gbcscheck.domains.unit_words import is_unit_text
from gbcscheck.domains.units import all_unit_names, base_unit, has_base
from gbcscheck.evidence.fitting import Requirements
from gbcscheck.frozen import frozen
from gbcscheck.notation.setting_words import BLANK_WORDS, BLANKS
from gbcscheck.release.catalogue import Catalogue

TRUTHS = ("true", "false", "True", "False", "TRUE", "FALSE", "0", "1", "yes", "no", "on", "off", "0x00", "0x01", "0xFF")
WHOLE = (0, 1, 255)
"""Whole numbers that stand for a truth value."""
DAYS = ("Mon-Fri", "Mon-Sun", "Sat-Sun", "daily", "every day", "weekdays", "weekends")
BLANK_TEXTS = (
    *(" ", "\t", *BLANKS),
    *(form for word in BLANK_WORDS for form in (word, word.capitalize(), word.title(), word.upper())),
)
MOST_LISTED = 300
"""Members of a list of texts that are put to the judge."""


@frozen
class Asked:
    """What the judge says of some values: of texts, the two truth values, and whole numbers of items that hold none,
    whether they are without a finding (None: they stand for no value); which texts stand for no value, whether null
    does; and how the item's own unit is written, and none."""

    fine: Mapping[str, bool | None]
    missing: tuple[str, ...]
    null_is_missing: bool
    whole: Mapping[int, bool | None]
    booleans: Mapping[bool, bool | None]
    units: tuple[str, ...]


def asked_of(catalogue: Catalogue, node: Node, form: Form, requirements: Requirements) -> Asked:
    """Put to the judge what stands for few values of an item."""
    judge = catalogue.once(SingleJudge)
    return Asked(
        fine={text: judge.is_fine(node, text) for text in dict.fromkeys(_texts(form, requirements))},
        missing=judge.missing(node, form),
        null_is_missing=judge.is_fine(node, None) is None,
        whole={} if form.is_number or not form.kinds else {value: judge.is_fine(node, value) for value in WHOLE},
        booleans={value: judge.is_fine(node, value) for value in (True, False)},
        units=tuple(dict.fromkeys(("", " ", *BLANKS, *_own_units(form)))),
    )


class SingleJudge:
    """The judge of single values of a release, asked of values that no file holds."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._values = ValueJudge(catalogue, Gatherer(FileRecord("")), str, Finder(catalogue))
        self._missing: dict[tuple[Domain, ...], tuple[str, ...]] = {}

    def missing(self, node: Node, form: Form) -> tuple[str, ...]:
        """The texts that stand for no value of an item, which depends on its types alone."""
        if form.kinds not in self._missing:
            texts = dict.fromkeys(BLANK_TEXTS)
            self._missing[form.kinds] = tuple(text for text in texts if self.is_fine(node, text) is None)
        return self._missing[form.kinds]

    def is_fine(self, node: Node, raw: Any) -> bool | None:
        """Whether the judge has nothing to say of a value; None where it is none."""
        judged = self._values.judged(node, raw)
        return not judged.problems if judged.verdict else None


def _texts(form: Form, requirements: Requirements) -> Iterator[str]:
    """The texts that are worth asking for: words of documents, members of lists, truth values."""
    sets = [
        *form.kinds,
        *(route.permitted for route in form.documents),
        *(domain for requirement in requirements for _, domain in requirement.stated),
    ]
    for domain in sets:
        if isinstance(domain, Texts) and domain.listed is not None:
            yield from domain.listed[:MOST_LISTED]
    if any(isinstance(kind, Booleans) for kind in form.kinds):
        yield from TRUTHS
    if form.encoding == "weekdays":
        yield from DAYS


def _own_units(form: Form) -> Iterator[str]:
    """How the unit of an item is written."""
    if not form.unit:
        return
    own = base_unit(form.unit)
    yield form.unit
    yield from (
        name for name, _ in all_unit_names() if has_base(name) and base_unit(name) == own and is_unit_text(name)
    )
