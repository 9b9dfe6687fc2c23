"""What is planted: for each kind of conflict the edits that make it, and in which column of which document."""

from __future__ import annotations

from dataclasses import dataclass

import cell_edits as cell
import schema_edits as line
from documents import GBCS
from link_ends import ByLink, anyhow, of_lengths, of_numbers, of_settable
from second_sources import DLMS_PATH, NUMBER, PARAMETER, Finder, SecondSources, listed_as, tabled_as

S = SecondSources


@dataclass(frozen=True)
class CellEdit:
    """An edit of one cell of a sheet, or of one member of a list. ``second`` looks for a second source; ``by_link``
    says whether the other ends of a link state the fact, so that they are second sources too."""

    kind: str
    document: str
    sheet: str
    title: str
    edit: cell.TextEdit
    second: Finder = S.nowhere
    by_link: ByLink | None = None
    action: str = "change"
    only: tuple[str, str] = ("", "")
    """A title of the row, and a pattern with which the text under it begins: rows of which the edit is made."""

    @property
    def name(self) -> str:
        """What is edited and how, for the table of answers."""
        done = "" if self.action == "change" else f" {self.action}d" if self.action[-1] == "e" else f" {self.action}"
        return f"{self.sheet or self.document}/{self.title}: {self.edit.__name__}{done}"


@dataclass(frozen=True)
class LineEdit:
    """An edit of one line of a schema. ``conflicts`` says of which schemas it makes more of what the other side cannot
    take: a request that lets more through, a response that shows less. ``of`` is what a link has to state for its other
    end to be a second source: that there is the ``element``, that it has to be there (``presence``), its ``value``, the
    ``numbers`` that it may be, its ``members``, the ``length`` of its text, or how often it stands (``entries``)."""

    kind: str
    edit: line.LineEdit
    conflicts: tuple[str, ...] = ()
    alone: bool = False
    of: str = "value"

    @property
    def name(self) -> str:
        """What is edited and how, for the table of answers."""
        return f"schema: {self.edit.__name__}"


def _cells(kind: str, sheet: str, *columns: tuple[object, ...], by_link: ByLink | None = None) -> list[CellEdit]:
    return [CellEdit(kind, GBCS, sheet, title, edit, second, by_link) for title, edit, second in columns]  # type: ignore[misc]


TYPE, CONSTANT = "DLMS COSEM data types", "constant value"
IDENTIFIERS = "Command identifier|Extended Header Cluster ID|Attribute Identifier"
SCALES = r".*(?:Divisor|Multiplier|Trailing Digit|Unit ?of ?Measure)"
FIELDS = rf"(?!{IDENTIFIERS}|Extended|Profile|Frame|Total number|{SCALES})"

