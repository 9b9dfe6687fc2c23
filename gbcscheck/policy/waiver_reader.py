"""The waivers of a configuration and of a baseline, read from their tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from gbcscheck.inputs.toml_tables import At, TableReader, shown
from gbcscheck.model import PARTIES
from gbcscheck.model.rules import is_house_code
from gbcscheck.model.waivers import Waiver
from gbcscheck.wildcards import LONGEST, is_subject_pattern, refusal

FINGERPRINT = re.compile(r"[0-9a-f]{16}")
TARGETS = ("rule", "subject", "fingerprint", "party", "file")
"""The keys that say what a waiver is for; it has one of them or more."""
KEYS = (*TARGETS, "values", "reason", "expires")


def read_waivers(
    reader: TableReader, table: dict[str, Any], rules: Collection[str], *, is_old: bool = False
) -> Iterator[Waiver]:
    """The entries under ``waivers`` of a table, without what is wrong in them; ``rules`` are the names that rules have,
    not looked at where there are none, and ``is_old`` says that the table is that of a baseline."""
    given = table.get("waivers", [])
    if not isinstance(given, list):
        reader.refuse(("waivers",), "waivers have to be tables, each under a line [[waivers]]")
        return
    if not reader.holds(given, ("waivers",)):
        return
    known = {name.casefold() for name in rules}
    for index, entry in enumerate(given):
        at = ("waivers", index)
        if isinstance(entry, dict):
            yield _waiver(reader, entry, at, rules, known, is_old)
        else:
            reader.refuse(at, f"a waiver has to be a table; found {shown(entry)}")


def _waiver(
    reader: TableReader, entry: dict[str, Any], at: At, rules: Collection[str], known: Collection[str], is_old: bool
) -> Waiver:
    reader.refuse_unknown(entry, KEYS, at)
    rule, subject, fingerprint, file = (
        reader.text(entry, key, at) for key in ("rule", "subject", "fingerprint", "file")
    )
    if not any(key in entry for key in TARGETS):
        reader.refuse(at, "a waiver needs a rule, a subject, a fingerprint, a party or a file")
    if "reason" not in entry:
        reader.refuse(at, "a waiver needs a reason")
    if rule and known and rule.casefold() not in known and not is_house_code(rule):
        reader.unknown_rule((*at, "rule"), rule, rules)
    if fingerprint and not FINGERPRINT.fullmatch(fingerprint):
        reader.refuse(
            (*at, "fingerprint"), f"a fingerprint has 16 hexadecimal digits (0-9, a-f); found {shown(fingerprint)}"
        )
    if is_subject_pattern(subject) and len(subject) > LONGEST:
        reader.refuse(
            (*at, "subject"), f"the pattern has {len(subject):,} characters; a pattern has at most {LONGEST:,}"
        )
    if file and (why := refusal(file)):
        reader.refuse((*at, "file"), f"file is no pattern for paths: {why}; found {shown(file)}")
    return Waiver(
        reader.text(entry, "reason", at),
        rule,
        subject,
        fingerprint,
        reader.day(entry, "expires", at),
        str(reader.path),
        reader.line(at),
        _parties(reader, entry, at),
        file,
        _values(reader, entry, at),
        is_old,
    )


def _parties(reader: TableReader, entry: dict[str, Any], at: At) -> tuple[str, ...]:
    """One party, or a list of some."""
    value = entry.get("party", [])
    parties = value if isinstance(value, list) else [value]
    if not reader.holds(parties, (*at, "party")):
        return ()
    if not all(party in PARTIES for party in parties) or ("party" in entry and not parties):
        names = ", ".join(PARTIES)
        reader.refuse((*at, "party"), f"party has to be one of {names}, or a list of these; found {shown(value)}")
        return ()
    return tuple(dict.fromkeys(parties))


def _values(reader: TableReader, entry: dict[str, Any], at: At) -> tuple[str, ...]:
    values = reader.texts(entry, "values", "texts", at)
    if entry.get("values") == []:
        reader.refuse((*at, "values"), "values is empty; a waiver without values holds whatever the values are")
    return values
