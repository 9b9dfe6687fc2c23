"""Fixed values of byte layouts that another place states: identifiers of commands, counts, types, what is answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.components import COMMAND, Component, element_name, finds, laid_out, plain_name
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.facts.crosswalk import LayoutHeader
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_IDENTIFIER = re.compile(r"^(.*?)\s*:\s*0x([0-9A-Fa-f]+)$")
_BEHIND = re.compile(r"\([^()]*\)|#[0-9]+$")
_ALTERNATIVE = re.compile(r"alternate response", re.IGNORECASE)
_EXACTLY = re.compile(r"will equal (\d+)$")
_TOTAL = re.compile(r"total number of .*component", re.IGNORECASE)
_PROFILE = re.compile(r"profile id$", re.IGNORECASE)
_ANSWERED = re.compile(r"command identifier\s*\(", re.IGNORECASE)
_DATA_TYPE = re.compile(r"attribute data type\b", re.IGNORECASE)
_FRAME_CONTROL = re.compile(r"frame control$", re.IGNORECASE)
"""What the elements of a layout are called that repeat a fact of another place."""
_FRAME_TYPE, _DIRECTION = 0b0011, 0b1000
_OF_CLUSTER = 0b0001
"""The bits of a frame control that belong to a command: whether it is one of its cluster or of all, and in which
direction it goes. The others may differ from one message to the next."""


@rule(
    "X122",
    "command-of-two-identifiers",
    kind="reference",
    severity="error",
    reads=("cluster", "command", "response", "octets", "constant"),
    question="Has a command, or a cluster, one identifier wherever its name stands?",
    text="""
    The table of parameters and the byte layouts name a command of a cluster and give its identifier, and the table that
    of each cluster. Here one name has two identifiers: a device made from the one place refuses what is sent by the
    other.

    **How to fix it.** Take the identifier that devices use, and write it in every place.

    **Example.** GBCS GCS11: `Request New Password Response` is 0x03 in the table of parameters and 0x02 in the layout
    (told as X102, which has more to say).
    """,
)
def command_of_two_identifiers(catalogue: Catalogue) -> Iterator[Finding]:
    """Names of commands that have two identifiers in one cluster, and of clusters that have two, one finding a name;
    the rarer is told first."""
    yield from _clusters_of_two_identifiers(catalogue)
    named: dict[tuple[int, str], list[_Named]] = {}
    for one in (*_in_layouts(catalogue), *_in_parameters(catalogue)):
        named.setdefault((one.cluster, one.name), []).append(one)
    for group in named.values():
        by_identifier: dict[int, list[_Named]] = {}
        for one in group:
            by_identifier.setdefault(one.identifier, []).append(one)
        held(catalogue, group[0].stated, [one.stated for one in group[1:]])
        if len(by_identifier) < 2:
            continue
        rarest, *others = sorted(by_identifier.values(), key=lambda ones: (len(ones), ones[0].stated.source))
        yield command_of_two_identifiers.finding(
            subject=rarest[0].stated.subject,
            message=f"command 0x{rarest[0].identifier:02X} of cluster 0x{rarest[0].cluster:04X} is "
            f"{' and '.join(f'0x{ones[0].identifier:02X}' for ones in others)} elsewhere, under one name",
            statements=distinct([rarest[0].stated, *(ones[0].stated for ones in others)]),
            witness=f"0x{rarest[0].identifier:02X}",
            why="a command of one name has one identifier.",
            suggestion="write the identifier that devices use in every place",
            root=(str(rarest[0].cluster), rarest[0].name),
        )


def _clusters_of_two_identifiers(catalogue: Catalogue) -> Iterator[Finding]:
    by_name: dict[str, dict[str, list[Statement]]] = {}
    for stated in catalogue.by_attribute.get("cluster", ()):
        named = _IDENTIFIER.match(str(stated.value))
        if named is not None:
            by_name.setdefault(_name(named[1]), {}).setdefault(named[2].upper(), []).append(stated)
    for name, by_identifier in by_name.items():
        rarest, *others = sorted(by_identifier.values(), key=lambda ones: (len(ones), ones[0].source))
        held(catalogue, rarest[0], rarest[1:])
        if others:
            elsewhere = " and ".join(str(ones[0].value) for ones in others)
            yield command_of_two_identifiers.finding(
                subject=rarest[0].subject,
                message=f"the cluster {rarest[0].value} is {elsewhere} elsewhere",
                statements=(rarest[0], *(ones[0] for ones in others)),
                witness=str(rarest[0].value),
                why="a cluster of one name has one identifier.",
                suggestion="write the identifier that devices use in every place",
                root=("cluster", name),
            )


@frozen
class _Named:
    """A command as a place names it."""

    cluster: int
    name: str
    identifier: int
    stated: Statement


def _in_layouts(catalogue: Catalogue) -> Iterator[_Named]:
    for layout, components in catalogue.once(laid_out):
        for component in components:
            name = component.group.split("/")[2]
            cluster, command = (_constant(catalogue, component, one) for one in (layout.cluster, layout.command))
            if cluster is not None and command is not None and not _ALTERNATIVE.match(name):
                yield _Named(_number(cluster), _name(name), _number(command), command)


def _in_parameters(catalogue: Catalogue) -> Iterator[_Named]:
    clusters = catalogue.firsts("cluster")
    for attribute in ("command", "response"):
        for stated in catalogue.by_attribute.get(attribute, ()):
            cluster = clusters.get(stated.subject)
            of_cluster = _IDENTIFIER.match(str(cluster.value)) if cluster is not None else None
            command = _IDENTIFIER.match(str(stated.value))
            if of_cluster is not None and command is not None:
                yield _Named(int(of_cluster[2], 16), _name(command[1]), int(command[2], 16), stated)


def _name(name: str) -> str:
    """A name as all places would write it, without ``ZCL`` before it."""
    return plain_name(name).removeprefix("zcl")


@rule(
    "V122",
    "fixed-value-contradicts-layout",
    kind="value",
    severity="error",
    reads=("octets", "constant", "permitted", "occurs", "type"),
    question="Does every fixed value of a layout say what the rest of the layouts says?",
    text="""
    Some fixed values of a byte layout repeat what stands elsewhere: the number of components of a message, the command
    that a default response answers, the cluster of a command, the code of the data type of an attribute, the profile.
    Here such a value says something else than the layout around it, so that a message made by the one is refused by the
    other.

    **How to fix it.** Correct the value, or what it repeats.

    **Example.** A component added to a message in a draft, under a total number of components that is still the old.
    """,
)
def fixed_value_contradicts_layout(catalogue: Catalogue) -> Iterator[Finding]:
    """Totals, answered commands, directions, clusters, codes of data types and profiles that differ from the rest."""
    for layout, components in catalogue.once(laid_out):
        messages: dict[str, list[Component]] = {}
        for component in components:
            messages.setdefault("/".join(component.group.split("/")[:2]), []).append(component)
        heads = _heads(catalogue, layout)
        for message, group in messages.items():
            for stated in heads.get(message, ()):
                if finds(_TOTAL, element_name(stated.subject)):
                    yield from _other_total(catalogue, stated, group)
        yield from _other_answers(catalogue, layout, messages)
        profiles = [one for ones in heads.values() for one in ones if finds(_PROFILE, element_name(one.subject))]
        yield from _odd_ones(catalogue, {"the profile": profiles}, "messages have another profile")
        codes = _codes_of_types(catalogue, components)
        yield from _odd_ones(catalogue, codes, "attributes of that type have another code")
        frames = _frame_controls(catalogue, components)
        yield from _odd_ones(catalogue, frames, "components of that name have another frame type", _FRAME_TYPE)
        frames = _frame_controls(catalogue, components, layout.cluster)
        yield from _odd_ones(catalogue, frames, "components of that name go the other way", _DIRECTION)
        clusters = _clusters_of_commands(catalogue, layout, components)
        odd = list(_odd_ones(catalogue, clusters, "components of that name are of another cluster"))
        yield from odd
        for group in messages.values():
            yield from _other_alternatives(catalogue, layout, group, {one.statements[0] for one in odd})


def _heads(catalogue: Catalogue, layout: LayoutHeader) -> Mapping[str, list[Statement]]:
    """The fixed values before the components of each message."""
    found: dict[str, list[Statement]] = {}
    for attribute in ("constant", "permitted"):
        for stated in catalogue.in_part(layout.specification, layout.part, attribute):
            use_case, _, rest = stated.subject.partition("/")
            message, slash, element = rest.partition("/")
            if slash and "/" not in element:
                found.setdefault(f"{use_case}/{message}", []).append(stated)
    return found


def _other_total(catalogue: Catalogue, stated: Statement, group: Sequence[Component]) -> Iterator[Finding]:
    """What is told of a total number of components that is not the number that is laid out."""
    given = _ends(catalogue, stated)
    counts = [_instances(catalogue, component) for component in group]
    fewest: int = 0
    most: int | None = 0
    cited: list[Statement] = []
    for at, (component, (low, high, occurs)) in enumerate(zip(group, counts, strict=True)):
        if occurs is not None:
            cited.append(occurs)
        if _ALTERNATIVE.match(component.group.split("/")[2]):
            continue
        instead = group[at + 1].group.split("/")[2] if at + 1 < len(group) else ""
        if _ALTERNATIVE.match(instead):
            exactly = _EXACTLY.search(element_name(instead))
            low, high = (int(exactly[1]), int(exactly[1])) if exactly else (max(low, 1), high)
        fewest, most = fewest + low, None if most is None or high is None else most + high
    if given is None:
        return
    held(catalogue, stated, cited)
    if given == (fewest, most) or (most is None and given[0] == fewest):
        return
    total = str(fewest) if fewest == most else f"{fewest} to {most}" if most is not None else f"{fewest} or more"
    yield fixed_value_contradicts_layout.finding(
        subject=stated.subject,
        message=f"the stated number of components is {stated.written}, and the layout has {total}",
        statements=distinct((stated, *cited)),
        witness=f"{stated.written} against {total}",
        why="a device that goes by the number looks for components that are not there, or leaves some unread.",
        suggestion=f"write {total.replace(' to ', '-')} in {stated.place}, or correct the components",
    )


def _instances(catalogue: Catalogue, component: Component) -> tuple[int, int | None, Statement | None]:
    """How often a component may stand in its message, with what says so."""
    occurs = catalogue.first(component.group, "occurs")
    ends = _ends(catalogue, occurs) if occurs is not None else None
    return (*ends, occurs) if ends is not None else (1, 1, occurs)


def _ends(catalogue: Catalogue, stated: Statement) -> tuple[int, int | None] | None:
    """The least and the greatest number that a statement gives; None where it gives no numbers, or no least one."""
    from gbcscheck.domains import Numbers

    domain = catalogue.domain(stated)
    if not isinstance(domain, Numbers) or domain.low is None:
        return None
    return int(domain.low), None if domain.high is None else int(domain.high)


def _other_answers(
    catalogue: Catalogue, layout: LayoutHeader, messages: Mapping[str, Sequence[Component]]
) -> Iterator[Finding]:
    """What is told of default responses that answer a command which the use case does not send."""
    constants = catalogue.firsts("constant")
    for message, group in messages.items():
        use_case, _, name = message.partition("/")
        sent = messages.get(f"{use_case}/{COMMAND}", ())
        if name == COMMAND or not sent:
            continue
        answers: list[tuple[Component, Statement]] = []
        for component in group:
            for at in component.called(_ANSWERED):
                answered = constants.get(component.elements[at].subject)
                if answered is None:
                    continue
                answers.append((component, answered))
                cluster = _constant(catalogue, component, layout.cluster)
                commands = [
                    command
                    for one in sent
                    if (command := _constant(catalogue, one, layout.command)) is not None
                    and _same(_constant(catalogue, one, layout.cluster), cluster)
                ]
                held(catalogue, answered, commands)
                if commands and not any(_same(command, answered) for command in commands):
                    yield fixed_value_contradicts_layout.finding(
                        subject=answered.subject,
                        message=f"it answers command {answered.written}, which the use case does not send",
                        statements=distinct((answered, *commands, *([cluster] if cluster is not None else ()))),
                        witness=answered.written,
                        why=f"the command of {use_case} has {', '.join(one.written for one in commands)}.",
                        suggestion="write the identifier of the command that is answered",
                    )
        yield from _answered_twice(catalogue, layout, sent, answers)


def _answered_twice(
    catalogue: Catalogue,
    layout: LayoutHeader,
    sent: Sequence[Component],
    answers: Sequence[tuple[Component, Statement]],
) -> Iterator[Finding]:
    """What is told of a command that is answered more often than it is sent."""
    times = Counter(_command(catalogue, layout, one) for one in sent)
    by_command: dict[tuple[str | None, ...], list[Statement]] = {}
    for component, answered in answers:
        cluster = _constant(catalogue, component, layout.cluster)
        of_cluster = cluster.domain if cluster is not None else None
        by_command.setdefault((of_cluster, answered.domain), []).append(answered)
    for key, ones in by_command.items():
        if 0 < times[key] < len(ones):
            first, *others = ones[::-1]
            yield fixed_value_contradicts_layout.finding(
                subject=first.subject,
                message=f"it answers command {first.written}, which is answered already",
                statements=distinct((first, *others)),
                witness=first.written,
                why=f"the use case sends the command {times[key]} times, and the message answers it {len(ones)} times.",
                suggestion="write the identifier of the command that is answered",
            )


def _command(catalogue: Catalogue, layout: LayoutHeader, component: Component) -> tuple[str | None, ...]:
    """The cluster and the identifier of the command of a component, as far as they are fixed."""
    both = (_constant(catalogue, component, one) for one in (layout.cluster, layout.command))
    return tuple(one.domain if one is not None else None for one in both)


def _codes_of_types(catalogue: Catalogue, components: Sequence[Component]) -> Mapping[str, list[Statement]]:
    """The codes of data types of attributes, by the type of the value that follows each."""
    found: dict[str, list[Statement]] = {}
    constants, kinds = catalogue.firsts("constant"), catalogue.once(types_of_rows)
    for component in components:
        for at in component.called(_DATA_TYPE):
            code = constants.get(component.elements[at].subject)
            kind = kinds.get(component.elements[at + 1].subject) if at + 1 < len(component.elements) else None
            if code is not None and kind is not None:
                word = _BEHIND.sub("", kind.written).strip()
                found.setdefault(f"the code of {word}", []).append(code)
    return found


def _frame_controls(
    catalogue: Catalogue, components: Sequence[Component], of: str = ""
) -> Mapping[str, list[Statement]]:
    """The frame controls of the components that have one name, to the device and from it; of one cluster, where the
    element that gives it is named."""
    found: dict[str, list[Statement]] = {}
    constants = catalogue.firsts("constant")
    for component in components:
        _, message, name = component.group.split("/")
        cluster = _constant(catalogue, component, of) if of else None
        for at in component.called(_FRAME_CONTROL):
            frame = constants.get(component.elements[at].subject)
            if frame is None or (of and cluster is None):
                continue
            way = "to the device" if message == COMMAND else "from the device"
            where = f" in cluster 0x{_number(cluster):04X}" if cluster is not None else ""
            plain = _BEHIND.sub("", name).strip()
            found.setdefault(f"the frame control of {plain} {way}{where}", []).append(frame)
    return found


def _clusters_of_commands(
    catalogue: Catalogue, layout: LayoutHeader, components: Sequence[Component]
) -> Mapping[str, list[Statement]]:
    """The clusters of the components that have one name and whose frame controls say that they are of one cluster."""
    found: dict[str, list[Statement]] = {}
    constants = catalogue.firsts("constant")
    for component in components:
        cluster = _constant(catalogue, component, layout.cluster)
        frames = [constants.get(component.elements[at].subject) for at in component.called(_FRAME_CONTROL)]
        if cluster is not None and any(one is not None and _number(one) & _FRAME_TYPE == _OF_CLUSTER for one in frames):
            plain = _BEHIND.sub("", component.group.split("/")[2]).strip()
            found.setdefault(f"the cluster of {plain}", []).append(cluster)
    return found


def _other_alternatives(
    catalogue: Catalogue, layout: LayoutHeader, group: Sequence[Component], odd: Container[Statement]
) -> Iterator[Finding]:
    """What is told of alternative responses of another cluster than what they stand for, unless that is told as odd."""
    instead_of: Statement | None = None
    for component in group:
        cluster = _constant(catalogue, component, layout.cluster)
        if not _ALTERNATIVE.match(component.group.split("/")[2]):
            instead_of = cluster
            continue
        if cluster is None or instead_of is None or instead_of in odd:
            continue
        held(catalogue, cluster, (instead_of,))
        if not _same(cluster, instead_of):
            yield fixed_value_contradicts_layout.finding(
                subject=cluster.subject,
                message=f"its cluster is {cluster.written}, and that of the response for which it stands "
                f"{instead_of.written}",
                statements=(cluster, instead_of),
                witness=cluster.written,
                why="an alternative response answers the same command.",
                suggestion=f"write {instead_of.written} in {cluster.place}",
            )


def _odd_ones(
    catalogue: Catalogue, groups: Mapping[str, Sequence[Statement]], elsewhere: str, bits: int = -1
) -> Iterator[Finding]:
    """What is told of fixed values that are one in all places but few, as far as some of their bits go."""
    for what, group in groups.items():
        by_value: dict[int, list[Statement]] = {}
        for one in group:
            by_value.setdefault(_number(one) & bits, []).append(one)
        if group:
            held(catalogue, group[0], group[1:])
        *odd, common = sorted(by_value.values(), key=len) or [[]]
        for ones in odd:
            for one in ones:
                yield fixed_value_contradicts_layout.finding(
                    subject=one.subject,
                    message=f"{what} is {one.written} here, and {common[0].written} elsewhere",
                    statements=(one, common[0]),
                    witness=one.written,
                    why=f"{len(common)} {elsewhere}.",
                    suggestion=f"write {common[0].written} in {one.place}",
                )


def _constant(catalogue: Catalogue, component: Component, name: str) -> Statement | None:
    return catalogue.firsts("constant").get(component.element(name))


def _number(stated: Statement) -> int:
    return int(stated.domain) if stated.domain and stated.domain.isdigit() else -1


def _same(one: Statement | None, other: Statement | None) -> bool:
    return one is not None and other is not None and one.domain == other.domain


RULES = (command_of_two_identifiers, fixed_value_contradicts_layout)
