"""Write ``docs/rules.md``: every rule, as the rules themselves declare it.

Run from a checkout: ``python docs/make_rules.py``. A test compares the page with what this renders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gbcscheck.device.all_rules import device_rules
from gbcscheck.model import KINDS
from gbcscheck.model.rules import Rule
from gbcscheck.rules import RULES

PAGE = Path(__file__).with_name("rules.md")

OPENING = """\
# The rules

Written by `python docs/make_rules.py` from the rules themselves; `gbcscheck explain CODE` prints the same text.

A rule asks one question of everything that a release says. It belongs to one of fourteen *kinds* of conflict, and
`--select` and `--ignore` take its code, the beginning of its code, its name or its kind.

* An **error** means that two statements cannot both be followed.
* A **warning** means that some value which one side permits breaks the other.
* A **note** means that a difference looks deliberate, is harmless, or may come from a gap between versions alone. Notes
  are counted and not shown; `--notes` shows them.

A rule can lower the severity of a finding and say why. Where a specification states that it follows one version of
GBCS and is compared with another, a difference that the gap could explain is a note, and so is a difference from a list
that does not state its version. Where sets of values cannot be compared, for example two regular expressions, the
answer is *unknown* and nothing is reported.

One cause gives one finding: the other subjects that it touches are listed under `also`.
"""
OF_DEVICES = """\
# The rules of `device`

What `gbcscheck device` finds in the files of devices. The first digit tells the family: D1 envelopes of messages, D2
electricity (DLMS COSEM), D3 gas (GBZ), D4 XML documents, D5 values held against every specification, D6
configurations, D7 pairs of a request and its command.
"""


def rendered() -> str:
    """The page."""
    lines = [OPENING, *_listed(RULES), "", OF_DEVICES, *_listed(device_rules())]
    return "\n".join(lines) + "\n"


def _listed(rules: Sequence[Rule]) -> Iterator[str]:
    """A table of the kinds, and each rule."""
    yield from ("| kind | rules |", "|---|---|")
    for kind in KINDS:
        links = ", ".join(f"[{rule.code}](#{_anchor(rule)})" for rule in rules if rule.kind == kind)
        yield f"| `{kind}` | {links or 'none'} |"
    for rule in rules:
        yield from ("", f"## {_title(rule)}", "", f"*{rule.kind}, {rule.severity}.* {rule.question}", "", rule.text)
        yield from ("", f"**Reads.** {', '.join(map(_code, rule.reads)) or 'No statement.'}")


def _code(attribute: str) -> str:
    """What a rule reads, as the page names it."""
    (words,) = Rule("", "", KINDS[0], "note", reads=(attribute,)).read_in_words
    return f"`{words}`" if words == attribute else words


def _title(rule: Rule) -> str:
    return f"{rule.code} {rule.name}"


def _anchor(rule: Rule) -> str:
    """The heading's name as Markdown viewers make it."""
    return _title(rule).lower().replace(" ", "-")


def main() -> None:
    """Write the page."""
    PAGE.write_text(rendered(), encoding="utf-8")


if __name__ == "__main__":
    main()
