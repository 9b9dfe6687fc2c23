"""Exact numbers: integers where they are whole, fractions where they are not; never floating point."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

Rational: TypeAlias = int | Fraction


def tidy(number: Rational) -> Rational:
    """The same number, as an int where it is whole."""
    return number.numerator if number.denominator == 1 else number


def exact(number: int | Fraction | Decimal | str) -> Rational:
    """A number without loss. Raises TypeError for floating point and booleans, ValueError for what is no number.

    >>> exact("6.5535"), exact("12"), exact("1/3")
    (Fraction(13107, 2000), 12, Fraction(1, 3))
    """
    if type(number) is int:
        return number
    if isinstance(number, bool) or not isinstance(number, int | Fraction | Decimal | str):
        raise TypeError(f"{number!r} is not an exact number")
    if isinstance(number, int):
        return number
    if isinstance(number, Decimal) and not number.is_finite():
        raise ValueError(f"{number} is not a number")
    return tidy(Fraction(number))


def quotient(number: Rational, by: Rational) -> Rational:
    """One number divided by another, exactly."""
    return tidy(Fraction(number) / Fraction(by))


def common_divisor(first: Rational, second: Rational) -> Rational:
    """The greatest number of which both are whole multiples.

    >>> common_divisor(Fraction(1, 2), Fraction(1, 3))
    Fraction(1, 6)
    """
    if first.denominator == second.denominator == 1:
        return math.gcd(first.numerator, second.numerator)
    return tidy(Fraction(math.gcd(first.numerator, second.numerator), math.lcm(first.denominator, second.denominator)))


def common_multiple(first: Rational, second: Rational) -> Rational:
    """The least positive number that is a whole multiple of both, neither of them 0.

    >>> common_multiple(Fraction(1, 2), Fraction(1, 3))
    1
    """
    if first.denominator == second.denominator == 1:
        return math.lcm(first.numerator, second.numerator)
    return tidy(Fraction(math.lcm(first.numerator, second.numerator), math.gcd(first.denominator, second.denominator)))


def decimal_text(number: Rational) -> str:
    """A number in decimal notation where it has one, else as a fraction.

    >>> decimal_text(Fraction(13107, 2000)), decimal_text(Fraction(-1, 3)), decimal_text(7)
    ('6.5535', '-1/3', '7')
    """
    if number.denominator == 1:
        return str(number.numerator)
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    places = max(twos, fives)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
