"""Where house rules stand: ``rules/*.toml`` of a folder, and the files that a configuration or a person names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource
from gbcscheck.evidence.house_rules import HouseRule
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.toml_tables import InvalidConfiguration
from gbcscheck.limits import HOUSE_RULES
from gbcscheck.policy.configuration import Configuration, HouseNames
from gbcscheck.policy.house_reader import doubles, read_house_rules

FOLDER = "rules"
"""The folder beside ``releases.toml``, or in any folder of specifications, that holds house rules."""
ENDING = ".toml"


class _Found(NamedTuple):
    """A file of house rules, and whether somebody named it."""

    path: Path
    named: bool


def house_rules(
    configuration: Configuration,
    folders: Iterable[Path],
    named: Sequence[Path] = (),
    *,
    allow_outside: bool = False,
) -> tuple[HouseRule, ...]:
    """The house rules for a run: those that the configuration names, those of the folders that it looks at, and those
    of the files and folders that a person ``named``.

    Raises Problems, one error for each fault of a file with its line; OutsideRepository (among them) for what leads
    out of the repository.
    """
    problems: list[GbcscheckError] = []
    files: dict[str, _Found] = {}
    within = configuration.within(allow_outside=allow_outside)
    beside = configuration.file.parent if configuration.file else Path()
    where = configuration.where(FOLDER)
    for text in configuration.rules:
        _gather(files, _named(beside / text, within, problems, where=where, said=f'the house rules "{text}"'))
    around = list(folders)
    for folder in around:
        own = Confinement.around([folder], allow_outside=allow_outside)
        _gather(files, _of_folder(folder / FOLDER, own, problems))
    for path in named:
        own = Confinement.around([path], allow_outside=allow_outside)
        _gather(files, _named(path, own, problems, where=str(path), said=""))
    found: list[HouseRule] = []
    shipped = _shipped_names() if files else frozenset()
    for file in files.values():
        try:
            rules, wrong = read_house_rules(file.path, shipped, named=file.named)
            found.extend(rules)
            problems.extend(wrong)
        except GbcscheckError as error:
            problems.append(error)
        if len(found) > HOUSE_RULES.most:
            problems.append(HOUSE_RULES.exceeded(where=str(file.path)))
            break
    problems.extend(InvalidConfiguration(why, where=f"{one.path}:{one.line}") for one, why in doubles(found))
    if problems:
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return tuple(found)


def house_names(
    configuration: Configuration, folders: Iterable[Path], named: Sequence[Path] | None, *, allow_outside: bool = False
) -> HouseNames:
    """The names of the house rules for a run; ``named`` is None for a run that does not ask them. Errors as
    ``house_rules`` raises them."""
    found = [one.rule for one in house_rules(configuration, folders, named or (), allow_outside=allow_outside)]
    codes = {name.casefold(): rule.code for rule in found for name in (rule.code, rule.name)}
    names = tuple(name for rule in found for name in (rule.code, rule.name))
    return HouseNames(codes, names, all_known=named is not None)


def _gather(files: dict[str, _Found], found: Iterable[_Found]) -> None:
    """Note files, each once."""
    for one in found:
        known = files.setdefault(str(one.path.resolve()), one)
        if one.named and not known.named:
            files[str(one.path.resolve())] = one


def _named(
    path: Path, within: Confinement, problems: list[GbcscheckError], *, where: str, said: str
) -> Iterator[_Found]:
    """A file that was named, or those of a folder: its own, and those of its folder of rules."""
    try:
        within.refuse(path, where=where, said=said)
    except GbcscheckError as error:
        problems.append(error)
        return
    if path.is_dir():
        yield from _of_folder(path, within, problems)
        yield from _of_folder(path / FOLDER, within, problems)
    elif path.exists():
        yield _Found(path, named=True)
    else:
        problems.append(UnreadableSource(f"{said or 'the house rules'}: no such file or folder", where=where))


def _of_folder(folder: Path, within: Confinement, problems: list[GbcscheckError]) -> Iterator[_Found]:
    """The TOML files in a folder, in the order of their names; none where it is not there."""
    try:
        if not folder.is_dir():
            return
        within.refuse(folder, where=str(folder))
        for path in sorted(folder.iterdir()):
            if path.suffix == ENDING and not path.name.startswith("."):
                within.refuse(path, where=str(path))
                yield _Found(path, named=False)
    except GbcscheckError as error:
        problems.append(error)
    except (OSError, ValueError) as error:
        problems.append(UnreadableSource(f"cannot be read ({error})", where=str(folder)))


def _shipped_names() -> frozenset[str]:
    """The names of the rules that ship, of every family."""
    from gbcscheck.device.all_rules import device_rules
    from gbcscheck.rules import RULES

    return frozenset(rule.name for rule in (*RULES, *device_rules()))
