"""Which files of a folder belong together: by their names, else by what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.context import Context
from gbcscheck.device.documents.header import references_of
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
from gbcscheck.device.pairs.partners import Key, Known, of_one_reference, why_alone
from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.inputs.xml_safe import parse_xml

NO_PAIR = (
    "no request has a command of the same name (X_REQUEST_DUIS.XML, X_COMMAND_GBCS.HEX and X_RESPONSE_GBCS.HEX, or "
    "X.xml and X.hex), and no two files that may be a pair have one sender, receiver and counter; two files of any "
    "names are a pair where only these are named"
)


def put_together(arguments: Sequence[Argument], context: Context) -> list[Argument]:
    """The files with those that belong together in one: two files that were named, files of one name, and files of one
    sender, receiver and counter; those that could have a partner and have none, with the reason. UsageError where no
    two belong together."""
    if len(arguments) == 2 and not any(argument.found for argument in arguments):
        return [arguments[0]._replace(beside=(arguments[1].path,))]
    if not arguments:
        return []  # what was named is not there, and is told
    paths = [argument.path for argument in arguments]
    known = {path: tuple(_known(path, context)) for path in paths}
    by_key: dict[Key, list[Known]] = {}
    for one in (one for several in known.values() for one in several):
        for key in one.keys:
            by_key.setdefault(key, []).append(one)
    groups = _by_content(paths, by_key, match_beside(paths))
    beside = {group[0]: tuple(group[1:]) for group in groups}
    taken = {path for group in groups for path in group}
    alone = why_alone({path: several for path, several in known.items() if several and path not in taken}, by_key)
    if not beside:
        near = (f"{path}: {reason.partition(': ')[2]}" for path, reason in alone.items() if ": " in reason)
        raise UsageError("; ".join((NO_PAIR, *islice(near, 1))))
    return [
        argument._replace(beside=beside.get(argument.path, ()), alone=alone.get(argument.path, ""))
        for argument in arguments
        if argument.path in beside or argument.path not in taken
    ]


def _by_content(
    paths: Sequence[str], by_key: Mapping[Key, Sequence[Known]], named: Mapping[str, tuple[str, ...]]
) -> list[list[str]]:
    """Groups of files that belong together, those of one name first. What has a name that matches is asked about
    converted responses alone."""
    groups = [[request, *others] for request, others in named.items()]
    group_of = {path: group for group in groups for path in group}
    by_name = frozenset(group_of)
    for several in by_key.values():
        is_used_again = len({one.references for one in several if one.kind == "request"}) > 1
        for place, one in enumerate(several):
            for other in several[:place]:
                if _may_belong(one, other, by_name) and (not is_used_again or of_one_reference(one, other)):
                    _join(one.path, other.path, groups, group_of)
    order = {path: place for place, path in enumerate(paths)}
    return [sorted(group, key=order.__getitem__) for group in groups if group]


def _may_belong(one: Known, other: Known, by_name: frozenset[str]) -> bool:
    """Whether two of one identity are two forms of one thing."""
    kinds = {one.kind, other.kind}
    by_content = "reading" in kinds or (one.path not in by_name and other.path not in by_name)
    return len(kinds) == 2 and one.path != other.path and by_content


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
        if form in ("duis", "dcc", "message"):
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
