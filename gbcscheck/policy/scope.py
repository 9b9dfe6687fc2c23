"""What a run looks at, and by which configuration: the arguments first, else what the configuration says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.errors import GbcscheckError, Problems, UsageError
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.model import CHANGES
from gbcscheck.policy.configuration import (
    BASELINE,
    Configuration,
    HouseNames,
    find_configuration,
    load_configuration,
)
from gbcscheck.policy.house_files import house_names
from gbcscheck.wildcards import Exclusion, Exclusions, refusal

if TYPE_CHECKING:
    from gbcscheck.model.rules import Rule


def configuration_of(
    config: Path | None,
    *,
    no_config: bool = False,
    allow_outside: bool = False,
    paths: Sequence[str] = (),
    house: Sequence[Path] | None = None,
) -> Configuration:
    """The configuration that the options name, else the one of the working folder; empty where there is none. It may
    name the house rules that it names itself, and those of its paths or of the ``paths`` of a run; where ``house`` has
    the files that the run names, only a rule of theirs has a severity.

    Raises UsageError where both options are given, and errors as ``load_configuration`` does.
    """
    if config is not None and no_config:
        raise UsageError("--config and --no-config exclude each other")
    path = None if no_config else config or find_configuration(Path(), allow_outside=allow_outside)
    if path is None:
        return Configuration()
    from gbcscheck.rules import RULES

    beside = path.parent / BASELINE
    if beside.is_symlink():
        Confinement.around([path], allow_outside=allow_outside).refuse(beside, where=str(beside))

    def names(found: Configuration) -> HouseNames:
        folders = found.admitted(found.within(allow_outside=allow_outside))[0] if not paths else map(Path, paths)
        own = house_names(found, folders, house, allow_outside=allow_outside)
        on_devices = _rules_on_devices()
        codes = {name.casefold(): rule.code for rule in on_devices for name in (rule.code, rule.name)}
        return replace(own, codes={**codes, **own.codes}, names=(*own.names, *_names(on_devices)))

    changes = [f"change/{change}" for change in CHANGES]
    return load_configuration(path, codes=[one.code for one in RULES], rules=[*_names(RULES), *changes], house=names)


def waivable_rules() -> list[str]:
    """The codes and names by which a waiver may name a rule that ships, or a kind of change."""
    from gbcscheck.rules import RULES

    return [*_names((*RULES, *_rules_on_devices())), *(f"change/{change}" for change in CHANGES)]


def _rules_on_devices() -> tuple[Rule, ...]:
    """The rules by which files of devices are judged."""
    from gbcscheck.device.all_rules import device_rules

    return device_rules()


def _names(rules: Sequence[Rule]) -> list[str]:
    """The codes of some rules, and behind them their names."""
    return [*(rule.code for rule in rules), *(rule.name for rule in rules)]


def exclusions_of(configuration: Configuration, excluded: Sequence[str]) -> Exclusions:
    """What is not looked at: the patterns of the configuration, seen from its folder, and those of the option, seen
    from the working folder. UsageError for one that is none."""
    for pattern in excluded:
        if why := refusal(pattern):
            raise UsageError(f'--exclude "{pattern}" is no pattern: {why}')
    folder = configuration.file.parent if configuration.file else Path()
    own = [Exclusion(pattern, folder, configuration.where("exclude")) for pattern in configuration.exclude]
    return Exclusions((*own, *(Exclusion(pattern, Path(), "--exclude") for pattern in excluded)))


@frozen
class Scope:
    """What a run looks at: the arguments, or else what the configuration says.

    ``whole`` says that it is all that the configuration is about, so that a waiver that holds for nothing is not
    needed any more. ``within`` is what may be read for it, ``problems`` are the paths that may not. ``alone``: paths
    are looked at by themselves, with no release around them.
    """

    paths: tuple[Path, ...]
    release: str | None
    whole: bool
    within: Confinement
    problems: tuple[GbcscheckError, ...] = ()
    alone: bool = False

    @classmethod
    def of(
        cls,
        configuration: Configuration,
        paths: Sequence[str],
        release: str | None,
        *,
        alone: bool = False,
        allow_outside: bool = False,
    ) -> Scope:
        """The scope of a run; arguments have the last word. UsageError where ``alone`` goes with a release or without
        paths, GbcscheckError where the paths that the configuration names may none of them be read."""
        if alone and release:
            raise UsageError("--alone and --release exclude each other")
        own = tuple(configuration.resolved())
        given = tuple(Path(path) for path in paths)
        same_paths = not given or not own or {one.resolve() for one in given} == {one.resolve() for one in own}
        if alone and not given and not own:
            raise UsageError("--alone is for files and folders of your own, and none are named")
        wanted = None if alone else release or configuration.release or None
        whole_alone = alone == configuration.alone
        alone = alone or (configuration.alone and not release)
        same_release = not release or not configuration.release or release == configuration.release
        whole = same_paths and same_release and (whole_alone or not own)
        if given:
            return cls(given, wanted, whole, Confinement.around(given, allow_outside=allow_outside), alone=alone)
        admitted, problems = admitted_paths(configuration, allow_outside=allow_outside)
        within = configuration.within(allow_outside=allow_outside)
        return cls(tuple(admitted), wanted, whole, within, tuple(problems), alone)


def admitted_paths(configuration: Configuration, *, allow_outside: bool) -> tuple[list[Path], list[GbcscheckError]]:
    """Those paths of a configuration that may be read, and a problem for each other; Problems where none is left."""
    admitted, problems = configuration.admitted(configuration.within(allow_outside=allow_outside))
    if problems and not admitted:
        raise Problems(problems)
    return admitted, problems
