"""What the tables of a configuration hold, read key by key; every fault is gathered with its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sized
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError
from gbcscheck.inputs.toml_places import line_of
from gbcscheck.limits import ENTRIES, OverLimit

At = tuple[str | int, ...]
"""The keys that lead to a place, and the numbers of entries on the way."""


class InvalidConfiguration(GbcscheckError):
    """A configuration is not valid TOML, has a key that is not known, or a value of the wrong kind."""


class TableReader:
    """Reads values of tables, each of the kind that it has to be, and gathers what is wrong."""

    def __init__(self, path: Path, lines: Mapping[At, int], prefix: tuple[str, ...] = ()) -> None:
        self.problems: list[GbcscheckError] = []
        self.path = path
        self._lines = dict(lines)
        self._prefix = prefix

    def line(self, at: At) -> int:
        """The line of a place."""
        return line_of(self._lines, (*self._prefix, *at))

    def refuse(self, at: At, problem: str) -> None:
        """Note that something is wrong at a place."""
        self.problems.append(InvalidConfiguration(problem, where=f"{self.path}:{self.line(at)}"))

    def refuse_unknown(self, table: dict[str, Any], known: Collection[str], at: At) -> None:
        """Note every key that is not known."""
        for key in table:
            if key not in known:
                self.refuse((*at, key), f'the key "{key}" is not known; there are {", ".join(known)}')

    def unknown_rule(self, at: At, name: str, known: Collection[str]) -> None:
        """Note the name of a rule that does not exist."""
        self.refuse(at, unknown_rule(name, known))

    def text(self, table: dict[str, Any], key: str, at: At = ()) -> str:
        """A text that is not blank; empty where there is none."""
        value = table.get(key, "")
        if not isinstance(value, str) or (key in table and not value.strip()):
            self.refuse((*at, key), f"{key} has to be a text; found {shown(value)}")
            return ""
        return value

    def texts(self, table: dict[str, Any], key: str, what: str, at: At = ()) -> tuple[str, ...]:
        """A list of texts, none of which is empty; ``what`` they are."""
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            self.refuse((*at, key), f"{key} has to be a list of {what}; found {shown(values)}")
            return ()
        return tuple(values) if self.holds(values, (*at, key)) else ()

    def holds(self, values: Sized, at: At) -> bool:
        """Whether a list has no more entries than are read; that it has is noted."""
        if len(values) > ENTRIES.most:
            self.problems.append(OverLimit(ENTRIES.problem(len(values)), where=f"{self.path}:{self.line(at)}"))
            return False
        return True

    def choice(self, table: dict[str, Any], key: str, choices: Collection[str], at: At = ()) -> str:
        """One of some texts; empty where there is none."""
        value = table.get(key, "")
        if key in table and value not in choices:
            self.refuse((*at, key), f"{key} has to be one of {', '.join(choices)}; found {shown(value)}")
            return ""
        return str(value)

    def flag(self, table: dict[str, Any], key: str, at: At = ()) -> bool:
        """True or false; false where there is neither."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.refuse((*at, key), f"{key} has to be true or false, without quotes; found {shown(value)}")
            return False
        return value

    def day(self, table: dict[str, Any], key: str, at: At = ()) -> date | None:
        """A date without a time; None where there is none."""
        value = table.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.refuse((*at, key), f"{key} has to be a date without quotes, as 2027-01-31; found {shown(value)}")
        return None


def shown(value: object) -> str:
    """A value as a message names it."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value) if isinstance(value, (date, dict, list)) else repr(value).replace("'", '"')
    return text if len(text) <= 60 else f"{text[:60]} …"


def unknown_rule(name: str, known: Collection[str]) -> str:
    """The message for the name of a rule that does not exist."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f'no rule is called "{name}"' + (f"; near it: {', '.join(near)}" if near else "")
