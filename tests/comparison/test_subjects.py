"""Names that change, and changes of one cause told once."""

from __future__ import annotations

from compare_parts import change, changes, part, says

from gbcscheck.comparison.subjects import parents
from gbcscheck.facts.extract_file import Extract, ExtractRow


def request(*rows: ExtractRow) -> Extract:
    return part(says("/Request", "occurs", "1"), *rows)


def box(name: str, domain: str = "0..9") -> list[ExtractRow]:
    return [
        says(f"/Request/{name}", "occurs", "1"),
        says(f"/Request/{name}/Size", "permitted", domain),
        says(f"/Request/{name}/Size", "occurs", "1"),
    ]


def test_the_same_place_and_constraint_under_another_name() -> None:
    found = change(request(*box("Old")), request(*box("New")))
    assert (found.change, found.subject, found.witness, found.attribute) == (
        "renamed",
        "/Request/Old",
        "/Request/New",
        "name",
    )
    assert (found.verdict, found.parties, found.below) == ("breaking", ("User systems", "DCC"), ("/Request/Old/Size",))


def test_another_constraint_is_another_element() -> None:
    found = changes(request(*box("Old")), request(*box("New", "0..8")))
    assert [one.change for one in found] == ["removed", "added"]


def test_several_alike_are_no_renaming_unless_their_places_tell_them_apart() -> None:
    unchanged = [says("/Request/Kept", "occurs", "1")]
    apart = changes(request(*box("A"), *unchanged, *box("B")), request(*box("C"), *unchanged, *box("D")))
    assert [(one.change, one.subject, one.witness) for one in apart] == [
        ("renamed", "/Request/A", "/Request/C"),
        ("renamed", "/Request/B", "/Request/D"),
    ]
    many = changes(request(*box("A"), *box("B")), request(*unchanged, *box("C")))
    assert sorted(one.change for one in many) == ["added", "added", "removed", "removed"]


def rows(*items: tuple[str, str, str]) -> Extract:
    statements = [says("U1", "direction", value="Update")]
    for name, domain, instance in items:
        statements += [
            says(f"U1/{name}", "type", domain),
            says(f"U1/{name}", "object", value=instance),
            says(f"U1/{name}", "member", value="attribute 2"),
            says(f"U1/{name}", "name", value=name),
        ]
    return part(*statements, spec="GBCS", name="use cases")


def test_a_name_that_no_message_carries_is_neutral() -> None:
    found = change(rows(("Switch.value", "0..9", "0-0:1")), rows(("Controller.value", "0..9", "0-0:1")))
    assert (found.change, found.verdict, found.witness) == ("renamed", "neutral", "U1/Controller.value")


def test_a_row_of_the_same_object_is_the_same_whatever_else_has_changed() -> None:
    found = changes(rows(("Switch.value", "0..9", "0-0:1")), rows(("Controller.value", "0..8", "0-0:1")))
    assert [(one.change, one.subject) for one in found] == [
        ("narrowed", "U1/Controller.value"),
        ("renamed", "U1/Switch.value"),
    ]
    other = changes(rows(("Switch.value", "0..9", "0-0:1")), rows(("Controller.value", "0..8", "0-0:2")))
    assert [one.change for one in other] == ["removed", "added"]


def test_one_new_name_of_many_rows_is_one_change() -> None:
    old = rows(*((f"Switch[{n}].value", "0..9", f"0-0:{n}") for n in (1, 2, 3)))
    new = rows(*((f"Controller[{n}].value", "0..9", f"0-0:{n}") for n in (1, 2, 3)))
    found = change(old, new)
    assert (found.change, found.subject, found.below) == (
        "renamed",
        "U1/Switch[1].value",
        ("U1/Switch[2].value", "U1/Switch[3].value"),
    )


def test_a_shared_type_is_one_change_with_the_paths_below() -> None:
    def typed(domain: str, *lines: str) -> Extract:
        return request(
            *(
                says(f"/Request/{name}/Code", "permitted", domain, source=line)
                for name, line in zip("ABC", lines, strict=True)
            )
        )

    found = change(typed('"X" | "Y"', *["line 7"] * 3), typed('"X"', *["line 8"] * 3))
    assert (found.subject, found.below) == ("/Request/A/Code", ("/Request/B/Code", "/Request/C/Code"))
    apart = changes(typed('"X" | "Y"', "line 1", "line 2", "line 3"), typed('"X"', "line 1", "line 2", "line 3"))
    assert len(apart) == 3


def test_words_that_change_alike_are_one_change() -> None:
    old, new = (
        part(*(says(f"U{n}", "category", value=value) for n in range(3)), spec="GBCS", name="use cases")
        for value in ("Operational data", "Configuration data")
    )
    found = change(old, new)
    assert (found.verdict, found.below) == ("neutral", ("U1", "U2"))


def test_what_a_subject_lies_below() -> None:
    assert list(parents("/A/B/C")) == ["/A", "/A/B"]
    assert list(parents("U1/Item.entries[*].x")) == ["U1", "U1/Item", "U1/Item.entries", "U1/Item.entries[*]"]
    assert list(parents("6.18.1")) == []
