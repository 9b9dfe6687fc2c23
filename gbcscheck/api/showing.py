"""Every specification's word on one thing, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.api.show_lookup import SERVICE_REFERENCE, LookedUp, head
from gbcscheck.api.show_views import subjects_below, view_of
from gbcscheck.near_names import plain
from gbcscheck.printable import clean
from gbcscheck.report.layout import Layout

if TYPE_CHECKING:
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.report.grids import Grid

MOST_LISTED = 40
"""More names than this are counted and not listed; below a table fewer."""
MOST_BELOW = 12


def render_looked_up(found: LookedUp, layout: Layout, *, history: bool = False, between: tuple[str, ...] = ()) -> str:
    """What each specification says of it, side by side, and the names that fit too; with ``history`` what each version
    says, with ``between`` what two specifications say."""
    several = not found.things and len(found.others) > 1 and found.is_what != SERVICE_REFERENCE
    listed = _listed(found, list(found.others), more=bool(found.things))
    if several or not (history or between or found.is_what == SERVICE_REFERENCE):
        return _told(found) + _shown(found.catalogue, list(found.things), layout) + listed
    from gbcscheck.report.grids import render_grids

    grids = _grids(found, history, between)
    title = "" if between else f"{clean(found.wanted)}\n\n"
    return (_told(found) or title) + render_grids(grids, layout).rstrip("\n") + "\n"


def _grids(found: LookedUp, history: bool, between: tuple[str, ...]) -> tuple[Grid, ...]:
    if history:
        from gbcscheck.api.show_history import history as over_versions

        return over_versions(found)
    if between:
        from gbcscheck.api.show_between import between as side_by_side

        return side_by_side(found, (between[0], between[1]))
    from gbcscheck.api.show_rows import of_reference

    return of_reference(found.catalogue, (*found.things, *found.others))


def render_looked_up_json(found: LookedUp, between: tuple[str, ...] = ()) -> str:
    """What is said of it, or where nothing is meant of all that it could be, as JSON; with ``between`` by two
    specifications alone."""
    from gbcscheck.report.subject import render_subjects_json

    names = dict.fromkeys(found.things or found.others)
    below = (one for name in found.things for one in _below(found.catalogue, name))
    views = [view_of(found.catalogue, name) for name in dict.fromkeys((*names, *below))]
    if between:
        from gbcscheck.api.show_between import restricted, the_two

        pair = the_two(found.catalogue, (between[0], between[1]))
        views = [restricted(view, pair) for view in views]
    return render_subjects_json(views)


def _below(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The rows of a use case, and the elements below an element: shown with it."""
    is_item = name in catalogue.items or ("/" in name and not name.startswith("/"))
    return () if is_item else tuple(subjects_below(catalogue, name))


def _told(found: LookedUp) -> str:
    """One line on what was looked up, where it is no name; of a place what stands there."""
    heads = list(dict.fromkeys(head(name) for name in found.things))
    if not found.is_what or not heads:
        return ""
    lines = [f"{clean(found.wanted)} is {found.is_what} of {', '.join(map(clean, heads))}"]
    lines.extend(
        f"  {clean(one.source)}  {one.attribute} of {clean(one.subject)}: {clean(one.written)}"
        for one in found.statements
    )
    return "\n".join(lines) + "\n\n"


def _shown(catalogue: Catalogue, things: list[str], layout: Layout) -> str:
    from gbcscheck.report.subject import render_elements, render_subject

    if len(things) > 1:
        in_words = bool(
            catalogue.release.own
        )  # of what ships alone the view of one element tells it: that starts later
        views = [view_of(catalogue, name, in_words=in_words) for name in things]
        return render_elements(head(things[0]), views, layout)
    return "".join(
        render_subject(view_of(catalogue, name), layout) + _belonging(catalogue, name, layout) for name in things
    )


def _belonging(catalogue: Catalogue, name: str, layout: Layout) -> str:
    from gbcscheck.api.show_rows import belonging
    from gbcscheck.report.grids import render_grids

    grids = belonging(catalogue, name)
    return "\n" + render_grids(grids, layout).rstrip("\n") + "\n" if grids else ""


def _listed(found: LookedUp, names: list[str], *, more: bool) -> str:
    """The names that fit too, one a line, the short ones of items first: data items without their elements, where
    their own name fits."""
    if not names:
        return ""
    wanted = found.wanted
    shown = list(
        dict.fromkeys(head(name) if found.is_what or plain(wanted) in plain(head(name)) else name for name in names)
    )
    shown.sort(key=_far)
    things = f"{len(shown):,} {'more things' if more else 'things'}"
    heading = f"{wanted} is {found.is_what} of {things}:" if found.is_what else f"{things} have {wanted} in their name:"
    most = MOST_BELOW if more else MOST_LISTED
    lines = [*([""] if more else []), heading, *(f"  {clean(name)}" for name in shown[:most])]
    if len(shown) > most:
        lines.append(f"  and {len(shown) - most:,} more")
    return "\n".join(lines) + "\n"


def _far(name: str) -> tuple[int, int, str]:
    """Order of a list of names: items and use cases, then paths, those of SMETS1 last; the shorter the sooner."""
    rank = 2 if "SMETS1" in name else 1 if "/" in name else 0
    return rank, len(name), name
