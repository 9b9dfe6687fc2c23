"""Protection is one fact: a value that is sensitive is sent encrypted, and the layout of its message says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gbcscheck.evidence.comparisons import held_all
from gbcscheck.evidence.components import COMMAND, Component, laid_out
from gbcscheck.evidence.marks import BLANK, Marks
from gbcscheck.facts.crosswalk import LayoutHeader
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_ENCRYPTED = 0x02
"""The bit of a component's control field that says that its payload is encrypted (GBCS section 7, GBZ)."""
_ADDITIONAL_HEADER = re.compile(r"additional header\b", re.IGNORECASE)
_COUNTER = re.compile(r"\binvocation counter$", re.IGNORECASE)
_MAC = re.compile(r"\bAE MAC$", re.IGNORECASE)
"""What the elements are called that only an encrypted component has: its second header, the counter before the payload,
and the MAC that ends it."""
_IDENTIFIER = re.compile(r":\s*0x([0-9A-Fa-f]+)$")


@rule(
    "V121",
    "protection-differs",
    kind="value",
    severity="error",
    reads=("sensitive", "encrypted", "category", "class", "cluster", "response", "octets", "constant", "permitted"),
    question="Do all tables agree on whether a value is protected?",
    text="""
    That a value is sensitive stands in the list of objects, that it is sent encrypted in the row of its protocol, and
    how it is encrypted in the byte layout: a bit of the component's control field, an additional header, a mark beside
    each encrypted element and the MAC behind them. All of these are one fact. Here they differ: whoever goes by the
    one table sends in clear what whoever goes by the other one expects encrypted, or shows what is meant to be private.

    **How to fix it.** Decide whether the value is sensitive, and mark it alike in every table. A blank cell is cited
    where the mark would stand.

    **Example.** GBCS GCS15d, the log of payment-based debt: rows 517 and 592 are neither sensitive nor encrypted, and
    the layout of the response encrypts them.
    """,
)
def protection_differs(catalogue: Catalogue) -> Iterator[Finding]:
    """Components whose layout, rows and objects do not agree, one finding a component; then rows by themselves."""
    sensitive, encrypted = Marks.of(catalogue, "sensitive"), Marks.of(catalogue, "encrypted")
    told: set[str] = set()
    rows = _rows_of_responses(catalogue)
    for layout, components in catalogue.once(laid_out):
        for component in components:
            carried = rows.get(_key(catalogue, layout, component), ()) if _is_from_device(component) else ()
            found = _of_component(catalogue, layout, component, carried, sensitive, encrypted)
            if found is not None:
                told.update(statement.subject for statement in found.statements)
                yield found
    yield from _of_rows(catalogue, sensitive, encrypted, told)


def _of_rows(catalogue: Catalogue, sensitive: Marks, encrypted: Marks, told: set[str]) -> Iterator[Finding]:
    """Rows of a protocol that are encrypted, and whose objects are not sensitive, or the other way round."""
    objects = catalogue.firsts("category")
    for attribute in ("class", "cluster"):
        for subject, row in catalogue.firsts(attribute).items():
            of_object = objects.get(subject)
            if of_object is None or subject in told or of_object.specification != row.specification:
                continue
            is_alike = (subject in sensitive) == (subject in encrypted)
            if is_alike and not catalogue.release.sources:
                continue
            if not sensitive.are_in_table_of(of_object) or not encrypted.are_in_table_of(row):
                continue
            sides = (sensitive.at(of_object), encrypted.at(row))
            held_all(catalogue, sides)
            if is_alike:
                continue
            is_sensitive = subject in sensitive
            yield protection_differs.finding(
                subject=subject,
                message="the value is sensitive, and not sent encrypted"
                if is_sensitive
                else "the value is sent encrypted, and not sensitive",
                statements=sides,
                witness=row.clause,
                why="the list of objects and the row of the protocol speak of one value.",
                suggestion=f"mark {sides[1].place if is_sensitive else sides[0].place}, or take the other mark away",
            )


