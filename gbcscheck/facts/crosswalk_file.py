"""The files of the crosswalk: what stands in ``specs/crosswalk`` and in a user's own, read into its values.

A file is JSON as ``crosswalk.schema.json`` says. One entry may stand for several links, with names in braces for which
``for`` gives the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError, InvalidExtract, Problems
from gbcscheck.facts.crosswalk import (
    ROLES,
    UNPROVED,
    Agreement,
    Crosswalk,
    LayoutHeader,
    Link,
    LinkEnd,
    ListPair,
    ListSide,
    Proof,
    Role,
    RoleNames,
    Unlinked,
    new_end,
    proof_key,
)
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.model import Place

SCHEMA = Path(__file__).with_name("crosswalk.schema.json")


def load_crosswalk(paths: list[Path], *, shown: dict[Path, str], trusted: frozenset[Path]) -> Crosswalk:
    """Read crosswalk files; ``shown`` gives the path that reports name.

    Raises Problems with every violation of the schema in any of them.
    """
    links: list[Link] = []
    proofs: list[Proof] = []
    documents: list[tuple[str, Any]] = []
    problems: list[GbcscheckError] = []
    for path in paths:
        where = shown.get(path, str(path))
        try:
            document = _document(path, where=where, trusted=path in trusted)
        except Problems as several:
            problems.extend(several.problems)
            continue
        except GbcscheckError as error:
            problems.append(error)
            continue
        for i, entry in enumerate(document["entries"]):
            own = list(_links(entry, Place(where, pointer=f"/entries/{i}")))
            if path not in trusted:
                problems.extend({str(one): one for link in own for one in _unknown_words(link)}.values())
            links.extend(own)
        proofs.extend(
            Proof(one["service_request"], one["item"], one["request"], one["proof"])
            for one in document.get("proofs", ())
        )
        documents.append((where, document))
    if problems:
        raise Problems(problems)
    return crosswalk_of(_proved(links, proofs), documents)


def crosswalk_of(links: tuple[Link, ...], documents: Iterable[tuple[str, Any]]) -> Crosswalk:
    """The crosswalk of some links, and of what else the documents of its files hold; each with the path that reports
    name."""
    documents = list(documents)

    def named(key: str) -> Iterator[tuple[Any, Place]]:
        """What documents hold under a key, each with its place."""
        for where, document in documents:
            for i, one in enumerate(document.get(key, ())):
                yield one, Place(where, pointer=f"/{key}/{i}")

    return Crosswalk(
        links,
        tuple(_pair(one, place) for one, place in named("lists")),
        tuple(_agreement(one, place) for one, place in named("agreements")),
        tuple(LayoutHeader(**one) for one, _ in named("layouts")),
        tuple(RoleNames(one["role"], tuple(one["names"])) for one, _ in named("roles")),
        tuple(Unlinked(one["subject"], one["reason"], one.get("note", ""), place) for one, place in named("unlinked")),
    )


def _unknown_words(link: Link) -> Iterator[GbcscheckError]:
    """What a link says in words that name nothing: conversions, parts, keys, and what stands for no value."""
    from gbcscheck.domains.conversions import parse_conversion
    from gbcscheck.domains.parts import parse_part
    from gbcscheck.notation.canonical import parse_domain

    where = f"{link.place.path} (at {link.place.pointer})"
    asked: list[tuple[Callable[[str], object], str]] = [(parse_domain, link.rest)]
    for end in link.ends:
        asked += [(parse_conversion, end.conversion), (parse_part, end.part)]
        asked += [(parse_conversion, term.partition(":")[2].strip()) for term in end.key]
    for parse, text in asked:
        try:
            if text:
                parse(text)
        except GbcscheckError as error:
            yield InvalidExtract(error.problem, where=where)


def _proved(links: list[Link], proofs: list[Proof]) -> tuple[Link, ...]:
    """The links, those of which nothing was said themselves with what pairs showed."""
    shown = {(one.service_request, one.item, one.request): one.proof for one in proofs}
    return tuple(
        replace(link, proof=shown[key]) if link.proof == UNPROVED and (key := proof_key(link)) in shown else link
        for link in links
    )


def is_crosswalk(document: object) -> bool:
    """Whether a JSON value means to be a crosswalk: an object with ``entries``."""
    return isinstance(document, dict) and "entries" in document and "statements" not in document


def _document(path: Path, *, where: str, trusted: bool) -> Any:
    content = read_octets(path, where=where)
    document = decode_json(content, where=where, trusted=trusted)
    if not trusted:
        from gbcscheck.inputs.json_schema import refuse_invalid

        refuse_invalid(document, content, SCHEMA, where=where)
    return document


def _ends(role: Role, value: Any) -> Iterator[LinkEnd]:
    """The ends of a role: one or several, each an object or (``gbz``) the subject alone."""
    for end in value if isinstance(value, list) else [value]:
        if isinstance(end, str):
            yield LinkEnd(role, end)
        else:
            yield LinkEnd(
                role,
                end["subject"],
                end.get("convert", ""),
                end.get("where", ""),
                end.get("part", ""),
                tuple(end.get("key", ())),
                end.get("gather", ""),
            )


def _links(entry: dict[str, Any], place: Place) -> Iterator[Link]:
    """The links of an entry: one, or one for each set of words that ``for`` gives for the names in braces."""
    several = entry.get("for")
    if several is None:
        yield _link(entry, place)
        return
    link = _link(entry, place)
    for words in several:
        yield _filled(link, words)


def _filled(link: Link, words: Mapping[str, str]) -> Link:
    """A link with the words in place of the names in braces, in every text of it."""
    named = [(f"{{{name}}}", word) for name, word in words.items()]

    def fill(text: str) -> str:
        if "{" in text:
            for name, word in named:
                text = text.replace(name, word)
        return text

    def filled_end(end: LinkEnd) -> LinkEnd:
        key = tuple([fill(term) for term in end.key]) if end.key else ()
        return new_end([fill(one) if "{" in one else one for one in end[:5]] + [key, fill(end.gather)])

    return Link(
        item=fill(link.item),
        service_request=fill(link.service_request),
        read_service_request=fill(link.read_service_request),
        ends=tuple(map(filled_end, link.ends)),
        settable=link.settable,
        place=link.place,
        proof=fill(link.proof),
        reading_proof=fill(link.reading_proof),
        note=fill(link.note),
        members=fill(link.members),
        rest=fill(link.rest),
    )


def _link(entry: dict[str, Any], place: Place) -> Link:
    return Link(
        item=entry["item"],
        service_request=entry.get("service_request", ""),
        read_service_request=entry.get("read_service_request", ""),
        ends=tuple(end for role in ROLES if role in entry for end in _ends(role, entry[role])),
        settable=entry.get("settable", "yes") != "no",
        proof=entry.get("proof", UNPROVED),
        reading_proof=entry.get("reading_proof", UNPROVED),
        note=entry.get("note", ""),
        place=place,
        members=entry.get("members", ""),
        rest=entry.get("rest", ""),
    )


def _side(value: dict[str, Any]) -> ListSide:
    return ListSide(value["specification"], value.get("part", ""), value["attribute"], value.get("subject", ""))


def _pair(value: dict[str, Any], place: Place) -> ListPair:
    return ListPair(
        title=value["title"],
        kind=value["kind"],
        relation=value["relation"],
        left=_side(value["left"]),
        right=_side(value["right"]),
        ignore=tuple(value.get("ignore", ())),
        place=place,
    )


def _agreement(value: dict[str, Any], place: Place) -> Agreement:
    return Agreement(
        title=value["title"],
        kind=value["kind"],
        relation=value["relation"],
        key=value["key"],
        left=_side(value["left"]),
        right=_side(value["right"]),
        map=tuple(value["map"].items()),
        unless=tuple(value.get("unless", ())),
        place=place,
    )
