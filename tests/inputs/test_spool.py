"""A text that waits to be written: whole, in order, and gone with the process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gbcscheck.errors import GbcscheckError
from gbcscheck.inputs.temporary import SPOOLED, Spool


def test_a_text_is_read_as_it_was_written_as_often_as_is_wanted() -> None:
    spool = Spool()
    assert spool.is_empty
    assert list(spool) == []
    pieces = ["a\r\n", "", "\ud800é\u2028", "x" * SPOOLED, "end\n"]
    for piece in pieces:
        spool.write(piece)
    assert not spool.is_empty
    assert "".join(spool) == "".join(spool) == "".join(pieces)
    spool.close()


@pytest.mark.skipif(sys.platform == "win32", reason="files have names there until they are closed")
def test_a_process_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import os, signal\n"
        "from gbcscheck.inputs.temporary import SPOOLED, Spool\n"
        "spool = Spool()\n"
        "spool.write('x' * SPOOLED * 3)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    assert done.returncode < 0
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool()

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(GbcscheckError, match="No space left on device"):
        spool.write("x" * (SPOOLED + 1))
