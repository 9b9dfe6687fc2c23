"""What the test data show of the links of the crosswalk, written to ``specs/crosswalk/proofs.json``.

    .venv/bin/python tools/prove_links.py [FOLDER…]

FOLDER… hold pairs of a service request and its command (``X_REQUEST_DUIS.XML``, ``X_COMMAND_GBCS.HEX``); without one
those of the corpus. A link whose own entry says what was
shown keeps that. Fails where a pair has another value than
the request asks for: then link, conversion or message is wrong, and somebody has to look.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.pairs.folders import prove_folders
from gbcscheck.device.pairs.proving import PairProof
from gbcscheck.facts.crosswalk import proof_key

ROOT = Path(__file__).resolve().parents[1]
PROOFS = ROOT / "specs" / "crosswalk" / "proofs.json"
CORPUS = Path(os.environ.get("GBCSCHECK_CORPUS", ROOT.parent / "shared" / "corpus"))
NOTE = "Made by tools/prove_links.py from pairs of a service request and its command; the links are not."


def shown_by(pairs: Iterable[PairProof]) -> Iterator[dict[str, object]]:
    """What pairs show of each link: proved where one of them proves it and none has another value."""
    found: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for pair in pairs:
        for shown in pair.links:
            found.setdefault(proof_key(shown.link), {}).setdefault(shown.verdict, set()).add(pair.name)
    for (service_request, item, request), verdicts in sorted(found.items()):
        if "different" in verdicts:
            raise SystemExit(
                f"{item} of {service_request}: another value in {', '.join(sorted(verdicts['different']))}"
            )
        proof = "proved" if "proved" in verdicts else "weak"
        yield {
            "service_request": service_request,
            "item": item,
            "request": request,
            "proof": proof,
            "evidence": sorted(verdicts[proof]),
        }


def text_of(folders: Iterable[Path]) -> str:
    """The content of the file."""
    context = load_context(Choices())
    entries = ",\n".join(f"  {json.dumps(one)}" for one in shown_by(prove_folders(context, folders).pairs))
    head = f' "title": "What messages show of the links",\n "note": {json.dumps(NOTE)},\n "entries": [],\n'
    return f'{{\n{head} "proofs": [\n{entries}]\n}}\n'


if __name__ == "__main__":
    PROOFS.write_text(text_of([Path(one) for one in sys.argv[1:]] or [CORPUS]))
