"""Files changed at random: texts, octets, JSON, workbooks.

A change is made of the parts of the file and not of its octets: a number, a word, a bracket, a quoted text is replaced
by one that readers have had trouble with, doubled, taken out, put somewhere else, or repeated; sometimes octets are
changed too.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile

EDGES = (
    "", " ", "0", "-1", "1", "00", "+5", "1_000", "9" * 30, "9" * 5000, "0." + "0" * 300 + "1", "1e400", "1e-400",
    "NaN", "Infinity", "-", "--", "null", "true", "false", "none", "any", "[]", "{}", "[", "]", "{", "}", "(", ")",
    "<", ">", "</", "/>", "&amp;", "&#0;", "&x;", "<!--", "-->", "<![CDATA[", "<!DOCTYPE a [<!ENTITY x \"y\">]>", '"',
    "'", '"""', "\\", "\\u0000", "\\ud800", "\0", "\x01", "\x85", "\u2028", "\u202e", "\ufeff", "٣", "é", "e\u0301",
    "𝟙", "\n", "\r", "\r\n", "\t", ",", ";", ":", "=", "#", "|", "..", "0..", "..0", "1..0", "0..1" + "0" * 99, "0x",
    "0xF", "0b", "0b" + "x" * 70, "step 0", "1/0", "V", "s", "kWh", 'text matching "(a+)+b"',
    "list(0..4294967296, any)", "text(5..4)", "(" * 40, "[" * 400, "{a: " * 40, "a." * 40, "a/" * 300, "../" * 20,
    "/etc/hostname", "/dev/null", "con", "A" * 300, "A" * 20_000, "a\\u0000b", "{0}", "{1:9999999}", "{0.x}", "%s",
    "*", "**", "xs:int", "xs:NOTATION", "xs:union", "unbounded", "-0", "2024-02-30", "24:00:00", "0000-01-01",
    "9999-99-99T99:99:99Z", "16:60", "P1Y", "V101", "change/narrowed", "published", "specification", "statements",
    "entries", "columns", "subject", "domain", "value", "/", "//", "#2", "[*]", "#REF!", "=1/0", "1;2", "DD", "DF09",
    "00", "ZZ",
)  # fmt: skip
"""What is put in the place of a part."""

_PARTS = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|[A-Za-z_][\w.:-]*|-?\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def changed_text(rng: random.Random, text: str) -> str:
    """A text with one to four of its parts changed."""
    parts = _PARTS.findall(text)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        if not parts:
            return rng.choice(EDGES)
        at = rng.randrange(len(parts))
        way = rng.randrange(9)
        if way <= 2:
            parts[at] = rng.choice(EDGES)
        elif way == 3:
            parts[at] = parts[at][:1] + rng.choice(EDGES) + parts[at][-1:]
        elif way == 4:
            del parts[at : at + rng.randint(1, 8)]
        elif way == 5:
            parts[at:at] = parts[at : at + rng.randint(1, 30)] * rng.choice((1, 1, 2, 40))
        elif way == 6:
            other = rng.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        elif way == 7:
            parts.insert(at, rng.choice(EDGES))
        else:
            parts[at] = rng.choice(parts)
    return "".join(parts)


def changed_octets(rng: random.Random, octets: bytes) -> bytes:
    """Octets with one to four of them turned, cut off, or put in."""
    new = bytearray(octets)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(new) + 1)
        way = rng.randrange(5)
        if way == 0:
            del new[at:]
        elif way == 1:
            del new[at : at + rng.randint(1, 9)]
        elif way == 2:
            new[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 6)))
        elif at < len(new):
            new[at] = rng.choice((0x00, 0x0A, 0x22, 0x7F, 0x80, 0xFE, 0xFF, new[at] ^ (1 << rng.randrange(8))))
    return bytes(new)


def changed_file(rng: random.Random, octets: bytes) -> bytes:
    """A text file changed: mostly in its parts."""
    if rng.randrange(10) == 0:
        return changed_octets(rng, octets)
    text = changed_text(rng, octets.decode("utf-8", "surrogateescape"))
    return text.encode(rng.choice(("utf-8",) * 19 + ("utf-16",)), "replace")


