"""Which things a name means, or what else people have in hand: looked up in a release, and chosen among what fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.near_names import plain
from gbcscheck.release.item_names import split_row

if TYPE_CHECKING:
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.lookup import Found
    from gbcscheck.release.releases import Release

SERVICE_REFERENCE = "the service reference"
"""What a reference is of all requests and use cases that stand under it: they are shown together."""


@frozen
class LookedUp:
    """What a name means: the elements of one data item, or one other subject; and what else has it as a part of its
    name. ``things`` is empty where it could be any of the ``others``. ``is_what`` says what it is of them where it is
    not their name (``the object``), and ``statements`` are those of a place."""

    wanted: str
    catalogue: Catalogue
    things: tuple[str, ...]
    others: tuple[str, ...]
    problems: tuple[GbcscheckError, ...]
    is_what: str = ""
    statements: tuple[Statement, ...] = ()


def look_up(wanted: str, release: str | None, progress: Callable[[str], None], files: Sequence[str] = ()) -> LookedUp:
    """Look something up in a release that ships, with a user's own files in the place of its parts. UsageError, with
    near names, where nothing has it."""
    from gbcscheck.release.releases import load_release

    return look_up_in(_load(files, release, progress) if files else load_release(release, progress=progress), wanted)


def look_up_in(loaded: Release, wanted: str) -> LookedUp:
    """Look something up in what was loaded; errors as in ``look_up``."""
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.lookup import look_up as find

    if not plain(wanted):
        raise UsageError("SUBJECT is empty; a name or a part of one was expected")
    catalogue = Catalogue.of(loaded)
    found = find(catalogue, wanted)
    things, others = _choose(catalogue, wanted, found)
    return LookedUp(
        wanted, catalogue, tuple(things), tuple(others), tuple(loaded.problems), found.is_what, found.statements
    )


def _load(files: Sequence[str], release: str | None, progress: Callable[[str], None]) -> Release:
    from gbcscheck.policy.configuration import Configuration
    from gbcscheck.policy.scope import Scope
    from gbcscheck.release.index import release_names
    from gbcscheck.release.releases import load_paths

    scope = Scope.of(Configuration(), tuple(files), release or release_names()[0], allow_outside=False)
    return load_paths(scope.paths, release=scope.release, progress=progress, within=scope.within)


# --- which things are meant ------------------------------------------------------------------------------------------


def _choose(catalogue: Catalogue, wanted: str, found: Found) -> tuple[list[str], list[str]]:
    """The thing that is meant (the elements of one data item, or one other subject), and what else the name fits.

    A row of a use case counts as its data item. The first is empty where it could be any of several. Raises
    UsageError, with near names, where nothing fits.
    """
    if not found.names:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown("subject", wanted, _known(catalogue)))
    names = list(dict.fromkeys(_item_of(catalogue, name) for name in found.names))
    heads = list(dict.fromkeys(head(name) for name in names if name in catalogue.items))
    exact = next((head for head in dict.fromkeys(map(head, names)) if plain(head) == plain(wanted)), None)
    last = [] if found.is_what else _of_last_element(names, wanted)
    if exact is not None:
        of_item = (name for name in catalogue.items if name.startswith(exact) and head(name) == exact)
        meant = [*(name for name in names if head(name) == exact), *of_item]
    elif len(names) == 1:
        meant = names
    elif len(last) == 1:
        meant = last
    elif len(heads) == 1:
        meant = [name for name in names if head(name) == heads[0]]
    else:
        meant = []
    things = [name for name in dict.fromkeys(meant) if len(meant) == 1 or _speaks(catalogue, name)]
    return things, [name for name in names if name not in things and name not in meant]


def _of_last_element(names: Sequence[str], wanted: str) -> list[str]:
    """The element paths whose last element is called so, those of SMETS1 only where there are no others."""
    found = [name for name in names if name.startswith("/") and plain(name.rpartition("/")[2]) == plain(wanted)]
    return [name for name in found if "SMETS1" not in name] or found


def _speaks(catalogue: Catalogue, name: str) -> bool:
    """Whether a thing has statements under its own name, and is not the crosswalk's name for one of several only."""
    item = catalogue.items.get(name)
    return bool(item.rows or item.direct) if item is not None else name in catalogue.by_subject


def _known(catalogue: Catalogue) -> list[str]:
    """Names without their elements, and element paths by their last element: what people type."""
    names = (*catalogue.items, *catalogue.by_subject)
    return list(dict.fromkeys(head(_item_of(catalogue, name)).rpartition("/")[2] for name in names))


def _item_of(catalogue: Catalogue, name: str) -> str:
    """The data item of which a subject is a row, or another name; the subject itself where it is of none."""
    item = split_row(name)[1] or name
    if item in catalogue.items:
        return item
    return catalogue.once(_by_other_names).get(name, name)


def _by_other_names(catalogue: Catalogue) -> dict[str, str]:
    return {other: item.name for item in catalogue.items.values() for other in item.direct if other != item.name}


def head(name: str) -> str:
    """A data item's name without its element; a service request's number and a path stay whole."""
    if "/" in name:
        return name
    head = re.split(r"(?<!\.)\.(?!\.)", name, maxsplit=1)[0]  # not at the dots of a range
    return name if head.isdecimal() or not head else head
