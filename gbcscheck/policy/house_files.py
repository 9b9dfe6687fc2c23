"""Where house rules stand: ``rules/*.toml`` of a folder, and the files that a configuration or a person names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource
from gbcscheck.evidence.house_rules import HouseRule
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.toml_tables import InvalidConfiguration
from gbcscheck.limits import HOUSE_RULES
from gbcscheck.policy.configuration import BASELINE, NAME, PROJECT, Configuration, HouseNames
from gbcscheck.policy.house_reader import doubles, read_house_rules
from gbcscheck.release.index import INDEX

FOLDER = "rules"
"""The folder beside ``releases.toml``, or in any folder of specifications, that holds house rules."""
ENDING = ".toml"
OTHERS = (NAME, BASELINE, PROJECT, INDEX)
"""Files with that ending beside rules that speak of something else."""


class _Found:
    """The files that were found, each once by its real path: whether somebody named it, which folders have it."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[Path, bool]] = {}
        self._folders: dict[str, set[Path]] = {}

    def add(self, paths: Iterable[Path], *, named: bool = False) -> None:
        """Note some files."""
        for path in paths:
            real = str(path.resolve())
            first, known = self.files.get(real, (path, False))
            self.files[real] = (first, known or named)
            self._folders.setdefault(real, set()).add(path.parent)

    def folders_of(self, real: str) -> set[Path]:
        """The folders in which a file was found."""
        return self._folders[real]


def house_rules(
    configuration: Configuration,
    folders: Iterable[Path],
    named: Sequence[Path] = (),
    *,
    allow_outside: bool = False,
    within: Confinement | None = None,
) -> tuple[HouseRule, ...]:
    """The house rules for a run: those that the configuration names, those of the folders that it looks at, and those
    of the files and folders that a person ``named``. ``within`` is what may be read, where that is not what is around
    each of them.

    Raises Problems, one error for each fault of a file with its line, and for each folder that was named for its rules
    and has none; OutsideRepository (among them) for what leads out of the repository.
    """
    problems: list[GbcscheckError] = []
    found = _Found()
    own = within or configuration.within(allow_outside=allow_outside)
    beside = configuration.file.parent if configuration.file else Path()
    where = configuration.where(FOLDER)
    places: dict[Path, tuple[str, str]] = {}
    for text in configuration.rules:
        places[beside / text] = (where, f'the house rules "{text}": ')
        _add_named(found, beside / text, own, problems, where=where, named_as=f'the house rules "{text}"')
    for folder in folders:
        around = within or Confinement.around([folder], allow_outside=allow_outside)
        found.add(_of_folder(folder / FOLDER, around, problems))
    for path in named:
        places.setdefault(path, (str(path), ""))
        around = within or Confinement.around([path], allow_outside=allow_outside)
        _add_named(found, path, around, problems, where=str(path), named_as="")
    rules, holding = _read(found, problems)
    if not problems:
        problems.extend(
            UnreadableSource(
                f"{beginning}no house rule is in this folder; files {ENDING} with [[rule]] were expected", where=at
            )
            for path, (at, beginning) in places.items()
            if path.is_dir() and not holding & {path, path / FOLDER}
        )
    if problems:
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return tuple(rules)


def _read(found: _Found, problems: list[GbcscheckError]) -> tuple[list[HouseRule], set[Path]]:
    """The rules of all files, and the folders that have some; what is wrong is added to ``problems``."""
    rules: list[HouseRule] = []
    holding: set[Path] = set()
    shipped = _shipped_names() if found.files else frozenset()
    for real, (path, named) in found.files.items():
        try:
            read, wrong = read_house_rules(path, shipped, named=named)
        except GbcscheckError as error:
            problems.append(error)
            continue
        rules.extend(read)
        problems.extend(wrong)
        if read:
            holding |= found.folders_of(real)
        if len(rules) > HOUSE_RULES.most:
            problems.append(HOUSE_RULES.exceeded(where=str(path)))
            break
    problems.extend(InvalidConfiguration(why, where=f"{one.path}:{one.line}") for one, why in doubles(rules))
    return rules, holding


def house_names(
    configuration: Configuration, folders: Iterable[Path], named: Sequence[Path] | None, *, allow_outside: bool = False
) -> HouseNames:
    """The names of the house rules for a run; ``named`` is None for a run that does not ask them. Errors as
    ``house_rules`` raises them."""
    found = [one.rule for one in house_rules(configuration, folders, named or (), allow_outside=allow_outside)]
    codes = {name.casefold(): rule.code for rule in found for name in (rule.code, rule.name)}
    names = tuple(name for rule in found for name in (rule.code, rule.name))
    return HouseNames(codes, names, all_known=named is not None)


def _add_named(
    found: _Found, path: Path, within: Confinement, problems: list[GbcscheckError], *, where: str, named_as: str
) -> None:
    """Note a file that was named, or those of a folder: its own, and those of its folder of rules."""
    try:
        within.refuse(path, where=where, named_as=named_as)
    except GbcscheckError as error:
        problems.append(error)
        return
    if path.is_dir():
        found.add(_of_folder(path, within, problems))
        found.add(_of_folder(path / FOLDER, within, problems))
    elif path.exists():
        found.add([path], named=True)
    else:
        problems.append(UnreadableSource(f"{named_as or 'the house rules'}: no such file or folder", where=where))


def _of_folder(folder: Path, within: Confinement, problems: list[GbcscheckError]) -> Iterator[Path]:
    """The TOML files in a folder, in the order of their names; none where it is not there."""
    try:
        if not folder.is_dir():
            return
        within.refuse(folder, where=str(folder))
        for path in sorted(folder.iterdir()):
            if path.suffix == ENDING and not path.name.startswith(".") and path.name not in OTHERS:
                within.refuse(path, where=str(path))
                yield path
    except GbcscheckError as error:
        problems.append(error)
    except (OSError, ValueError) as error:
        problems.append(UnreadableSource(f"cannot be read ({error})", where=str(folder)))


def _shipped_names() -> frozenset[str]:
    """The names of the rules that ship, of every family."""
    from gbcscheck.device.all_rules import device_rules
    from gbcscheck.rules import RULES

    return frozenset(rule.name for rule in (*RULES, *device_rules()))
