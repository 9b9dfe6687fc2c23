"""What files are judged against: a release, the GBCS versions that have use case tables, and what the user chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.model import FileRecord, Progress
from gbcscheck.errors import UsageError
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.facts.store import load_shipped
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.index import release_entries
from gbcscheck.release.releases import load_paths, load_release

if TYPE_CHECKING:
    from gbcscheck.device.items.house import HouseIndex
    from gbcscheck.evidence.house_rules import HouseRule

GBCS, USE_CASES, COSEM = "GBCS", "use cases", "COSEM"


@frozen
class Choices:
    """What the user said of the files: empty where nothing was said.

    ``gbcs`` is a version, ``variant`` one of ``VARIANTS``, ``device_type`` a target of use cases (``ESME``, ``GSME``);
    ``object`` (``0-0:12.0.0.255``) and ``member`` (``attribute 2``) or ``use_case`` say what bare A-XDR is.
    """

    gbcs: str = ""
    variant: str = ""
    device_type: str = ""
    object: str = ""
    member: str = ""
    use_case: str = ""


class UseCase(NamedTuple):
    """A use case in the version under which its messages are judged."""

    name: str
    code: int
    version: str
    catalogue: Catalogue

    def fact(self, attribute: str) -> str:
        """One fact of the use case as text; empty where the table is silent."""
        statement = self.stated(attribute)
        if statement is None:
            return ""
        return str(statement.value if statement.value is not None else statement.written)

    def stated(self, attribute: str) -> Statement | None:
        """What the table says first of an attribute of the use case, if anything; looked up once."""
        known = self.catalogue.once(_known)
        key = self.name, attribute
        if key not in known:
            known[key] = self.catalogue.first(*key)
        return known[key]


def _known(catalogue: Catalogue) -> dict[tuple[str, str], Statement | None]:
    """Statements by use case and attribute, filled as they are asked for."""
    return {}


@dataclass(frozen=True)
class Context:
    """``catalogue`` is the release; ``versions`` the use case tables by GBCS version: the user's own before those that
    ship, and each of these the newest first; ``house`` are the rules that a person wrote down."""

    catalogue: Catalogue
    versions: Mapping[str, Catalogue]
    choices: Choices = field(default_factory=Choices)
    house: tuple[HouseRule, ...] = ()

    @cached_property
    def house_index(self) -> HouseIndex | None:
        """What the house rules are about, if there are any."""
        if not self.house:
            return None
        from gbcscheck.device.items.house import HouseIndex

        return HouseIndex(self.catalogue, self.house)

    def record(self, path: str, *, tree: bool = True) -> FileRecord:
        """What gathers what one file holds, and holds its values against the house rules."""
        index = self.house_index
        if index is None:
            return FileRecord(path, tree=tree)
        from gbcscheck.device.items.house import HouseJudge

        return FileRecord(path, tree=tree, house=HouseJudge(index))

    @cached_property
    def use_cases(self) -> Mapping[int, UseCase]:
        """Use cases by message code, each in the newest version that has it."""
        found: dict[int, UseCase] = {}
        for version, catalogue in self.versions.items():
            for statement in catalogue.in_part(GBCS, USE_CASES, "message-code"):
                code = _code(statement.value)
                if code is not None:
                    found.setdefault(code, UseCase(statement.subject, code, version, catalogue))
        return found

    @cached_property
    def use_cases_by_name(self) -> Mapping[str, UseCase]:
        """Use cases by name."""
        return {use_case.name: use_case for use_case in self.use_cases.values()}


def _code(value: object) -> int | None:
    try:
        return int(str(value), 16)
    except ValueError:
        return None


def load_context(
    choices: Choices,
    *,
    release: str | None = None,
    specs: Sequence[Path] = (),
    progress: Progress | None = None,
    allow_outside: bool = False,
) -> Context:
    """The context for some choices: ``specs`` are the user's own extracts and tables, laid over the release as
    ``check`` does. UsageError for a version of GBCS that has no use case table."""
    if specs:
        within = Confinement.around(specs, allow_outside=allow_outside)
        loaded = load_paths(specs, release=release or _default(), progress=progress, within=within)
    else:
        loaded = load_release(release)
    catalogue = Catalogue.of(loaded)
    versions = _versions(catalogue)
    if choices.gbcs:
        if choices.gbcs not in versions:
            raise UsageError(f"there is no use case table of GBCS {choices.gbcs}; there are: {', '.join(versions)}")
        versions = {choices.gbcs: versions[choices.gbcs]}
    return Context(catalogue, versions, choices)


def _default() -> str:
    return release_entries()[0].name


def _versions(catalogue: Catalogue) -> dict[str, Catalogue]:
    """The user's own tables first, whatever their version (that of a workbook may be unstated); the others, newest
    first."""
    own = [spec.version for spec in catalogue.specifications if (spec.name, spec.part) == (GBCS, USE_CASES)]
    found = dict.fromkeys(own, catalogue)
    encodings = tuple(part for part in catalogue.release.extracts if part.specification.name == COSEM)
    root = shipped_root()
    for path in sorted(root.glob("gbcs/*/use-cases.json")):
        extract = load_shipped(path.relative_to(root).as_posix())
        if extract.specification.version not in found:
            alone = replace(catalogue.release, extracts=(*encodings, extract), own=frozenset())
            found[extract.specification.version] = Catalogue.of(alone)
    brought = {spec.version for spec in catalogue.release.own if (spec.name, spec.part) == (GBCS, USE_CASES)}
    return dict(sorted(found.items(), key=lambda item: (item[0] in brought, _order(item[0])), reverse=True))


def _order(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part) if part.isdigit() else -1, part) for part in version.split("."))
