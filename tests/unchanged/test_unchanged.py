"""What the commands print of all shipped releases, the samples and the corpus is what it was, to the octet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import BEFORE, Command, commands, digest, run

BEFORE_DIGESTS = json.loads(BEFORE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", list(commands()), ids=str)
def test_output_is_as_before(command: Command, corpus: Path) -> None:
    assert digest(run(command, corpus)) == BEFORE_DIGESTS[str(command)]


def test_every_digest_belongs_to_a_command() -> None:
    assert set(BEFORE_DIGESTS) == {str(command) for command in commands()}