def changed_json(rng: random.Random, octets: bytes) -> bytes:
    """A JSON file with some of its values replaced, doubled, taken out or put into one another."""
    if rng.randrange(4) == 0:
        return changed_file(rng, octets)
    document = json.loads(octets)
    for _ in range(rng.randint(1, 3)):
        _change_within(rng, document)
    return json.dumps(document, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")


def _change_within(rng: random.Random, document: object) -> None:
    node = document
    while isinstance(node, (dict, list)) and node:
        keys: list[object] = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = rng.choice(keys)
        inner = node[key]  # type: ignore[index, call-overload]
        if isinstance(inner, (dict, list)) and inner and rng.randrange(4):
            node = inner
            continue
        _change_member(rng, node, key, inner)
        return


def _change_member(rng: random.Random, node: object, key: object, inner: object) -> None:
    values: tuple[object, ...] = (None, True, 0, -1, 10**40, 1.5, "", [], {}, [[]], {"": None}, [inner], {"x": inner})
    way = rng.randrange(5)
    if way == 0 and isinstance(node, (dict, list)):
        del node[key]  # type: ignore[arg-type]
        return
    if way == 1 and isinstance(node, list):
        node.extend([inner] * rng.choice((1, 3, 60)))
        return
    if way == 1 and isinstance(node, dict):
        node[rng.choice(EDGES)] = inner
        return
    new = rng.choice(values) if way == 2 else rng.choice(EDGES)
    if way == 3 and isinstance(inner, str):
        new = changed_text(rng, inner)
    node[key] = new  # type: ignore[index]


_MAIN = ("workbook.xml", "document.xml", "styles.xml", "numbering.xml")


def changed_workbook(rng: random.Random, octets: bytes) -> bytes:
    """A workbook or a Word document with one of its parts changed, or its octets."""
    if rng.randrange(8) == 0:
        return changed_octets(rng, octets)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    likely = [name for name in parts if "sheet" in name or "haredStrings" in name or name.endswith(_MAIN)]
    name = rng.choice(likely if rng.randrange(4) else list(parts))
    parts[name] = changed_file(rng, parts[name])
    if rng.randrange(12) == 0:
        del parts[rng.choice(list(parts))]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return made.getvalue()


_TEXTS = ("", "0", "-1", "99999999999", "on", "600", "Table 28d", "A value in seconds in the range 0 to 9.", "x" * 3000)


def changed_document(rng: random.Random, octets: bytes) -> bytes:
    """A Word document whose elements were changed, so that it stays XML; of one in four the octets of a part."""
    from lxml import etree

    if rng.randrange(4) == 0:
        return changed_workbook(rng, octets)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([name for name in parts if name.endswith(_MAIN)] + ["word/document.xml"] * 4)
    root = etree.fromstring(parts[name])
    for _ in range(rng.randint(1, 6)):
        one, other = (rng.choice(list(root.iter(etree.Element))) for _ in range(2))
        parent = one.getparent()
        kind = rng.randrange(6)
        if parent is None or one in other.iterancestors() or one is other:
            one.text = rng.choice(_TEXTS)
        elif kind == 0:
            parent.remove(one)
        elif kind == 1:
            one.addnext(etree.fromstring(etree.tostring(one)))
        elif kind == 2:
            other.append(one)
        elif kind == 3:
            one.tag = other.tag
        elif kind == 4 and one.attrib:
            one.set(rng.choice(list(one.attrib)), rng.choice(_TEXTS))
        else:
            one.text = rng.choice(_TEXTS)
    parts[name] = etree.tostring(root)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return made.getvalue()


def changed_pdf(rng: random.Random, octets: bytes) -> bytes:
    """A PDF without packed streams, changed as text is, or one of whose numbers is another."""
    if rng.randrange(3):
        return changed_file(rng, octets)
    numbers = list(re.finditer(rb"(?<![0-9])[0-9]{1,4}(?![0-9])", octets))
    chosen = rng.choice(numbers)
    new = rng.choice(
        (b"0", b"-1", b"1e9", b"99999999999", b"0.001", b"3", chosen[0] + b" 0 R", b"null", b"[ ]", b"<< >>")
    )
    return octets[: chosen.start()] + new + octets[chosen.end() :]
