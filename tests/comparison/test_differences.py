"""Changes between two parts, each kind with its verdict."""

from __future__ import annotations

import pytest
from compare_parts import REQUEST, RESPONSE, change, changes, changes_between, of, part, says, side

from gbcscheck.comparison.differences import may_be_missing
from gbcscheck.facts.directions import Directions
from gbcscheck.facts.extract_file import Extract


@pytest.mark.parametrize(
    ("attribute", "old", "new", "expected", "hurt", "witness"),
    [
        ("permitted", "0..10", "0..9", "narrowed", "User systems", "10"),
        ("permitted", "0..9", "0..10", "widened", "DCC", "10"),
        ("permitted", "0..10", "1..11", "moved", "User systems, DCC", "0"),
        ("permitted", "0..10", "text", "retyped", "User systems, DCC", "0"),
        ("permitted", "0..10 s", "0..10 min", "unit", "User systems, DCC", "1 s"),
        ("default", "1", "2", "default", "User systems, DCC", "1"),
        ("occurs", "1", "0 | 1", "presence", "DCC", "0"),
        ("occurs", "0 | 1", "1", "presence", "User systems", "0"),
        ("occurs", "1..3", "1..5", "widened", "DCC", "4"),
    ],
)
def test_what_is_sent(attribute: str, old: str, new: str, expected: str, hurt: str, witness: str) -> None:
    found = change(of(attribute, old), of(attribute, new))
    assert (found.change, found.verdict, ", ".join(found.parties)) == (expected, "breaking", hurt)
    assert (found.subject, found.attribute, found.witness) == (REQUEST, attribute, witness)
    assert found.old is not None
    assert found.new is not None
    assert (found.old.domain, found.new.domain) == (old, new)


def test_what_is_read_back_hurts_the_others() -> None:
    old, new = (of("permitted", domain, subject=RESPONSE) for domain in ("0..10", "0..9"))
    assert change(old, new).parties == ("DCC",)
    assert change(new, old).parties == ("User systems",)


def test_where_the_direction_is_not_known_nothing_is_guessed() -> None:
    old, new = (part(says("/Order", "permitted", domain), spec="HOUSE") for domain in ("0..10", "0..9"))
    found = change(old, new)
    assert (found.change, found.verdict, found.parties) == ("narrowed", "unknown", ())
    assert "not known here" in found.reason


@pytest.mark.parametrize(
    ("old", "new"),
    [("0xFE", "0b11111110"), ("0..2", "0 | 1 | 2"), ("0xFE", "0b1111111")],
)
def test_another_notation_is_no_change(old: str, new: str) -> None:
    assert changes(of("permitted", old), of("permitted", new)) == ()


def test_path_version_clause_and_order_are_no_change() -> None:
    one = part(says(REQUEST, "permitted", "0..9", clause="a", source="line 1"), says("/Request", "occurs", "1"))
    other = part(
        says("/Request", "occurs", "1"),
        says(REQUEST, "permitted", "0..9", clause="b", source="line 9"),
        version="2.0",
        path="elsewhere.json",
    )
    assert changes(one, other) == ()


def test_several_statements_of_one_attribute_are_a_set() -> None:
    def roles(*domains: str) -> Extract:
        return part(*(says("6.1", "roles", domain) for domain in domains), name="service requests")

    assert changes(roles('"A"', '"B"'), roles('"B"', '"A"')) == ()
    assert changes(roles('"A"', '"B"'), roles('"A" | "B"')) == ()
    found = change(roles('"A"', '"B"'), roles('"A"', '"C"'))
    assert (found.change, found.witness) == ("moved", '"B"')


# --- subjects --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("domain", "expected"), [("0..11", [("widened", ("User systems",), "10")]), ("0..8", [])])
def test_one_of_two_files_for_a_part_that_says_something_else(domain: str, expected: list[object]) -> None:
    """Both files speak of what was permitted before; the one that changed is shown, and its conflict is N103's."""
    old, new = of("permitted", "0..9", RESPONSE), of("permitted", domain, RESPONSE)
    found = changes_between(side(old, old), side(old, new), Directions.shipped())
    assert [(one.change, one.parties, one.witness) for one in found] == expected
    assert all(one.new is not None and one.new.domain == domain for one in found)


def test_a_version_that_is_not_stated_is_not_told_as_one() -> None:
    (found,) = changes(part(says("0x8002", "name", value="A"), version="unstated", name="alert codes"), None)
    assert "The whole of DUIS alert codes is gone." in found.reason


