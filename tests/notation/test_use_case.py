"""Cells of the use case table, and references."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.use_case import (
    MessageType,
    Reference,
    Target,
    read_flag,
    read_message_code,
    read_message_type,
    read_references,
    read_roles,
    read_service_references,
    read_targets,
)

CELLS: list[tuple[Callable[[str], object], str, object]] = [
    (read_message_code, "0x004A", "0x004A"),
    (read_message_code, "0X004a", "0x004A"),
    (
        read_roles,
        "Supplier\nNetwork Operator\nAccess Control Broker",
        ("Supplier", "Network Operator", "Access Control Broker"),
    ),
    (read_roles, "(none)", ()),
    (read_roles, "See GBCS", None),
    (read_roles, "", None),
    (read_service_references, "7.5, 7.6, 7.8", ("7.5", "7.6", "7.8")),
    (read_service_references, "4.10", ("4.10",)),
    (read_service_references, "6.14.3", ("6.14.3",)),
    (read_service_references, "A1", ("A1",)),
    (read_service_references, "N/A", ()),
    (read_targets, "GPF (primary); GSME", (Target("GPF", "primary"), Target("GSME"))),
    (read_targets, "CHF in a Dual Band CH only", (Target("CHF", "in a Dual Band CH only"),)),
    (read_targets, "ZigBee Device", (Target("ZigBee Device"),)),
    (read_targets, "None", ()),
    (read_targets, "See GBCS", None),
    (read_targets, "", None),
    (read_message_type, "SME.C.PPMID-GSME", MessageType("SME.C.PPMID-GSME")),
    (
        read_message_type,
        "SME.C.NC but with additional processing",
        MessageType("SME.C.NC", "with additional processing"),
    ),
    (read_message_type, "ZSE specified", MessageType("ZSE specified")),
    (
        read_references,
        "SMETS 4.6.4.9\nSMETS 5.7.4.12 / 5.13.2.3",
        (Reference("SMETS", "4.6.4.9"), Reference("SMETS", "5.7.4.12"), Reference("SMETS", "5.13.2.3")),
    ),
    (read_references, "SMETS 5.6.3.22/5.18.1.1", (Reference("SMETS", "5.6.3.22"), Reference("SMETS", "5.18.1.1"))),
    (
        read_references,
        "SMETS 4.6.5.3; CHTS 4.5.2\nSMETS 5.7.5.10",
        (Reference("SMETS", "4.6.5.3"), Reference("CHTS", "4.5.2"), Reference("SMETS", "5.7.5.10")),
    ),
    (read_references, "SMETS NA; CHTS 4.5.4.10", (Reference("CHTS", "4.5.4.10"),)),
    (read_references, "CHTS DLMS", (Reference("CHTS"),)),
    (read_references, "SMETS", (Reference("SMETS"),)),
    (read_references, "(DLMS)", ()),
    (read_references, "(GBZ)", ()),
    (read_flag, "Yes", True),
    (read_flag, "yes", True),
    (read_flag, "No", False),
    (read_flag, "N/A", None),
]


@pytest.mark.parametrize(("reader", "text", "value"), CELLS)
def test_a_cell_reads_as_its_value(reader: Callable[[str], object], text: str, value: object) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(
    ("reader", "text", "place"),
    [
        (read_message_code, "004A", 0),
        (read_message_code, "0x4A", 0),
        (read_message_code, "0x004A0", 0),
        (read_roles, "Supplier, Network Operator", 8),
        (read_roles, "supplier", 0),
        (read_roles, "Supplier\n", 9),
        (read_service_references, "4", 0),
        (read_service_references, "7.5 7.6", 4),
        (read_service_references, "7.5,", 4),
        (read_targets, "GPF, GSME", 3),
        (read_targets, "GPF (primary)\nGSME", 13),
        (read_message_type, "SME.C", 0),
        (read_message_type, "SME.C.NC and more", 9),
        (read_references, "SMETS2 5.7", 5),
        (read_references, "SMETS 5.7.4.12, 5.13", 14),
        (read_references, "5.7.4.12", 0),
        (read_references, "(COSEM)", 1),
        (read_flag, "Y", 0),
    ],
)
def test_a_near_miss_is_refused_at_its_place(reader: Callable[[str], object], text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        reader(text)
    assert caught.value.start == place
