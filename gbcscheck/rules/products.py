"""Lists of certified products: which versions of SMETS or CHTS and of GBCS their entries state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gbcscheck.evidence.comparisons import held, held_all, looked_for
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

REMOVED = "removed"
"""Status of an entry that stands no more, in small letters."""
VERSIONS = ("smets-version", "gbcs-version")


@frozen
class Entry:
    """One entry of a list: its product, the versions that it states, and whether it still stands."""

    name: Statement
    smets: Statement
    gbcs: Statement
    stands: bool

    @property
    def pair(self) -> tuple[str, str]:
        """The two versions: ``SMETS 4.2``, ``3.2``."""
        return str(self.smets.value), str(self.gbcs.value)

    @property
    def in_words(self) -> str:
        """The two versions for people."""
        return f"{self.smets.value} with GBCS {self.gbcs.value}"


def entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    """The entries that state a product and both versions; ask by ``catalogue.once``."""
    found = []
    for smets in catalogue.by_attribute.get("smets-version", ()):
        name, gbcs = catalogue.first(smets.subject, "name"), catalogue.first(smets.subject, "gbcs-version")
        if name is not None and gbcs is not None:
            status = catalogue.first(smets.subject, "entry-status")
            stands = status is None or str(status.value).casefold() != REMOVED
            found.append(Entry(name, smets, gbcs, stands))
    return tuple(found)


@rule(
    "L101",
    "version-out-of-force",
    kind="reference",
    severity="warning",
    reads=(*VERSIONS, "name", "entry-status", "out-of-force-since"),
    question="Does an entry of a list of products cite a version that is out of force?",
    text="""
    A list of certified products says which version of SMETS or CHTS, and of GBCS, each firmware follows. The version
    that this entry cites is out of force, so nothing can be held against it any more. Entries that are removed from the
    list are not asked.

    **How to fix it.** Cite the version against which the product was certified, or remove the entry.

    **Example.** Entries of the Central Products List that cite GBCS 1.0, out of force since 7 May 2018.
    """,
)
def version_out_of_force(catalogue: Catalogue) -> Iterator[Finding]:
    """Entries that stand and cite a version of which a document says since when it is out of force; one finding for
    each version."""
    known = {one.subject: one for one in catalogue.by_attribute.get("out-of-force-since", ())}
    first = next(iter(known.values()), None)
    for entry in catalogue.once(entries) if first is not None else ():
        for stated, version in ((entry.smets, entry.pair[0]), (entry.gbcs, f"GBCS {entry.pair[1]}")):
            ended = known.get(version)
            if ended is None:
                looked_for(catalogue, stated, first or stated)
                continue
            held(catalogue, stated, (ended,))
            if entry.stands:
                yield version_out_of_force.finding(
                    subject=stated.subject,
                    message=f"{version} is out of force since {ended.written}",
                    statements=(stated, ended),
                    witness=str(entry.name.value),
                    why="what is out of force binds nobody.",
                    suggestion="cite the version against which the product was certified",
                    root=(version,),
                )


@rule(
    "L102",
    "pair-of-one-entry",
    kind="enumeration",
    severity="warning",
    reads=(*VERSIONS, "name", "entry-status"),
    question="Does an entry pair versions of SMETS and GBCS that no other entry pairs?",
    text="""
    Each version of SMETS or CHTS goes with certain versions of GBCS. One entry alone has this pair, though other
    entries have either of its versions: it looks like a slip of one column.

    **How to fix it.** Look up which version the product was certified against. A pair that is really new may stand.

    **Example.** In the Central Products List of September 2022 one entry has SMETS 2.0 with GBCS 2.1; 131 others have
    SMETS 2.0 with GBCS 1.1.
    """,
)
def pair_of_one_entry(catalogue: Catalogue) -> Iterator[Finding]:
    """Entries that stand with a pair of their own, both versions of which stand in other pairs."""
    of_pair: dict[tuple[str, str], list[Entry]] = {}
    for entry in catalogue.once(entries):
        of_pair.setdefault(entry.pair, []).append(entry)
    usual: dict[str, list[Entry]] = {}
    for pair, group in of_pair.items():
        for version in pair:
            usual[version] = max(usual.get(version, group), group, key=len)
    for pair, (alone, *others) in of_pair.items():
        nearest = [usual[version] for version in pair]
        for other in others:
            held(catalogue, other.gbcs, (alone.gbcs,))
        if others or not alone.stands or not all(len(group) > 1 for group in nearest):
            continue
        statements = (alone.smets, alone.gbcs, *(group[0].gbcs for group in nearest))
        held_all(catalogue, statements)
        told = " and ".join(f"{len(group)} have {group[0].in_words}" for group in nearest)
        yield pair_of_one_entry.finding(
            subject=alone.gbcs.subject,
            message=f"no other entry has {alone.in_words}",
            statements=statements,
            witness=str(alone.name.value),
            why=f"of the other entries {told}.",
            suggestion="look up which version the product was certified against",
        )


@rule(
    "L103",
    "product-listed-twice",
    kind="duplicate",
    severity="warning",
    reads=(*VERSIONS, "name", "entry-status"),
    question="Does a list have a product twice, with different versions?",
    text="""
    Two entries that both stand are of one device type, manufacturer, model, hardware and firmware, and state different
    versions. Whoever looks the product up cannot tell which of them it follows.

    **How to fix it.** Remove the entry that holds no more, or say in the list how the two differ.

    **Example.** A communications hub that stands in the Central Products List with GBCS 1.0 and, by a later entry of
    the same image, with GBCS 1.1.
    """,
)
def product_listed_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """Products of which two entries that stand state different versions, one finding for each two pairs of versions."""
    of_product: dict[tuple[str, object], list[Entry]] = {}
    for entry in catalogue.once(entries):
        if entry.stands:
            of_product.setdefault((str(entry.name.value), entry.name.specification), []).append(entry)
    for (product, _), group in of_product.items():
        first, *others = group
        for other in others:
            held(catalogue, first.gbcs, (other.gbcs,))
            if other.pair != first.pair:
                held_all(catalogue, _smets_of(first, other))
                yield product_listed_twice.finding(
                    subject=first.gbcs.subject,
                    message=f"{first.in_words}, and {other.in_words} by {other.gbcs.subject}",
                    statements=(first.gbcs, other.gbcs, *_smets_of(first, other)),
                    witness=product,
                    why="which of the two versions the product follows is not told.",
                    suggestion="remove the entry that holds no more",
                    root=(*first.pair, *other.pair),
                )


def _smets_of(one: Entry, other: Entry) -> tuple[Statement, ...]:
    """The versions of SMETS that two entries state, where they differ."""
    return (one.smets, other.smets) if one.smets.value != other.smets.value else ()


@rule(
    "L104",
    "version-written-in-several-ways",
    kind="naming",
    severity="note",
    reads=VERSIONS,
    question="Does a list write one version in several ways, or with blanks around it?",
    text="""
    Cells that name the same version differ in their blanks or in their spelling, or have a blank behind it. To a person
    they are the same; to a program that filters or counts by the cell they are several versions.

    **How to fix it.** Write the version in one way; take out blanks at the end of cells.

    **Example.** `GBCS Version 1.1` in the Central Products List, which also has it with one blank, and two, behind it.
    """,
)
def version_written_in_several_ways(catalogue: Catalogue) -> Iterator[Finding]:
    """Versions of which the cells of one document hold different texts, one finding for each version."""
    for attribute in VERSIONS:
        ways: dict[tuple[str, object], dict[str, list[Statement]]] = {}
        for stated in catalogue.by_attribute.get(attribute, ()):
            of_version = ways.setdefault((str(stated.value), stated.specification), {})
            of_version.setdefault(stated.written, []).append(stated)
        for (version, _), texts in ways.items():
            if len(texts) > 1 or any(text != text.strip() for text in texts):
                yield _several_ways(catalogue, attribute, version, texts)


def _several_ways(catalogue: Catalogue, attribute: str, version: str, texts: Mapping[str, list[Statement]]) -> Finding:
    how = f"in {len(texts)} ways" if len(texts) > 1 else "with blanks around it"
    often = sorted(texts, key=lambda text: (-len(texts[text]), text))
    statements = tuple(texts[text][0] for text in often)
    held_all(catalogue, statements)
    return version_written_in_several_ways.finding(
        subject=texts[often[0]][0].subject,
        message=f"{attribute} {version} is written {how}",
        statements=statements,
        witness=", ".join(f'"{text}" in {len(texts[text])}' for text in often),
        why="whoever filters or counts by the cell takes them for several versions.",
        suggestion=f'write "{often[0].strip()}" in each',
        root=(attribute, version),
        exemplary=True,
    )


RULES = (version_out_of_force, pair_of_one_entry, product_listed_twice, version_written_in_several_ways)
