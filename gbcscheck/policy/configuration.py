"""The configuration of a repository: ``gbcscheck.toml``, or ``[tool.gbcscheck]`` in ``pyproject.toml``.

What is to be checked, how severe rules are there, and what is waived. A wrong key or value is an error with its line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, NamedTuple

from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource
from gbcscheck.frozen import frozen
from gbcscheck.inputs import toml_text
from gbcscheck.inputs.confinement import ANYWHERE, REPOSITORY, Confinement
from gbcscheck.inputs.toml_places import lines_of, places_of_texts
from gbcscheck.inputs.toml_tables import At, InvalidConfiguration, TableReader, shown, unknown_rule
from gbcscheck.model import CHANGES, SEVERITIES
from gbcscheck.model.rules import is_house_code
from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.waiver_reader import read_waivers
from gbcscheck.wildcards import refusal

NAME = "gbcscheck.toml"
BASELINE = "gbcscheck-baseline.toml"
"""What stands beside the configuration, whatever that is called: what was found when somebody began to look."""
PROJECT = "pyproject.toml"
TABLE = ("tool", "gbcscheck")
"""The table of ``pyproject.toml`` that stands for a file of its own."""
LEVELS = ("new", "unknown", "error", "warning", "note", "breaking", "never")
"""What a run may fail on; ``new``, ``unknown`` and ``breaking`` are for two versions that are compared."""
KEYS = (
    *("paths", "release", "alone", "fail-on", "require-bump"),
    *("severity", "waivers", "exclude", "strict-waivers", "rules"),
)


@frozen
class HouseNames:
    """The codes of the rules that are looked up only where somebody names one, house rules and those on devices, by
    their codes and names in small letters, and these as they are written; ``all_known`` says that there are no other
    house rules in the run."""

    codes: Mapping[str, str]
    names: tuple[str, ...] = ()
    all_known: bool = False


@frozen
class Configuration:
    """What a repository asks for; empty where it does not say. ``file`` is where it stands, ``paths`` and the patterns
    in ``exclude`` are seen from the folder of that file, ``severity`` gives severities by code of a rule or kind of
    change. ``rules`` are files and folders of house rules, seen from there too. ``alone`` says that the paths are
    looked at by themselves, with no release around them. ``baseline`` is the file of the entries that are old, if there
    is one; ``lines`` tells where keys stand."""

    file: Path | None = None
    paths: tuple[str, ...] = ()
    release: str = ""
    fail_on: str = ""
    severity: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    require_bump: bool = False
    exclude: tuple[str, ...] = ()
    strict_waivers: bool = False
    baseline: Path | None = None
    rules: tuple[str, ...] = ()
    alone: bool = False
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def files(self) -> list[Path]:
        """The files that say so."""
        return [file for file in (self.file, self.baseline) if file is not None]

    def where(self, key: str) -> str:
        """The place of a key."""
        return f"{self.file}:{self.lines[key]}" if key in self.lines else str(self.file or "")

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
                within.refuse(seen, where=str(self.file), named_as=f'the path "{path}"')
                admitted.append(seen)
            except GbcscheckError as error:
                assert self.file is not None
                places = places_of_texts(read_configuration(self.file), [path], where=str(self.file))
                problems.append(type(error)(error.problem, where=places[path]))
        return admitted, problems


House = Callable[[Configuration], HouseNames]
"""What finds the names of the house rules for a configuration."""


def find_configuration(start: Path, *, allow_outside: bool = False) -> Path | None:
    """The configuration of a folder: its own or that of the nearest folder above, up to the root of the repository;
    only its own where there is no repository. One that is not there counts where a baseline stands beside its place.

    OutsideRepository where it is a symbolic link that leads out, unless ``allow_outside``.
    """
    within = ANYWHERE if allow_outside else Confinement.around([start])
    for folder in _upwards(start):
        for found in (folder / NAME, folder / PROJECT, folder / BASELINE):
            if found.is_symlink():
                within.refuse(found, where=str(found))
            if found.is_file() and (found.name != PROJECT or _speaks_of_us(found)):
                return folder / NAME if found.name == BASELINE else found
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
    text = ""
    try:
        text = toml_text.read_toml(project)
        tool = toml_text.parse_toml(text, where=str(project)).get("tool") if "gbcscheck" in text else None
    except UnreadableSource:
        return "tool.gbcscheck" in text
    return isinstance(tool, dict) and "gbcscheck" in tool


def load_configuration(
    path: Path, *, codes: Collection[str] = (), rules: Collection[str] = (), house: House | None = None
) -> Configuration:
    """Read a configuration.

    ``codes`` are the codes of rules whose severity may be set, ``rules`` the codes and names that a waiver may have;
    empty ones are not checked. ``house`` is asked for the house rules where a name or the severity of one stands in it.
    Raises UnreadableSource for a file that cannot be read, and InvalidConfiguration or Problems with the line of each
    fault.
    """
    beside = path.parent / BASELINE
    baseline = beside if path != beside and beside.is_file() else None
    text = "" if baseline and path.name == NAME and not path.exists() else read_configuration(path)
    old = None if baseline is None else read_configuration(baseline)
    return configuration_from(text, path, old, codes=codes, rules=rules, house=house)


def configuration_from(
    text: str,
    path: Path,
    baseline: str | None = None,
    *,
    codes: Collection[str] = (),
    rules: Collection[str] = (),
    house: House | None = None,
) -> Configuration:
    """The configuration that the texts of its file and of the baseline beside it say; as ``load_configuration``."""
    table: Any = parse_toml(text, where=str(path))
    prefix: tuple[str, ...] = ()
    if path.name == PROJECT:
        prefix = TABLE
        for key in TABLE:
            table = table.get(key, {}) if isinstance(table, dict) else {}
    reader = _Reader(path, lines_of(text), prefix, codes, rules)
    found = reader.configuration(table)
    readers = [reader]
    if baseline is not None:
        beside = path.parent / BASELINE
        old = _Reader(beside, lines_of(baseline), (), codes, rules)
        entries = old.baseline(parse_toml(baseline, where=str(beside)))
        found = replace(found, waivers=(*found.waivers, *entries), baseline=beside)
        readers.append(old)
    own = house(found) if house is not None and any(one.strangers for one in readers) else None
    for one in readers:
        one.settle(own)
    if own and reader.named:
        severity = {reader.named.get(name, name): value for name, value in {**found.severity, **reader.late}.items()}
        lines = {f"severity {code}": reader.line(("severity", name)) for name, code in reader.named.items()}
        found = replace(found, severity=severity, lines={**found.lines, **lines})
    problems = [problem for one in readers for problem in one.problems]
    if problems:
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return found


def read_configuration(path: Path) -> str:
    """The text of a configuration with its line ends as they are; errors as in ``load_configuration``."""
    return toml_text.read_toml(path)


def parse_toml(text: str, *, where: str) -> dict[str, Any]:
    """The document of a TOML text; InvalidConfiguration with the line of the fault, and OverLimit for an excess."""
    try:
        return toml_text.parse_toml(text, where=where)
    except toml_text.NotToml as error:
        raise InvalidConfiguration(error.problem, where=error.where) from None


class _Stranger(NamedTuple):
    """A name that is none of a rule that ships: how many problems stand before it, where, and the names there are."""

    position: int
    at: At
    name: str
    known: Collection[str]


class _Reader(TableReader):
    """Reads the table of a configuration."""

    def __init__(
        self,
        path: Path,
        lines: Mapping[At, int],
        prefix: tuple[str, ...],
        codes: Collection[str],
        rules: Collection[str],
    ) -> None:
        super().__init__(path, lines, prefix)
        self._codes = codes
        self._rules = rules
        self.strangers: list[_Stranger] = []
        self.named: dict[str, str] = {}
        self.late: dict[str, str] = {}
        self._severity: dict[str, Any] = {}

    def unknown_rule(self, at: At, name: str, known: Collection[str]) -> None:
        """Remember a rule that does not ship, until house rules are known."""
        self.strangers.append(_Stranger(len(self.problems), at, name, known))

    def settle(self, house: HouseNames | None) -> None:
        """Refuse the names that no house rule has either, where each stands among the problems; ``named`` has the codes
        of those that are given a severity by their names, ``late`` their severities. Without ``house`` nobody knows the
        rules, and every code of one will do."""
        known = {} if house is None else house.codes
        problems, self.problems = self.problems, []
        done = 0
        for one in self.strangers:
            self.problems += problems[done : one.position]
            done = one.position
            code = known.get(one.name.casefold())
            if code is None and not (is_house_code(one.name) and (house is None or not house.all_known)):
                self.refuse(one.at, unknown_rule(one.name, [*one.known, *(house.names if house is not None else ())]))
            elif code is not None and one.at[0] == "severity" and not is_house_code(one.name):
                self.named[one.name] = code
                self.late[one.name] = self.choice(self._severity, one.name, SEVERITIES, ("severity",))
        self.problems += problems[done:]

    def configuration(self, table: Any) -> Configuration:
        """The configuration that a table holds, without what is wrong in it."""
        if not isinstance(table, dict):
            self.refuse((), "a table was expected")
            return Configuration(self.path)
        self.refuse_unknown(table, KEYS, ())
        return Configuration(
            self.path,
            self.texts(table, "paths", "names of files and folders"),
            self.text(table, "release"),
            self.choice(table, "fail-on", LEVELS),
            self._severities(table),
            tuple(read_waivers(self, table, self._rules)),
            self.flag(table, "require-bump"),
            self._excluded(table),
            self.flag(table, "strict-waivers"),
            rules=self.texts(table, "rules", "names of files and folders"),
            alone=self._alone(table),
            lines={key: self.line((key,)) for key in table}
            | {f"severity {code}": self.line(("severity", code)) for code in _keys(table, "severity")},
        )

    def _alone(self, table: dict[str, Any]) -> bool:
        alone = self.flag(table, "alone")
        if alone and table.get("release"):
            self.refuse(("alone",), "alone and release exclude each other")
        return alone

    def baseline(self, table: dict[str, Any]) -> tuple[Waiver, ...]:
        """The entries of a baseline."""
        self.refuse_unknown(table, ("waivers",), ())
        return tuple(read_waivers(self, table, self._rules, is_old=True))

    def _severities(self, table: dict[str, Any]) -> dict[str, str]:
        given = table.get("severity", {})
        if not isinstance(given, dict):
            self.refuse(("severity",), f"severity has to be a table of codes of rules; found {shown(given)}")
            return {}
        self._severity = given
        found: dict[str, str] = {}
        changes = [f"change/{change}" for change in CHANGES]
        for code in given:
            if is_house_code(code):
                self.unknown_rule(("severity", code), code, [*self._codes, *changes])
                found[code] = self.choice(given, code, SEVERITIES, ("severity",))
            elif code not in changes and (self._codes or "/" in code) and code not in self._codes:
                self.unknown_rule(("severity", code), code, [*self._codes, *changes])
            else:
                found[code] = self.choice(given, code, SEVERITIES, ("severity",))
        return found

    def _excluded(self, table: dict[str, Any]) -> tuple[str, ...]:
        patterns = self.texts(table, "exclude", "patterns for files and folders")
        for pattern in patterns:
            if why := refusal(pattern):
                self.refuse(("exclude",), f"exclude has a text that is no pattern: {why}; found {shown(pattern)}")
        return patterns


def _keys(table: dict[str, Any], key: str) -> Collection[str]:
    value = table.get(key)
    return value.keys() if isinstance(value, dict) else ()
