"""What an action takes and what it returns, by the rows of its method."""

from __future__ import annotations

from gbcscheck.cosem.axdr import NULL
from gbcscheck.device.electricity.rows import Group, ValueShape


def _returns(group: Group) -> bool:
    """Whether the fields below a method are what it returns: so where the method itself takes null-data."""
    node = group.value
    return node is not None and node.leaf is not None and node.leaf.tag == NULL and bool(node.fields)


def input_of(group: Group) -> ValueShape | None:
    """What an action takes: the fields below its method, or the one value of its row."""
    node = group.value
    if node is None or not _returns(group):
        return None if node is not None and node.leaf and node.leaf.tag is None and not node.fields else node
    return ValueShape(node.name, node.leaf)


def output_of(group: Group) -> ValueShape | None:
    """What an action returns, where rows say so."""
    node = group.value
    if node is None or not _returns(group):
        return None
    return ValueShape(node.name, None, node.fields)
