"""What the commands print of all shipped releases, the samples and the corpus is what it was, to the octet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import BEFORE, ROOT, Command, commands, copy_to, digests, environment
from in_process import octets_of

pytestmark = pytest.mark.usefixtures("published_once")

BEFORE_DIGESTS = json.loads(BEFORE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a copy of what ships and is no repository."""
    folder = tmp_path_factory.mktemp("copy")
    copy_to(folder)
    return folder


@pytest.mark.parametrize("command", list(commands()), ids=str)
def test_output_is_as_before(command: Command, corpus: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folders = {"repository": ROOT, "corpus": corpus}
    folder = folders.get(command.folder) or request.getfixturevalue("copy")
    done = octets_of(*command.words(tmp_path), cwd=folder, env=environment())
    found = digests(command, done.returncode, command.outputs(done.stdout, tmp_path))
    assert found == {name: BEFORE_DIGESTS[name] for name in command.names}


def test_every_digest_belongs_to_a_command() -> None:
    assert set(BEFORE_DIGESTS) == {name for command in commands() for name in command.names}
