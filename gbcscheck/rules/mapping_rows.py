"""Rows of the mapping: one number is one thing, of which the list of objects says what the row of the protocol says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparisons import held, looked_for
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.evidence.value_words import printed
from gbcscheck.model import Finding, Specification, Statement, distinct
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_VALUES = ("constant", "permitted", "special")
"""What is the same where the set is, however it is written."""
_IDENTITIES = ("class", "object", "member", "cluster", "attribute-id", "command", "response", "type", *_VALUES)
"""What decides the octets: two rows of one number that differ here are sent differently."""
_DESCRIPTIONS = ("name", "element", "parameter", "value-type", "category", "reference")
"""What only describes them."""
_INSTANTS = {"DATE-TIME": (12,), "DATE": (5, 12), "TIME": (4,)}
"""The octets that COSEM has for dates and times (Blue Book 4.1.6.1); a date may be the first part of both."""
_ROW = ", row "
"""What stands before the number in the clause of a row."""
_MARK = re.compile(r"\[\[.*?\]\]")
_CLAUSE = re.compile(r"[0-9]+(?:\.[0-9]+)*")


@rule(
    "N121",
    "mapping-row-of-two-things",
    kind="duplicate",
    severity="error",
    reads=(*_IDENTITIES, *_DESCRIPTIONS),
    question="Is one row of the mapping the same thing in every use case?",
    text="""
    The number of a row in the mapping table stands for one thing: its object, class, attribute, command, data type,
    values and clause are the same in every use case that has the row. Here one use case has it otherwise, so that a
    reader who looks the number up finds two answers.

    **How to fix it.** Correct the use case that differs; or, where another thing is meant, give it a row of its own.
    A difference in name, clause or description alone is a warning.

    **Example.** Row 960, the threshold of extreme over-voltage, is attribute 4 of class 71 in ECS29a, ECS29b, ECS29c,
    ECS29d and ECS26b; a draft in which one of them says attribute 3 is told with that cell.
    """,
)
def mapping_row_of_two_things(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows of use cases with one number and two facts of it, one finding a number and attribute."""
    numbers = _numbers(catalogue)
    for attribute in (*_IDENTITIES, *_DESCRIPTIONS):
        for (_, number), group in _that_differ(catalogue, attribute, numbers).items():
            counts = Counter(_folded(_said(one)) for one in group)
            firsts = {text: next(one for one in group if _folded(_said(one)) == text) for text in counts}
            rarest_first = [firsts[text] for text in sorted(counts, key=counts.__getitem__)]
            yield mapping_row_of_two_things.finding(
                severity="" if attribute in _IDENTITIES else "warning",
                subject=rarest_first[0].subject,
                message=f"row {number} of the mapping has two {attribute} facts",
                statements=tuple(rarest_first),
                witness=" and ".join(f"{one.written} in {split_row(one.subject)[0]}" for one in rarest_first),
                why=f"{len(group)} use cases have the row, and it is one thing.",
                suggestion="correct the use case that differs, or give another thing a row of its own",
            )


_Key = tuple[str, str]
"""A protocol (by the attribute that only its rows have), and a number in the mapping."""


def _numbers(catalogue: Catalogue) -> Mapping[str, tuple[Specification, _Key]]:
    """The document, and the number in the mapping, of each row that shares one with another row."""
    found: dict[str, tuple[Specification, _Key]] = {}
    for attribute in ("class", "cluster"):
        for row in catalogue.by_attribute.get(attribute, ()):
            number = _number_in(row)
            if number and split_row(row.subject)[1]:
                found[row.subject] = (row.specification, (attribute, number))
    times = Counter(key for _, key in found.values())
    return {subject: of_row for subject, of_row in found.items() if times[of_row[1]] > 1}


def _that_differ(
    catalogue: Catalogue, attribute: str, numbers: Mapping[str, tuple[Specification, _Key]]
) -> Mapping[_Key, Sequence[Statement]]:
    """The statements of an attribute on rows of one number that do not all say the same; of each row the first alone:
    what the list of objects says beside it is the business of other rules."""
    firsts = catalogue.once(types_of_rows) if attribute == "type" else catalogue.firsts(attribute)
    is_asked = bool(catalogue.release.sources)
    groups: dict[_Key, list[Statement]] = {}
    said: dict[_Key, str] = {}
    """What the first of each group says."""
    differing: dict[_Key, None] = {}
    for subject, (specification, key) in numbers.items():
        stated = firsts.get(subject)
        if stated is not None and stated.specification != specification:  # another document states it of the same row
            own = (one for one in catalogue.about(subject, attribute) if one.specification == specification)
            stated = next(own, None)
        if stated is None:
            continue
        group = groups.get(key)
        if group is None:
            groups[key], said[key] = [stated], _said(stated)
            continue
        group.append(stated)
        if is_asked:
            held(catalogue, group[0], (stated,))
        one, other = said[key], _said(stated)
        if one != other and _folded(one) != _folded(other):
            differing[key] = None
    return {key: groups[key] for key in differing}


