"""What a rule is: one thing that can be wrong, declared once, through which every finding of it is made."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import fields
from typing import NotRequired, TypedDict, Unpack

from gbcscheck.frozen import frozen
from gbcscheck.model.findings import KINDS, SEVERITIES, Finding
from gbcscheck.model.statements import Specification, Statement

EVERY_ATTRIBUTE = "*"
"""Stands among what a rule reads for all that is said of a subject, whatever the attribute."""
OF_CROSSWALK = "crosswalk"
"""Stands among what a rule reads for the attributes of the lists and agreements that the crosswalk names."""
OF_CHANGES = "change"
"""The kind of what became of a statement between two versions, beside the kinds of conflict."""
_IN_WORDS = {
    EVERY_ATTRIBUTE: "whatever is stated",
    OF_CROSSWALK: "the lists and agreements of the crosswalk",
}
HOUSE_CODE = re.compile(r"H[0-9]{1,9}|X-[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?")
"""The codes of house rules, which no rule that ships has: ``H1``, ``X-ACME-7``."""
_EXAMPLE = "**Example.**"


@frozen
class Rule:
    """One question, put to the statements of a release or to what a device holds, sends or is sent.

    ``text`` is Markdown: why it matters, how to fix it, a real example. ``reads`` are the attributes of statements that
    the answer rests on; that a subject is there at all is none. ``versions_matter``: a difference between a
    specification and a version of GBCS that it does not follow can come from that gap alone; such a finding becomes a
    note that says so. ValueError for a kind or a severity that there is not.
    """

    code: str
    name: str
    kind: str
    severity: str
    question: str = ""
    text: str = ""
    reads: tuple[str, ...] = ()
    versions_matter: bool = False

    def __post_init__(self) -> None:
        if self.kind not in (*KINDS, OF_CHANGES) or self.severity not in SEVERITIES:
            raise ValueError(f"rule {self.code}: unknown kind {self.kind} or severity {self.severity}")

    @property
    def plain(self) -> Rule:
        """The rule without what a family adds to it: a value that says what the rule is, and asks nothing."""
        return Rule(*(getattr(self, one.name) for one in fields(Rule)))

    @property
    def example(self) -> str:
        """The example in the text, in one paragraph of Markdown; empty where the text holds none."""
        return self.text.partition(_EXAMPLE)[2].strip()

    @property
    def read_in_words(self) -> tuple[str, ...]:
        """What it reads, for people: attributes by their names."""
        return tuple(_IN_WORDS.get(name, name) for name in self.reads)

    def finding(
        self,
        subject: str,
        message: str,
        statements: tuple[Statement, ...],
        *,
        severity: str = "",
        witness: str = "",
        suggestion: str = "",
        why: str = "",
        meanings: tuple[str, ...] = (),
        root: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        exemplary: bool = False,
        differing: tuple[str, ...] = (),
        absent_from: tuple[Specification, ...] = (),
        lacks: tuple[tuple[str, ...], ...] = (),
    ) -> Finding:
        """A finding of this rule, of its own severity unless another is given; the rest as ``Finding`` has it."""
        return Finding(
            self.code,
            severity or self.severity,
            subject,
            message,
            statements,
            witness=witness,
            suggestion=suggestion,
            why=why,
            meanings=meanings,
            root=root,
            also=also,
            exemplary=exemplary,
            differing=differing,
            absent_from=absent_from,
            lacks=lacks,
        )


def is_house_code(code: str) -> bool:
    """Whether a code is one that house rules have.

    >>> is_house_code("H7"), is_house_code("X-ACME-1"), is_house_code("X101")
    (True, True, False)
    """
    return HOUSE_CODE.fullmatch(code) is not None


class Register:
    """The rules that are declared, by code: each code stands for one rule, whichever family asks it."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._modules: dict[str, str] = {}

    def add(self, rule: Rule, module: str) -> Rule:
        """The rule, now declared by a module. An equal one that the same module has declared before is that rule: the
        module is imported again. ValueError where the code is another's already, or one of house rules."""
        if is_house_code(rule.code):
            raise ValueError(f"rule {rule.code} has the code of a house rule")
        other = self._rules.setdefault(rule.code, rule)
        if other != rule or self._modules.setdefault(rule.code, module) != module:
            raise ValueError(f"rule {rule.code} is declared twice: {other.name}, {rule.name}")
        return other

    def of(self, codes: Iterable[str]) -> tuple[Rule, ...]:
        """The rules of some codes, those that are declared."""
        return tuple(self._rules[code] for code in dict.fromkeys(codes) if code in self._rules)


DECLARED = Register()
"""The rules that ship, of every family. A rule made by ``Rule(...)`` alone is not in it."""


def calling_module() -> str:
    """The name of the module that calls the function which asks."""
    return str(sys._getframe(2).f_globals.get("__name__", ""))


class Declaration(TypedDict):
    """What a rule is declared with beside its code and its name, as ``Rule`` has it; ``text`` may have the indentation
    of the code around it."""

    kind: str
    severity: str
    question: str
    text: str
    reads: tuple[str, ...]
    versions_matter: NotRequired[bool]


def declare(
    code: str, name: str, *, register: Register = DECLARED, module: str = "", **declaration: Unpack[Declaration]
) -> Rule:
    """Declare a rule of a module, by default the one that calls this. ValueError where the code is taken, by whatever
    family; a module that is imported again declares the same rule again."""
    declaration["text"] = textwrap.dedent(declaration["text"]).strip()
    return register.add(Rule(code, name, **declaration), module or calling_module())
