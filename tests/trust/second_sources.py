"""Whether a second place of the documents states the fact that an edit changes: looked up by text alone, in the sources
as they are. The answer names the place; empty where nobody else says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from documents import Sources

Texts = Mapping[str, str]
NUMBER = "mapping table row #"
NOTHING = ("", "-", "--")
DLMS_PATH = "attribute/method name"
PARAMETER = "attribute/value/parameter"


@dataclass(frozen=True)
class Asked:
    """A place of the workbook or of a list: its document, sheet and number, all texts of its row, the title under which
    the edit is made, and what it makes of the text."""

    document: str
    sheet: str
    number: int
    texts: Texts
    title: str
    new: str = ""

    @property
    def old(self) -> str:
        """The text as it was."""
        return str(self.texts.get(self.title, ""))


Finder = Callable[["SecondSources", Asked], str]


@dataclass(frozen=True)
class SecondSources:
    """Looks for second sources in the documents."""

    sources: Sources = field(repr=False)

    # --- the same fact in another row of a sheet ---------------------------------------------------------------------

    def same_row(self, asked: Asked) -> str:
        """Another row of the sheet for the same row of the mapping table, name and element, that says the same under
        the title. For the identity of an object also a row of another element of it in the same use case."""
        if asked.old in NOTHING or not asked.texts[NUMBER]:
            return ""
        key = self._key(asked.sheet, asked.texts)
        for number, texts in self._rows_by_key[asked.sheet].get(key, ()):
            if number != asked.number and texts[asked.title] == asked.old:
                return f"{asked.sheet} row {number}"
        return ""

    def sibling(self, asked: Asked) -> str:
        """The row of another element of the same object's attribute in the same use case, or the same row elsewhere."""
        head = asked.texts["name"].partition(":")[0]
        path = _structure(asked.texts)
        for number, texts in self._rows_of_use_case[asked.sheet].get(asked.texts["use case"], ()):
            same = texts["name"].partition(":")[0] == head and _structure(texts) == path
            if number != asked.number and same and path and texts[asked.title] == asked.old not in NOTHING:
                return f"{asked.sheet} row {number}"
        return self.same_row(asked)

    @staticmethod
    def _key(sheet: str, texts: Texts) -> tuple[str, ...]:
        element = texts.get(DLMS_PATH) or texts.get(PARAMETER) or ""
        return (
            texts[NUMBER],
            re.sub(r"\s+", "", texts["name"]),
            re.sub(r"\s+", "", element) if sheet == "DLMS" else "",
        )

    @cached_property
    def _rows_by_key(self) -> Mapping[str, Mapping[tuple[str, ...], list[tuple[int, Texts]]]]:
        found: dict[str, dict[tuple[str, ...], list[tuple[int, Texts]]]] = {"DLMS": {}, "ZCL": {}}
        for sheet, by_key in found.items():
            for number, texts in self.sources.rows(sheet):
                by_key.setdefault(self._key(sheet, texts), []).append((number, texts))
        return found

    @cached_property
    def _rows_of_use_case(self) -> Mapping[str, Mapping[str, list[tuple[int, Texts]]]]:
        found: dict[str, dict[str, list[tuple[int, Texts]]]] = {"DLMS": {}, "ZCL": {}, "GBZ": {}}
        for sheet, by_use_case in found.items():
            for number, texts in self.sources.rows(sheet):
                by_use_case.setdefault(texts["use case"], []).append((number, texts))
        return found

    # --- between the sheets ------------------------------------------------------------------------------------------

    @cached_property
    def _objects(self) -> Mapping[tuple[str, str], tuple[int, Texts]]:
        found: dict[tuple[str, str], tuple[int, Texts]] = {}
        for number, texts in self.sources.rows("Objects"):
            for use_case in texts["use cases"].split():
                found.setdefault((use_case, texts[NUMBER]), (number, texts))
        return found

    def object_row(self, asked: Asked) -> str:
        """The row of the Objects sheet for the same use case and row of the mapping table. That another use case has
        the row says nothing: 31 of the 155 things that several use cases carry have two numbers."""
        found = self._objects.get((asked.texts["use case"], asked.texts[NUMBER]))
        return f"Objects row {found[0]}" if found else ""

    def object_reference(self, asked: Asked) -> str:
        """An Objects row that has every clause of this row."""
        found = self._objects.get((asked.texts["use case"], asked.texts[NUMBER]))
        own = set(_clauses(asked.old))
        if found and own and own <= set(_clauses(found[1]["ref."])):
            return f"Objects row {found[0]}"
        return self.same_row(asked)

    def object_name(self, asked: Asked) -> str:
        """An Objects row whose item has the name of this row's, where that is what changes."""
        found = self._objects.get((asked.texts["use case"], asked.texts[NUMBER]))
        item = _item(asked.old)
        if found and item != _item(asked.new) and item == _item(found[1]["name"]):
            return f"Objects row {found[0]}"
        return ""

    def object_mark(self, asked: Asked) -> str:
        """An Objects row whose mark of being sensitive is that of this row's being encrypted."""
        found = self._objects.get((asked.texts["use case"], asked.texts[NUMBER]))
        return f"Objects row {found[0]}" if found and bool(found[1]["sensitive"]) == bool(asked.old) else ""

    def carrying_row(self, asked: Asked) -> str:
        """A DLMS or ZCL row that carries what a row of the Objects sheet describes."""
        return next((place for place, _ in self._carrying(asked)), "")

    def row_of_dropped(self, asked: Asked) -> str:
        """A DLMS or ZCL row of the use case that a row of the Objects sheet no longer lists."""
        dropped = set(asked.old.split()) - set(asked.new.split())
        return next((place for place, texts in self._carrying(asked) if texts["use case"] in dropped), "")

    def _carrying(self, asked: Asked) -> list[tuple[str, Texts]]:
        own = asked.texts["use cases"].split()
        return [
            (f"{sheet} row {number}", texts)
            for sheet in ("DLMS", "ZCL")
            for use_case in own
            for number, texts in self._rows_of_use_case[sheet].get(use_case, ())
            if texts[NUMBER] and texts[NUMBER] == asked.texts[NUMBER]
        ]

    def carrying_reference(self, asked: Asked) -> str:
        """A carrying row, one of whose clauses this row loses."""
        lost = set(_clauses(asked.old)) - set(_clauses(asked.new))
        return next((place for place, texts in self._carrying(asked) if lost & set(_clauses(texts["ref."]))), "")

    def carrying_name(self, asked: Asked) -> str:
        """A carrying row whose item has this row's name."""
        return next((p for p, texts in self._carrying(asked) if _item(texts["name"]) == _item(asked.old)), "")

    def carrying_mark(self, asked: Asked) -> str:
        """A carrying row that is encrypted as this row is sensitive."""
        return next((p for p, texts in self._carrying(asked) if bool(texts["encrypted"]) == bool(asked.old)), "")

    def carrying_type(self, asked: Asked) -> str:
        """A carrying DLMS row with a type of octets, where this row says which date or time they are."""
        lengths = {"DATE-TIME": "(12)", "DATE": "(5)", "TIME": "(4)"}
        wanted = lengths.get(asked.old.split()[0].upper()) if asked.old else None
        for place, texts in self._carrying(asked):
            if wanted and texts.get("DLMS COSEM data types", "").startswith(f"octet-string{wanted}"):
                return place
        return ""

    def listed_use_case(self, asked: Asked) -> str:
        """The row of the use case that a row says it belongs to."""
        number = self.use_cases.get(asked.texts["use case"], (0, {}))[0]
        return f"Use cases row {number}" if number else ""

    @cached_property
    def use_cases(self) -> Mapping[str, tuple[int, Texts]]:
        return {texts["use case"]: (number, texts) for number, texts in self.sources.rows("Use cases")}

    def rows_of_use_case(self, asked: Asked) -> str:
        """A row of another sheet that belongs to the use case. That the DCC lists it says nothing: its list has 30 that
        GBCS 4.0 has not."""
        for sheet in ("DLMS", "ZCL", "GBZ"):
            for number, _ in self._rows_of_use_case[sheet].get(asked.texts["use case"], ()):
                return f"{sheet} row {number}"
        return ""

    # --- parameters of gas and their layouts -------------------------------------------------------------------------

    def identifier_in_layout(self, asked: Asked) -> str:
        """A field of the byte layout of the same use case that has the identifier as its value; else another row."""
        match = re.search(r"0x[0-9A-Fa-f]+", asked.old)
        for number, texts in self._rows_of_use_case["GBZ"].get(asked.texts["use case"], ()):
            is_header = texts["element"].startswith(
                ("Command identifier", "Extended Header Cluster", "Attribute Ident")
            )
            if match and is_header and _same_number(texts["value"], match.group()):
                return f"GBZ row {number}"
        return self.same_row(asked)

    def identifier_in_parameters(self, asked: Asked) -> str:
        """A row of the parameters of the same use case that has the identifier; else another layout of the command."""
        for number, texts in self._rows_of_use_case["ZCL"].get(asked.texts["use case"], ()):
            cells = (texts["cluster: ID"], texts["command: ID"], texts["response: ID"], texts[PARAMETER])
            if any(_same_number(asked.old, one) for cell in cells for one in re.findall(r"0x[0-9A-Fa-f]+", cell)):
                return f"ZCL row {number}"
        return ""

    def field_of_layout(self, asked: Asked) -> str:
        """A field of the byte layout that has the name of the parameter, and its type; else another row."""
        name = plain(asked.texts[PARAMETER].partition("\n")[0])
        for number, texts in self._rows_of_use_case["GBZ"].get(asked.texts["use case"], ()):
            element = texts["element"]
            if name and plain(element.partition("(")[0]) == name and f"({asked.old})" in element:
                return f"GBZ row {number}"
        return self.same_row(asked)

    def value_of_layout(self, asked: Asked) -> str:
        """A field of the byte layout with the name of the parameter and a fixed value."""
        name = plain(asked.old.partition("\n")[0])
        for number, texts in self._rows_of_use_case["GBZ"].get(asked.texts["use case"], ()):
            if name and plain(texts["element"].partition("(")[0]) == name and texts["value"] not in ("*", "", "-"):
                return f"GBZ row {number}"
        return self.same_row(asked)

    def parameter_of_field(self, asked: Asked) -> str:
        """The parameter that has the name of a field of the layout and states its numbers: a bare name states none, and
        a range none in particular."""
        name, own = plain(re.sub(r"\(.*", "", asked.texts["element"])), set(_numbers(asked.old))
        for number, texts in self._rows_of_use_case["ZCL"].get(asked.texts["use case"], ()):
            called, _, stated = texts[PARAMETER].partition("\n")
            is_range = re.search(r"\s[-–]\s", stated) is not None
            says_so = (
                own
                and own <= set(_numbers(stated))
                and is_range == (re.search(r"\d\s?[-–]\s?\d", asked.old) is not None)
            )
            if name and plain(called) == name and says_so:
                return f"ZCL row {number}"
        return ""

    def length_of_component(self, asked: Asked) -> str:
        """The stated length of the component, or the octets below it; of a type its own number of octets."""
        return "the length of its component" if asked.texts.get("component") else ""

    def octets_of_type(self, asked: Asked) -> str:
        """The number of octets beside a type in the name of a field."""
        match = re.search(r"\((?:U?INT|ENUM|BITMAP)(\d+)\)", asked.texts["element"])
        is_known = match and asked.texts["octets"] == str(int(match[1]) // 8)
        return f"GBZ row {asked.number}, octets" if is_known else ""

    # --- lists of requests and use cases -----------------------------------------------------------------------------

    @cached_property
    def in_list(self) -> Mapping[str, tuple[int, Texts]]:
        rows = self.sources.lists["use case list"]
        return {row["Use Case Title"].split()[0]: (place, row) for place, row in reversed(list(enumerate(rows)))}

    @cached_property
    def _by_reference(self) -> Mapping[str, list[tuple[int, Texts]]]:
        found: dict[str, list[tuple[int, Texts]]] = {}
        for number, texts in self.sources.rows("Use cases"):
            for reference in re.findall(r"\d+(?:\.\d+)+", texts["Service Reference"]):
                found.setdefault(reference, []).append((number, texts))
        return found

    def requested(self, asked: Asked) -> str:
        """The row of the matrix for the service reference of a use case."""
        for place, row in enumerate(self.sources.lists["matrix"]):
            if row["Service Reference"] in re.findall(r"\d+(?:\.\d+)+", asked.texts["Service Reference"]):
                return f"matrix /{place}"
        return ""

    def future_dated(self, asked: Asked) -> str:
        """The row of the matrix that has the device keep the request for later, where the use case no longer can."""
        for place, row in enumerate(self.sources.lists["matrix"]):
            is_of_it = row["Service Reference"] in re.findall(r"\d+(?:\.\d+)+", asked.texts["Service Reference"])
            if is_of_it and asked.new == "No" and "Device" in str(row["Future Dated Response Pattern"]):
                return f"matrix /{place}"
        return ""

    def not_future_dated(self, asked: Asked) -> str:
        """A use case that is not capable of what the matrix now has the device do, where each variant has one."""
        if not self.each_carried_out(asked):
            return ""
        for number, texts in self._by_reference.get(str(asked.texts["Service Reference"]), ()):
            is_new = "Device" in asked.new and "Device" not in asked.old
            if is_new and texts["Capable of Future Dated Invocation"] == "No":
                return f"Use cases row {number}"
        return ""

    def accepted_from(self, asked: Asked) -> str:
        """A use case of the service reference, where none of its use cases takes a command of the party that the added
        role is, nor of any party by way of the broker."""
        role = asked.new.rpartition(", ")[2]
        party = {"IS": "Supplier", "ES": "Supplier", "GS": "Supplier", "ED": "Network Op", "GT": "Network Op"}.get(role)
        rows = self._by_reference.get(str(asked.texts["Service Reference"]), [])
        roles = " ".join(texts["remote party roles"] for _, texts in rows)
        refused = party and rows and party not in roles and "Broker" not in roles and "See" not in roles
        return self.each_carried_out(asked) if refused else ""

    def sent_by(self, asked: Asked) -> str:
        """The row of the matrix for a use case that no longer takes commands of a party to which its users belong."""
        lost = {one for one in asked.old.split("\n") if one not in asked.new.split("\n")}
        others = (
            texts["remote party roles"]
            for reference in re.findall(r"\d+(?:\.\d+)+", asked.texts["Service Reference"])
            for number, texts in self._by_reference[reference]
            if number != asked.number
        )
        if "Broker" in asked.new or any(one in roles for roles in others for one in (*lost, "Broker", "See")):
            return ""  # another use case of the request may be that of the party
        codes = {"Supplier": "ISGSES", "Network Operator": "EDGT"}
        wanted = "".join(codes.get(one, "") for one in lost)
        for place, row in enumerate(self.sources.lists["matrix"]):
            is_of_it = row["Service Reference"] in re.findall(r"\d+(?:\.\d+)+", asked.texts["Service Reference"])
            if is_of_it and any(role in wanted for role in row["Eligible User Roles"] or ()):
                return f"matrix /{place}"
        return ""

    def carried_out(self, asked: Asked) -> str:
        """A use case of the service reference of a row of the matrix."""
        found = self._by_reference.get(str(asked.texts["Service Reference"]))
        return f"Use cases row {found[0][0]}" if found else ""

    def each_carried_out(self, asked: Asked) -> str:
        """A use case of the service reference of a row of the matrix that has no more variants than use cases: else
        nobody says which of the variants the use cases are of, and another version may have one for this."""
        reference = str(asked.texts["Service Reference"])
        variants = sum(row["Service Reference"] == reference for row in self.sources.lists["matrix"])
        found = self._by_reference.get(reference, [])
        return f"Use cases row {found[0][0]}" if len(found) >= variants else ""

    def named_in_schema(self, asked: Asked) -> str:
        """A line of the DUIS schema that has the value."""
        for number, line in enumerate(self.sources.schemas["DUIS"], start=1):
            if f'<xs:enumeration value="{asked.old}"' in line:
                return f"DUIS line {number}"
        return ""

    def alert_in_schema(self, asked: Asked) -> str:
        """A line of a schema that names the alert code: as an element ``x8002``, or as a value."""
        wanted = (f'"{asked.texts["subject"]}"', f'"x{str(asked.texts["subject"])[2:]}"')
        for name, lines in self.sources.schemas.items():
            for number, line in enumerate(lines, start=1):
                if any(one in line for one in wanted):
                    return f"{name} line {number}"
        return ""

    def constant_of_item(self, asked: Asked) -> str:
        """A DLMS row with a constant for the item and element of a statement."""
        item, _, element = str(asked.texts["subject"]).partition(".")
        last = element.rpartition(".")[2]
        for number, texts in self.sources.rows("DLMS"):
            is_item = _item(texts["name"]) == _item(item) and texts[DLMS_PATH].endswith(last)
            if is_item and texts["constant value"] not in NOTHING:
                return f"DLMS row {number}"
        return ""

    def unfixed_elsewhere(self, asked: Asked) -> str:
        """The same row of the mapping table in another use case that leaves the value free as this one did."""
        key = self._key(asked.sheet, asked.texts)
        for number, texts in self._rows_by_key[asked.sheet].get(key, ()) if asked.texts[NUMBER] else ():
            if number != asked.number and texts[asked.title] == asked.old:
                return f"{asked.sheet} row {number}"
        return ""

    def own_type(self, asked: Asked) -> str:
        """The type beside the range, where it is a number of octets and the range's end is none of it any more."""
        ends = re.findall(r"0x[0-9A-Fa-f]+", asked.new)
        size = re.fullmatch(r"U?INT(\d+)", asked.texts["data type"])
        return f"ZCL row {asked.number}, data type" if size and ends and int(ends[-1], 16) >> int(size[1]) else ""

    def nowhere(self, asked: Asked) -> str:
        """Nothing: no second place is known."""
        return ""

    def itself(self, asked: Asked) -> str:
        """The row that is doubled: the first of the two."""
        return f"{asked.sheet or asked.document} row {asked.number}"


def listed_as(member: str) -> Finder:
    """The row of the DCC's list for the use case, where it says the same under a member."""

    def find(second: SecondSources, asked: Asked) -> str:
        place, row = second.in_list.get(asked.texts["use case"], (0, {}))
        said = str(row.get(member) or "")
        said = said.partition(" ")[2] if member == "Use Case Title" else said
        return f"use case list /{place}" if row and plain(said) == plain(asked.old) else ""

    return find


def tabled_as(title: str) -> Finder:
    """The row of the use case tables for a row of the DCC's list, where it says the same under a title."""

    def find(second: SecondSources, asked: Asked) -> str:
        words = str(asked.texts["Use Case Title"]).split()
        number, texts = second.use_cases.get(words[0], (0, {}))
        said = asked.old.partition(" ")[2] if title == "title" else asked.old
        return f"Use cases row {number}" if number and plain(texts[title]) == plain(said) else ""

    return find


def _structure(texts: Texts) -> str:
    """The structure of which a row gives an element; empty for an attribute that has none."""
    path = texts.get(DLMS_PATH, "").rpartition(".")[0]
    return path if ":" in path else ""


def _clauses(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)+", text)


def _numbers(text: str) -> list[int]:
    return [
        int(one, 0) if one[1:2] in "xXbB" and len(one) > 1 else int(one)
        for one in re.findall(r"0[xX][0-9A-Fa-f]+|0b[01]+|\d+", text)
    ]


def _item(name: str) -> str:
    return re.sub(r"[\s-]+", "", name.partition(":")[0]).casefold()


def plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "", str(text)).casefold()


def _same_number(left: str, right: str) -> bool:
    try:
        return int(left, 16) == int(right, 16)
    except ValueError:
        return False