CELL_EDITS: tuple[CellEdit, ...] = (
    # --- sheets of use cases -----------------------------------------------------------------------------------------
    *_cells(
        "code",
        "Use cases",
        ("message code", cell.hex_digit, listed_as("Code")),
        ("Service Reference", cell.service_reference, listed_as("Service Reference")),
    ),
    *_cells(
        "enumeration",
        "Use cases",
        ("remote party roles", cell.line_dropped, S.sent_by),
        ("remote party roles", cell.misspelt, S.requested),
    ),
    *_cells(
        "value",
        "Use cases",
        ("Message Type", cell.criticality, listed_as("Message Type")),
        ("Remote Party or HAN Only Message", cell.misspelt, listed_as("Remote Party or HAN Message")),
    ),
    *_cells("configurability", "Use cases", ("Capable of Future Dated Invocation", cell.flag, S.future_dated)),
    *_cells("naming", "Use cases", ("title", cell.misspelt, listed_as("Use Case Title"))),
    *_cells("reference", "Use cases", ("Service Reference", cell.decimal_digit, listed_as("Service Reference"))),
    *_cells(
        "reference",
        "Objects",
        ("ref.", cell.clause_to_nothing, S.carrying_reference),
        ("use cases", cell.use_case_of_nothing, S.carrying_row),
    ),
    *_cells("code", "Objects", (NUMBER, cell.decimal_digit, S.carrying_row)),
    *_cells("naming", "Objects", ("name", cell.misspelt, S.carrying_name)),
    *_cells("value", "Objects", ("sensitive", cell.mark, S.carrying_mark)),
    *_cells("encoding", "Objects", ("data type", cell.other_kind, S.carrying_type)),
    *_cells("missing", "Objects", ("use cases", cell.line_dropped, S.row_of_dropped)),
    *_cells(
        "code",
        "DLMS",
        ("class", cell.decimal_digit, S.sibling),
        ("OBIS code", cell.obis, S.sibling),
        ("attribute/method no.", cell.decimal_digit, S.sibling),
        (NUMBER, cell.decimal_digit, S.object_row),
    ),
    *_cells("range", "DLMS", (TYPE, cell.narrower_type, S.same_row), by_link=of_numbers),
    *_cells("range", "DLMS", (DLMS_PATH, cell.bounds, S.sibling), by_link=anyhow),
    *_cells("range", "DLMS", (TYPE, cell.wider_type, S.same_row)),
    *_cells("encoding", "DLMS", (TYPE, cell.other_sign, S.same_row), by_link=of_numbers),
    *_cells("encoding", "DLMS", (TYPE, cell.other_type, S.same_row), by_link=anyhow),
    *_cells("encoding", "DLMS", (TYPE, cell.length, S.same_row), by_link=of_lengths),
    *_cells("value", "DLMS", (CONSTANT, cell.number_digit, S.same_row), ("encrypted", cell.mark, S.object_mark)),
    *_cells("configurability", "DLMS", (CONSTANT, cell.unfixed, S.same_row)),
    *_cells("configurability", "DLMS", (CONSTANT, cell.newly_fixed, S.unfixed_elsewhere), by_link=of_settable),
    *_cells("optionality", "DLMS", (TYPE, cell.mandatory, S.nowhere), (TYPE, cell.optional, S.nowhere)),
    *_cells(
        "reference",
        "DLMS",
        ("ref.", cell.clause_to_nothing, S.object_reference),
        ("use case", cell.use_case_of_nothing, S.listed_use_case),
    ),
    *_cells("naming", "DLMS", ("name", cell.misspelt, S.object_name)),
    *_cells(
        "code",
        "ZCL",
        ("cluster: ID", cell.hex_digit, S.identifier_in_layout),
        ("command: ID", cell.hex_digit, S.identifier_in_layout),
        ("response: ID", cell.hex_digit, S.identifier_in_layout),
        (NUMBER, cell.decimal_digit, S.object_row),
    ),
    *_cells("encoding", "ZCL", ("data type", cell.other_sign, S.field_of_layout), by_link=of_numbers),
    *_cells("encoding", "ZCL", ("data type", cell.other_type, S.field_of_layout), by_link=anyhow),
    *_cells("range", "ZCL", ("data type", cell.narrower_type, S.field_of_layout), by_link=of_numbers),
    *_cells("range", "ZCL", (PARAMETER, cell.range_end, S.own_type)),
    *_cells("enumeration", "ZCL", (PARAMETER, cell.member_dropped, S.value_of_layout), by_link=anyhow),
    *_cells("value", "ZCL", (PARAMETER, cell.hex_digit, S.value_of_layout), ("encrypted", cell.mark, S.object_mark)),
    *_cells("unit", "ZCL", (PARAMETER, cell.scale_digit, S.value_of_layout)),
    *_cells(
        "reference",
        "ZCL",
        ("ref.", cell.clause_to_nothing, S.object_reference),
        ("use case", cell.use_case_of_nothing, S.listed_use_case),
    ),
    *_cells("naming", "ZCL", ("name", cell.misspelt, S.object_name)),
    CellEdit("code", GBCS, "GBZ", "value", cell.hex_digit, S.identifier_in_parameters, only=("element", IDENTIFIERS)),
    CellEdit("value", GBCS, "GBZ", "value", cell.number_digit, S.parameter_of_field, only=("element", FIELDS)),
    CellEdit("value", GBCS, "GBZ", "value", cell.number_digit, S.length_of_component, only=("element", ".*Length$")),
    *_cells("value", "GBZ", ("octets", cell.decimal_digit, S.length_of_component)),
    *_cells("encoding", "GBZ", ("element", cell.type_in_name, S.octets_of_type)),
    *_cells("configurability", "GBZ", ("value", cell.freed, S.parameter_of_field)),
    *_cells("enumeration", "GBZ", ("value", cell.member_dropped, S.parameter_of_field)),
    CellEdit("unit", GBCS, "GBZ", "value", cell.number_digit, S.parameter_of_field, only=("element", SCALES)),
    CellEdit("reference", GBCS, "GBZ", "use case", cell.use_case_of_nothing, S.listed_use_case, only=("octets", ".")),
    # --- rows --------------------------------------------------------------------------------------------------------
    CellEdit("missing", GBCS, "Use cases", "use case", cell.gone, S.rows_of_use_case, action="delete"),
    CellEdit("missing", GBCS, "Objects", "name", cell.gone, S.carrying_row, action="delete"),
    CellEdit("missing", GBCS, "DLMS", "name", cell.gone, S.object_row, action="delete"),
    CellEdit("missing", GBCS, "ZCL", "name", cell.gone, S.object_row, action="delete"),
    CellEdit("missing", GBCS, "GBZ", "element", cell.gone, S.length_of_component, None, "delete", ("octets", ".")),
    CellEdit("duplicate", GBCS, "Use cases", "message code", cell.hex_digit, S.itself, action="double"),
    CellEdit("duplicate", GBCS, "Objects", "data type", cell.other_kind, S.itself, action="double"),
    CellEdit("duplicate", GBCS, "DLMS", TYPE, cell.other_type, S.itself, action="double"),
    CellEdit("duplicate", GBCS, "DLMS", CONSTANT, cell.number_digit, S.itself, action="double"),
    CellEdit("duplicate", GBCS, "ZCL", "data type", cell.other_type, S.itself, action="double"),
    CellEdit("duplicate", GBCS, "GBZ", "value", cell.number_digit, S.length_of_component, action="double"),
    # --- lists of the DCC --------------------------------------------------------------------------------------------
    CellEdit("enumeration", "matrix", "", "Eligible User Roles", cell.role_added, S.accepted_from),
    CellEdit("enumeration", "matrix", "", "Eligible User Roles", cell.role_of_nobody, S.carried_out),
    CellEdit("value", "matrix", "", "Critical", cell.flag, S.each_carried_out),
    CellEdit("configurability", "matrix", "", "Future Dated Response Pattern", cell.future_dated, S.not_future_dated),
    CellEdit("code", "matrix", "", "Service Reference Variant", cell.service_reference, S.named_in_schema),
    CellEdit("code", "matrix", "", "Service Reference", cell.service_reference, S.named_in_schema),
    CellEdit("naming", "matrix", "", "Service Request Name", cell.misspelt),
    CellEdit("missing", "matrix", "", "Service Reference Variant", cell.gone, S.named_in_schema, action="delete"),
    CellEdit("duplicate", "matrix", "", "Critical", cell.flag, S.itself, action="double"),
    CellEdit("code", "use case list", "", "Code", cell.hex_digit, tabled_as("message code")),
    CellEdit("naming", "use case list", "", "Use Case Title", cell.title_misspelt, tabled_as("title")),
    CellEdit(
        "reference", "use case list", "", "Service Reference", cell.service_reference, tabled_as("Service Reference")
    ),
    CellEdit("value", "use case list", "", "Message Type", cell.criticality, tabled_as("Message Type")),
    CellEdit("missing", "use case list", "", "Use Case Title", cell.gone, action="delete"),
    # --- other tables ------------------------------------------------------------------------------------------------
    CellEdit("code", "alert codes", "", "subject", cell.hex_digit, S.alert_in_schema),
    CellEdit("naming", "alert codes", "", "value", cell.misspelt),
    CellEdit("missing", "alert codes", "", "subject", cell.gone, S.alert_in_schema, action="delete"),
    CellEdit("duplicate", "alert codes", "", "value", cell.misspelt, S.itself, action="double"),
    CellEdit("default", "Table 28d", "", "domain", cell.number_digit, S.constant_of_item),
    CellEdit("naming", "Table 28d", "", "subject", cell.misspelt, S.constant_of_item),
    CellEdit("duplicate", "Table 28d", "", "domain", cell.number_digit, S.itself, action="double"),
    CellEdit("configurability", "MP131", "", "value", cell.settable, S.constant_of_item),
    CellEdit("naming", "MP131", "", "subject", cell.misspelt, S.constant_of_item),
    CellEdit("naming", "units", "", "subject", cell.misspelt),
    CellEdit("unit", "units", "", "value", cell.unit),
    CellEdit("duplicate", "units", "", "value", cell.unit, S.itself, action="double"),
    CellEdit("encoding", "encodings", "", "domain", cell.decimal_digit, S.nowhere),
)

