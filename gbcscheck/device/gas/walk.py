"""A gas message from its first octet to its last: what stands before its components, each of them, what is missing,
and what is left over."""

from __future__ import annotations

from collections.abc import Sequence

from gbcscheck.cosem.gbz import Component, Gbz
from gbcscheck.device.gas.calendars import judge_calendars
from gbcscheck.device.gas.fields import Fields
from gbcscheck.device.gas.match import Match, counts, fits, is_whole, match, match_exactly
from gbcscheck.device.gas.rows import COUNT, ComponentLayout, Group, Message
from gbcscheck.device.gas.rules import EXTRA_COMPONENT, MISSING_COMPONENT, WRONG_COUNT
from gbcscheck.device.gas.true_lengths import stated_components, with_true_ends
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.model import Statement
from gbcscheck.model.device_files import WRONG


class Walk:
    """Goes through the components of one message."""

    def __init__(self, message: Message, gbz: Gbz, fields: Fields, record: FileRecord) -> None:
        self._message = message
        self._groups = message.groups
        self._gbz = gbz
        self._fields = fields
        self._record = record
        self._components: Sequence[Component] = stated_components(gbz)
        self._matches = match_exactly(self._components, self._groups)
        if not is_whole(self._matches, self._groups) or any(
            map(_is_of_another_length, self._components, self._matches)
        ):
            self._components = with_true_ends(fields.octets, self._components, self._groups, gbz.end)
            self._matches = match(self._components, self._groups)

    def judge(self) -> None:
        """Judge the whole payload."""
        head = self._message.head
        first_entry = len(self._record.entries)
        self._fields.judge(head, (0,) * len(head), self._gbz.offset, self._gbz.end)
        end = self._gbz.end - len(self._gbz.rest)
        judged: list[tuple[Component, ComponentLayout]] = []
        for at, (component, found) in enumerate(zip(self._components, self._matches, strict=True)):
            end = component.end
            if found is None:
                self._extra(component, at)
            else:
                self._fields.entries = () if self._groups[found.group].most == 1 else (at + 1,)
                self._component(component, found.layout, at)
                judged.append((component, found.layout))
        judge_calendars(self._fields.octets, judged, self._record)
        self._missing(end)
        if end < self._gbz.end:
            self._fields.trailing(head[-1].subject, end, self._gbz.end, "behind the last component")
        self._judge_count(len(self._components), first_entry)

    def _component(self, component: Component, layout: ComponentLayout, at: int) -> None:
        end = component.end
        if self._record.tree:
            source = octets_source(component.offset, end - component.offset)
            self._record.branch(f"component {at + 1}: {layout.name}", source)
        self._record.depth += 1
        self._fields.component(layout, component.offset, end, at + 1 == len(self._components))
        self._record.depth -= 1

    # --- what is wrong with the message as a whole --------------------------------------------------------------------

    def _extra(self, component: Component, at: int) -> None:
        command = "none" if component.command is None else f"0x{component.command:02X}"
        known = self._known(component)
        why = "comes too often or in the wrong order" if known is not None else "is no component of the message"
        message = f"component {at + 1} (cluster 0x{component.cluster:04X}, command {command}) {why}"
        subject, statements = self._rows_of(known) if known is not None else self._count_row()
        octets = self._fields.octets[component.offset : component.end]
        source = octets_source(component.offset, component.end - component.offset)
        self._record.leaf("component that no row has", octets, subject, WRONG, source)
        problem = Problem(EXTRA_COMPONENT, message, statements)
        written = octets.hex(" ").upper()
        self._record.problem(problem, subject=subject, attribute="occurs", written=written, source=source)

    def _known(self, component: Component) -> Group | None:
        return next(
            (
                group
                for group in self._groups
                if any(fits(component, layout) for layout in (group.ordinary, *group.alternates))
            ),
            None,
        )

    def _rows_of(self, group: Group) -> tuple[str, tuple[Statement, ...]]:
        """The subject of a group's component, and what says how often it comes, or that it comes at all."""
        fields = group.ordinary.fields
        return fields[0].subject.rpartition("/")[0], group.occurs or fields[min(1, len(fields) - 1)].statements

    def _count_row(self) -> tuple[str, tuple[Statement, ...]]:
        row = next((field for field in self._message.head if field.role == COUNT), self._message.head[-1])
        return row.subject, row.statements

    def _missing(self, end: int) -> None:
        """Report the groups of which components are missing; the place is where the next one begins."""
        for index, (taken, short) in enumerate(counts(self._matches, self._groups)):
            if not short:
                continue
            later = (
                component.offset
                for component, found in zip(self._components, self._matches, strict=True)
                if found is not None and found.group > index
            )
            group = self._groups[index]
            name = group.ordinary.name
            wanted = "is missing" if group.fewest == 1 else f"comes {taken} times; {group.fewest} were expected"
            subject, statements = self._rows_of(group)
            self._record.problem(
                Problem(MISSING_COMPONENT, f"the component {name} {wanted}", statements),
                subject=subject,
                attribute="occurs",
                written="",
                source=octets_source(next(later, end), 0),
            )

    def _judge_count(self, found: int, first_entry: int) -> None:
        index = next((at for at, field in enumerate(self._message.head) if field.role == COUNT), None)
        if index is None:
            return
        row, number = self._message.head[index], self._gbz.stated
        if number == found or (row.allowed is not None and number not in row.allowed):
            return
        if self._record.tree:
            entry = first_entry + index
            self._record.entries[entry] = self._record.entries[entry]._replace(verdict=WRONG)
        self._record.problem(
            Problem(
                WRONG_COUNT,
                f"{number} components are stated, and there are {found}",
                row.statements,
                witness=str(found),
            ),
            subject=row.subject,
            attribute="value",
            written=f"{number:02X}",
            source=octets_source(self._gbz.offset + 2, 1),
            meaning=str(number),
        )


def _is_of_another_length(component: Component, found: Match | None) -> bool:
    return found is not None and found.layout.length not in (None, component.length)
