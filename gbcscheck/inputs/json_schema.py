"""Validation of JSON values against the JSON Schemas that ship with the package.

jsonschema-rs, which is compiled, says in a four-hundredth of the time whether a value is valid; what is wrong with one
that it does not take is asked of jsonschema, whose word counts. Each schema is known by its file, which ships.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.errors import GbcscheckError, InvalidExtract, Problems
from gbcscheck.frozen import frozen
from gbcscheck.inputs.json_places import escape_token, line_of_pointer

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema_rs import Draft202012Validator as CompiledValidator


MOST_FAULTS = 100
"""More faults of a file than these are counted and not listed."""


@frozen
class Violation:
    """One way in which a JSON value breaks its schema: the JSON pointer of the place, and what was expected there, as
    the validator says it and in plain words."""

    pointer: str
    message: str
    words: str


def refuse_invalid(
    document: Any,
    content: bytes,
    schema: Path,
    *,
    where: str,
    beyond: Callable[[Any], Iterable[tuple[str, str]]] | None = None,
) -> None:
    """Check a JSON value against a schema and, where it keeps that, against ``beyond``, which gives JSON pointer and
    message of what a schema cannot say.

    Raises Problems, one InvalidExtract for each fault, with its JSON pointer and its line in ``content``.
    """
    from gbcscheck.inputs.json_schema_faults import faults_of

    errors = () if is_plainly_valid(document, schema) else _validator(schema).iter_errors(document)
    faults = ((_pointer(path), message) for path, message in faults_of(errors, MOST_FAULTS))
    found = list(islice(faults, MOST_FAULTS))
    if not found and beyond is not None:
        faults = (fault for fault in beyond(document))
        found = list(islice(faults, MOST_FAULTS))
    if found:
        text = content.decode("utf-8-sig")
        problems: list[GbcscheckError] = [
            InvalidExtract(f"{message} (at {pointer or '/'})", where=f"{where}:{line_of_pointer(text, pointer)}")
            for pointer, message in found
        ]
        more = sum(1 for _ in faults)
        problems.extend([InvalidExtract(f"{more:,} more faults, which are not listed", where=where)] if more else [])
        raise Problems(problems)


def violations(document: object, schema: Path) -> Iterator[Violation]:
    """Every violation of ``schema`` in ``document``, in the document's order, each at the value that breaks it."""
    if is_plainly_valid(document, schema):
        return
    from gbcscheck.inputs.json_schema_faults import violations_of

    for path, message, words in violations_of(_validator(schema).iter_errors(document)):
        yield Violation(_pointer(path), message, words)


def _pointer(path: Iterable[object]) -> str:
    return "".join(f"/{escape_token(str(token))}" for token in path)


def is_plainly_valid(document: object, schema: Path) -> bool:
    """Whether the compiled validator finds a value valid; False too where it cannot tell, as of half a character."""
    try:
        return _compiled(schema).is_valid(document)
    except ValueError:
        return False


@cache
def _compiled(schema: Path) -> CompiledValidator:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


@cache
def _validator(schema: Path) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    document = json.loads(schema.read_text(encoding="utf-8"))
    return Draft202012Validator(_without_references(document, document.get("$defs", {}), ()))


def _without_references(node: Any, definitions: Mapping[str, Any], within: tuple[str, ...]) -> Any:
    """A schema with its own definitions in the places that refer to them, which is validated against in half the time;
    what refers to itself stays a reference."""
    if isinstance(node, list):
        return [_without_references(one, definitions, within) for one in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    definition = definitions.get(name)
    if definition is not None and name not in within and not (node.keys() & definition.keys()) - {"description"}:
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return _without_references({**definition, **rest}, definitions, (*within, name))
    return {key: _without_references(value, definitions, within) for key, value in node.items()}
