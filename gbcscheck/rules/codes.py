"""Identifiers: service references, variants, message codes. They are strings, and each names one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gbcscheck.evidence.comparisons import held
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

REFERENCES = ("service-reference",)
"""Attributes that hold a dotted identifier of a service request."""
UNIQUE = ("message-code", "code")
"""Attributes whose value may belong to one subject only."""
OF_LISTS = ("code",)
"""Those by which only a list finds its own entries: no message carries them."""

_DOTTED = re.compile(r"[0-9]+(\.[0-9]+)+")


@rule(
    "C101",
    "variant-of-another-reference",
    kind="code",
    severity="error",
    reads=REFERENCES,
    question="Does a variant begin with the service reference that it belongs to?",
    text="""
    A service request variant is its service reference, or the reference, a dot and a number: `6.20.1` belongs to
    `6.20`. Here it stands under another reference. `4.10` is not `4.1` and `6.20` is not `6.2`: identifiers are
    strings, and a spreadsheet that takes them for numbers loses the last zero.

    **How to fix it.** Write the reference that the variant begins with, as a text.

    **Example.** A matrix of service requests in which 6.20.1 and 6.20.2 stand under reference 6.2.
    """,
)
def variant_of_another_reference(catalogue: Catalogue) -> Iterator[Finding]:
    """Subjects that are variants and state a service reference which they do not begin with."""
    for attribute in REFERENCES:
        for statement in catalogue.by_attribute.get(attribute, ()):
            variant, reference = statement.subject, statement.value
            if not isinstance(reference, str) or not _DOTTED.fullmatch(variant) or not _DOTTED.fullmatch(reference):
                continue
            if variant == reference or variant.startswith(reference + "."):
                continue
            expected = _expected(catalogue, variant, attribute)
            held(catalogue, statement, expected)
            yield variant_of_another_reference.finding(
                subject=variant,
                message=f'it stands under service reference "{reference}", which it does not begin with',
                statements=(statement, *expected),
                witness=f'"{variant}" does not begin with "{reference}."',
                why="whoever looks up requests by their reference finds the wrong ones.",
                suggestion=f'write "{_reference_of(variant)}" in {statement.place}',
                root=(attribute, reference, _reference_of(variant)),
                exemplary=True,
                lacks=((statement.specification.name, attribute, _reference_of(variant)),),
            )


def _reference_of(variant: str) -> str:
    """The reference that a variant begins with; one without a number of its own behind it is its reference itself."""
    above = variant.rpartition(".")[0]
    return above if "." in above else variant


def _expected(catalogue: Catalogue, variant: str, attribute: str) -> tuple[Statement, ...]:
    """What else names the reference that the variant begins with: the first statement that holds it."""
    wanted = _reference_of(variant)
    for statement in catalogue.by_attribute.get(attribute, ()):
        if statement.value == wanted:
            return (statement,)
    return ()


@rule(
    "C102",
    "identifier-stored-as-number",
    kind="code",
    severity="error",
    reads=(*REFERENCES, *UNIQUE, "variant"),
    question="Is an identifier stored as a number?",
    text="""
    A cell or a JSON value holds a service reference as a number. `4.10` becomes 4.1 and `7.10` becomes 7.1, which are
    other service requests; nothing in the file tells any more what was meant, so it is not repaired silently.

    **How to fix it.** Store the identifier as a text (in a spreadsheet: format the column as text, then type it again).

    **Example.** The service reference matrix held 4.10, 6.30 and 7.10 as 4.1, 6.3 and 7.1 until 2022.
    """,
)
def identifier_stored_as_number(catalogue: Catalogue) -> Iterator[Finding]:
    """References and codes whose value is a number."""
    for attribute in (*REFERENCES, *UNIQUE, "variant"):
        for statement in catalogue.by_attribute.get(attribute, ()):
            value = statement.value
            if isinstance(value, str) or value is None or isinstance(value, bool):
                continue
            yield identifier_stored_as_number.finding(
                subject=statement.subject,
                message=f"the {attribute} is stored as the number {value}",
                statements=(statement,),
                witness=f'{value} could be "{value}" or "{value}0"',
                why="a number has no trailing zero: two identifiers fall into one.",
                suggestion=f"store the identifier in {statement.place} as a text",
            )


@rule(
    "C103",
    "code-used-twice",
    kind="code",
    severity="error",
    reads=UNIQUE,
    question="Does one code name two things?",
    text="""
    A code identifies one use case. Two rows of one document have the same code, so a message that carries it could be
    either. A code by which only a list finds its own entries is a warning.

    **How to fix it.** Give one of the two its own code.

    **Example.** Two use cases with the message code `0x004A`: a device cannot tell which template the command follows.
    """,
)
def code_used_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """Codes that two subjects of one part of one specification share; of lists one finding a list."""
    for attribute in UNIQUE:
        seen: dict[tuple[Specification, str], list[Statement]] = {}
        for statement in catalogue.by_attribute.get(attribute, ()):
            key = (statement.specification, statement.domain or str(statement.value))
            others = seen.setdefault(key, [])
            if statement.subject not in {other.subject for other in others}:
                held(catalogue, statement, others)
                others.append(statement)
        shared = {key: group for key, group in seen.items() if len(group) > 1}
        if attribute in OF_LISTS:
            yield from _repeated(shared)
            continue
        for group in shared.values():
            for statement in group[1:]:
                first, second = sorted((statement.subject, group[0].subject))
                yield code_used_twice.finding(
                    subject=second,
                    message=f"the {attribute} {statement.written} belongs to {first} too",
                    statements=(statement, group[0]),
                    witness=statement.written,
                    why="a message with this code could be either.",
                    suggestion="give one of the two its own code",
                )


def _repeated(shared: Mapping[tuple[Specification, str], list[Statement]]) -> Iterator[Finding]:
    """What is told of lists whose codes repeat, of each list once."""
    for specification in dict.fromkeys(specification for specification, _ in shared):
        groups = {code: group for (of, code), group in shared.items() if of == specification}
        code, group = next(iter(groups.items()))
        yield code_used_twice.finding(
            severity="warning",
            subject=str(Specification(specification.name, "", specification.part)),
            message=f"{', '.join(f'{one} is the code of {len(ones)} entries' for one, ones in groups.items())}",
            statements=tuple(statement for ones in groups.values() for statement in ones),
            witness=f"{code}: {', '.join(statement.subject for statement in group)}",
            why="whoever looks an entry up by its code finds another one.",
            suggestion="give each entry its own code",
            exemplary=True,
            differing=tuple(f"{one}: {', '.join(s.subject for s in ones)}" for one, ones in groups.items()),
        )


RULES = (variant_of_another_reference, identifier_stored_as_number, code_used_twice)
