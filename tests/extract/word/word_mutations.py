"""Word documents with something wrong in them, by a seed: what a reader may be given by anybody.

``python tests/extract/word/word_mutations.py 100000`` tries so many, and prints what is neither read nor refused.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree
from word_documents import LAYOUTS, heading, package, paragraph, run

from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.listing import cell_changes, list_tables
from gbcscheck.extract.sources import read_source
from gbcscheck.extract.table_choice import ALL, VIEWS, TableChoice

ROWS = (
    ("Data item", "Default", "Unit"),
    ("RandomisedOffsetLimit", "600 s", ""),
    ("RMSVoltageSagThreshold", "≥ 207", "V"),
    ("UncontrolledFlowRate", "1-12", ""),
)
_NAMES = (
    *("ins", "del", "moveFrom", "moveTo", "sdt", "sdtContent", "tbl", "tr", "tc", "p", "r", "t", "delText", "sym"),
    *("fldChar", "fldSimple", "instrText", "trPr", "tcPr", "rPr", "pPr", "gridSpan", "gridBefore", "vMerge", "hMerge"),
    *("cellIns", "cellDel", "cellMerge", "rPrChange", "tcPrChange", "txbxContent", "drawing", "altChunk", "strike"),
)
_VALUES = ("0", "-1", "1", "99", "999999999999", "restart", "continue", "on", "F0B3", "", "x" * 50, "\u00bd", "Symbol")


def mutated(seed: int) -> bytes:
    """A document with one to six faults, in its XML or in the octets of the file."""
    chance = random.Random(seed)
    layout = chance.choice(sorted(LAYOUTS))
    parts = package(paragraph(run("GBCS 4.3")) + heading("1 Defaults") + LAYOUTS[layout](ROWS), header="GBCS")
    part = chance.choice(["word/document.xml"] * 8 + ["word/styles.xml", "word/header1.xml", "_rels/.rels"])
    if chance.random() < 0.8:
        root = etree.fromstring(parts[part])
        for _ in range(chance.randint(1, 6)):
            chance.choice(_FAULTS)(root, chance)
        parts[part] = etree.tostring(root)
    if chance.random() < 0.1:
        parts[part] = _octets(parts[part], chance)
    if chance.random() < 0.05:
        del parts[chance.choice(sorted(parts))]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return _octets(made.getvalue(), chance) if chance.random() < 0.05 else made.getvalue()


def _octets(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


def _some(root: etree._Element, chance: random.Random) -> etree._Element:
    return chance.choice(list(root.iter(etree.Element)))


def _removed(root: etree._Element, chance: random.Random) -> None:
    one = _some(root, chance)
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _doubled(root: etree._Element, chance: random.Random) -> None:
    one = _some(root, chance)
    if one.getparent() is not None:
        one.addnext(etree.fromstring(etree.tostring(one)))


def _moved(root: etree._Element, chance: random.Random) -> None:
    one, other = _some(root, chance), _some(root, chance)
    if one is not root and one not in other.iterancestors() and one is not other:
        other.append(one)


def _renamed(root: etree._Element, chance: random.Random) -> None:
    one = _some(root, chance)
    if one is not root:
        one.tag = f"{{{etree.QName(root).namespace}}}{chance.choice(_NAMES)}"


def _wrapped(root: etree._Element, chance: random.Random) -> None:
    one = _some(root, chance)
    parent = one.getparent()
    if parent is not None:
        around = etree.Element(f"{{{etree.QName(root).namespace}}}{chance.choice(_NAMES)}")
        parent.replace(one, around)
        around.append(one)


def _said(root: etree._Element, chance: random.Random) -> None:
    one = _some(root, chance)
    namespace = etree.QName(root).namespace
    name = chance.choice(["val", "font", "char", "fldCharType", "vMerge", "vMergeOrig", "styleId", "ascii"])
    one.set(f"{{{namespace}}}{name}", chance.choice(_VALUES))


def _texts(root: etree._Element, chance: random.Random) -> None:
    _some(root, chance).text = chance.choice(["", "600", "\uf0b3\uf0ff\ue000", "Table 28d", "x" * 3000, "\u00ad\u200b"])


def _commented(root: etree._Element, chance: random.Random) -> None:
    _some(root, chance).insert(0, chance.choice([etree.Comment("a"), etree.ProcessingInstruction("a", "b")]))


_FAULTS: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    *(_removed, _doubled, _moved, _renamed, _wrapped, _said, _texts, _commented),
)


def fault_of(seed: int, folder: Path) -> str:
    """What a reader raises that it must not; empty where it reads the document or refuses it."""
    path = folder / "draft.docx"
    path.write_bytes(mutated(seed))
    try:
        for view in VIEWS:
            _tried(lambda view=view: read_source(path, choice=TableChoice(view=view)))  # type: ignore[misc]
        _tried(lambda: list_tables(path))
        _tried(lambda: cell_changes(path, ALL))
    except Exception:
        return f"seed {seed}\n{traceback.format_exc()}"
    return ""


def _tried(read: Callable[[], object]) -> None:
    refused: GbcscheckError | None = None
    try:
        read()
    except GbcscheckError as error:
        refused = error
    if refused is not None and not (refused.problem and refused.where):
        raise AssertionError(f"refused without a reason or a place: {refused!r}")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            fault = fault_of(seed, Path(folder))
            if fault:
                found += 1
                print(fault)
    print(f"{count:,} documents, {found:,} neither read nor refused")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
