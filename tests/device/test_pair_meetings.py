"""Which value of a request meets which of its command."""

from __future__ import annotations

from pair_files import command_entries, request_entries

from gbcscheck.device.pairs.meetings import Meeting, carriers, meetings
from gbcscheck.device.pairs.values import Values
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.model import Place


def _link(*ends: LinkEnd, members: str = "", rest: str = "") -> Link:
    return Link("X.value", "1.1", "", ends, True, "unproved", "unproved", "", Place("own.json"), members, rest)


def _met(link: Link, request: str, *command: tuple[str, object]) -> list[tuple[list[object], list[object]]]:
    found = meetings(link, "U1", Values(request_entries(request)), Values(command_entries(*command)))
    return [_plain(one) for one in found]


def _plain(meeting: Meeting) -> tuple[list[object], list[object]]:
    return [one.value for one in meeting.asked], [one.value for one in meeting.sent]


def test_one_value_meets_all_that_the_command_has_of_it() -> None:
    link = _link(LinkEnd("request", "/R/T"), LinkEnd("command", "U1/X.value"), LinkEnd("command", "U1/Y.value"))
    assert _met(link, "R\n  T 7", ("U1/X.value", 7), ("U1/Y.value", 8)) == [(["7"], [7, 8])]


def test_a_byte_layout_carries_a_gas_item_in_place_of_the_row() -> None:
    link = _link(LinkEnd("command", "U1/X.value"), LinkEnd("gbz", "U1/Command/X"), LinkEnd("command", "U2/X.value"))
    assert [end.subject for end in carriers(link, "U1")] == ["U1/Command/X"]
    assert [end.subject for end in carriers(link, "U2")] == ["U2/X.value"]
    assert carriers(link, "U3") == ()


def test_members_in_order_over_all_the_ends_of_the_request() -> None:
    ends = (LinkEnd("request", "/R/D/Year"), LinkEnd("request", "/R/D/AnyYear"), LinkEnd("command", "U1/X.date"))
    request = "R\n  D\n    Year 2020\n  D\n    AnyYear x\n  D\n    Year 2021"
    met = _met(_link(*ends, members="in order"), request, ("U1/X.date", 1), ("U1/X.date", 2))
    assert met == [(["2020"], [1]), (["x"], [2]), (["2021"], [])]


def test_a_list_of_which_the_command_has_more() -> None:
    ends = (LinkEnd("request", "/R/N"), LinkEnd("command", "U1/X.n"))
    assert _met(_link(*ends, members="in order"), "R\n  N 1", ("U1/X.n", 1), ("U1/X.n", 2)) == [(["1"], [1]), ([], [2])]


def test_members_by_key_whatever_their_order() -> None:
    ends = (LinkEnd("request", "/R/P", key=("@index",)), LinkEnd("command", "U1/X.n", key=("#",)))
    request = "R\n  P b\n    @index 2\n  P a\n    @index 1\n  P c\n    @index 9"
    met = _met(_link(*ends, members="by key"), request, ("U1/X.n", 1), ("U1/X.n", 2), ("U1/X.n", 3))
    assert met == [(["b"], [2]), (["a"], [1]), (["c"], []), ([], [3])]


def test_groups_meet_in_their_order_though_one_is_empty() -> None:
    ends = (LinkEnd("request", "/R/S/D", gather="S"), LinkEnd("command", "U1/X.days"))
    met = _met(
        _link(*ends, members="in order"),
        "R\n  S\n    D 1\n    D 2\n  S\n  S\n    D 3",
        ("U1/X.days", 1),
        ("U1/X.days", 2),
        ("U1/X.days", 3),
    )
    assert met == [(["1", "2"], [1]), ([], [2]), (["3"], [3])]


def test_nothing_meets_where_neither_side_has_a_value_or_the_use_case_has_no_row() -> None:
    link = _link(LinkEnd("request", "/R/T"), LinkEnd("command", "U1/X.value"))
    assert _met(link, "R\n  U 7", ("U1/Z.value", 7)) == []
    assert list(meetings(link, "U2", Values(request_entries("R\n  T 7")), Values([]))) == []
