"""The text of paragraphs and cells of Word in both views, against what stands in them by construction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gbcscheck.extract.word.names import STRICT, TRANSITIONAL
from gbcscheck.extract.word.styles import read_styles
from gbcscheck.extract.word.text import WordText, read_cell, read_paragraph
from gbcscheck.extract.word.views import View, paragraphs

NAMES = (
    f'xmlns:w="{TRANSITIONAL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
BY = 'w:id="1" w:author="A. Nonymous" w:date="2020-01-01T00:00:00Z"'


def element(xml: str, namespace: str = TRANSITIONAL) -> etree._Element:
    """An element of WordprocessingML."""
    name = xml.split(">")[0].split()[0].strip("<>/")
    return etree.fromstring(xml.replace(f"<{name}", f"<{name} {NAMES}", 1).replace(TRANSITIONAL, namespace))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(inner: str) -> str:
    return f"<w:ins {BY}>{inner}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del {BY}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def of(inner: str, view: View = "final", styles: str = "") -> WordText:
    read = read_styles(element(f"<w:styles>{styles}</w:styles>"))
    return read_paragraph(element(f"<w:p>{inner}</w:p>"), view, read)


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# --- views -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("namespace", [TRANSITIONAL, STRICT])
def test_a_changed_value_is_the_old_one_or_the_new_one_and_never_both(namespace: str) -> None:
    paragraph = element(f"<w:p>{deleted('600')}{inserted(run('1800'))}</w:p>", namespace)
    assert read_paragraph(paragraph, "original").text == "600"
    assert read_paragraph(paragraph, "final").text == "1800"


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["kept", "ins", "del", "moveFrom", "moveTo", "both"]), st.text("0123456789 sV.-", max_size=4)
    ),
    max_size=12,
)


@given(PIECES)
def test_any_sequence_of_changes_gives_both_views(pieces: list[tuple[str, str]]) -> None:
    xml = "".join(
        {
            "kept": run(text),
            "ins": inserted(run(text)),
            "del": deleted(text),
            "moveFrom": f"<w:moveFrom {BY}>{run(text)}</w:moveFrom>",
            "moveTo": f"<w:moveTo {BY}>{run(text)}</w:moveTo>",
            "both": inserted(deleted(text)),
        }[kind]
        for kind, text in pieces
    )
    original = "".join(text for kind, text in pieces if kind in ("kept", "del", "moveFrom"))
    final = "".join(text for kind, text in pieces if kind in ("kept", "ins", "moveTo"))
    assert of(xml, "original").text == original.strip()
    assert of(xml, "final").text == final.strip()


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"
    cell = element(f"<w:tc><w:p>{mark}{run('18')}</w:p><w:p>{run('00')}</w:p><w:p>{run('s')}</w:p></w:tc>")
    assert read_cell(cell, "final").text == "1800\ns"
    assert read_cell(cell, "original").text == "18\n00\ns"


def test_an_inserted_paragraph_mark_was_not_there_before() -> None:
    mark = f"<w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>"
    cell = element(f"<w:tc><w:p>{mark}{run('18')}</w:p><w:p>{run('00')}</w:p></w:tc>")
    assert read_cell(cell, "final").text == "18\n00"
    assert read_cell(cell, "original").text == "1800"
    assert [len(group) for group in paragraphs(cell, "original")] == [2]


def test_a_strike_that_a_change_brings_or_takes_away() -> None:
    brings = f"<w:strike/><w:rPrChange {BY}><w:rPr/></w:rPrChange>"
    takes = f"<w:rPrChange {BY}><w:rPr><w:strike/></w:rPr></w:rPrChange>"
    assert (of(run("600", brings), "original").text, of(run("600", brings), "final").text) == ("600", "")
    assert (of(run("600", takes), "original").text, of(run("600", takes), "final").text) == ("", "600")
    assert of(run("600", brings)).struck == "600"


# --- fields, controls, alternatives ----------------------------------------------------------------------------------


def test_fields_count_by_their_result() -> None:
    assert of(run("Table ") + f'<w:fldSimple w:instr="SEQ Table">{run("28d")}</w:fldSimple>').text == "Table 28d"
    assert of(run("Table ") + field("REF _Ref1", run("28d"))).text == "Table 28d"
    nested = field(f"IF {field('REF a', run('seen nowhere'))} = 1", run("6") + field("REF b", run("0")) + run("0"))
    assert of(nested).text == "600"


def test_a_field_without_a_result_is_told() -> None:
    xml = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SYMBOL 179 \\f Symbol</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert of(xml + run("5")).problems == ("a field without a result, SYMBOL",)
    assert of(xml.replace("SYMBOL", "XE")).problems == ()


@pytest.mark.parametrize(
    "around",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:smartTag w:element="x">{}</w:smartTag>',
        '<w:customXml w:element="x">{}</w:customXml>',
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        "<mc:AlternateContent><mc:Choice Requires='w14'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>"
        "</mc:AlternateContent>",
    ],
)
def test_what_stands_around_a_run_hides_nothing_and_doubles_nothing(around: str) -> None:
    assert of(run("6") + around.replace("{}", run("00")) + run(" s")).text == "600 s"


def test_a_control_that_asks_for_an_entry_is_no_value() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    found = of(control.format(run("Click here")))
    assert (found.text, found.problems) == ("", ("a content control in which nothing was entered",))


EMPTY_FRACTION = field("EQ \\f(1,2)", "")
"""Word draws a fraction from the instruction; the result of the field is empty."""


# --- characters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 5"), "≥ 5"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        (run("\uf0a3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run(" 5"), "≤ 5"),
        (run("600 + 5", '<w:rFonts w:ascii="Symbol"/>'), "600 + 5"),
        (run("1") + "<w:r><w:noBreakHyphen/></w:r>" + run("12"), "1-12"),
        (run("1\u201112"), "1-12"),
        (run("Thres") + "<w:r><w:softHyphen/></w:r>" + run("hold\u00ad"), "Threshold"),
        (run("a") + "<w:r><w:br/></w:r>" + run("b"), "a\nb"),
        (run("10") + run("3", '<w:vertAlign w:val="superscript"/>'), "10³"),
        (run("600") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "600"),
        (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "CO₂"),
        (run("10") + run("3", '<w:position w:val="8"/><w:sz w:val="19"/>'), "10³"),  # <sup>, saved by LibreOffice
        (run("207") + run("a)", '<w:position w:val="8"/>'), "207"),
        (run("CO") + run("2", '<w:position w:val="-6"/>'), "CO₂"),
        (run("207", '<w:position w:val="0"/>'), "207"),
        (run("207") + field("REF empty", ""), "207"),
        (f'<w:bdo w:val="ltr">{run("207")}</w:bdo>', "207"),
    ],
)
def test_characters(xml: str, text: str) -> None:
    found = of(xml)
    assert (found.text, found.problems) == (text, ())


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>', "a symbol that is not known, F061 of Webdings"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r>', "a symbol that is not known, F021 of Wingdings"),
        ('<w:r><w:sym w:font="Symbol" w:char="zz"/></w:r>', "a symbol that is not known, zz of Symbol"),
        (run("\uf0b3", '<w:rFonts w:ascii="Arial"/>'), "a character of its own font, U+F0B3 in Arial"),
        (run("m", '<w:rFonts w:ascii="Symbol"/>'), '"m" in the font Symbol, which has another character there'),
        ("<m:oMath><m:r><m:t>600</m:t></m:r></m:oMath>", "an equation"),
        ("<w:r><w:drawing/></w:r>", "a picture or a drawing"),
        ("<w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>", "a text box"),
        ("<w:r><w:object/></w:r>", "an embedded object"),
        (run("9", "<w:vanish/>"), "text that is hidden"),
        (f'<w:bdo w:val="rtl">{run("702")}</w:bdo>', "text that is shown from right to left"),
        (EMPTY_FRACTION, "a field without a result, EQ"),
        ('<w:fldSimple w:instr="EQ \\f(1,2)"/>', "a field without a result, EQ"),
    ],
)
def test_what_cannot_be_read_is_told(xml: str, problem: str) -> None:
    assert of(run("5") + xml).problems == (problem,)


def test_a_table_in_a_cell_is_told_and_not_mixed() -> None:
    cell = element(
        f"<w:tc><w:p>{run('5')}</w:p><w:tbl><w:tr><w:tc><w:p>{run('6')}</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc>"
    )
    assert read_cell(cell) == WordText("5", "", ("a table in the cell, read as a table of its own",))


# --- styles ----------------------------------------------------------------------------------------------------------


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="character" w:styleId="Cut"><w:name w:val="Cut"/><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Up"><w:name w:val="Up"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph", "properties", "text"),
    [
        ("Gone", "", ""),
        ("Sub", "", ""),
        ("Gone", '<w:strike w:val="0"/>', "6"),
        ("", '<w:rStyle w:val="Cut"/>', ""),
        ("Gone", '<w:rStyle w:val="Cut"/>', "6"),  # a toggle: 17.7.3
        ("", '<w:rStyle w:val="Up"/>', "⁶"),
        ("None", '<w:rStyle w:val="None"/>', "6"),
    ],
)
def test_strikes_and_raised_text_of_styles(paragraph: str, properties: str, text: str) -> None:
    of_paragraph = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
    assert of(of_paragraph + run("6", properties), styles=STYLES).text == text


def test_styles_that_are_based_on_each_other_end() -> None:
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    assert of('<w:pPr><w:pStyle w:val="A"/></w:pPr>' + run("6"), styles=circle).text == "6"
