"""The names of data items: in subjects, as people type them, and what may stand for them."""

from __future__ import annotations

from collections.abc import Iterable

from gbcscheck.near_names import plain


def split_row(subject: str) -> tuple[str, str]:
    """Use case and data item of a subject ``ECS37/Item.element``; ``("", "")`` for any other subject."""
    use_case, slash, name = subject.partition("/")
    return (use_case, name) if slash and use_case and "/" not in name else ("", "")


def plain_names(name: str) -> tuple[str, ...]:
    """A data item's name in plain, and in plain all that may stand for it."""
    return (plain(name), *map(plain, _shorter(name)))


def _shorter(name: str) -> Iterable[str]:
    """What may stand for the name of a data item: the item without an element, or with the last alone."""
    whole, _, element = name.partition(".")
    return dict.fromkeys((whole, f"{whole}.{element.rpartition('.')[2]}"))


class ItemNames:
    """Data items by plain name. A bare name finds the only element of an item (``X`` for ``X.value``), and a name with
    the last element alone the only one of that name (``X.exec_weekdays`` for ``X.entries[*].exec_weekdays``)."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._by_plain = {plain(name): name for name in reversed(names)}
        self._shorter: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            for short in _shorter(name):
                self._shorter.setdefault(plain(short), []).append(name)

    def match(self, subject: str) -> str | None:
        """The one item that a subject names; None where there is none, or several."""
        wanted = plain(subject)
        if wanted in self._by_plain:
            return self._by_plain[wanted]
        found = self._shorter.get(wanted, [])
        return found[0] if len(found) == 1 else None
