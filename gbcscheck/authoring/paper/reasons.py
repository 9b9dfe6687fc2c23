"""Why a change is proposed, where it is made, and what the whole rests on, as sentences for those who read a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from gbcscheck.model import Specification, Statement
from gbcscheck.model.repairs import Edit
from gbcscheck.printable import clean, one_line

_SETTLES = re.compile(r"; settles [A-Z]+\d+(?:, [A-Z]+\d+)*(?=\.?$)")
"""What a reason says of the codes of rules: a paper names its conflicts by their numbers."""
_SAY_SO = re.compile(r"^.+? says? so(?P<rest>.*)$", re.DOTALL)
_OPTION = re.compile(r"; --[^.;]*(?=[.;])")
"""What a condition says of an option of the command, which is of no use to those who read a paper."""
_OF_A_PERSON = {
    "What the release around your files says was left as it is": "The other documents were left as they are",
    " is right, as you said": " is right",
}
"""Words to the person who gave the command, and what a paper says in their place."""
_UNSURE = {
    "likely": "Not every document that speaks of it says so.",
    "possible": "Only the documents in conflict speak of it, so people have to say whether it is meant.",
}
_UNDER = re.compile(r'\(under "(.+)"\)$')


def basis_of(conditions: Iterable[str]) -> str:
    """What a proposal rests on, without what is said to the person who gave the command."""
    text = _OPTION.sub("", " ".join(conditions))
    for told, meant in _OF_A_PERSON.items():
        text = text.replace(told, meant)
    return text


def where_of(statement: Statement) -> str:
    """Where a change is made, with the heading above it: ``18.2 Default settings, Table 28d, row 7, column 4``."""
    place = statement.place
    where = place.cell_words if place.cell is not None else str(place).removeprefix(place.path).strip(" ·:#")
    heading = _UNDER.search(statement.clause)
    told = (f"line {where}" if place.line is not None else where) or statement.clause
    return clean(f"{heading[1]}, {told}" if heading else told)


def reason_of(edit: Edit, numbers: Mapping[str, str]) -> str:
    """Why an edit is proposed, in sentences: who states the new text already, the conflicts that go with it by the
    ``numbers`` that they have in the paper, and what is not sure of it; of a way out of a choice, which settles none of
    these, the choice says that."""
    text = _SETTLES.sub("", one_line(edit.why)).rstrip(".")
    said = _SAY_SO.match(text)
    if said and edit.supports:
        text = f"{_documents(edit.supports)} already say{_s(edit.supports)} so{said['rest']}"
    sentences = [f"{text[0].upper()}{text[1:]}." if text else ""]
    if found := list(dict.fromkeys(numbers[one] for one in edit.settles if one in numbers)):
        sentences.append(f"The change settles conflict{'s' if len(found) > 1 else ''} {joined(found)}.")
        sentences.append(_UNSURE.get(edit.confidence, ""))
    return clean(" ".join(filter(None, sentences)))


def _documents(supports: Sequence[Statement]) -> str:
    """The documents that say something, each with the clauses or rows in which it does."""
    clauses: dict[str, list[str]] = {}
    for one in supports:
        of = one.specification
        named = Specification(of.name, of.version, "" if one.clause else of.part)
        clauses.setdefault(named.in_words, []).append(one.clause)
    told = []
    for name, group in clauses.items():
        within = "; ".join(dict.fromkeys(filter(None, group)))
        told.append(f"{name} ({within})" if within else name)
    return joined(told)


def _s(supports: Sequence[Statement]) -> str:
    return "s" if len({(one.specification.name, one.specification.version) for one in supports}) == 1 else ""


def joined(names: Iterable[str]) -> str:
    """Names as a sentence has them: ``a, b and c``."""
    unique = list(dict.fromkeys(names))
    return f"{', '.join(unique[:-1])} and {unique[-1]}" if len(unique) > 1 else "".join(unique)
