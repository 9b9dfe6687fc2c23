"""A schema's statement that is not in its notation is refused with its place, and all else is compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gbcscheck.cli import run


def extract(name: str, subject: str, attribute: str, value: str) -> str:
    namespace = {"subject": subject, "attribute": "namespace", "value": "urn:t"}
    stated = {"subject": subject, "attribute": attribute, "value": value}
    header = {"specification": name, "version": "1", "part": "schema", "provenance": "published"}
    return json.dumps({**header, "statements": [namespace, stated]}, indent=1)


@pytest.mark.parametrize(("attribute", "value"), [("content-model", "((("), ("any-attribute", "foo")])
def test_it_is_refused_where_it_is_read_and_the_rest_is_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], attribute: str, value: str
) -> None:
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        sound = "(b)" if attribute == "content-model" else "any lax"
        written = value if side == "new" else sound
        (tmp_path / side / "x.json").write_text(extract("DUIS", "/a", attribute, written), "utf-8")
        (tmp_path / side / "y.json").write_text(extract("MMC", "/z", "default", side), "utf-8")
    code = run(["compare", str(tmp_path / "old"), str(tmp_path / "new")])
    shown = capsys.readouterr()
    assert code == 2
    assert "x.json:" in shown.err
    assert "/statements/1/value" in shown.err
    assert "/z" in shown.out