def _of_component(
    catalogue: Catalogue,
    layout: LayoutHeader,
    component: Component,
    rows: tuple[Statement, ...],
    sensitive: Marks,
    encrypted: Marks,
) -> Finding | None:
    """What is wrong with the protection of one component, if anything is; ``rows`` are those that it carries, each by
    the statement of its cluster."""
    control = next(iter(catalogue.about(component.element(layout.begins), "constant", "permitted")), None)
    objects = [one for row in rows if (one := catalogue.first(row.subject, "category")) is not None]
    payload = _payload(component, encrypted)
    says = {
        "its control field": _says_encrypted(catalogue, control),
        "its additional header": _has(component, _ADDITIONAL_HEADER),
        "the MAC behind its payload": _has(component, _MAC),
        "the marks beside its elements": _any(encrypted, component.elements),
        "its rows of the protocol": _any(encrypted, rows),
        "its rows of the list of objects": _any(sensitive, objects),
    }
    if _any(encrypted, payload) and any(one.subject not in encrypted for one in payload):
        says["the blanks beside other elements"] = False
    protected = [where for where, answer in says.items() if answer is True]
    plain = [where for where, answer in says.items() if answer is False]
    if not protected and not catalogue.release.sources:
        return None
    cells = [*(encrypted.at(row) for row in rows), *(sensitive.at(one) for one in objects)]
    if protected:
        cells += [encrypted.at(one) for one in payload]
        shown = (*component.called(_ADDITIONAL_HEADER), *component.called(_MAC))
        cells += [component.elements[at] for at in shown]
    statements = distinct((*([control] if control is not None else ()), *cells))
    held_all(catalogue, statements)
    if not protected or not plain:
        return None
    blank = [str(one.place).rpartition(" ")[2] for one in statements if one.text == BLANK]
    return protection_differs.finding(
        subject=component.group,
        message=f"{_and(protected)} {_say(protected)} that it is protected; {_and(plain)} {_say(plain)} that it is not",
        statements=statements,
        witness=", ".join(dict.fromkeys(row.clause for row in rows)) or component.group,
        why="a payload is sent encrypted or in clear, and the value in it is sensitive or not.",
        suggestion=f"mark {_and(blank[:6])}, or take the protection away everywhere"
        if blank
        else f"state protection in {_and(plain)} too, or take it away everywhere",
    )


def _payload(component: Component, encrypted: Marks) -> tuple[Statement, ...]:
    """The elements of a component that are encrypted where any are: those between the counter, or the first mark, and
    the MAC."""
    most = len(component.elements)
    begins = next((at + 1 for at in component.called(_COUNTER)), None)
    if begins is None:
        begins = next((at for at, one in enumerate(component.elements) if one.subject in encrypted), most)
    return component.elements[begins : next(component.called(_MAC), most)]


def _any(marks: Marks, rows: Sequence[Statement]) -> bool | None:
    """Whether any of some rows is marked; None where their table has no marks at all, or there are none."""
    if not any(marks.are_in_table_of(row) for row in rows):
        return None
    return any(row.subject in marks for row in rows)


def _says_encrypted(catalogue: Catalogue, control: Statement | None) -> bool | None:
    """Whether all values of a control field say that the payload is encrypted; None where that cannot be told."""
    domain = catalogue.domain(control) if control is not None else None
    members = (domain.members(16) if domain is not None else None) or ()
    bits = {bool(int(value) & _ENCRYPTED) for value in members if isinstance(value, int)}
    return bits.pop() if len(bits) == 1 else None


def _has(component: Component, name: re.Pattern[str]) -> bool:
    return any(True for _ in component.called(name))


def _rows_of_responses(catalogue: Catalogue) -> Mapping[tuple[str, int, int], tuple[Statement, ...]]:
    """The rows whose values come back, each by the statement of its cluster: by use case, cluster and identifier of the
    response."""
    clusters, found = catalogue.firsts("cluster"), dict[tuple[str, int, int], list[Statement]]()
    for response in catalogue.by_attribute.get("response", ()):
        subject = response.subject
        cluster = clusters.get(subject)
        identifiers = [_identifier(one) for one in (cluster, response)]
        if cluster is not None and None not in identifiers:
            of_cluster, of_response = identifiers
            found.setdefault((subject.partition("/")[0], of_cluster or 0, of_response or 0), []).append(cluster)
    return {key: tuple(rows) for key, rows in found.items()}


def _identifier(statement: Statement | None) -> int | None:
    match = _IDENTIFIER.search(str(statement.value)) if statement is not None else None
    return int(match[1], 16) if match else None


def _key(catalogue: Catalogue, layout: LayoutHeader, component: Component) -> tuple[str, int, int]:
    """Use case, cluster and identifier of a component, -1 where it has none."""
    stated = (catalogue.first(component.element(name), "constant") for name in (layout.cluster, layout.command))
    cluster, command = (_number(one) for one in stated)
    return component.use_case, cluster, command


def _number(statement: Statement | None) -> int:
    text = statement.domain if statement is not None else None
    return int(text) if text and text.isdigit() else -1


def _is_from_device(component: Component) -> bool:
    return component.group.split("/")[1] != COMMAND


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _say(names: list[str]) -> str:
    return "say" if len(names) > 1 or names[0].startswith(("the marks", "the blanks", "its rows")) else "says"


RULES = (protection_differs,)
