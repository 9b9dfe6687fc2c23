"""What files are judged against: a release, the GBCS versions that have use case tables, and what the user chose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.device.model import FileRecord, Progress
from gbcscheck.device.use_cases import GBCS, USE_CASES, UseCases, Versions
from gbcscheck.errors import UsageError
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.facts.store import load_shipped
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.index import release_entries
from gbcscheck.release.releases import load_paths, load_release

if TYPE_CHECKING:
    from gbcscheck.device.items.house import HouseIndex
    from gbcscheck.evidence.house_rules import HouseRule

COSEM = "COSEM"


@frozen
class Choices:
    """What the user said of the files: empty where nothing was said.

    ``gbcs`` is a version, ``variant`` one of ``VARIANTS``, ``device_type`` a target of use cases (``ESME``, ``GSME``);
    ``object`` (``0-0:12.0.0.255``) and ``member`` (``attribute 2``) or ``use_case`` say what bare A-XDR is. ``hidden``:
    what workbooks hide is read too.
    """

    gbcs: str = ""
    variant: str = ""
    device_type: str = ""
    object: str = ""
    member: str = ""
    use_case: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Context:
    """``catalogue`` is the release; ``versions`` the use case tables by GBCS version: the user's own before those that
    ship, and each of these the newest first; ``house`` are the rules that a person wrote down."""

    catalogue: Catalogue
    versions: Versions
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
    def use_cases(self) -> UseCases:
        """Use cases by message code, each in the newest version that has it."""
        return UseCases(self.versions)

    def listed(self, message_code: int) -> str:
        """The use case of a message code that is in no table, as a list from outside or the ASN.1 payloads have it;
        empty where nobody names it."""
        return self._listed.get(message_code, "")

    @cached_property
    def _listed(self) -> Mapping[int, str]:
        from gbcscheck.device.asn1.payloads import USE_CASES as OF_ASN1

        found: dict[int, dict[str, None]] = {}
        for one in self.catalogue.witnesses.by_attribute.get("message-code", ()):
            found.setdefault(int(str(one.value), 16), {})[one.subject] = None
        return {**OF_ASN1, **{code: "/".join(names) for code, names in found.items()}}


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
        versions = versions.alone(choices.gbcs)
    return Context(catalogue, versions, choices)


def _default() -> str:
    return release_entries()[0].name


def _versions(catalogue: Catalogue) -> Versions:
    """The user's own tables first, whatever their version (that of a workbook may be unstated); the others, newest
    first. Of those that ship beside the release, none is read before it is asked for."""
    own = [spec.version for spec in catalogue.specifications if (spec.name, spec.part) == (GBCS, USE_CASES)]
    found: dict[str, Callable[[], Catalogue]] = dict.fromkeys(own, lambda: catalogue)
    root = shipped_root()
    for path in sorted(root.glob("gbcs/*/use-cases.json")):
        found.setdefault(path.parent.name, partial(_alone, catalogue, path.relative_to(root).as_posix()))
    brought = {spec.version for spec in catalogue.release.own if (spec.name, spec.part) == (GBCS, USE_CASES)}
    return Versions(dict(sorted(found.items(), key=lambda item: (item[0] in brought, _order(item[0])), reverse=True)))


def _alone(catalogue: Catalogue, relative: str) -> Catalogue:
    """A release with the use cases of one extract that ships in place of all that it says, but for the encodings."""
    encodings = tuple(part for part in catalogue.release.extracts if part.specification.name == COSEM)
    extracts = (*encodings, load_shipped(relative))
    return Catalogue.of(replace(catalogue.release, extracts=extracts, own=frozenset()))


def _order(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part) if part.isdigit() else -1, part) for part in version.split("."))
