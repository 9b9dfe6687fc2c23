"""Which way out of a conflict is meant."""

from __future__ import annotations

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.groups import Group
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.ways import Way, _rewrites_a_row, _speaks_from_outside

SPEC = Specification("GBCS", "4.0", "use cases")


def _statement(source: str, attribute: str, value: str) -> Statement:
    return Statement("ECS01/Item", attribute, SPEC, "published", "ECS01", "uc.xlsx", source, None, value)


def _candidate(source: str, attribute: str, subject: str = "ECS01/Item") -> Candidate:
    return Candidate((Replacement(_statement(source, attribute, "a"), subject, None, "b", "b"),), (), ())


def test_several_columns_of_one_row_are_no_clear_way_out() -> None:
    kind, number = _candidate("DLMS!J445", "type"), _candidate("DLMS!F445", "object")
    assert _rewrites_a_row(Way((kind, number), frozenset({0})))
    assert not _rewrites_a_row(Way((kind, _candidate("DLMS!J446", "type")), frozenset({0})))
    assert not _rewrites_a_row(Way((kind,), frozenset({0})))


def test_what_a_document_said_before_is_the_same_voice() -> None:
    older = Specification("GBCS", "3.1", "use cases")
    said = _statement("DLMS!J445", "type", "b")
    twice = Candidate((), (said, said._replace(specification=older)), ())
    other = said._replace(subject="ECS02/Item")
    assert (twice.net, Candidate((), (said, other), ()).net) == (1, 2)
    assert Candidate((), (said,), (other, other._replace(specification=older))).net == 0


def test_what_a_column_says_of_other_rows_is_one_voice() -> None:
    target = _statement("GBZ!H9", "constant", "0x0028")._replace(subject="GCS01/Set/Length")
    written = Replacement(target, target.subject, None, "1", "1")
    octets = [
        _statement(f"GBZ!I{n}", "octets", "1")._replace(subject=f"GCS01/Set/Element {n}", domain="1", value=None)
        for n in range(4)
    ]
    in_column = [one._replace(attribute="constant") for one in octets]
    facts = [one._replace(domain=None, value="Length: 0x0001") for one in in_column]
    assert Candidate((written,), tuple(octets), (target,)).net == 0
    assert Candidate((written,), (*octets[:1], octets[0]._replace(subject="GCS02/Set/Length #2")), ()).net == 2
    assert Candidate((written,), tuple(in_column), ()).net == 1
    assert Candidate((written,), tuple(facts), ()).net == 4
    assert Candidate((written,), tuple(one._replace(source="ZCL!F9") for one in octets), ()).net == 4
    renamed = written._replace(subject="GCS01/Set/Width")
    assert Candidate((renamed,), tuple(octets), ()).net == 4


def test_a_party_is_no_third_voice_by_what_it_said_before() -> None:
    older = Specification("GBCS", "3.1", "use cases")
    target, other = _statement("DLMS!J445", "type", "a"), _statement("GBZ!F9", "constant", "b")
    finding = Finding("V104", "error", "ECS01/Item", "they differ", (target, other))
    group = Group((finding,), (frozenset(),))
    written = Replacement(target, target.subject, None, "b", "b")

    def speaks(*supports: Statement) -> bool:
        return _speaks_from_outside(group, Way((Candidate((written,), supports, ()),), frozenset({0})))

    assert not speaks(other)
    assert not speaks(other, other._replace(specification=older, path="older.xlsx"))
    assert speaks(target._replace(specification=older, path="older.xlsx", value="b")), "it shows what was changed"
    assert speaks(other, other._replace(subject="ECS02/Item", source="GBZ!F90"))
