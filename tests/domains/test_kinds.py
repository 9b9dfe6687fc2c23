"""The table of kinds is complete, and so is every table that does something for each kind."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

import gbcscheck
from gbcscheck import domains as d
from gbcscheck.domains.base import NOTATION, PLAIN_WORDS, Anything, Domain, Nothing
from gbcscheck.domains.by_kind import ByKind
from gbcscheck.domains.describing import describe
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.domains.kinds import DATED, KINDS
from gbcscheck.domains.singletons import OF_TYPE, domain_of
from gbcscheck.notation.canonical import parse_by_grammar, parse_domain, print_domain, print_value

SHAPES: tuple[type[Domain], ...] = (*KINDS, d.Choice, Anything, Nothing)
"""All that a set can be: of one kind, of several, everything, nothing."""

SOURCES = Path(gbcscheck.__file__).parent

EXAMPLES: dict[type[Domain], Domain] = {
    d.Numbers: d.integers(1, 9),
    d.Booleans: d.booleans(),
    d.Texts: d.texts(1, 5),
    d.Bits: d.bits(7, 7),
    d.Octets: d.octets(1, 2),
    d.CosemDate: d.cosem_date(),
    d.CosemTime: d.cosem_time(hour=d.integers(0, 12)),
    d.CosemDateTime: d.cosem_date_time(),
    d.XsDate: d.xs_date(),
    d.XsTime: d.xs_time(zone=d.integers(0, 0)),
    d.XsDateTime: d.xs_date_time(),
    d.ListOf: d.list_of(d.integers(0, 255), 1, 2),
    d.Record: d.record({"index": d.integers(0, 255)}),
    d.Nulls: d.null(),
    d.Choice: d.union(d.integers(0, 1), d.null()),
    Anything: d.ANY,
    Nothing: d.NONE,
}

PARTIAL = {
    ("domains/kinds.py", "DATED"): "dates and times alone",
    ("domains/interpret_as.py", "_READERS"): "pairs of kinds: where there is none, the one cannot be read as the other",
    ("domains/interpret_as.py", "_COSEM"): "the kinds of COSEM that octets hold",
    ("device/configuration/values.py", "unsaid"): "what people leave unsaid of COSEM dates and times",
    ("fleet/compiled.py", "COMPILED"): "kinds that have an expression in an engine; of others single values are judged",
    ("fleet/ways.py", "_FIELDS"): "the kinds of COSEM dates and times",
    ("fleet/wanted.py", "SHAPES"): "the kinds of COSEM dates and times",
    ("device/documents/values.py", "kinds"): "kinds that have one built-in type of XML Schema; the others have none",
}
"""Tables over some kinds alone, and why."""


def _concrete(kind: type[Domain]) -> Iterator[type[Domain]]:
    """The kinds under a class that have none under them; those of tests are left out, and classes without slots, which
    ``@frozen`` puts others in the place of."""
    below = kind.__subclasses__()
    is_named = getattr(sys.modules[kind.__module__], kind.__name__, None) is kind
    if not below and is_named and kind.__module__.startswith("gbcscheck."):
        yield kind
    for one in below:
        yield from _concrete(one)


def lacking(table: Collection[type], kinds: Collection[type]) -> list[str]:
    """The kinds that a table lacks, by name."""
    return sorted(kind.__name__ for kind in set(kinds) - set(table))


def _modules() -> Iterator[str]:
    """The modules that may hold a table from kind to function."""
    for path in sorted(SOURCES.rglob("*.py")):
        if "ByKind" in path.read_text(encoding="utf-8"):
            yield ".".join(("gbcscheck", *path.relative_to(SOURCES).with_suffix("").parts))


def test_every_kind_of_set_is_in_the_table() -> None:
    assert lacking(SHAPES, list(_concrete(Domain))) == []
    assert lacking(list(_concrete(Domain)), SHAPES) == []


def test_a_kind_without_an_entry_is_told() -> None:
    class Polynomials:
        """A kind that nobody has put into the tables."""

    assert lacking(SHAPES, (*SHAPES, Polynomials)) == ["Polynomials"]
    assert lacking(NOTATION.answers, (*SHAPES, Polynomials)) == ["Polynomials"]


def test_the_table_stands_in_the_order_of_ranks_and_no_two_kinds_have_the_same() -> None:
    ranks = [kind.rank for kind in SHAPES]
    assert ranks == sorted(set(ranks))
    assert all(kind.rank < d.Choice.rank < Anything.rank < Nothing.rank for kind in KINDS)


def test_every_function_of_a_set_is_defined_for_each_kind() -> None:
    tables = {
        found.question: found
        for name in _modules()
        for found in vars(importlib.import_module(name)).values()
        if isinstance(found, ByKind)
    }
    assert {NOTATION.question, PLAIN_WORDS.question, "read as a type of the same kind"} <= tables.keys()
    assert [(question, lacks) for question, one in tables.items() if (lacks := lacking(one.answers, KINDS))] == []
    for asked in (NOTATION, PLAIN_WORDS):
        assert lacking(asked.answers, SHAPES) == []


def test_a_kind_answers_once() -> None:
    table: ByKind[str] = ByKind("the number of corners", {d.Numbers: lambda _: "none"})
    assert table(d.integers()) == "none"
    with pytest.raises(ValueError, match="the number of corners: Numbers has an answer already"):
        table.answer_with({d.Numbers: lambda _: "four"})


def test_each_type_of_values_is_of_one_kind_and_makes_a_set_of_one() -> None:
    types = [one for values in KINDS.values() for one in values]
    assert len(types) == len(set(types))
    assert set(OF_TYPE) == set(types)


def test_every_kind_does_the_operations_of_sets_itself() -> None:
    asked = ("contains", "witness", "members", "_meet", "_join", "_classes")
    for kind in KINDS:
        if kind is not d.Nulls:  # the only set of its kind: two of them are equal, and nothing else is ever asked
            assert [name for name in asked if getattr(kind, name) is getattr(Domain, name)] == [], kind


def test_dates_and_times_are_those_that_have_fields_by_name() -> None:
    assert lacking(DATED, [kind for kind in KINDS if hasattr(kind, "legal")]) == []


# --- an example of each kind -----------------------------------------------------------------------------------------


def test_there_is_an_example_of_each_kind() -> None:
    assert lacking(EXAMPLES, SHAPES) == []
    assert all(type(example) is kind for kind, example in EXAMPLES.items())


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.__name__)
def test_each_kind_is_written_read_back_described_and_interpreted(kind: type[Domain]) -> None:
    example = EXAMPLES[kind]
    assert str(example) == print_domain(example)
    assert parse_domain(str(example)) == parse_by_grammar(str(example)) == example
    assert describe(example) == example.describe() != ""
    assert interpret_as(example, example) == example
    if kind in KINDS:
        value = example.witness()
        assert type(value) in KINDS[kind]
        assert print_value(value) not in ("", repr(value)) or type(value) is int
        single = domain_of(value)
        assert type(single) is kind
        assert single.is_subset(example)
        assert single.members(1) == (value,)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_kinds_have_no_value_in_common(kind: type[Domain]) -> None:
    for other, theirs in EXAMPLES.items():
        if other in KINDS and other is not kind:
            assert EXAMPLES[kind].meet(theirs) is d.NONE
            assert EXAMPLES[kind].is_subset(theirs) is False


# --- tables that are written down in the code ------------------------------------------------------------------------


def _tables() -> Iterator[tuple[str, str, set[str]]]:
    """File, name and kinds of every table in the code that has two kinds or more among its keys."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                for table in ast.walk(node.value):
                    if isinstance(table, ast.Dict) and len(kinds := _kinds_of(table)) > 1:
                        yield path.relative_to(SOURCES).as_posix(), ast.unparse(target), kinds


def _kinds_of(table: ast.Dict) -> set[str]:
    """The kinds among the keys of a table, those that another table spreads into it included."""
    keys = [key if key is not None else value for key, value in zip(table.keys, table.values, strict=True)]
    named = {child.id for key in keys for child in ast.walk(key) if isinstance(child, ast.Name)}
    spread = {kind.__name__ for kind in DATED} if "DATED" in named else set()
    return (named & {kind.__name__ for kind in SHAPES}) | spread


def test_every_table_of_kinds_in_the_code_is_complete_or_says_why_not() -> None:
    kinds = {kind.__name__ for kind in KINDS}
    partial = {(file, name): kinds - found for file, name, found in _tables() if kinds - found}
    assert sorted(partial) == sorted(PARTIAL), partial
