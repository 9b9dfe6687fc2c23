"""What was looked at of a user's own files, as the JSON report and the page have it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gbcscheck.model import Place, Specification, Statement
from gbcscheck.model.coverage import NOT_TAKEN, UNREAD, Coverage, ItemCoverage, NotRead, TableCoverage


def coverage_document(coverage: Coverage) -> list[dict[str, Any]]:
    """One value for each table, schema or list, then one for each file that is not read."""
    return [*map(_table, coverage.tables), *map(_file, coverage.not_read)]


def coverage_summary(coverage: Coverage) -> list[dict[str, Any]]:
    """One value for each table: what it is taken for, how many of its items were compared and with what, how many were
    not, how many places were not read. The files that are not read are in none."""
    return [
        {
            "path": table.path,
            "specification": table.specification.in_words,
            "replaces": [one.in_words for one in table.replaces],
            "statements": table.statements,
            "items": len(table.items),
            "compared": len(table.compared),
            "compared_with": [one.in_words for one in table.specifications],
            "rules": list(table.rules),
            "uncompared": len(table.uncompared),
            "unknown": len(table.unknown),
            "unread": len(table.of(UNREAD)),
            "not_taken": len(table.of(NOT_TAKEN)),
        }
        for table in coverage.tables
    ]


def source_document(place: Place) -> dict[str, Any]:
    """A place in a file; what it has not is left out."""
    members = {
        "path": place.path,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "pointer": place.pointer,
        "offset": place.offset,
        "length": place.length,
        "clause": place.clause,
    }
    return {key: value for key, value in members.items() if value is not None}


def _table(table: TableCoverage) -> dict[str, Any]:
    unknown = table.unknown
    near = {item.subject: list(item.near) for item in unknown if item.near}
    return {
        "path": table.path,
        "table": table.specification.part,
        "specification": _specification(table.specification),
        "recognised": table.recognised,
        "replaces": [_specification(one) for one in table.replaces],
        "statements": table.statements,
        "unread": [_not_read(one) for one in table.of(UNREAD)],
        "not_taken": [_not_read(one) for one in table.of(NOT_TAKEN)],
        "unknown": [item.subject for item in unknown],
        **({"near": near} if near else {}),
        "items": [_item(item) for item in table.items if item.is_known],
    }


def _file(one: NotRead) -> dict[str, Any]:
    return {"path": one.place.path, "statements": 0, "not_taken": [_not_read(one)], "items": []}


def _not_read(one: NotRead) -> dict[str, Any]:
    told = {"title": one.title, "text": one.text}
    given = {key: value for key, value in told.items() if value}
    return {"what": one.what, **given, "reason": one.reason, "source": source_document(one.place)}


def _item(item: ItemCoverage) -> dict[str, Any]:
    groups: dict[Specification, list[Statement]] = {}
    for statement in item.compared_with:
        groups.setdefault(statement.specification, []).append(statement)
    return {
        "subject": item.subject,
        "compared_with": [{**_specification(one), "statements": _statements(group)} for one, group in groups.items()],
        "rules": len(item.rules),
        "codes": list(item.rules),
        **({"uncompared": _statements(item.uncompared)} if groups and item.uncompared else {}),
    }


def _statements(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    return [
        {"subject": one.subject, "attribute": one.attribute, "source": source_document(one.place)} for one in statements
    ]


def _specification(specification: Specification) -> dict[str, str]:
    return {"name": specification.name, "version": specification.version, "part": specification.part}
