"""The configuration of a repository: ``gbcscheck.toml``, or ``[tool.gbcscheck]`` in ``pyproject.toml``.

What is to be checked, how severe rules are there, and what is waived. A wrong key or value is an error with its line.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gbcscheck.confinement import ANYWHERE, REPOSITORY, Confinement
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource
from gbcscheck.model import SEVERITIES
from gbcscheck.toml_lines import line_of, lines_of, places_of_texts
from gbcscheck.waivers import Waiver

NAME = "gbcscheck.toml"
PROJECT = "pyproject.toml"
TABLE = ("tool", "gbcscheck")
"""The table of ``pyproject.toml`` that stands for a file of its own."""
LEVELS = ("new", "error", "warning", "note", "breaking", "never")
"""What a run may fail on; ``new`` and ``breaking`` are for two versions that are compared."""
FINGERPRINT = re.compile(r"[0-9a-f]{16}")
LARGEST = 16 * 1024 * 1024
"""Octets; a longer file is refused before it is read."""


class InvalidConfiguration(GbcscheckError):
    """A configuration is not valid TOML, has a key that is not known, or a value of the wrong kind."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a repository asks for; empty where it does not say. ``file`` is where it stands, ``paths`` are relative to
    the folder of that file, ``severity`` gives severities by code of a rule."""

    file: Path | None = None
    paths: tuple[str, ...] = ()
    release: str = ""
    fail_on: str = ""
    severity: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()

    def resolved(self) -> list[Path]:
        """The paths as seen from the working folder."""
        folder = self.file.parent if self.file else Path()
        return [folder / path for path in self.paths]

    def within(self, *, allow_outside: bool = False) -> Confinement:
        """What may be read for it: the repository that it stands in, else its folder."""
        within = Confinement.around([self.file] if self.file else [], allow_outside=allow_outside)
        return within if within.named == REPOSITORY else replace(within, named="the folder of the configuration")

    def admitted(self, within: Confinement) -> tuple[list[Path], list[GbcscheckError]]:
        """Those of the paths that may be read, as seen from the working folder, and a problem for each other."""
        admitted: list[Path] = []
        problems: list[GbcscheckError] = []
        for path, seen in zip(self.paths, self.resolved(), strict=True):
            try:
                within.refuse(seen, where=str(self.file), said=f'the path "{path}"')
                admitted.append(seen)
            except GbcscheckError as error:
                assert self.file is not None
                places = places_of_texts(read_configuration(self.file), [path], where=str(self.file))
                problems.append(type(error)(error.problem, where=places[path]))
        return admitted, problems


def find_configuration(start: Path, *, allow_outside: bool = False) -> Path | None:
    """The configuration of a folder: its own or that of the nearest folder above, up to the root of the repository;
    only its own where there is no repository.

    OutsideRepository where it is a symbolic link that leads out, unless ``allow_outside``.
    """
    within = ANYWHERE if allow_outside else Confinement.around([start])
    for folder in _upwards(start):
        for found in (folder / NAME, folder / PROJECT):
            if found.is_symlink():
                within.refuse(found, where=str(found))
            if found.is_file() and (found.name == NAME or _speaks_of_us(found)):
                return found
    return None


def home_of_configuration(start: Path) -> Path:
    """Where a configuration is made where there is none: at the root of the repository, else in the folder itself."""
    *_, last = _upwards(start)
    return last / NAME


def _upwards(start: Path) -> list[Path]:
    """A folder and those above it, up to the root of the repository; the folder alone where there is none. By paths
    from where ``start`` is seen."""
    folders = [start]
    for _ in start.resolve().parents:
        if os.path.lexists(folders[-1] / ".git"):
            return folders
        folders.append(folders[-1] / "..")
    return folders if os.path.lexists(folders[-1] / ".git") else [start]


def _speaks_of_us(project: Path) -> bool:
    """Whether a ``pyproject.toml`` has the table; one that is not valid TOML counts where it names it."""
    try:
        text = project.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    if "gbcscheck" not in text:
        return False
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError:
        return "tool.gbcscheck" in text
    return isinstance(tool, dict) and "gbcscheck" in tool


def load_configuration(path: Path, *, codes: Collection[str] = (), rules: Collection[str] = ()) -> Configuration:
    """Read a configuration.

    ``codes`` are the codes of rules whose severity may be set, ``rules`` the codes and names that a waiver may have;
    empty ones are not checked. Raises UnreadableSource for a file that cannot be read, and InvalidConfiguration or
    Problems with the line of each fault.
    """
    text = read_configuration(path)
    document = parse_toml(text, where=str(path))
    table: Any = document
    prefix: tuple[str, ...] = ()
    if path.name == PROJECT:
        prefix = TABLE
        for key in TABLE:
            table = table.get(key, {}) if isinstance(table, dict) else {}
    reader = _Reader(path, lines_of(text), prefix, codes, rules)
    found = reader.configuration(table)
    if reader.problems:
        raise reader.problems[0] if len(reader.problems) == 1 else Problems(reader.problems)
    return found


def read_configuration(path: Path) -> str:
    """The text of a configuration with its line ends as they are; errors as in ``load_configuration``."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableSource("the file is too large for a configuration", where=str(path))
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=str(path)) from None
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"not UTF-8 at offset {error.start}", where=str(path)) from None


