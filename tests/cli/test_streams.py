"""Texts of several parts are written as whole ones are."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from gbcscheck.cli.streams import write_output, write_parts

PARTS = ("plain · ", "dots …\n", "é\n")


@pytest.mark.parametrize(("encoding", "exact"), [("utf-8", False), ("ascii", False), ("latin-1", True)])
def test_parts_are_written_as_the_whole_is(monkeypatch: pytest.MonkeyPatch, encoding: str, exact: bool) -> None:
    written = []
    for write in (
        lambda: write_output("".join(PARTS), None, exact=exact),
        lambda: write_parts(_parts, None, exact=exact),
    ):
        octets = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(octets, encoding=encoding, errors="backslashreplace"))
        write()
        written.append(octets.getvalue())
    monkeypatch.undo()
    assert written[0] == written[1] != b""
    if encoding == "ascii":
        assert written[1].startswith(b"plain - dots ...\n")


def _parts() -> tuple[str, ...]:
    return PARTS


def test_parts_of_a_file_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    write_parts(_parts, target)
    assert target.read_text(encoding="utf-8") == "".join(PARTS)

    def broken() -> tuple[str, ...]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_parts(broken, target)
    assert target.read_text(encoding="utf-8") == "".join(PARTS)
    assert list(tmp_path.iterdir()) == [target]
