"""DER read into a tree that can be changed, and written again with all lengths corrected; it knows no judge and no
reader of the package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """An element: its tag, its content where it has no parts, its parts, and where it stood."""

    tag: int
    content: bytes
    parts: list[Node] = field(default_factory=list)
    offset: int = 0
    start: int = 0
    end: int = 0


def parsed(octets: bytes, at: int = 0) -> Node:
    """The element that begins at an offset."""
    size = octets[at + 1]
    start = at + 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(octets[at + 2 : start], "big")
    node = Node(octets[at], b"", [], at, start, start + size)
    if not node.tag & 0x20:
        node.content = octets[start : node.end]
        return node
    while start < node.end:
        node.parts.append(parsed(octets, start))
        start = node.parts[-1].end
    return node


def written(node: Node) -> bytes:
    """The octets of an element, every length in as few octets as can be."""
    content = b"".join(map(written, node.parts)) if node.tag & 0x20 else node.content
    if len(content) < 0x80:
        return bytes((node.tag, len(content))) + content
    size = (len(content).bit_length() + 7) // 8
    return bytes((node.tag, 0x80 + size)) + len(content).to_bytes(size, "big") + content


def nodes_of(node: Node) -> Iterator[Node]:
    """An element and everything in it."""
    yield node
    for part in node.parts:
        yield from nodes_of(part)
