"""A text with one word, clause or number of it put right, and the rest as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.evidence.value_words import written_like
from gbcscheck.near_names import is_misspelt
from gbcscheck.release.item_names import head_and_element

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_MEMBERS = 8
"""A list of more members is not tried without each of them."""
NUMBER = re.compile(r"0x[0-9A-Fa-f]+|0b[01]+|(?<![\w.])[0-9]+(?![\w.])")
_CLAUSE = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"(, |; |\n| \| )")


def with_head(text: str, subject: str) -> str:
    """The name of a row, ``Item: element``, with the one word put right in which its item differs from that of a
    subject ``ECS37/Item.element``, whose element may be called otherwise."""
    head, colon, element = text.partition(":")
    item, _ = head_and_element(subject.rpartition("/")[2])
    mended = with_word(head, item, fewest=1) if len(_WORD.findall(head)) == len(_WORD.findall(item)) else ""
    return f"{mended}{colon}{element}" if mended else ""


def with_word(text: str, other: str, *, fewest: int = 2) -> str:
    """A text with the one word put right in which it differs from another one, which may lack the words before it; at
    least so many words of both are compared."""
    words, theirs = list(_WORD.finditer(text)), _WORD.findall(other)
    count = min(len(words), len(theirs))
    pairs = zip(words[len(words) - count :], theirs[len(theirs) - count :], strict=True)
    apart = [(own, word) for own, word in pairs if own.group().casefold() != word.casefold()]
    if count < fewest or len(apart) != 1 or not is_misspelt(apart[0][0].group(), apart[0][1]):
        return ""
    ((own, word),) = apart
    return f"{text[: own.start()]}{word}{text[own.end() :]}"


def with_near_word(text: str, word: str) -> str:
    """A list of words with the one that is nearly a given word put right; empty where none is, or the word is there."""
    words = list(_WORD.finditer(text))
    near = [one for one in words if is_near_word(one.group(), word)]
    if len(words) < 2 or len(near) != 1 or word in {one.group() for one in words}:
        return ""
    return f"{text[: near[0].start()]}{word}{text[near[0].end() :]}"


def with_near_member(text: str, member: str) -> str:
    """A list, with commas or in lines, with the one member of several words put right that is nearly a given one; empty
    where none is, or the member is there.

    >>> with_near_member("Network Operator, Acess Control Broker", "Access Control Broker")
    'Network Operator, Access Control Broker'
    """
    parts = _BETWEEN.split(text)
    near = [at for at, one in enumerate(parts) if with_word(one, member) == member]
    if len(parts) < 3 or len(near) != 1 or member in parts:
        return ""
    return "".join((*parts[: near[0]], member, *parts[near[0] + 1 :]))


def is_near_word(one: str, other: str) -> bool:
    """Whether a word is nearly another one: misspelt, or with a letter more or less at its end."""
    return is_misspelt(one, other) or _goes_on(one, other)


def _goes_on(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and len(long) == len(short) + 1 and long.startswith(short)


def with_clause(text: str, other: str) -> str:
    """A text with the one clause put right that another text has with a digit more or less, or another one."""
    clauses, theirs = list(_CLAUSE.finditer(text)), dict.fromkeys(_CLAUSE.findall(other))
    lacking = [one for one in theirs if one not in {own.group() for own in clauses}]
    wrong = [own for own in clauses if own.group() not in theirs]
    near = [(own, one) for own in wrong for one in lacking if _is_near_clause(own.group(), one)]
    if len(near) != 1:
        return ""
    ((own, clause),) = near
    return f"{text[: own.start()]}{clause}{text[own.end() :]}"


def _is_near_clause(one: str, other: str) -> bool:
    above, _, last = one.rpartition(".")
    others, _, their_last = other.rpartition(".")
    return above == others and (last.startswith(their_last) or their_last.startswith(last))


def without_one(text: str) -> Iterator[str]:
    """A list, with commas or in lines, without each of its members in turn."""
    for sign in (", ", "\n", " | "):
        members = text.split(sign)
        if 1 < len(members) <= MOST_MEMBERS and all(members):
            for at in range(len(members)):
                yield sign.join((*members[:at], *members[at + 1 :]))
            return


def with_number(text: str, number: int) -> Iterator[str]:
    """A text with one of its numbers replaced, written as it is: in hexadecimal, in bits, with as many digits."""
    for match in list(NUMBER.finditer(text))[:3]:
        old = match.group()
        if old[:2] == "0x":
            new = f"0x{number:0{len(old) - 2}X}" if number >= 0 else ""
        elif old[:2] == "0b":
            new = f"0b{number:0{len(old) - 2}b}" if number >= 0 else ""
        else:
            new = str(number)
        if new and new != old:
            yield f"{text[: match.start()]}{new}{text[match.end() :]}"


def with_value(text: str, values: Domain) -> Iterator[str]:
    """A text with the literal in it replaced by the one value of a set, written as the literal is."""
    members = values.members(1)
    if not members:
        return
    if isinstance(members[0], int) and not isinstance(members[0], bool):
        yield from with_number(text, members[0])
        return
    for match in list(NUMBER.finditer(text))[:2]:
        new = written_like(values, match.group())
        if new[:2] == match.group()[:2] and new != match.group() and len(new) == len(match.group()):
            yield f"{text[: match.start()]}{new}{text[match.end() :]}"
