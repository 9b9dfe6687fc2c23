"""How rows become layouts: every gas use case of every version, groups, refusals, ranges and encrypted lengths."""

from __future__ import annotations

import pytest
from gas_messages import context_for

from gbcscheck.device.gas.layouts import layouts
from gbcscheck.device.gas.rows import ANSWERED, CIPHER, PARTS, STATUS, ComponentLayout, Message
from gbcscheck.device.gas.values import Hexadecimal, UtcTime
from gbcscheck.device.gas.zcl import AnyOf, BitPattern, ZclRows


def every_message() -> list[tuple[str, str, str, Message]]:
    """Version, use case, purpose and rows of each message that a table lays out."""
    context = context_for()
    found = []
    for version, catalogue in context.versions.items():
        for statement in catalogue.in_part("GBCS", "use cases", "message-code"):
            for purpose in PARTS:
                message = layouts(catalogue).of(statement.subject, purpose)
                if message is not None:
                    found.append((version, statement.subject, purpose, message))
    return found


def message_of(use_case: str, purpose: str) -> Message:
    named = context_for().use_cases.named(use_case)
    message = layouts(named.catalogue).of(use_case, purpose)
    assert message is not None
    return message


def test_every_table_of_gas_becomes_a_layout() -> None:
    found = every_message()
    assert len(found) == 222
    assert len({(use_case, purpose) for version, use_case, purpose, _ in found if version == "4.0"}) == 111
    components = sum(
        1 + len(group.alternates) for version, *_, one in found if version == "4.0" for group in one.groups
    )
    assert components == 214


def test_the_stated_length_of_a_component_is_the_sum_of_its_fields() -> None:
    for version, use_case, purpose, message in every_message():
        for group in message.groups:
            for layout in (group.ordinary, *group.alternates):
                assert layout.cluster >= 0 <= layout.command, (version, use_case, purpose)
                allowed = layout.fields[2].allowed
                assert allowed is not None
                assert _size(layout) in allowed, (version, use_case, purpose, layout.name)
                assert _size(layout) - 1 not in allowed, (version, use_case, purpose, layout.name)


def _size(layout: ComponentLayout) -> int:
    """The octets of all fields behind the header of which the rows say how many there are."""
    return sum(field.size for field in layout.fields[3:] if not field.optional)


def test_groups_and_how_many_of_each() -> None:
    seasons, days, weeks = (message_of("GCS01a", "command").groups[at] for at in (3, 1, 2))
    assert (seasons.fewest, seasons.most) == (1, 1)
    assert (days.fewest, days.most) == (1, 4)
    assert (weeks.fewest, weeks.most) == (1, 2)
    snapshots, prepaid = message_of("GCS15c", "response").groups
    for group in (snapshots, prepaid):
        assert (group.fewest, group.most, group.of_all, len(group.alternates)) == (12, 12, True, 1)
    samples = message_of("GCS17", "response").groups[0]
    assert (samples.fewest, samples.most, samples.of_all, len(samples.alternates)) == (1, 1, False, 1)
    assert message_of("GCS20", "command").groups[0].most is None


def test_refusals_belong_to_responses_alone() -> None:
    assert all(not group.refusals for group in message_of("GCS01a", "command").groups)
    assert all(not group.refusals for group in message_of("GCS53", "alert").groups)
    (group,) = message_of("GCS20r", "response").groups
    refused, not_carried_out = group.refusals
    assert (refused.answered, refused.length, refused.is_refusal) == (frozenset((5,)), 5, True)
    assert not_carried_out.answered == frozenset((0xFF,))
    statuses = [field.allowed for layout in group.refusals for field in layout.fields if field.role == STATUS]
    assert statuses == [range(1, 256), frozenset((1,))]


def test_an_alternate_with_one_failure_takes_any() -> None:
    (alternate,) = message_of("GCS17", "response").groups[0].alternates
    (status,) = [field for field in alternate.fields if field.role == STATUS]
    assert status.allowed == range(1, 256)
    (answered,) = [field for field in alternate.fields if field.role == ANSWERED]
    assert answered.allowed == frozenset((8,))


def test_encrypted_fields_have_the_lengths_that_failures_leave() -> None:
    """Four reads of 3, 3, 1 and 6 octets: each takes 3 octets if it failed, else one and its value more."""
    (group,) = message_of("GCS13a", "response").groups
    (field,) = [field for field in group.ordinary.fields if field.kind == CIPHER]
    sizes = frozenset(12 + sum(more) for more in _sums((4, 4, 2, 7)))
    assert field.sizes == sizes
    (open_group,) = message_of("GCS53", "alert").groups
    (field,) = [field for field in open_group.ordinary.fields if field.kind == CIPHER]
    assert (field.sizes, field.size) == (None, 16)


def _sums(parts: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [()] if not parts else [one for rest in _sums(parts[1:]) for one in (rest, (parts[0], *rest))]


def test_what_the_zcl_sheet_permits_holds_where_the_layout_is_silent() -> None:
    layout = next(group.ordinary for group in message_of("GCS01a", "command").groups if group.ordinary.command == 2)
    week = next(field for field in layout.fields if field.label == "Week ID")
    assert week.allowed is not None
    assert 0 not in week.allowed
    assert 255 in week.allowed
    assert week.statements[0].place.sheet == "ZCL"


def test_where_rows_of_one_parameter_differ_each_of_their_values_fits() -> None:
    named = context_for().use_cases.named("GCS04")
    rows = ZclRows(named.catalogue, "GCS04")
    allowed, statements = rows.allowed(0x0705, 0x02, -1, "Debt Amount Type")
    assert allowed is not None
    assert [number for number in range(8) if number in allowed] == [1, 3, 5]
    assert len(statements) == 3
    assert rows.subject(0x0705, 0x02, -1, "Debt Amount Type") == ""
    assert rows.allowed(0x0705, 0x02, -1, "no such parameter") == (None, ())


def test_a_signed_number_fits_as_its_bits_too() -> None:
    pattern = BitPattern(range(1 << 32), 4)
    assert -1 in pattern
    assert (1 << 31) - 1 in pattern
    assert -1 not in BitPattern(range(10), 4)
    assert 11 not in AnyOf([frozenset((1,)), range(5, 10)])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Hexadecimal(0), "0x00"),
        (Hexadecimal(0x10000), "0x010000"),
        (UtcTime(0), "0x00000000"),
        (UtcTime(0xFFFFFFFF), "0xFFFFFFFF"),
        (UtcTime(1), "0x00000001 (2000-01-01T00:00:01Z)"),
        (UtcTime(0xFFFFFFFE), "0xFFFFFFFE (2136-02-07T06:28:14Z)"),
    ],
)
def test_numbers_are_shown_as_what_they_mean(value: int, shown: str) -> None:
    assert f"{value}" == shown
    assert value + 0 == int(value)
