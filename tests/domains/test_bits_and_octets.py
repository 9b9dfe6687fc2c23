"""Sets of bit strings and octet strings: lengths, masks, lists, and one form for one set."""

from __future__ import annotations

import pytest

from gbcscheck.domains import (
    NONE,
    BitString,
    Domain,
    NotExact,
    Undecided,
    bits,
    bits_of,
    bits_pattern,
    bits_set,
    octets,
    octets_of,
    octets_set,
    union,
)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (bits_pattern("xxx"), bits(3, 3)),
        (bits_set(["00", "01", "10", "11"]), bits(2, 2)),
        (bits_set(["", "0", "1"]), bits(0, 1)),
        (bits_set(["100", "110"]), bits_pattern("1x0")),
        (bits_set(["101"]), bits_of("101")),
        (bits_of("101"), bits_pattern("101")),
        (union(bits_of("00"), bits_of("01")), bits_pattern("0x")),
        (union(bits_pattern("0xxxxxxxxxxxxxxx"), bits_pattern("1xxxxxxxxxxxxxxx")), bits(16, 16)),
        (bits_pattern("1xx").meet(bits_pattern("xx0")), bits_pattern("1x0")),
        (bits_pattern("1xx").meet(bits_pattern("0xx")), NONE),
        (bits_pattern("1xx").meet(bits_pattern("1x")), NONE),
        (bits(0, 5).meet(bits(3)), bits(3, 5)),
        (bits_set([]), NONE),
        (octets_set(bytes([n]) for n in range(256)), octets(1, 1)),
        (octets_set([b"", *(bytes([n]) for n in range(256))]), octets(0, 1)),
        (octets_of(b""), octets(0, 0)),
        (union(octets(1, 2), octets(3, 4)), octets(1, 4)),
        (octets(0, 5).meet(octets(6)), NONE),
        (octets(2).meet(octets_set([b"a", b"ab"])), octets_of(b"ab")),
    ],
)
def test_equal_sets_are_equal(one: Domain, two: Domain) -> None:
    assert one == two


def test_the_first_bit_is_the_most_significant_one() -> None:
    assert BitString("1111111").octets() == bytes.fromhex("FE")
    assert BitString("1000000010").octets() == bytes.fromhex("8080")
    assert BitString("").octets() == b""
    with pytest.raises(ValueError, match="no bit string"):
        BitString("012")
    with pytest.raises(ValueError, match="no mask"):
        bits_pattern("0?1")


@pytest.mark.parametrize(
    ("one", "two", "classes"),
    [
        (bits(0, 9), bits(7, 7), [("longer than 7 bits", "0b00000000"), ("shorter than 7 bits", "0b000000")]),
        (bits(7, 7), bits_of("1111111"), [(f"bit {n} is 0", f"0b{'0' * 7}") for n in range(7)]),
        (bits_of("1111100"), bits_pattern("xxxxx11"), [("bit 5 is 0", "0b1111100"), ("bit 6 is 0", "0b1111100")]),
        (bits(2, 2), bits_set(["00", "11"]), [("not in the list", "0b01")]),
        (
            octets(0, 13),
            octets(12, 12),
            [("longer than 12 octets", "0x" + "00" * 13), ("shorter than 12 octets", "0x" + "00" * 11)],
        ),
        (octets_set([b"\x01", b"\x02"]), octets_of(b"\x01"), [("not in the list", "0x02")]),
    ],
)
def test_classes_that_are_lacking(one: Domain, two: Domain, classes: list[tuple[str, str]]) -> None:
    from gbcscheck.notation.canonical import print_value

    assert [(label, print_value(example)) for label, example in one.difference_classes(two)] == classes


def test_unions_that_would_have_to_be_listed_are_refused_when_long() -> None:
    with pytest.raises(NotExact):
        union(bits(20, 20), bits(22, 22))
    with pytest.raises(NotExact):
        union(octets(2, 2), octets(4))
    assert union(bits(1, 1), bits(3, 3)).contains(BitString("101"))


def test_enormous_lengths_are_compared_and_not_made() -> None:
    huge = octets(1 << 40)
    assert huge.is_subset(octets(5)) is True
    assert octets(5).is_subset(huge) is False
    with pytest.raises(Undecided):
        huge.witness()
    assert bits(0, 10**12).members() is None


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        (bits(7, 7), "7 bits"),
        (bits(0, 20), "at most 20 bits"),
        (bits_of("101"), "0b101"),
        (bits_pattern("1x0"), "3 bits with bit 0 = 1, bit 2 = 0"),
        (bits_set(["00", "11"]), "0b00 or 0b11"),
        (octets(1, 1), "1 octet"),
        (octets(), "any number of octets"),
        (octets(5), "at least 5 octets"),
        (octets_of(b"\x0e"), "0x0E"),
    ],
)
def test_words(domain: Domain, words: str) -> None:
    assert domain.describe() == words


def test_lists_of_two_kinds_have_one_class_of_what_is_in_neither() -> None:
    every, some = union(bits(0), octets(0)), union(bits_set(["", "0"]), octets_set([b"\0"]))
    labels = [label for label, _ in every.difference_classes(some)]
    assert labels.count("not in the list") == 1
    assert len(set(labels)) == len(labels)
