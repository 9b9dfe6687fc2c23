"""A set without a member, as a range from 5 to 0 gives, is told by the rules and stops none of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release
from gbcscheck.rules import check


@pytest.mark.parametrize(
    "path", ["gbcs/4.0/use-cases.json", "duis/5.4/schema.json", "mmc/5.4/schema.json", "cosem/encodings.json"]
)
def test_sets_without_a_member_stop_no_rule(path: str) -> None:
    release, rng = load_release("current"), Random(1)

    def emptied(share: float) -> Catalogue:
        extracts = []
        for extract in release.extracts:
            if extract.path == path:
                rows = (
                    row._replace(domain="none") if row.domain and rng.random() < share else row for row in extract.rows
                )
                extract = replace(extract, rows=tuple(rows))
            extracts.append(extract)
        return Catalogue.of(replace(release, extracts=tuple(extracts)))

    assert any(check(emptied(0.1)))
    assert any("no value" in one.witness for one in check(emptied(0.5))) or path != "gbcs/4.0/use-cases.json"