def element(path: str, occurs: str, *below: str) -> list[object]:
    rows = [says(path, "type", value="anonymous"), says(path, "occurs", occurs)]
    for name in below:
        rows += [says(f"{path}/{name}", "permitted", "0..9"), says(f"{path}/{name}", "occurs", "1")]
    return list(rows)


@pytest.mark.parametrize(
    ("occurs", "added", "removed"),
    [("1", "User systems, DCC", "User systems, DCC"), ("0 | 1", "DCC", "User systems"), ("0..", "DCC", "User systems")],
)
def test_an_element_with_all_that_is_below_it_is_one_change(occurs: str, added: str, removed: str) -> None:
    without = part(says("/Request", "occurs", "1"))
    holding = part(says("/Request", "occurs", "1"), *element("/Request/Set", occurs, "A", "B", "C"))  # type: ignore[arg-type]
    come, gone = change(without, holding), change(holding, without)
    assert (come.change, come.subject, come.attribute) == ("added", "/Request/Set", "subject")
    assert come.below == ("/Request/Set/A", "/Request/Set/B", "/Request/Set/C")
    assert (come.old, gone.new) == (None, None)
    assert (", ".join(come.parties), ", ".join(gone.parties)) == (added, removed)
    assert gone.change == "removed"
    assert gone.below == come.below


def test_another_alternative_of_a_choice_is_one_change() -> None:
    def choice(*names: str) -> Extract:
        rows = [says("/Request", "occurs", "1")]
        for name in names:
            rows += [
                says(f"/Request/{name}", "occurs", "0 | 1"),
                says(f"/Request/{name}", "choice", value=" | ".join(names)),
            ]
        return part(*rows)

    found = change(choice("A", "B"), choice("A", "B", "C"))
    assert (found.change, found.subject, found.parties) == ("added", "/Request/C", ("DCC",))


def test_alternatives_that_are_only_counted_are_one_change_too() -> None:
    def counted(number: int, *names: str) -> Extract:
        rows = [says("/Request", "occurs", "1")]
        for name in names:
            rows += [
                says(f"/Request/{name}", "occurs", "0 | 1"),
                says(f"/Request/{name}", "choice", value=f"one of {number} alternatives"),
            ]
        return part(*rows)

    assert [one.subject for one in changes(counted(62, "A"), counted(63, "A", "B"))] == ["/Request/B"]
    odd = changes(counted(62, "A"), counted(64, "A", "B"))
    assert [(one.subject, one.verdict) for one in odd] == [("/Request/B", "breaking"), ("/Request/A", "unknown")]


def test_an_element_that_becomes_an_alternative() -> None:
    plain = part(says("/Request", "occurs", "1"), says("/Request/A", "occurs", "0 | 1"))
    chosen = part(
        says("/Request", "occurs", "1"),
        says("/Request/A", "occurs", "0 | 1"),
        says("/Request/A", "choice", value="A | B"),
    )
    assert (change(plain, chosen).change, change(plain, chosen).parties) == ("presence", ("User systems",))
    assert change(chosen, plain).parties == ("DCC",)


def test_a_new_part_hurts_nobody_and_a_part_that_is_gone_everybody_who_was_told_by_it() -> None:
    whole = part(says("/Request", "occurs", "1"), says(REQUEST, "permitted", "0..9"))
    come, gone = change(None, whole), change(whole, None)
    assert (come.change, come.verdict, come.below) == ("added", "compatible", (REQUEST,))
    assert (gone.change, gone.verdict, gone.parties) == ("removed", "breaking", ("DCC", "User systems"))
    assert gone.reason.startswith("The whole of DUIS 1.0 schema is gone.")


def test_an_element_that_was_put_elsewhere_says_where() -> None:
    old = part(says("/Request", "occurs", "1"), says("/Request/Size", "permitted", "0..9"))
    new = part(
        says("/Request", "occurs", "1"),
        says("/Request/Box", "occurs", "1"),
        says("/Request/Box/Size", "permitted", "0..9"),
    )
    removed = next(one for one in changes(old, new) if one.change == "removed")
    assert "One of the same name is new: /Request/Box/Size." in removed.reason


def test_what_may_be_missing() -> None:
    by_subject = {
        "/A/B": side(part(says("/A/B", "occurs", "0..2"))).statements,
        "U/X": side(part(says("U/X", "presence", value="optional"))).statements,
        "U/Y": side(part(says("U/Y", "type", "0..1"))).statements,
        "U": side(part(says("U", "title", value="a"))).statements,
    }
    assert [may_be_missing(subject, by_subject) for subject in by_subject] == [True, True, False, True]


