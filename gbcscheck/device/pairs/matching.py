"""Which files of a folder belong together: by their names, else by what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.context import Context
from gbcscheck.device.documents.header import belongs, references_of
from gbcscheck.device.documents.walk import header_of
from gbcscheck.device.files import Argument, read_content, recognise, unpacked
from gbcscheck.device.judge import messages_in
from gbcscheck.device.pairs.identity import (
    Part,
    identities_of_message,
    identities_of_reading,
    identity_of_request,
)
from gbcscheck.device.pairs.names import match_beside
from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.inputs.xml_safe import parse_xml

NO_PAIR = (
    "no request has a command of the same name (X_REQUEST_DUIS.XML, X_COMMAND_GBCS.HEX and X_RESPONSE_GBCS.HEX, or "
    "X.xml and X.hex), and no two files that may be a pair have one sender, receiver and counter; two files of any "
    "names are a pair where only these are named"
)


class Known(NamedTuple):
    """What is known of a file, or of a message in one: ``request``, ``reading`` or ``message``, the identities that it
    has, and the service references that it may be of (none: any)."""

    path: str
    kind: str
    keys: tuple[tuple[str, str, str], ...]
    references: tuple[str, ...]


def put_together(arguments: Sequence[Argument], context: Context) -> list[Argument]:
    """The files with those that belong together in one: two files that were named, files of one name, and files of one
    sender, receiver and counter. UsageError where no two do."""
    if len(arguments) == 2 and not any(argument.found for argument in arguments):
        return [arguments[0]._replace(beside=(arguments[1].path,))]
    if not arguments:
        return []  # what was named is not there, and is told
    paths = [argument.path for argument in arguments]
    named = match_beside(paths)
    groups = _by_content(paths, named, context)
    beside = {group[0]: tuple(group[1:]) for group in groups}
    if not beside:
        raise UsageError(NO_PAIR)
    taken = {path for paths in beside.values() for path in paths}
    return [
        argument._replace(beside=beside.get(argument.path, ())) for argument in arguments if argument.path not in taken
    ]


def _by_content(paths: Sequence[str], named: dict[str, tuple[str, ...]], context: Context) -> list[list[str]]:
    """Groups of files that belong together, those of one name first. What has a name that matches is asked about
    converted responses alone."""
    groups = [[request, *others] for request, others in named.items()]
    group_of = {path: group for group in groups for path in group}
    by_name = frozenset(group_of)
    by_key: dict[tuple[str, str, str], list[Known]] = {}
    for known in (one for path in paths for one in _known(path, context)):
        for key in known.keys:
            by_key.setdefault(key, []).append(known)
    for several in by_key.values():
        is_used_again = len({one.references for one in several if one.kind == "request"}) > 1
        for place, one in enumerate(several):
            for other in several[:place]:
                if _may_belong(one, other, by_name) and (not is_used_again or _of_one_reference(one, other)):
                    _join(one.path, other.path, groups, group_of)
    order = {path: place for place, path in enumerate(paths)}
    return [sorted(group, key=order.__getitem__) for group in groups if group]


def _may_belong(one: Known, other: Known, by_name: frozenset[str]) -> bool:
    """Whether two of one identity are two forms of one thing."""
    kinds = {one.kind, other.kind}
    by_content = "reading" in kinds or (one.path not in by_name and other.path not in by_name)
    return len(kinds) == 2 and one.path != other.path and by_content


def _of_one_reference(one: Known, other: Known) -> bool:
    """Whether two may be of one service request: where an identity is used again, this tells them apart."""
    return any(belongs(mine, theirs) or belongs(theirs, mine) for mine in one.references for theirs in other.references)


def _join(one: str, other: str, groups: list[list[str]], group_of: dict[str, list[str]]) -> None:
    first, second = (group_of.get(path, [path]) for path in (other, one))
    if first is second:
        return
    first.extend(second)
    if not any(group is first for group in groups):
        groups.append(first)
    for path in first:
        group_of[path] = first
    if any(group is second for group in groups):
        groups[:] = [group for group in groups if group is not second]


# --- what a file holds -----------------------------------------------------------------------------------------------


def _known(path: str, context: Context) -> Iterator[Known]:
    """What is known of a file; nothing of one that is none of these, or cannot be read: its judge says so."""
    try:
        content = unpacked(read_content(path), path)
        form = recognise(content, path).form
        if form in ("duis", "mmc"):
            yield from _of_document(path, content, form)
        if form in ("duis", "message"):
            yield from _of_messages(path, messages_in(path, content), context)
    except (GbcscheckError, OctetsError):
        return


def _of_document(path: str, content: bytes, form: str) -> Iterator[Known]:
    fields = header_of(parse_xml(content, where=path).root)
    variant = fields.get("ServiceReferenceVariant", "")
    if form == "duis":
        asked = identity_of_request(fields.get("RequestID", ""), "")
        found, kind = [asked] if asked is not None else [], "request"
    else:
        found = list(identities_of_reading({name: Part(value, "") for name, value in fields.items()}))
        kind = "reading"
    yield Known(path, kind, tuple(one.key for one in found), (variant,) if variant else ())


def _of_messages(path: str, messages: Iterable[bytes], context: Context) -> Iterator[Known]:
    for octets in messages:
        try:
            envelope = read_envelope(octets)
        except OctetsError:
            continue
        if envelope.purpose not in ("command", "response"):
            continue
        use_case = context.use_cases.get(envelope.message_code)
        stated = use_case.catalogue.first(use_case.name, "service-reference") if use_case is not None else None
        keys = tuple(one.key for one in identities_of_message(envelope))
        yield Known(path, "message", keys, references_of(stated))
