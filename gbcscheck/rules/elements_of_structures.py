"""The elements of one structure: they are of one attribute of one object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from gbcscheck.evidence.comparisons import held
from gbcscheck.model import Finding, Specification
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.rules.base import rule

_IDENTITY = ("class", "object", "member")


@rule(
    "C121",
    "structure-of-two-objects",
    kind="code",
    severity="error",
    reads=(*_IDENTITY, "element", "name"),
    question="Do all elements of one structure belong to one attribute of one object?",
    text="""
    A structure or an array is the value of one attribute of one COSEM object, and every row that gives an element of
    it repeats class, logical name and number of the attribute. Here one row has another than those beside it: an
    element that no access to the attribute ever holds.

    **How to fix it.** Give the row what the other elements of the structure have.

    **Example.** The ten fields of a schedule's entry are of attribute 2 of class 10; a draft in which one of them
    became attribute 3 is told with that cell.
    """,
)
def structure_of_two_objects(catalogue: Catalogue) -> Iterator[Finding]:
    """Structures of one item in one use case whose elements differ in class, object or member, the rarest first."""
    structures = _structures(catalogue)
    for attribute in _IDENTITY:
        stated = catalogue.firsts(attribute)
        for subjects in structures.values():
            group = [stated[subject] for subject in subjects if subject in stated]
            if len(group) < 2:
                continue
            held(catalogue, group[0], group[1:])
            counts = Counter(str(one.value) for one in group)
            if len(counts) == 1:
                continue
            rarest = sorted(counts, key=lambda value: counts[value])
            firsts = [next(one for one in group if str(one.value) == value) for value in rarest]
            yield structure_of_two_objects.finding(
                subject=firsts[0].subject,
                message=f"the {len(group)} elements of its structure do not have one {attribute}",
                statements=tuple(firsts),
                witness=" and ".join(f"{one.written} in {one.subject}" for one in firsts),
                why=f"{counts[rarest[-1]]} of them have {firsts[-1].written}.",
                suggestion=f"write {firsts[-1].written}",
            )


def _structures(catalogue: Catalogue) -> Mapping[tuple[Specification, str, str, str], list[str]]:
    """The rows of the elements of each structure: of one document, use case and item, below one element."""
    found: dict[tuple[Specification, str, str, str], list[str]] = {}
    names = catalogue.firsts("name")
    for subject, element in catalogue.firsts("element").items():
        path, dot, _ = str(element.value).rpartition(".")
        named = names.get(subject)
        if dot and ":" in path and named is not None and split_row(subject)[1]:
            item = str(named.value).partition(":")[0]
            found.setdefault((element.specification, split_row(subject)[0], item, path), []).append(subject)
    return found


RULES = (structure_of_two_objects,)
