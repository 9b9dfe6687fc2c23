"""The house rules of one file, read from its tables: every fault is told with its line, what was found and expected."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.attributes import ATTRIBUTES, is_own
from gbcscheck.evidence.house_rules import (
    IMPLIES,
    RELATIONS,
    VALUE,
    HouseRule,
    Related,
    Stated,
    Within,
)
from gbcscheck.inputs.toml_places import lines_of
from gbcscheck.inputs.toml_tables import At, InvalidConfiguration, TableReader, shown
from gbcscheck.inputs.toml_text import parse_toml, read_toml
from gbcscheck.model import KINDS, SEVERITIES
from gbcscheck.model.rules import Rule, is_house_code
from gbcscheck.near_names import did_you_mean
from gbcscheck.wildcards import LONGEST

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.errors import GbcscheckError

DESCRIBING = ("code", "name", "kind", "severity", "question", "text", "source")
NEEDED = ("code", "name", "kind", "severity", "question")
SETS = ("in", "not-in")
RELATING = ("left", "relation", "right")
IMPLYING = ("left-in", "right-in")
KEYS = (*DESCRIBING, "subject", "attribute", *SETS, "stated", *RELATING, *IMPLYING)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_NAME = 80


def read_house_rules(
    path: Path, shipped: Collection[str], *, named: bool
) -> tuple[tuple[HouseRule, ...], list[GbcscheckError]]:
    """The rules of a file, and what is wrong with it. ``shipped`` are the names that the rules which ship have;
    ``named`` says that somebody named the file, which then has to hold a rule.

    Raises UnreadableSource where it cannot be read or is not valid TOML.
    """
    where = str(path)
    text = read_toml(path)
    document = parse_toml(text, where=where)
    reader = _Reader(path, lines_of(text), shipped)
    return tuple(reader.rules(document, named=named)), reader.problems


class _Reader(TableReader):
    """Reads the table of a file of house rules."""

    def __init__(self, path: Path, lines: dict[At, int], shipped: Collection[str]) -> None:
        super().__init__(path, lines)
        self._shipped = shipped

    def rules(self, table: dict[str, Any], *, named: bool) -> Iterator[HouseRule]:
        """The rules of a document, without what is wrong in it."""
        if not named and not _is_of_rules(table):
            return
        self.refuse_unknown(table, ("title", "rule"), ())
        title = self.text(table, "title")
        given = table.get("rule", [])
        if not isinstance(given, list) or not given:
            what = shown(given) if given else "none"
            self.refuse(("rule",), f"rules have to be tables, each under a line [[rule]]; found {what}")
            return
        if not self.holds(given, ("rule",)):
            return
        for index, entry in enumerate(given):
            at = ("rule", index)
            if not isinstance(entry, dict):
                self.refuse(at, f"a rule has to be a table; found {shown(entry)}")
                continue
            before = len(self.problems)
            found = self._rule(entry, at, title)
            if found is not None and len(self.problems) == before:
                yield found

    def _rule(self, entry: dict[str, Any], at: At, title: str) -> HouseRule | None:
        self.refuse_unknown(entry, KEYS, at)
        for key in NEEDED:
            if key not in entry:
                self.refuse(at, f"a rule needs a {key}")
        choices = {"kind": KINDS, "severity": SEVERITIES}
        texts = {
            key: self.choice(entry, key, choices[key], at) if key in choices else self.text(entry, key, at)
            for key in DESCRIBING
        }
        if texts["code"] and not is_house_code(texts["code"]):
            self.refuse(
                (*at, "code"),
                "the code of a house rule is H and digits, or X- and letters, digits and hyphens, so that no rule that "
                f"ships can have it; found {shown(texts['code'])}",
            )
        if texts["name"] and (not _NAME.fullmatch(texts["name"]) or len(texts["name"]) > _MOST_NAME):
            self.refuse(
                (*at, "name"),
                f"a name is words of small letters and digits with hyphens between, at most {_MOST_NAME} characters; "
                f"found {shown(texts['name'])}",
            )
        elif texts["name"] in self._shipped:
            self.refuse((*at, "name"), f"{shown(texts['name'])} is the name of a rule that ships; another was expected")
        asked = self._asked(entry, at)
        attribute = self.text(entry, "attribute", at) or VALUE
        subject = self._pattern(entry, "subject", at)
        if attribute != VALUE and attribute not in ATTRIBUTES and not is_own(attribute):
            near = did_you_mean(attribute, (VALUE, *ATTRIBUTES))
            self.refuse(
                (*at, "attribute"),
                f"attribute has to be {VALUE}, or an attribute of statements; found {shown(attribute)}{near}",
            )
        if isinstance(asked, Stated) and attribute == VALUE:
            self.refuse(at, 'stated asks for an attribute of statements, as attribute = "default"')
        if asked is None or texts["kind"] not in KINDS or texts["severity"] not in SEVERITIES:
            return None
        reads = ("default", "constant") if attribute == VALUE else (attribute,)
        code, name, kind, severity, question, more, source = (texts[key] for key in DESCRIBING)
        rule = Rule(code, name, kind, severity, question, _told(more, source), reads)
        return HouseRule(rule, subject, attribute, asked, source, str(self.path), self.line(at), title or "house rules")

    def _asked(self, entry: dict[str, Any], at: At) -> Within | Stated | Related | None:
        """What a rule asks: one of a set, that something is stated, and a relation."""
        asks = [keys for keys in (SETS, ("stated",), (*RELATING, *IMPLYING)) if any(key in entry for key in keys)]
        if len(asks) != 1:
            given = ", ".join(key for keys in asks for key in keys if key in entry) or "nothing of these"
            self.refuse(
                at, f"a rule asks one thing: in and not-in, or stated, or left, relation and right; found {given}"
            )
            return None
        if asks[0][0] == "left":
            return self._related(entry, at)
        if "subject" not in entry:
            self.refuse(at, "a rule on one subject needs a subject: a name, or a pattern with *")
        if asks[0] == ("stated",):
            if not self.flag(entry, "stated", at) and entry["stated"] is False:
                self.refuse((*at, "stated"), f"stated has to be true; found {shown(entry['stated'])}")
            return Stated()
        return Within(self._domain(entry, "in", at), self._domain(entry, "not-in", at))

    def _related(self, entry: dict[str, Any], at: At) -> Related | None:
        for key in RELATING:
            if key not in entry:
                self.refuse(at, f"a relation needs left, relation and right; {key} was expected")
        if "subject" in entry:
            self.refuse((*at, "subject"), "a relation is between left and right, and has no subject")
        left, right = (self._item(entry, key, at) for key in ("left", "right"))
        relation = self.choice(entry, "relation", RELATIONS, at)
        premise, conclusion = (self._domain(entry, key, at) for key in IMPLYING)
        for key in IMPLYING:
            if relation == IMPLIES and key not in entry:
                self.refuse(at, f"implies needs left-in and right-in; {key} was expected")
            if relation not in ("", IMPLIES) and key in entry:
                self.refuse((*at, key), f"{key} belongs to the relation implies; found {relation}")
        return Related(left, relation, right, premise, conclusion) if left and right and relation else None

    def _pattern(self, entry: dict[str, Any], key: str, at: At) -> str:
        text = self.text(entry, key, at)
        if len(text) > LONGEST:
            self.refuse((*at, key), f"{key} has {len(text):,} characters; at most {LONGEST:,} were expected")
        return text

    def _item(self, entry: dict[str, Any], key: str, at: At) -> str:
        """The name of one data item."""
        text = self._pattern(entry, key, at)
        if "*" in text.replace("[*]", ""):
            self.refuse((*at, key), f"{key} names one data item, and is no pattern; found {shown(text)}")
        return text

    def _domain(self, entry: dict[str, Any], key: str, at: At) -> Domain | None:
        """A set of values in canonical notation."""
        from gbcscheck.limits import OverLimit
        from gbcscheck.notation.canonical import NotationError, parse_domain

        text = self.text(entry, key, at)
        if not text:
            return None
        try:
            return parse_domain(text)
        except (NotationError, OverLimit) as error:
            where = f"{self.path}:{self.line((*at, key))}"
            problem = f"{key} is no set of values: {error.problem}"
            self.problems.append(InvalidConfiguration(problem, where=where, detail=error.detail))
            return None


def _is_of_rules(table: dict[str, Any]) -> bool:
    """Whether a document that nobody named is one of house rules: it has rules, tables with a question under another
    name, or nothing at all but a title. Any other is somebody else's."""
    asking = (entry for value in table.values() if isinstance(value, list) for entry in value)
    return "rule" in table or table.keys() <= {"title"} or any(isinstance(e, dict) and "question" in e for e in asking)


def _told(text: str, source: str) -> str:
    """The text of a rule, in Markdown, with the clause that it rests on."""
    return "\n\n".join(part for part in (textwrap.dedent(text).strip(), source and f"**Source.** {source}") if part)


def doubles(house: Iterable[HouseRule]) -> Iterator[tuple[HouseRule, str]]:
    """Each rule whose code or name an earlier one has, and what is wrong."""
    first: dict[str, HouseRule] = {}
    for one in house:
        for key in (one.rule.code.casefold(), one.rule.name):
            other = first.setdefault(key, one)
            if other is not one:
                yield one, f'"{key if key == one.rule.name else one.rule.code}" is taken by {other.path}:{other.line}'
