"""The rules of both checks: which there are, which one a code or a name means, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.errors import UsageError
from gbcscheck.model.rules import is_house_code
from gbcscheck.printable import clean, without_commands

if TYPE_CHECKING:
    from gbcscheck.model.rules import Rule
    from gbcscheck.report.layout import Layout


def known_rules(command: str | None = None) -> tuple[Rule, ...]:
    """The rules of ``check`` or ``device``, or of both."""
    from gbcscheck.api.rule_list import listed_rules

    return tuple(rule for of, rule in listed_rules() if command in (None, of))


def rules_document(known: Sequence[Rule]) -> list[dict[str, Any]]:
    """The rules as a JSON value."""
    keys = ("code", "name", "kind", "severity", "question", "reads")
    return [{key: getattr(rule, key) for key in keys} for rule in known]


def render_rules(known: Sequence[Rule], layout: Layout) -> str:
    """A table of the rules."""
    from gbcscheck.report.layout import paint
    from gbcscheck.report.table import table

    rows = [
        ((rule.code, "strong"), (rule.name, ""), (rule.kind, ""), (rule.severity, rule.severity), (rule.question, ""))
        for rule in known
    ]
    wrapped = layout if layout.break_words else None
    return paint(table(("code", "name", "kind", "severity", "question"), rows, wrapped), colour=layout.colour)


def named_rules(named: Sequence[Path], *, configured: bool = False, allow_outside: bool = False) -> tuple[Rule, ...]:
    """The house rules of some files and folders, and where it is asked for those of the configuration of the working
    folder; errors as ``house_rules`` raises them."""
    from gbcscheck.api.house_rules import named_rules as found

    return found(named, configured=configured, allow_outside=allow_outside)


def explained(wanted: str, named: Sequence[Path] = (), *, allow_outside: bool = False) -> str:
    """What the rules of a code or a name mean, as Markdown that is safe to print; house rules are those of some files
    and folders, and for a code of one those that the configuration names. UsageError with near names where there is
    none."""
    known = known_rules()
    configured = is_house_code(wanted)
    if named or configured:
        known = (*known, *named_rules(named, configured=configured, allow_outside=allow_outside))
    return without_commands(clean("\n".join(_markdown(rule) for rule in _find(known, wanted))))


def _find(known: tuple[Rule, ...], wanted: str) -> list[Rule]:
    """The rule of a code, or those of a name: check and device may ask the same question of different things."""
    found = [rule for rule in known if wanted.casefold() in (rule.code.casefold(), rule.name.casefold())]
    if found:
        return found
    from gbcscheck.near_names import unknown

    raise UsageError(unknown("rule", wanted, [*(rule.code for rule in known), *(rule.name for rule in known)]))


def _markdown(rule: Rule) -> str:
    facts = f"Kind: {rule.kind}. Severity: {rule.severity}. Reads: {', '.join(rule.read_in_words) or 'no statement'}."
    return f"# {rule.code} {rule.name}\n\n{rule.question}\n\n{facts}\n\n{rule.text.strip()}\n"
