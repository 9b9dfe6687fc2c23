"""Message codes, and the names of alert codes, against lists that the witnesses of a release hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_CODE = re.compile(r"0x[0-9A-F]{4}")


@rule(
    "W104",
    "code-unlike-witness",
    kind="code",
    severity="note",
    reads=("message-code", "name"),
    question="Do use cases have the message codes, and codes the names, that another list of them has?",
    text="""
    A list of the codes from outside gives a use case another message code, or calls an event or alert otherwise. That
    list is a witness and no authority: it may be older, or of another version.

    **How to fix it.** Look the code up in the GBCS, and correct it where the document is wrong.

    **Example.** A draft that gives use case ECS37 the message code `0x004B`; a public protocol analyser has `0x004A`.
    """,
)
def code_unlike_witness(catalogue: Catalogue) -> Iterator[Finding]:
    """Use cases with another message code than the witness has, and codes with another name."""
    witnesses = catalogue.witnesses
    for theirs in witnesses.by_attribute.get("message-code", ()):
        for ours in catalogue.about(theirs.subject, "message-code"):
            held(catalogue, ours, (theirs,))
            if str(ours.value).casefold() != str(theirs.value).casefold():
                yield _finding(ours, theirs, f"the message code is {ours.written}, and {theirs.written} elsewhere")
    for code in witnesses.by_subject:
        named = witnesses.first(code, "name") if _CODE.fullmatch(code) else None
        for ours in catalogue.about(code, "name") if named is not None else ():
            held(catalogue, ours, (named,) if named is not None else ())
            if named is not None and _letters(ours) != _letters(named):
                yield _finding(ours, named, "the code has another name elsewhere")


def _letters(statement: Statement) -> str:
    """A name by its letters and digits alone: how it is spaced and marked is no difference."""
    return re.sub(r"[^a-z0-9]", "", str(statement.value).casefold())


def _finding(ours: Statement, theirs: Statement, message: str) -> Finding:
    return code_unlike_witness.finding(
        subject=ours.subject,
        message=f"{message} ({theirs.specification.in_words})",
        statements=(ours, theirs),
        witness=theirs.written,
        why="A witness is no authority: it says where to look.",
        suggestion="look the code up in the GBCS",
    )


RULES = (code_unlike_witness,)
