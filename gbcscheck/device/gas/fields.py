"""The fields of one component of a gas message, or those before the components, against their rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gbcscheck.cosem.gbz import HEADER_LENGTH, LAST
from gbcscheck.device.gas.meanings import with_meanings
from gbcscheck.device.gas.payloads import Piece, entries_of
from gbcscheck.device.gas.rows import (
    ALERT,
    BIG_ENDIAN,
    CIPHERED_LENGTH,
    CLUSTER,
    COMMAND,
    CONTROL,
    COUNT,
    FRAME_CONTROL,
    LENGTH,
    NUMBER,
    OCTETS,
    PROFILE,
    SIGNED,
    STATUS,
    STRING,
    TEXT,
    ComponentLayout,
    Field,
)
from gbcscheck.device.gas.rules import (
    NOT_PERMITTED,
    WRONG_COMPONENT,
    WRONG_CONSTANT,
    WRONG_COUNT,
    WRONG_LENGTH,
    WRONG_OCTETS,
    WRONG_PROFILE,
)
from gbcscheck.device.gas.words import Read, as_stated, expected, shown_as, suggestion, text_of
from gbcscheck.device.message_rules import ALERT_CODE
from gbcscheck.device.model import FileRecord, HouseValues, Problem, octets_source
from gbcscheck.evidence.grounds import Ground, grounds_of_statements, in_words
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.model.rules import Rule
from gbcscheck.release.catalogue import Catalogue

NO_STRING = 0xFF
"""The length of a string that has no value."""
_RULES: dict[int, Rule] = {
    PROFILE: WRONG_PROFILE,
    COUNT: WRONG_COUNT,
    LENGTH: WRONG_LENGTH,
    CONTROL: WRONG_COMPONENT,
    CLUSTER: WRONG_COMPONENT,
    FRAME_CONTROL: WRONG_COMPONENT,
    COMMAND: WRONG_COMPONENT,
}


_HEADER = frozenset((CONTROL, CLUSTER, LENGTH))
_SHIFTED = "octets that cannot be matched to a row"
Ask = Callable[[str, object], tuple[Problem, ...]]
"""What other specifications say of the value of a row."""


class Fields:
    """Judges fields of one message. ``catalogue`` has the rows, ``alerts`` the alert codes; ``ask`` and
    ``grounds`` say what other specifications have against a value, and for it; ``entries``
    numbers a component of which there may be several, for house rules."""

    def __init__(
        self,
        octets: bytes,
        catalogue: Catalogue,
        alerts: Catalogue,
        ask: Ask,
        grounds: Callable[[str, object], tuple[Ground, ...]],
        record: FileRecord,
    ) -> None:
        self.octets = octets
        self.record = record
        self._ask = ask
        self._grounds = grounds
        self._catalogue = catalogue
        self._alerts = alerts
        self.entries: tuple[int, ...] = ()

    def judge(
        self,
        fields: tuple[Field, ...],
        behind: tuple[int, ...],
        at: int,
        end: int,
        last: bool = False,
        shifted: bool = False,
    ) -> int:
        """Fields in order from ``at`` on, none beyond ``end``; the offset behind them. ``behind`` says how many octets
        the fields after each take at least; ``last`` whether a component is the last one. In a component that is too
        long or too short (``shifted``) a wrong frame or payload ends it: what is behind that has moved."""
        octets, record, tree, house = self.octets, self.record, self.record.tree, self.record.house
        status: Read = 0
        for index, field in enumerate(fields):
            subject, label, kind, size, allowed, _, optional, role, asked, shown, _, _, parts, _ = field
            if optional and status:
                continue
            if kind <= OCTETS:
                stop = at + size
            elif kind <= TEXT:
                length = octets[at] if at < end else 0
                stop = at + 1 + (0 if length == NO_STRING else length)
            else:
                stop = max(end - behind[index], at)
            if stop > end:
                self._missing(field, at, end, stop - at)
                return end
            raw = octets[at:stop]
            value: Read
            if kind == NUMBER:
                value = int.from_bytes(raw, "little")
            elif kind == BIG_ENDIAN:
                value = int.from_bytes(raw, "big")
            elif kind == SIGNED:
                value = int.from_bytes(raw, "little", signed=True)
            elif kind == TEXT:
                value = text_of(raw[1:])
            else:
                value = raw[1:] if kind == STRING else raw
            if allowed is None:
                verdict = OPEN
            elif value in allowed:
                verdict = FITS
            else:
                verdict = WRONG
            if role or kind > OCTETS:
                status = value if role == STATUS else status
                verdict = self._special(field, value, verdict, at, stop, end, last)
            if asked and verdict is not WRONG:
                verdict = self._elsewhere(asked, value, verdict, at, stop)
            if house is not None and self._breaks_house_rules(house, field, value, at, stop):
                verdict = WRONG
            if parts and verdict is not WRONG and self._entries(field, raw, verdict, at):
                at = stop
                continue
            if tree:
                told = shown(value) if shown is not int and isinstance(value, int) else value
                if isinstance(value, int) and (asked or role == ALERT):
                    told = as_stated(field, value, self._catalogue, self._alerts) or told
                basis = partial(self._basis, field, value) if verdict is FITS else ""
                record.leaf(label, told, subject, verdict, octets_source(at, stop - at), basis)
            else:
                record.values += 1
            if verdict is WRONG and allowed is not None and value not in allowed:
                self._wrong(field, value, at, stop)
                if shifted and role not in _HEADER:
                    return stop
            at = stop
        return at

    def _basis(self, field: Field, value: Read) -> str:
        """What a value rests on that fits."""
        if field.role == ALERT:
            return "in the list of event and alert codes"
        if field.role == CIPHERED_LENGTH:
            return "the number of octets that follow"
        own = grounds_of_statements(self._catalogue, (*field.statements, *self._catalogue.about(field.subject, "type")))
        return in_words((*own, *(self._grounds(field.asked, value) if field.asked else ())))

    def _entries(self, field: Field, octets: bytes, verdict: str, at: int) -> bool:
        """Judge a value that is a list of entries by what they hold; whether it is one."""
        entries = entries_of(field.parts, octets)
        if not entries:
            return False
        record, numbers = self.record, self.entries
        record.branch(field.label, octets_source(at, len(octets)))
        for number, entry in enumerate(entries, 1):
            first, last = entry[0], entry[-1]
            record.depth += 1
            record.branch(f"[{number}]", octets_source(at + first.at, last.at + last.size - first.at))
            record.depth += 1
            self.entries = (*numbers, number)
            for piece in entry:
                self._part(field, piece, verdict, at + piece.at)
            record.depth -= 2
        self.entries = numbers
        return True

    def _part(self, field: Field, piece: Piece, verdict: str, at: int) -> None:
        part, value = piece.part, piece.value
        subject, stop = f"{field.subject}[*].{part.name}", at + piece.size
        own = field._replace(subject=subject, label=part.name, asked=subject if subject in field.linked else "")
        if own.asked:
            verdict = self._elsewhere(own.asked, value, verdict, at, stop)
        if self.record.house is not None and self._breaks_house_rules(self.record.house, own, value, at, stop):
            verdict = WRONG
        told = part.shown(value) if isinstance(value, int) else value
        self.record.leaf(part.name, told, subject, verdict, octets_source(at, piece.size))

    def component(self, layout: ComponentLayout, at: int, end: int, last: bool) -> None:
        """All fields of a component, which ends at ``end``."""
        shifted = layout.length is not None and end - at - HEADER_LENGTH != layout.length
        before, first = len(self.record.findings), len(self.record.entries)
        stop = self.judge(layout.fields, layout.behind, at, end, last, shifted)
        if stop < end:
            subject = layout.fields[-1].subject
            if shifted and len(self.record.findings) > before:
                self.record.leaf(_SHIFTED, self.octets[stop:end], subject, WRONG, octets_source(stop, end - stop))
            else:
                self.trailing(subject, stop, end, f"behind the last field of {layout.name}")

        if self.record.tree:
            self.record.entries[first:] = with_meanings(self.record.entries[first:], self._alerts)

    def trailing(self, subject: str, at: int, end: int, where: str) -> None:
        """Octets that no row lays out."""
        self.record.leaf("octets that no row has", self.octets[at:end], subject, WRONG, octets_source(at, end - at))
        number = f"{end - at} octets" if end - at > 1 else "one octet"
        self._report(
            Problem(WRONG_OCTETS, f"{number} {where} that no row has", self._catalogue.about(subject, "octets")),
            subject,
            "octets",
            at,
            end,
        )

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def _special(self, field: Field, value: Read, verdict: str, at: int, stop: int, end: int, last: bool) -> str:
        """The verdict on a field that says something of others, or that has no fixed size."""
        number = value if isinstance(value, int) else 0
        if field.role == CONTROL and verdict is FITS and bool(number & LAST) != last:
            claim = (
                "says that it is the last one, and others follow"
                if number & LAST
                else "does not say that it is the last"
            )
            self._report(
                Problem(WRONG_COMPONENT, f"the control 0x{number:02X} of a component {claim}", field.statements),
                field.subject,
                "value",
                at,
                stop,
                meaning=f"0x{number:02X}",
            )
            return WRONG
        if field.role == LENGTH and verdict is FITS and value != end - stop:
            self._length(field, f"the stated length is {number}, and {end - stop} octets follow", at, stop)
            return WRONG
        if field.role == CIPHERED_LENGTH:
            if value == end - stop:
                return FITS
            self._length(field, f"the ciphered information has {end - stop} octets, and {number} are stated", at, stop)
            return WRONG
        if field.role == ALERT:
            return self._alert(field, number, at, stop)
        if field.kind > TEXT and stop - at < field.size:
            self._missing(field, at, stop, field.size, leaf=False)
            return WRONG
        if field.sizes is not None and stop - at not in field.sizes:
            sizes = sorted(field.sizes)
            wanted = str(sizes[0]) if len(sizes) == 1 else f"{', '.join(map(str, sizes[:-1]))} or {sizes[-1]}"
            message = f"the encrypted fields take {stop - at} octets; {wanted} were expected"
            self._report(Problem(WRONG_OCTETS, message, field.statements), field.subject, "octets", at, stop)
            return WRONG
        if field.kind in (STRING, TEXT) and field.size and stop - at != field.size and verdict is not WRONG:
            message = f"{field.label} takes {stop - at} octets with that of its length; {field.size} were expected"
            statements = self._catalogue.about(field.subject, "octets")
            self._report(Problem(WRONG_OCTETS, message, statements), field.subject, "octets", at, stop)
            return WRONG
        return verdict

    def _elsewhere(self, subject: str, value: Read, verdict: str, at: int, stop: int) -> str:
        """The verdict after the other specifications were asked about a value."""
        for problem in self._ask(subject, value):
            self._report(problem, subject, "value", at, stop, meaning=str(value))
            if problem.level != "note":
                verdict = WRONG
        return verdict

    def _breaks_house_rules(self, house: HouseValues, field: Field, value: Read, at: int, stop: int) -> bool:
        """Tell what house rules say of a value; whether it is wrong by them."""
        written, source = self.octets[at:stop].hex(" ").upper(), octets_source(at, stop - at)
        subjects = (field.subject, field.asked) if field.asked else (field.subject,)
        problems = house.at_row(subjects, value, written, source, self.entries)
        for problem in problems:
            self._report(problem, field.subject, "value", at, stop, meaning=str(value))
        return any(problem.level != "note" for problem in problems)

    def _alert(self, field: Field, code: int, at: int, stop: int) -> str:
        if self._alerts.first(f"0x{code:04X}", "name") is not None:
            return FITS
        message = f"the alert code 0x{code:04X} is not in the list of alert codes"
        self._report(Problem(ALERT_CODE, message), field.subject, "value", at, stop, meaning=f"0x{code:04X}")
        return OPEN

    def _length(self, field: Field, message: str, at: int, stop: int) -> None:
        self._report(Problem(WRONG_LENGTH, message, field.statements), field.subject, "octets", at, stop)

    def _missing(self, field: Field, at: int, end: int, size: int, leaf: bool = True) -> None:
        if leaf:
            self.record.leaf(field.label, self.octets[at:end], field.subject, WRONG, octets_source(at, end - at))
        least = " at least" if field.kind > TEXT else ""
        message = f"{field.label} takes {size} octet{'s'[: size != 1]}{least}, and {end - at} are left in its component"
        statements = self._catalogue.about(field.subject, "octets", "type")
        self._report(Problem(WRONG_OCTETS, message, statements), field.subject, "octets", at, end)

    def _wrong(self, field: Field, value: Read, at: int, stop: int) -> None:
        rule = _RULES.get(field.role) or (WRONG_CONSTANT if field.fixed else NOT_PERMITTED)
        found = shown_as(field, value)
        message = f"{field.label} is {found}; {expected(field, self._catalogue)} was expected"
        problem = Problem(rule, message, field.statements, witness=found, suggestion=suggestion(field))
        self._report(problem, field.subject, "value", at, stop, meaning=found)

    def _report(self, problem: Problem, subject: str, attribute: str, at: int, end: int, meaning: str = "") -> None:
        self.record.problem(
            problem,
            subject=subject,
            attribute=attribute,
            written=self.octets[at:end].hex(" ").upper(),
            source=octets_source(at, end - at),
            meaning=meaning,
        )
