"""The house rules of a side: those of its folders and of its configuration, as the side itself has them."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gbcscheck.comparison.git_sides import shown_root
from gbcscheck.comparison.laid_out import LaidOut, laid_out
from gbcscheck.comparison.sides import Named
from gbcscheck.errors import GbcscheckError, Problems, UsageError
from gbcscheck.evidence.house_rules import HouseRule
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.git.trees import TreeFile
from gbcscheck.policy.configuration import Configuration
from gbcscheck.policy.house_files import ENDING, FOLDER, house_rules
from gbcscheck.policy.stray_rules import is_of_rules, stray_rules, told_of


def has_rules_of_its_own(side: Named) -> bool:
    """Whether a side may hold house rules: a folder, a revision or the work tree; not a file, a release, or a base
    without anything."""
    if side.kind == "revision":
        return side.revision is not None and bool(side.revision.tree)
    return side.kind == "worktree" or (side.kind == "files" and Path(side.name).is_dir())


def house_of(
    side: Named, configuration: Configuration, *, home: Path | None = None, allow_outside: bool = False
) -> tuple[HouseRule, ...]:
    """The house rules of a side and those that its configuration names, which is seen from ``home`` (the working
    folder). Of a revision they are read in its tree, save those of a configuration that is not in the repository;
    errors as ``house_rules`` raises them."""
    if side.kind == "revision":
        file = _from_root(side, configuration, home or Path.cwd())
        if file is not None or not configuration.rules:
            return _of_revision(side, configuration, file)
        return (
            *house_rules(configuration, (), allow_outside=allow_outside),
            *_of_revision(side, Configuration(), None),
        )
    return house_rules(configuration, _folders(side), allow_outside=allow_outside)


def stray_rules_of(side: Named, house: Iterable[HouseRule]) -> str:
    """A sentence on files of house rules of a side that are none of those of the run; empty where there are none."""
    repository = side.repository
    if repository is None:
        return stray_rules(_folders(side), house, side.exclude)
    shown, known = shown_root(repository), {os.path.normpath(one.path) for one in house}

    def is_stray(name: str) -> bool:
        path = os.path.normpath(os.path.join(shown, name))
        return is_of_rules(name) and path not in known and not side.exclude.of(repository.root / name, repository.root)

    if side.revision is None:
        names = filter(is_stray, repository.work_files(side.within))
        return told_of(names, lambda name: read_octets(repository.root / name, where=name))
    files = [one for one in repository.files(side.revision, side.within) if is_stray(one.path)]
    contents = {file.path: content for file, content in repository.contents(files) if isinstance(content, bytes)}
    return told_of(contents, contents.__getitem__)


def _folders(side: Named) -> Iterator[Path]:
    """The folders of a side on the disk beside whose files its rules may stand."""
    if side.kind == "files":
        yield Path(side.name)
    elif side.kind == "worktree" and side.repository is not None:
        for path in side.within or ("",):
            yield Path(os.path.join(shown_root(side.repository), path))


def _of_revision(side: Named, configuration: Configuration, file: str | None) -> tuple[HouseRule, ...]:
    """The house rules of a revision, laid out in a folder of their own for as long as they are read; ``file`` is that
    of the configuration from the root, if there is one."""
    repository, revision = side.repository, side.revision
    assert repository is not None
    assert revision is not None
    beside = posixpath.dirname(file or "")
    named = [posixpath.normpath(posixpath.join(beside, path)) for path in configuration.rules]
    folders = [posixpath.join(path, FOLDER) for path in (*(side.within or ("",)), *named)]
    wanted = _each_once([one for one in repository.files(revision) if _is_in(one, named, folders)], named)
    if not wanted and not named:
        return ()
    with laid_out(shown_root(repository)) as layout:
        layout.add_recorded(repository, wanted, of=revision.short)
        if layout.problems:
            raise Problems(layout.problems)
        if file is not None:
            configuration = replace(configuration, file=layout.folder / file)
            (layout.folder / file).parent.mkdir(parents=True, exist_ok=True)  # paths may go up from here
        try:
            return _read(side, configuration, layout)
        except GbcscheckError as error:
            problems = error.problems if isinstance(error, Problems) else (error,)
            raise Problems([_of_side(layout.as_told(one), side) for one in problems]) from None


def _read(side: Named, configuration: Configuration, layout: LaidOut) -> tuple[HouseRule, ...]:
    root = layout.folder
    found = house_rules(
        configuration, [root / path for path in side.within or ("",)], within=Confinement.of_revision(root)
    )
    return tuple(replace(one, path=os.path.normpath(layout.as_shown(one.path))) for one in found)


def _of_side(error: GbcscheckError, side: Named) -> GbcscheckError:
    return type(error)(error.problem, where=f"{error.where} ({side.revision})", detail=error.detail)


def _from_root(side: Named, configuration: Configuration, home: Path) -> str | None:
    """The file of a configuration by its path from the root of the repository; None where it is not in it."""
    assert side.repository is not None
    try:
        return None if configuration.file is None else side.repository.path_from_root(str(configuration.file), home)
    except UsageError:
        return None


def _each_once(files: Iterable[TreeFile], named: Collection[str]) -> list[TreeFile]:
    """Files of a tree without those that hold what another does, as a link to it does; what is named comes first."""
    found: dict[tuple[str, str], TreeFile] = {}
    for file in sorted(files, key=lambda one: one.path not in named):
        found.setdefault((file.content, file.store), file)
    return list(found.values())


def _is_in(file: TreeFile, named: list[str], folders: list[str]) -> bool:
    """Whether a file of a tree may be one of rules: one that is named, or one in a folder that is looked into."""
    return file.path in named or (file.path.endswith(ENDING) and posixpath.dirname(file.path) in (*named, *folders))