def parse_toml(text: str, *, where: str) -> dict[str, Any]:
    """The document of a TOML text; InvalidConfiguration with the line of the fault."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)", message)
        line = text.count("\n") + 1 if place is None or place[1] is None else int(place[1])
        reason = message[: place.start()] if place else message
        raise InvalidConfiguration(f"not valid TOML: {reason}", where=f"{where}:{line}") from None


class _Reader:
    """Reads the table of a configuration, gathering every fault with its line."""

    def __init__(
        self,
        path: Path,
        lines: dict[tuple[str | int, ...], int],
        prefix: tuple[str, ...],
        codes: Collection[str],
        rules: Collection[str],
    ) -> None:
        self.problems: list[GbcscheckError] = []
        self._path = path
        self._lines = lines
        self._prefix = prefix
        self._codes = codes
        self._rules = rules

    def configuration(self, table: Any) -> Configuration:
        """The configuration that a table holds, without what is wrong in it."""
        if not isinstance(table, dict):
            self._refuse((), "a table was expected")
            return Configuration(self._path)
        known = ("paths", "release", "fail-on", "severity", "waivers")
        self._refuse_unknown(table, known, ())
        return Configuration(
            self._path,
            self._paths(table),
            self._text(table, "release", ()),
            self._choice(table, "fail-on", LEVELS, ()),
            self._severities(table),
            tuple(self._waivers(table)),
        )

    def _refuse(self, path: tuple[str | int, ...], problem: str) -> None:
        line = line_of(self._lines, (*self._prefix, *path))
        self.problems.append(InvalidConfiguration(problem, where=f"{self._path}:{line}"))

    def _refuse_unknown(self, table: dict[str, Any], known: Collection[str], at: tuple[str | int, ...]) -> None:
        for key in table:
            if key not in known:
                self._refuse((*at, key), f'the key "{key}" is not known; there are {", ".join(known)}')

    def _paths(self, table: dict[str, Any]) -> tuple[str, ...]:
        paths = table.get("paths", [])
        if not isinstance(paths, list) or not all(isinstance(path, str) and path for path in paths):
            self._refuse(("paths",), f"paths has to be a list of names of files and folders; found {_shown(paths)}")
            return ()
        return tuple(paths)

    def _text(self, table: dict[str, Any], key: str, at: tuple[str | int, ...]) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (key in table and not value.strip()):
            self._refuse((*at, key), f"{key} has to be a text; found {_shown(value)}")
            return ""
        return value

    def _choice(self, table: dict[str, Any], key: str, choices: Collection[str], at: tuple[str | int, ...]) -> str:
        value = table.get(key, "")
        if key in table and value not in choices:
            self._refuse((*at, key), f"{key} has to be one of {', '.join(choices)}; found {_shown(value)}")
            return ""
        return str(value)

    def _severities(self, table: dict[str, Any]) -> dict[str, str]:
        given = table.get("severity", {})
        if not isinstance(given, dict):
            self._refuse(("severity",), f"severity has to be a table of codes of rules; found {_shown(given)}")
            return {}
        found: dict[str, str] = {}
        for code in given:
            if self._codes and code not in self._codes:
                self._refuse(("severity", code), _unknown_rule(code, self._codes))
            else:
                found[code] = self._choice(given, code, SEVERITIES, ("severity",))
        return found

    def _waivers(self, table: dict[str, Any]) -> Iterator[Waiver]:
        given = table.get("waivers", [])
        if not isinstance(given, list):
            self._refuse(("waivers",), "waivers have to be tables, each under a line [[waivers]]")
            return
        for index, entry in enumerate(given):
            at = ("waivers", index)
            if isinstance(entry, dict):
                yield self._waiver(entry, at)
            else:
                self._refuse(at, f"a waiver has to be a table; found {_shown(entry)}")

    def _waiver(self, entry: dict[str, Any], at: tuple[str | int, ...]) -> Waiver:
        self._refuse_unknown(entry, ("rule", "subject", "fingerprint", "reason", "expires"), at)
        rule, subject, fingerprint = (self._text(entry, key, at) for key in ("rule", "subject", "fingerprint"))
        if not any(key in entry for key in ("rule", "subject", "fingerprint")):
            self._refuse(at, "a waiver needs a rule, a subject or a fingerprint")
        if "reason" not in entry:
            self._refuse(at, "a waiver needs a reason")
        if rule and self._rules and rule.casefold() not in {name.casefold() for name in self._rules}:
            self._refuse((*at, "rule"), _unknown_rule(rule, self._rules))
        if fingerprint and not FINGERPRINT.fullmatch(fingerprint):
            self._refuse(
                (*at, "fingerprint"), f"a fingerprint has 16 hexadecimal digits (0-9, a-f); found {_shown(fingerprint)}"
            )
        line = line_of(self._lines, (*self._prefix, *at))
        return Waiver(
            self._text(entry, "reason", at), rule, subject, fingerprint, self._day(entry, at), str(self._path), line
        )

    def _day(self, entry: dict[str, Any], at: tuple[str | int, ...]) -> date | None:
        value = entry.get("expires")
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self._refuse((*at, "expires"), f"expires has to be a date without quotes, as 2027-01-31; found {_shown(value)}")
        return None


def _shown(value: object) -> str:
    """A value as a message names it."""
    text = str(value) if isinstance(value, (date, dict, list)) else repr(value).replace("'", '"')
    return text if len(text) <= 60 else f"{text[:60]} …"


def _unknown_rule(name: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f'no rule is called "{name}"' + (f"; near it: {', '.join(near)}" if near else "")
