"""Subjects of which one may be meant by the other: misspelt, one digit off, or with another use case in front."""

from __future__ import annotations

import re

from gbcscheck.near_names import is_misspelt


def under(subject: str, name: str, wrong: str) -> str:
    """A subject with a wrong name in it put right: the whole of it, or its use case."""
    if subject == wrong or "/" not in subject:
        return name
    use_case, slash, rest = subject.partition("/")
    return name + slash + rest if use_case == wrong else ""


def is_near(one: str, other: str) -> bool:
    """Whether two subjects differ in one name alone, and that by little."""
    left, right = one.split("/"), other.split("/")
    if len(left) != len(right):
        return False
    apart = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(apart) != 1:
        return False
    a, b = apart[0]
    return is_misspelt(a, b) or a.startswith(b) or b.startswith(a) or without_numbers(a) == without_numbers(b)


def is_one_sign_apart(one: str, other: str) -> bool:
    """Whether two codes differ in one digit, or in one number."""
    if one == other or not one or not re.search(r"\d", one):
        return False
    signs = sum(left != right for left, right in zip(one, other, strict=False))
    numbers, others = re.findall(r"[0-9]+", one), re.findall(r"[0-9]+", other)
    apart = sum(left != right for left, right in zip(numbers, others, strict=False))
    return (len(one) == len(other) and signs == 1) or (without_numbers(one) == without_numbers(other) and apart == 1)


def without_numbers(name: str) -> str:
    """A name with one sign for each of its numbers."""
    return re.sub(r"0x[0-9A-Fa-f]+|[0-9]+", "0", name)
