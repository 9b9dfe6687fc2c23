"""Plants conflicts in the published documents, one at a time, and counts which of them ``check`` finds.

``python tests/trust/plant.py --seed 1 --count 2000`` prints the table; ``--answers FILE`` writes what was planted, and
what became of it, one JSON object a line, ``--misses FILE`` what has a second source and was not found. The documents
are those of the corpus (``GBCSCHECK_CORPUS``, else ``../shared/corpus``).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Plants conflicts and counts which of them check finds.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--size", type=int, default=20, help="how many are put in together; 1: one at a time")
    parser.add_argument("--kind", help="one kind alone")
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--misses", type=Path)
    given = parser.parse_args(arguments)
    sys.path[:0] = [str(Path(__file__).parent), str(ROOT), str(ROOT / "tools")]
    from recall import Laboratory, Outcome, table

    corpus = Path(os.environ.get("GBCSCHECK_CORPUS") or ROOT.parent / "shared" / "corpus")
    laboratory = Laboratory.of(corpus)
    plants = laboratory.planter.plants(given.seed, given.count)
    chosen = [one for one in plants if given.kind in (None, one.kind)]
    outcomes = laboratory.outcomes(chosen, size=given.size)
    print(table(outcomes), end="")

    def write(path: Path | None, some: Iterable[Outcome]) -> None:
        if path is not None:
            rows = (
                {**one.plant.answer(), "found": one.found, "rules": one.rules, "reason": one.reason} for one in some
            )
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

    write(given.answers, outcomes)
    write(given.misses, (one for one in outcomes if one.plant.second and not one.found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