# --- attributes ------------------------------------------------------------------------------------------------------


def rows(*statements: object, version: str = "1.0") -> Extract:
    fixed = [says("U1", "direction", value="Update"), says("U1/X.value", "category", value="Configuration data")]
    return part(*fixed, *statements, spec="GBCS", name="use cases", version=version)  # type: ignore[arg-type]


def test_a_constraint_that_is_gone_leaves_the_data_type() -> None:
    typed = says("U1/X.value", "type", "0..255")
    fixed = rows(typed, says("U1/X.value", "constant", "5"))
    free = rows(typed)
    gone, come = change(fixed, free), change(free, fixed)
    assert (gone.change, gone.attribute, gone.parties, gone.witness) == ("removed", "constant", ("manufacturers",), "4")
    assert (come.change, come.parties) == ("added", ("DCC",))


def test_a_constraint_that_goes_with_its_type_is_told_with_it() -> None:
    fixed = rows(says("U1/X.value", "type", "-128..127"), says("U1/X.value", "constant", "0"))
    found = change(fixed, rows(says("U1/X.value", "type", "null")))
    assert (found.change, found.attribute) == ("retyped", "type")
    assert "With it, what is stated as constant has been removed: 0." in found.reason


def test_a_constraint_that_restricts_nothing_is_compatible() -> None:
    typed = says("U1/X.value", "type", "0..255")
    found = change(rows(typed), rows(typed, says("U1/X.value", "permitted", "0..255")))
    assert (found.change, found.verdict) == ("added", "compatible")


def test_words_are_neutral_and_what_messages_carry_is_not() -> None:
    titles = (rows(says("U1", "title", value=title)) for title in ("Set X", "Set the X"))
    assert change(*titles).verdict == "neutral"
    codes = [rows(says("U1", "message-code", value=code)) for code in ("0x0001", "0x0002")]
    assert change(*codes).parties == ("DCC", "manufacturers")
    blanks = (rows(says("U1", "title", value=title)) for title in ("Set X", "Set\n X"))
    assert changes(*blanks) == ()


def test_what_may_be_done_loses_and_gains() -> None:
    def dated(value: str) -> Extract:
        return rows(says("U1", "future-dated", value=value))

    assert change(dated("Yes"), dated("No")).parties == ("DCC",)
    assert change(dated("No"), dated("Yes")).parties == ("manufacturers",)
    assert changes(dated("No"), dated("N/A")) == ()


def test_presence_in_words() -> None:
    typed = says("U1/X.value", "type", "0..255")

    def presence(value: str) -> Extract:
        return rows(typed, says("U1/X.value", "presence", value=value))

    assert change(rows(typed), presence("optional")).parties == ("manufacturers",)
    assert change(presence("optional"), rows(typed)).parties == ("DCC",)
    assert change(presence("optional"), presence("twin element")).verdict == "unknown"


def test_a_cell_that_could_not_be_read_is_unknown() -> None:
    found = change(
        rows(says("U1/X.value", "permitted", text="up to a few")), rows(says("U1/X.value", "permitted", text="a lot"))
    )
    assert found.verdict == "unknown"


def test_a_unit_that_was_not_stated_may_have_been_meant() -> None:
    found = change(of("permitted", "0..10"), of("permitted", "0..10 V"))
    assert (found.change, found.verdict) == ("unit", "unknown")


def test_the_name_of_a_type_is_neutral() -> None:
    found = change(of("type", value="sr:A"), of("type", value="sr:B"))
    assert (found.verdict, found.attribute) == ("neutral", "type")


def test_an_attribute_of_which_nobody_knows_what_follows() -> None:
    found = change(of("mood", value="fair"), of("mood", value="foul"))
    assert (found.change, found.verdict) == ("moved", "unknown")


# --- several versions, several spellings -----------------------------------------------------------------------------


def test_blanks_and_case_make_no_other_data_item() -> None:
    old = part(says("Maximum Demand Period.value", "default", "1"), spec="GBCS", name="Table 28d")
    new = part(says("MaximumDemandPeriod.value", "default", "0x01"), spec="GBCS", name="table 28d")
    assert changes(old, new) == ()


def test_a_worse_verdict_comes_first() -> None:
    old = rows(says("U1", "title", value="a"), says("U1", "message-code", value="1"))
    new = rows(says("U1", "title", value="b"), says("U1", "message-code", value="2"))
    assert [one.verdict for one in changes(old, new)] == ["breaking", "neutral"]