def _said(stated: Statement) -> str:
    if stated.attribute in _VALUES and stated.domain is not None:
        return stated.domain
    return stated.written if stated.attribute == "type" or stated.value is None else str(stated.value)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """A text without blanks, case, and the marks behind a type (a row may be optional in one use case alone)."""
    return "".join(_MARK.sub("", text).casefold().split())


@rule(
    "R122",
    "object-of-another-kind",
    kind="encoding",
    severity="warning",
    reads=("value-type", "type"),
    question="Does the list of objects call a value what its row of the protocol can hold?",
    text="""
    The list of objects says what kind of value an item is (`INTEGER`, `DATE-TIME`, `OCTET-STRING`), and the row of the
    protocol gives the data type that is sent. Here no value of that kind has the type: a number in a string of octets,
    a date in a string of bits, a date and time in the five octets of a date. A date may stand in the twelve octets of a
    date and time.

    **How to fix it.** Correct the one that devices do not follow.

    **Example.** An `INTEGER` of the list of objects whose row became an `octet-string(4)`.
    """,
)
def object_of_another_kind(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows whose data type holds nothing of the kind that the list of objects gives."""
    types = catalogue.once(types_of_rows)
    for called in catalogue.by_attribute.get("value-type", ()):
        kind = types.get(called.subject)
        holds = catalogue.domain(kind) if kind is not None else None
        if kind is None or holds is None or kind.specification != called.specification:
            continue
        fits = _is_of(str(called.value), holds)
        if fits is None:
            continue
        held(catalogue, called, (kind,))
        if not fits:
            yield object_of_another_kind.finding(
                subject=called.subject,
                message=f"the list of objects calls it {called.written}, and its type is {kind.written}",
                statements=(called, kind),
                witness=printed(holds),
                why=f"{kind.clause or kind.subject} holds {holds.kind}.",
                suggestion="correct the one that devices do not follow",
                root=(called.written, kind.written),
            )


def _is_of(called: str, holds: Domain) -> bool | None:
    """Whether a data type is one that a value of a kind can have; None for kinds of which that is not known."""
    from gbcscheck.domains import Bits, Booleans, Numbers, Octets, Texts

    kinds: tuple[tuple[str, tuple[type[Domain], ...]], ...] = (
        ("DATE-TIME", (Octets, Numbers)),  # seconds, or the octets of COSEM
        ("DATE", (Octets, Numbers)),
        ("TIME", (Octets, Numbers)),
        ("BOOLEANS", (Bits, Numbers)),
        ("BOOLEAN", (Booleans, Numbers)),
        ("BIT-STRING", (Bits, Numbers)),
        ("OCTET-STRING", (Octets, Texts, Numbers)),  # an identifier is a string in COSEM, a number in ZigBee
        ("ENUMERATION", (Numbers,)),
        ("INTEGER", (Numbers,)),
    )
    known = (Bits, Booleans, Numbers, Octets, Texts)
    word, fitting = next(((word, types) for word, types in kinds if word in called.upper()), ("", None))
    if fitting is None or type(holds) not in known:
        return None
    if isinstance(holds, Octets) and word in _INSTANTS:
        return holds.length_range.high in _INSTANTS[word]
    return isinstance(holds, fitting)


@rule(
    "X121",
    "clause-not-of-the-object",
    kind="reference",
    severity="warning",
    reads=("reference",),
    question="Does the list of objects refer to every clause that the row of the protocol refers to?",
    text="""
    The row of the protocol and the row of the list of objects with its number describe one item, and each says which
    clauses of SMETS or CHTS ask for it. The list of objects has those of every device; here it lacks one that the row
    of the protocol has.

    **How to fix it.** Write the clause in both, or correct the one that is wrong.

    **Example.** A row that refers to SMETS 5.7.4.26 in the sheet of DLMS and to 5.7.4.62 in that of the objects.
    """,
)
def clause_not_of_the_object(catalogue: Catalogue) -> Iterator[Finding]:
    """References of rows that the list of objects, which has others of the item, does not have."""
    by_subject: dict[tuple[Specification, str], list[Statement]] = {}
    for stated in catalogue.by_attribute.get("reference", ()):
        if split_row(stated.subject)[1]:
            by_subject.setdefault((stated.specification, stated.subject), []).append(stated)
    for group in by_subject.values():
        if len(group) < 2:
            continue
        row, of_object = sorted((group[0], group[-1]), key=lambda one: (len(_clauses(one)), str(one.value)))
        held(catalogue, row, (of_object,))
        lacking = [clause for clause in _clauses(row) if clause not in _clauses(of_object)]
        if lacking:  # one may cite more than the other, as the list of objects does
            yield clause_not_of_the_object.finding(
                subject=row.subject,
                message=f"one row refers to {', '.join(lacking)}, and the other one does not",
                statements=(row, of_object),
                witness=lacking[0],
                why="both rows describe one item.",
                suggestion="write the clause in both, or correct the one that is wrong",
            )


def _clauses(stated: Statement) -> tuple[str, ...]:
    """The clauses of references, each with the name of its specification: ``SMETS 5.6.3.1 / 5.7.5.15`` are two."""
    return _clauses_in(str(stated.value))


@lru_cache(maxsize=4096)
def _clauses_in(references: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for reference in references.split(";"):
        name, *_ = reference.split() or [""]
        for number in _CLAUSE.findall(reference):
            found[f"{name} {number}"] = None
    return tuple(found)


@rule(
    "S121",
    "row-on-one-side-alone",
    kind="missing",
    severity="warning",
    reads=("class", "cluster", "category", "reference", "message-code"),
    question="Has every row that a clause asks for its row in the list of objects, and the other way round?",
    text="""
    A row of the protocol refers to a clause of SMETS or CHTS, and the list of objects has no row of its number for that
    use case, or has one for other use cases alone; or the list of objects has a row for use cases none of which carries
    it. Rows that only the protocol needs refer to no clause, and have none on the other side.

    **How to fix it.** Add the row that is missing, or its use case, or delete the other one too.

    **Example.** A draft that deletes a data item from the sheet of objects and leaves it in that of DLMS.
    """,
)
def row_on_one_side_alone(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows of the protocol without an object though a clause asks for them, or other use cases have one under their
    number, and objects that no row carries; only where the document has both tables."""
    rows = {**catalogue.firsts("cluster"), **catalogue.firsts("class")}
    one_row = {(row.specification, split_row(subject)[0]): row for subject, row in rows.items()}
    carrying = {(row.specification, row.clause) for row in rows.values()}
    objects: dict[tuple[str, str], list[Statement]] = {}
    listed: set[tuple[Specification, str]] = set()
    by_number: dict[tuple[Specification, str], Statement] = {}
    for of_object in catalogue.by_attribute.get("category", ()):
        objects.setdefault((of_object.path, of_object.source), []).append(of_object)
        listed.add((of_object.specification, of_object.clause))
        by_number.setdefault((of_object.specification, _number_in(of_object)), of_object)
    one_object = {one.specification: one for (one, *_) in objects.values()}
    asked = {
        (one.specification, one.subject): one for one in catalogue.by_attribute.get("reference", ()) if _clauses(one)
    }
    cited: set[tuple[str, str]] = set()
    """The rows of the list of objects that are told as another side already."""
    for subject, row in rows.items():
        number = _number_in(row)
        if not number or row.specification not in one_object or (row.specification, row.clause) in listed:
            continue
        of_others = by_number.get((row.specification, number))
        asking = asked.get((row.specification, subject))
        if of_others is None and asking is None:
            continue
        if of_others is not None:
            cited.add((of_others.path, of_others.source))
        looked_for(catalogue, row, of_others or one_object[row.specification])
        yield row_on_one_side_alone.finding(
            subject=subject,
            message="the list of objects has no row of this number for the use case",
            statements=distinct(one for one in (row, of_others, asking) if one is not None),
            witness=row.clause,
            why=f"it has the number for {split_row(of_others.subject)[0]}, and a number is one thing."
            if of_others is not None
            else f"it refers to {asking.written if asking is not None else ''}, which asks for a data item.",
            suggestion="add the row, or its use case, to the list of objects, or delete this one too",
            absent_from=(row.specification,),
        )
    protocols = [{one.specification for one in catalogue.firsts(name).values()} for name in ("cluster", "class")]
    both = protocols[0] & protocols[1]
    use_cases = set(catalogue.said_of("message-code"))
    for place, group in objects.items():
        first = group[0]
        if place in cited or not _number_in(first) or any((one.specification, one.clause) in carrying for one in group):
            continue
        among_rows = [one_row.get((one.specification, split_row(one.subject)[0])) for one in group]
        are_there = all(
            among is not None
            or (first.specification in both and (one.specification, split_row(one.subject)[0]) in use_cases)
            for one, among in zip(group, among_rows, strict=True)
        )
        if not are_there:  # the rows of its use cases may be in a table that is not at hand
            continue
        for of_object, among in zip(group, among_rows, strict=True):
            if among is not None:
                looked_for(catalogue, of_object, among)
        yield row_on_one_side_alone.finding(
            subject=first.subject,
            message="no use case of the row of the list of objects carries it",
            statements=(first,),
            witness=", ".join(one.clause for one in group),
            why="the tables of the protocols have no row of this number for any of its use cases.",
            suggestion="add the row to the protocol's table, or delete this one too",
            absent_from=(first.specification,),
            also=tuple(one.subject for one in group[1:]),
        )


def _number_in(stated: Statement) -> str:
    """The number in the mapping of the row that states something; empty where it has none."""
    _, mark, number = stated.clause.rpartition(_ROW)
    return number if mark else ""


RULES = (mapping_row_of_two_things, object_of_another_kind, clause_not_of_the_object, row_on_one_side_alone)