LOSES = (line.member_gone, line.member_misspelt, line.element_gone, line.element_misspelt)
"""Edits after which a name is gone: a report cannot cite it any more, and names it."""
LINE_EDITS: tuple[LineEdit, ...] = (
    LineEdit("range", line.greater_maximum, ("DUIS",), of="numbers"),
    LineEdit("range", line.smaller_maximum, ("MMC",), of="numbers"),
    LineEdit("range", line.smaller_minimum, ("DUIS",), of="numbers"),
    LineEdit("range", line.greater_minimum, ("MMC",), of="numbers"),
    LineEdit("range", line.longer, ("DUIS",), of="length"),
    LineEdit("range", line.shorter, ("MMC",), of="length"),
    LineEdit("range", line.larger_type, ("DUIS",), of="numbers"),
    LineEdit("range", line.smaller_type, ("MMC",), of="numbers"),
    LineEdit("range", line.more_often, ("DUIS",), of="entries"),
    LineEdit("unit", line.finer, ("DUIS",)),
    LineEdit("unit", line.coarser, ("MMC",)),
    LineEdit("enumeration", line.member_gone, ("MMC",), of="members"),
    LineEdit("enumeration", line.member_added, ("DUIS",), of="members"),
    LineEdit("enumeration", line.member_misspelt, ("DUIS", "MMC"), of="members"),
    LineEdit("encoding", line.other_sign, ("DUIS", "MMC"), of="numbers"),
    LineEdit("encoding", line.other_type, ("DUIS", "MMC")),
    LineEdit("optionality", line.optional, ("DUIS",), of="presence"),
    LineEdit("optionality", line.mandatory, ()),
    LineEdit("missing", line.element_gone, ("DUIS", "MMC"), of="element"),
    LineEdit("naming", line.element_misspelt, ("DUIS", "MMC"), of="element"),
    LineEdit("configurability", line.fixed, ("MMC",)),
    LineEdit("reference", line.type_of_nothing, ("DUIS", "MMC"), alone=True),
)
