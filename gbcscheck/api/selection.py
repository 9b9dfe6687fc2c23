"""Which rules run: codes, beginnings of codes, names and kinds, as ``--select`` and ``--ignore`` name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from gbcscheck.errors import UsageError
from gbcscheck.near_names import unknown

if TYPE_CHECKING:
    from gbcscheck.model.rules import Rule

OneRule = TypeVar("OneRule", bound="Rule")


def select_rules(rules: Sequence[OneRule], selected: Iterable[str], ignored: Iterable[str]) -> tuple[OneRule, ...]:
    """The rules that are selected (all where nothing is) and not ignored, in their order.

    Each text is a comma list. UsageError for a word that fits no rule, for a selection without a word, and
    where no rule is left.
    """
    lists = list(selected)
    if lists and not any(word.strip() for text in lists for word in text.split(",")):
        raise UsageError("--select is empty; a code, a name or a kind was expected")
    chosen = _named(rules, lists) or {rule.code for rule in rules}
    refused = _named(rules, ignored)
    left = tuple(rule for rule in rules if rule.code in chosen and rule.code not in refused)
    if rules and not left:
        raise UsageError("every rule that is selected is ignored too: no rule is left")
    return left


def _named(rules: Sequence[Rule], lists: Iterable[str]) -> set[str]:
    """Codes of the rules that some comma lists name."""
    found: set[str] = set()
    for word in (word.strip() for text in lists for word in text.split(",")):
        if word:
            codes = {rule.code for rule in rules if _fits(rule, word.casefold())}
            if not codes:
                raise UsageError(unknown("rule or kind", word, known_words(rules)))
            found |= codes
    return found


def _fits(rule: Rule, word: str) -> bool:
    return rule.code.casefold().startswith(word) or word in (rule.name.casefold(), rule.kind.casefold())


def known_words(rules: Sequence[Rule]) -> list[str]:
    """Every code, kind and name that may be asked for."""
    codes, kinds, names = ([getattr(rule, key) for rule in rules] for key in ("code", "kind", "name"))
    return list(dict.fromkeys([*codes, *kinds, *names]))
