"""What is told of the errors of a JSON Schema validator: one message a fault, and what a misspelt name may mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from gbcscheck.frozen import frozen
from gbcscheck.near_names import did_you_mean, meant

if TYPE_CHECKING:
    from jsonschema import ValidationError

Path = tuple[str | int, ...]
"""Names and numbers that lead from a document to a place in it."""

_AT_LEAST = {"minProperties": "member", "minItems": "entry", "minLength": "character"}


@frozen
class _Error:
    """An error of the validator: place, keyword with what it expects, message, and the schema that has it."""

    path: Path
    keyword: str
    expected: Any
    found: Any
    message: str
    schema: dict[str, Any]
    of_name: bool
    """Whether it is the name of a member that is wrong."""

    @classmethod
    def of(cls, error: ValidationError) -> _Error:
        return cls(
            tuple(error.absolute_path),
            str(error.validator),
            error.validator_value,
            error.instance,
            error.message,
            error.schema if isinstance(error.schema, dict) else {},
            "propertyNames" in error.absolute_schema_path,
        )


def violations_of(errors: Iterable[ValidationError]) -> Iterator[tuple[Path, str, str]]:
    """Place and message of each error as the validator has it, and in plain words, in the document's order."""
    for error in _in_order(_Error.of(one) for one in errors):
        yield error.path, _plain(error), _in_words(error)


def faults_of(errors: Iterable[ValidationError], most: int) -> Iterator[tuple[Path, str]]:
    """Place and message of each fault, in the document's order. A member that is misspelt is one: that the object lacks
    the member which was meant is not told again. Beyond ``most`` faults there are places without messages: what names
    may mean is not looked for any more."""
    found = _in_order(_Error.of(error) for whole in errors for error in _of_its_type(whole))
    strangers = {error.path: _strangers(error) for error in found if error.keyword == "additionalProperties"}
    told = 0
    for error in found:
        names = strangers.get(error.path, [])
        if error.keyword == "additionalProperties":
            for name in names:
                yield (*error.path, name), _unknown_member(name, error.schema) if told < most else ""
                told += 1
        elif not any(meant(name, _needed(error)) for name in names[:most]):
            path = (*error.path, error.found) if error.of_name else error.path
            yield path, _message(error) if told < most else ""
            told += 1


def _in_order(errors: Iterable[_Error]) -> list[_Error]:
    return sorted(errors, key=lambda error: [str(step).zfill(9) for step in error.path])


def _of_its_type(error: ValidationError) -> Iterator[ValidationError]:
    """The errors of the one alternative that is for values of this type (an object, not a text), where there is one;
    else the error itself."""
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context or () if error.validator == "anyOf" else ():
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    fitting = [
        branch
        for branch in branches.values()
        if not any(inner.validator == "type" and not inner.relative_path for inner in branch)
    ]
    if len(branches) > 1 and len(fitting) == 1:
        for inner in fitting[0]:
            yield from _of_its_type(inner)
    else:
        yield error


def _strangers(error: _Error) -> list[str]:
    """The members of an object that its schema does not know."""
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", ())
    return [name for name in error.found if name not in known and not any(re.search(p, name) for p in patterns)]


def _unknown_member(name: str, schema: dict[str, Any]) -> str:
    """A member that is not known, with the known one that it may be; the schema's ``title`` says of what it is none."""
    title = schema.get("title", "").removeprefix("gbcscheck ")
    of = f"of {'an' if title[0] in 'aeiou' else 'a'} {title}" if title else "here"
    return f"{_quoted(name)} is no member {of}{did_you_mean(name, schema.get('properties', ()))}"


def _needed(error: _Error) -> list[str]:
    """The members that an object lacks, one of which it needs."""
    if error.keyword == "required":
        return [name for name in error.expected if error.message.startswith(repr(name))]
    options = error.expected if error.keyword == "anyOf" else ()
    return [key for option in options for key in option.get("required", ())]


def _message(error: _Error) -> str:
    if error.of_name or (error.keyword == "anyOf" and any("enum" in option for option in error.expected)):
        return _unknown_name(error)
    return _in_words(error)


def _plain(error: _Error) -> str:
    """The validator's message, kept short: a value that fills a screen does not help."""
    if error.keyword == "anyOf" and _needed(error) and isinstance(error.found, dict):
        return f"one of {', '.join(_needed(error))} is needed"
    message = error.message
    return message if len(message) <= 300 else f"{message[:140]} … {message[-140:]}"


def _in_words(error: _Error) -> str:
    """What was found and expected in plain words, where the validator speaks of the schema."""
    if error.keyword == "additionalProperties" and "patternProperties" in error.schema:
        return "; ".join(_unknown_member(name, error.schema) for name in _strangers(error))
    if error.keyword in _AT_LEAST and error.expected == 1:
        return f"at least one {_AT_LEAST[error.keyword]} is needed"
    return _plain(error)


def _unknown_name(error: _Error) -> str:
    """A name that is none of those that the schema lists, with the listed one that it may be. The schema's ``title``
    says what they are names of, and the ``description`` of what it permits besides how others are made."""
    options = error.schema.get("anyOf", [error.schema])
    listed = [name for option in options for name in option.get("enum", ())]
    besides = "; ".join(option["description"] for option in options if "pattern" in option)
    near = did_you_mean(error.found, listed)
    told = f"{_quoted(error.found)} is no {error.schema['title']}{near}"
    if not besides:
        return told
    return f"{told} {besides[0].upper()}{besides[1:]}" if near else f"{told}; {besides}"


def _quoted(name: str) -> str:
    """A name in quotation marks, cut where it is long."""
    return json.dumps(name if len(name) <= 60 else f"{name[:60]} …", ensure_ascii=False)
