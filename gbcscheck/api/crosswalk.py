"""How far the crosswalk goes: what it links, what it leaves out and why, and what pairs of messages show of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.frozen import frozen
from gbcscheck.printable import clean
from gbcscheck.report.layout import Layout, Line, Span, paint, paragraph
from gbcscheck.report.table import table

if TYPE_CHECKING:
    from gbcscheck.device.documents.leaves import Leaf
    from gbcscheck.device.pairs.folders import FolderProof
    from gbcscheck.device.pairs.proving import PairProof, Told
    from gbcscheck.release.catalogue import Catalogue

ROWS = (
    ("DLMS rows of use cases", "object"),
    ("ZCL rows of use cases", "cluster"),
    ("elements of byte layouts", "octets"),
)
"""The rows of use cases by the attribute that every row of a kind has."""
MOST = 40
"""Places that a text lists of those that differ."""


@frozen
class Share:
    """Of some subjects: how many there are, how many are linked, and how many have none for a reason."""

    name: str
    total: int
    linked: int
    unlinked: int = 0

    @property
    def missing(self) -> int:
        """Those without a link of which nobody says why."""
        return self.total - self.linked - self.unlinked


@frozen
class CrosswalkCoverage:
    """How far the crosswalk of a release goes: every element of requests and responses, and the rows of use cases."""

    release: str
    requests: tuple[Leaf, ...]
    responses: tuple[Leaf, ...]
    rows: tuple[Share, ...]
    links: int

    def to(self, form: str, layout: Layout | None = None, *, missing: bool = False) -> str:
        """``text`` or ``json``; with ``missing`` each element without a link, else shares."""
        if form == "json":
            from gbcscheck.printable import json_text

            return json_text(_coverage_document(self), indent=2) + "\n"
        shown = layout or Layout()
        return paint(_missing_lines(self, shown) if missing else _share_lines(self, shown), colour=shown.colour)


@frozen
class CrosswalkProof:
    """What pairs of a service request and its command show of the crosswalk of a release."""

    release: str
    pairs: tuple[PairProof, ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def ok(self) -> bool:
        """Whether no value of a command is another than its request asks for."""
        return not any(one.state == "different" for pair in self.pairs for one in pair.values)

    def to(self, form: str, layout: Layout | None = None) -> str:
        """``text`` or ``json``."""
        if form == "json":
            from gbcscheck.printable import json_text

            return json_text(_proof_document(self), indent=2) + "\n"
        shown = layout or Layout()
        return paint(_proof_lines(self, shown), colour=shown.colour)


# --- what is linked --------------------------------------------------------------------------------------------------


def crosswalk_coverage(release: str | None = None, progress: Callable[[str], None] | None = None) -> CrosswalkCoverage:
    """How far the crosswalk of a release that ships goes. UsageError for an unknown release."""
    from gbcscheck.device.documents.leaves import request_leaves, response_leaves
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.releases import load_release

    catalogue = Catalogue.of(load_release(release, progress=progress))
    return CrosswalkCoverage(
        catalogue.release.name,
        request_leaves(catalogue),
        response_leaves(catalogue),
        tuple(_rows(catalogue)),
        len(catalogue.crosswalk.links),
    )


def _rows(catalogue: Catalogue) -> Iterable[Share]:
    linked = {end.subject for link in catalogue.crosswalk.links for end in link.ends}
    for name, attribute in ROWS:
        rows = {subject for _, subject in catalogue.said_of(attribute) if "/" in subject and subject[0] != "/"}
        yield Share(name, len(rows), len(rows & linked))


def _shares(leaves: Sequence[Leaf]) -> list[Share]:
    """The share of each request or response, those with most that is missing first."""
    found: dict[str, Counter[str]] = {}
    for leaf in leaves:
        found.setdefault(leaf.document, Counter())[leaf.state] += 1
    shares = [Share(name, n.total(), n["linked"], n["unlinked"]) for name, n in found.items()]
    return sorted(shares, key=lambda share: (-share.missing, share.name))


def _whole(name: str, leaves: Sequence[Leaf]) -> Share:
    states = Counter(leaf.state for leaf in leaves)
    return Share(name, len(leaves), states["linked"], states["unlinked"])


def _share_row(share: Share, style: str = "") -> list[Span]:
    numbers = (share.total, share.linked, share.unlinked, share.missing)
    percent = f"{100 * share.linked / share.total:6.1f}" if share.total else ""
    return [(clean(share.name), style), *((f"{number:>7,}", style) for number in numbers), (percent, style)]


SHARES = ("", "leaves", "linked", "reason", "missing", "linked %")


def _share_lines(coverage: CrosswalkCoverage, layout: Layout) -> list[Line]:
    requests, responses = coverage.requests, coverage.responses
    whole = [_whole("elements of requests (DUIS)", requests), _whole("elements of responses (MMC)", responses)]
    fitted = layout if layout.break_words else None
    lines = list(paragraph(("", ""), f"release {coverage.release}: {coverage.links:,} links", layout))
    lines += [(), *table(SHARES, [_share_row(one, "strong") for one in (*whole, *coverage.rows)], fitted)]
    for title, leaves in (("request", requests), ("response", responses)):
        rows = [_share_row(share) for share in _shares(leaves)]
        lines += [(), *table((title, *SHARES[1:]), rows, fitted)]
    reasons = Counter(leaf.reason for leaf in (*requests, *responses) if leaf.reason)
    lines += [(), *table(("without a link, since", "leaves"), _reason_rows(reasons), fitted)]
    return lines


def _reason_rows(reasons: Counter[str]) -> list[list[Span]]:
    from gbcscheck.facts.crosswalk import REASONS

    said = {str(reason): text for reason, text in REASONS.items()}
    return [[(f"{reason}: {said.get(reason, '')}", ""), (f"{n:>7,}", "")] for reason, n in reasons.most_common()]


def _missing_lines(coverage: CrosswalkCoverage, layout: Layout) -> list[Line]:
    lines: list[Line] = []
    for leaves in (coverage.requests, coverage.responses):
        for leaf in leaves:
            if leaf.state == "linked":
                continue
            reason = f"{leaf.reason}  {leaf.note}".strip() if leaf.reason else "no link"
            style = "faint" if leaf.reason else "strong"
            lines.append(((clean(leaf.subject), "place"), ("  ", ""), (clean(reason), style)))
    total = sum(leaf.state == "missing" for leaf in (*coverage.requests, *coverage.responses))
    closing = f"{total:,} elements have no link, and nobody says why; {len(lines) - total:,} have none for a reason"
    return [*lines, (), *paragraph(("", ""), closing, layout)]


def _coverage_document(coverage: CrosswalkCoverage) -> dict[str, Any]:
    return {
        "release": coverage.release,
        "links": coverage.links,
        "rows": [{"name": one.name, "total": one.total, "linked": one.linked} for one in coverage.rows],
        "requests": [leaf._asdict() for leaf in coverage.requests],
        "responses": [leaf._asdict() for leaf in coverage.responses],
    }


# --- what pairs show -------------------------------------------------------------------------------------------------


def crosswalk_proof(
    folders: Sequence[str | Path],
    release: str | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    allow_outside: bool = False,
) -> CrosswalkProof:
    """What the pairs of a request and its command in some folders show. UsageError where there is no pair."""
    from gbcscheck.device.context import Choices, load_context
    from gbcscheck.device.pairs.folders import prove_folders

    context = load_context(Choices(), release=release, progress=progress)
    found: FolderProof = prove_folders(context, map(Path, folders), progress, allow_outside=allow_outside)
    return CrosswalkProof(context.catalogue.release.name, found.pairs, found.unread)


PROOFS = ("service request", "pairs", "values", "compared", "equal", "weak", "different", "open", "absent", "no link")


def _proof_row(name: str, pairs: int, states: Counter[str], style: str = "") -> list[Span]:
    compared = states["equal"] + states["weak"] + states["different"]
    numbers = (
        pairs,
        states.total(),
        compared,
        states["equal"],
        states["weak"],
        states["different"],
        states["open"],
        states["absent"],
        states["unlinked"] + states["missing"],
    )
    cells: list[Span] = [(f"{number:>6,}", style) for number in numbers]
    if states["different"]:
        cells[5] = (cells[5][0], "error")
    return [(clean(name), style), *cells]


def _states(pairs: Iterable[PairProof]) -> Counter[str]:
    return Counter(one.state for pair in pairs for one in pair.values)


def _proof_lines(proof: CrosswalkProof, layout: Layout) -> list[Line]:
    by_request: dict[str, list[PairProof]] = {}
    for pair in proof.pairs:
        by_request.setdefault(pair.service_reference, []).append(pair)
    rows = [_proof_row(name, len(pairs), _states(pairs)) for name, pairs in sorted(by_request.items())]
    rows.append(_proof_row("all", len(proof.pairs), _states(proof.pairs), "strong"))
    lines = [*table(PROOFS, rows, layout if layout.break_words else None), ()]
    different = [(pair, one) for pair in proof.pairs for one in pair.values if one.state == "different"]
    lines += [line for pair, one in different[:MOST] for line in _different(pair, one, layout)]
    if len(different) > MOST:
        lines += paragraph(("", ""), f"and {len(different) - MOST:,} more that differ", layout)
    for name, reason in proof.unread:
        lines += paragraph(("not compared  ", "warning"), f"{clean(name)}: {clean(reason)}", layout)
    return lines


def _different(pair: PairProof, one: Told, layout: Layout) -> Iterable[Line]:
    told = (
        f"{clean(pair.request)}:{clean(one.source.removeprefix('line '))} {clean(one.subject)} is {clean(one.written)}"
    )
    return paragraph(("different  ", "error"), f"{told}; the command has another value", layout)


def _proof_document(proof: CrosswalkProof) -> dict[str, Any]:
    return {
        "release": proof.release,
        "pairs": [
            {
                "name": pair.name,
                "request": pair.request,
                "service_reference": pair.service_reference,
                "use_case": pair.use_case,
                "values": [one._asdict() for one in pair.values],
                "links": [
                    {"item": one.link.item, "service_request": one.link.service_request, "verdict": one.verdict}
                    for one in pair.links
                ],
            }
            for pair in proof.pairs
        ],
        "unread": [{"name": name, "reason": reason} for name, reason in proof.unread],
    }
