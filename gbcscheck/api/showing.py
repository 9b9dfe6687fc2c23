"""Every specification's word on one thing: which thing a name means, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.frozen import frozen
from gbcscheck.near_names import plain
from gbcscheck.printable import clean
from gbcscheck.release.item_names import split_row
from gbcscheck.report.layout import Layout

if TYPE_CHECKING:
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.report.subject import SubjectView

MOST_LISTED = 40
"""More names than this are counted and not listed; below a table fewer."""
MOST_BELOW = 12


@frozen
class LookedUp:
    """What a name means: the elements of one data item, or one other subject; and what else has it as a part of its
    name. ``things`` is empty where it could be any of the ``others``."""

    wanted: str
    catalogue: Catalogue
    things: tuple[str, ...]
    others: tuple[str, ...]
    problems: tuple[GbcscheckError, ...]


def look_up(wanted: str, release: str | None, progress: Callable[[str], None]) -> LookedUp:
    """Look a name up in a release that ships. UsageError, with near names, where nothing has it."""
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.releases import load_release

    if not plain(wanted):
        raise UsageError("SUBJECT is empty; a name or a part of one was expected")
    loaded = load_release(release, progress=progress)
    catalogue = Catalogue.of(loaded)
    things, others = _choose(catalogue, wanted)
    return LookedUp(wanted, catalogue, tuple(things), tuple(others), tuple(loaded.problems))


def render_looked_up(found: LookedUp, layout: Layout) -> str:
    """What each specification says of it, side by side, and the names that fit too."""
    shown = _shown(found.catalogue, list(found.things), layout)
    return shown + _listed(found.wanted, list(found.others), more=bool(found.things))


def render_looked_up_json(found: LookedUp) -> str:
    """What is said of it, or where nothing is meant of all that it could be, as JSON."""
    from gbcscheck.report.subject import render_subjects_json

    return render_subjects_json([_view(found.catalogue, name) for name in found.things or found.others])


def _shown(catalogue: Catalogue, things: list[str], layout: Layout) -> str:
    from gbcscheck.report.subject import render_elements, render_subject

    if len(things) > 1:
        return render_elements(_head(things[0]), [_view(catalogue, name) for name in things], layout)
    return "".join(render_subject(_view(catalogue, name), layout) for name in things)


def _listed(wanted: str, names: list[str], *, more: bool) -> str:
    """The names that fit too, one a line, the short ones of items first: data items without their elements, where
    their own name fits."""
    if not names:
        return ""
    shown = list(dict.fromkeys(_head(name) if plain(wanted) in plain(_head(name)) else name for name in names))
    shown.sort(key=_far)
    heading = f"{len(shown):,} {'more things' if more else 'things'} have {wanted} in their name:"
    most = MOST_BELOW if more else MOST_LISTED
    lines = [*([""] if more else []), heading, *(f"  {clean(name)}" for name in shown[:most])]
    if len(shown) > most:
        lines.append(f"  and {len(shown) - most:,} more")
    return "\n".join(lines) + "\n"


def _far(name: str) -> tuple[int, int, str]:
    """Order of a list of names: items and use cases, then paths, those of SMETS1 last; the shorter the sooner."""
    rank = 2 if "SMETS1" in name else 1 if "/" in name else 0
    return rank, len(name), name


# --- which things are meant ------------------------------------------------------------------------------------------


def _choose(catalogue: Catalogue, wanted: str) -> tuple[list[str], list[str]]:
    """The thing that is meant (the elements of one data item, or one other subject), and what else the name fits.

    A row of a use case counts as its data item. The first is empty where it could be any of several. Raises
    UsageError, with near names, where nothing fits.
    """
    found = catalogue.find(wanted)
    if not found:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown("subject", wanted, _known(catalogue)))
    names = list(dict.fromkeys(_item_of(catalogue, name) for name in found))
    heads = list(dict.fromkeys(_head(name) for name in names if name in catalogue.items))
    exact = [head for head in dict.fromkeys(map(_head, names)) if plain(head) == plain(wanted)]
    if exact:
        meant = [name for name in (*names, *catalogue.items) if _head(name) == exact[0]]
    elif len(names) == 1:
        meant = names
    elif len(heads) == 1:
        meant = [name for name in names if _head(name) == heads[0]]
    else:
        meant = []
    things = [name for name in dict.fromkeys(meant) if len(meant) == 1 or _speaks(catalogue, name)]
    return things, [name for name in names if name not in things and name not in meant]


def _speaks(catalogue: Catalogue, name: str) -> bool:
    """Whether a thing has statements under its own name, and is not the crosswalk's name for one of several only."""
    item = catalogue.items.get(name)
    return bool(item.rows or item.direct) if item is not None else name in catalogue.by_subject


def _known(catalogue: Catalogue) -> list[str]:
    """Names without their elements, and element paths by their last element: what people type."""
    names = (*catalogue.items, *catalogue.by_subject)
    return list(dict.fromkeys(_head(_item_of(catalogue, name)).rpartition("/")[2] for name in names))


def _item_of(catalogue: Catalogue, name: str) -> str:
    item = split_row(name)[1]
    return item if item in catalogue.items else name


def _head(name: str) -> str:
    """A data item's name without its element; a service request's number and a path stay whole."""
    head = re.split(r"(?<!\.)\.(?!\.)", name, maxsplit=1)[0]  # not at the dots of a range
    return name if "/" in name or head.isdecimal() or not head else head


def _view(catalogue: Catalogue, name: str) -> SubjectView:
    """Every statement about a thing; for a data item also those at the ends of its links, with the conversions."""
    from gbcscheck.report.subject import SubjectView

    item = catalogue.items.get(name)
    if item is None:
        return SubjectView(name, catalogue.about(name))
    statements = list(catalogue.item_statements(item))
    conversions: dict[str, str] = {}
    for link in item.links:
        for end in link.ends_of("command", "response", "request", "reading"):
            statements.extend(catalogue.about(end.subject))
        for end in link.ends_of("request", "reading"):
            conversions[end.subject] = end.conversion or "the same value"
    return SubjectView(name, tuple(dict.fromkeys(statements)), conversions)
