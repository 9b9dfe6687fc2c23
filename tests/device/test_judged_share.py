"""How many of the messages of the corpus are judged, and why the others are not (``pytest -s`` prints the figures)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.message import judge_message
from gbcscheck.model.device_files import FITS, OPEN, WRONG


def test_nearly_all_messages_are_judged_and_the_others_are_told_with_the_reason(corpus: Path) -> None:
    """549 of 649 were, before ASN.1, and use cases and alerts without tables."""
    context = load_context(Choices())
    judged = Counter[str]()
    reasons = Counter[tuple[str, str]]()
    for path in sorted((corpus / "rtds").glob("*/*.HEX")):
        file = judge_message(path.name, bytes.fromhex(path.read_text("ascii")), context)
        assert file.problem is None, path.name
        leaves = sum(entry.verdict in (FITS, OPEN, WRONG) for entry in file.entries)
        assert file.values == leaves, path.name
        assert bool(file.reason) is not file.judged, path.name
        assert not any(finding.severity != "note" for finding in file.findings), path.name
        judged[file.basis or "by the table of its use case"] += file.judged
        if not file.judged:
            reasons[file.use_case, file.reason] += 1
    whole = sum(judged.values()) + sum(reasons.values())
    print(f"\n{sum(judged.values())} of {whole} messages judged ({100 * sum(judged.values()) / whole:.1f} %)")
    for basis, count in judged.most_common():
        print(f"  {count:4} {basis}")
    for (use_case, reason), count in reasons.most_common():
        print(f"  {count:4} not: {use_case}: {reason}")
    assert sum(judged.values()) >= 0.9 * whole
    assert {use_case for use_case, _ in reasons} == {"ECS26d", "CCS05/CCS04"}
