"""Two specifications side by side: what they say of each row of a use case, or of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gbcscheck.api.show_lookup import LookedUp
from gbcscheck.api.show_views import subjects_below, view_of
from gbcscheck.errors import UsageError
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.report.grids import Grid, GridRow
from gbcscheck.report.subject import SubjectView, is_overviewed

Pair = tuple[str, str]


def the_two(catalogue: Catalogue, names: Pair) -> Pair:
    """The names of two specifications of a release as it writes them; UsageError with near names for another."""
    known = {spec.name.casefold(): spec.name for spec in catalogue.specifications}
    for name in names:
        if name.casefold() not in known:
            from gbcscheck.near_names import unknown

            raise UsageError(unknown("specification", name, known.values()))
    left, right = (known[name.casefold()] for name in names)
    if left == right:
        raise UsageError(f"--between names {left} twice; two specifications were expected")
    return left, right


def between(found: LookedUp, names: Pair) -> tuple[Grid, ...]:
    """What two specifications say of what was found; a row for each row of a use case, else one for each element of
    a data item or each attribute of another thing."""
    catalogue = found.catalogue
    pair = the_two(catalogue, names)
    return tuple(
        _use_case(catalogue, name, pair) if _is_use_case(catalogue, name) else _thing(catalogue, name, pair)
        for name in found.things or found.others[:1]
    )


def _is_use_case(catalogue: Catalogue, name: str) -> bool:
    return "/" not in name and name not in catalogue.items and next(subjects_below(catalogue, name), None) is not None


def _use_case(catalogue: Catalogue, use_case: str, pair: Pair) -> Grid:
    rows = list(dict.fromkeys(one for one in subjects_below(catalogue, use_case) if split_row(one)[1]))
    links = [link for link in catalogue.crosswalk.links if any(end.subject in rows for end in link.ends)]
    requests = {link.service_request for link in links if any(e.subject in rows for e in link.ends_of("command"))}
    found: list[GridRow] = []
    last = ""
    for row in rows:
        whole, _, element = split_row(row)[1].partition(".")
        if element and whole != last:
            found.append(GridRow((whole, "", "", ""), "strong"))
        last = whole
        of_row = [link for link in links if any(end.subject == row for end in link.ends)]
        for link in of_row or (None,):
            label = link.item.partition(".")[2] if link is not None and len(of_row) > 1 else element
            found.append(_row(catalogue, row, link, f"  {label}" if element else whole, pair))
    for link in catalogue.crosswalk.links:  # elements that no row of the use case carries
        alone = not link.ends_of("command", "response") and link.service_request in requests - {""}
        statements = [one for end in link.ends for one in catalogue.about(end.subject)] if alone else []
        if any(one.specification.name in pair for one in statements):
            cells = ("\n".join(_overview(statements, name)) for name in pair)
            found.append(GridRow((link.item.rpartition("/")[2], *cells, "")))
    return Grid(f"{use_case}: {pair[0]} and {pair[1]}", ("", *pair, "conversion"), tuple(found)).without_empty_columns()


def _row(catalogue: Catalogue, row: str, link: Link | None, label: str, pair: Pair) -> GridRow:
    """A row of a use case with what the ends of one link say in each of two specifications."""
    item = split_row(row)[1]
    words = view_of(catalogue, item).words
    ends = [end for end in link.ends if "/" in end.subject] if link is not None else []
    subjects = dict.fromkeys((row, item, *(end.subject for end in ends if end.subject.startswith("/"))))
    view = SubjectView(item, tuple(one for subject in subjects for one in catalogue.about(subject)), words=words)
    conversions = dict.fromkeys(end.conversion for end in ends if end.conversion)
    cells = ("\n".join(_overview(view.statements, name, view)) for name in pair)
    return GridRow((label, *cells, "\n".join(conversions)))


def _overview(statements: Iterable[Statement], name: str, view: SubjectView | None = None) -> Iterator[str]:
    """What one specification says, attribute by attribute, under the name of the element where it is one of XML."""
    view = view or SubjectView("", ())
    last = ""
    for statement in dict.fromkeys(statements):
        if statement.specification.name != name or not is_overviewed(statement):
            continue
        if statement.subject.startswith("/") and statement.subject != last:
            yield statement.subject.rpartition("/")[2]
        last = statement.subject
        yield f"{statement.attribute}: {view.cell(statement)}"


def _thing(catalogue: Catalogue, name: str, pair: Pair) -> Grid:
    view = view_of(catalogue, name)
    statements = [one for one in view.statements if one.specification.name in pair]
    rows = tuple(
        GridRow((attribute, *("\n".join(_of_attribute(statements, spec, attribute, view)) for spec in pair)))
        for attribute in dict.fromkeys(one.attribute for one in statements)
    )
    note = "" if rows else f"Neither says anything of {name}."
    return Grid(f"{name}: {pair[0]} and {pair[1]}", ("", *pair), rows, note)


def _of_attribute(statements: Sequence[Statement], spec: str, attribute: str, view: SubjectView) -> Iterator[str]:
    return iter(
        dict.fromkeys(
            view.cell(one) for one in statements if one.specification.name == spec and one.attribute == attribute
        )
    )


def restricted(view: SubjectView, pair: Pair) -> SubjectView:
    """A view with what two specifications say alone."""
    return replace(view, statements=tuple(one for one in view.statements if one.specification.name in pair))
