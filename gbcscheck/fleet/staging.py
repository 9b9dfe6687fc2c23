"""The folder in which a run keeps what is finished: beside what it will be, taken up again by the next run of its kind,
and given its name when all of it is there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError
from gbcscheck.fleet.sources import Source

RUN = "run.json"
"""The file by which a folder is known for one that a run made."""
_KEY = "gbcscheck fleet"


class Staging:
    """A folder of finished parts. ``key`` is what all of them depend on: the release, the options, the version."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self._key = key

    @property
    def out(self) -> Path:
        """The folder that will be the run's."""
        return self.folder / "out"

    def part(self, name: str, *depends: str) -> Path:
        """The folder of a part, whose name says all that it depends on."""
        return self.folder / "parts" / f"{name}-{digest(self._key, *depends)}"

    def made(self, source: Source) -> Path:
        """The Parquet file that is made of a source that is none."""
        of = digest(os.path.abspath(source.path), str(source.size), str(source.changed), source.kind)
        return self.folder / "texts" / f"{of}.parquet"

    def scratch(self, name: str) -> Path:
        """A folder for what is made anew in each run; what an earlier one left of it is removed."""
        folder = self.folder / "scratch" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        return folder

    def told_of(self, part: Path) -> dict[str, Any] | None:
        """What was told of a part when it was finished; None where it is not."""
        try:
            found = json.loads(_told(part).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and part.exists() else None

    def tell_of(self, part: Path, told: dict[str, Any]) -> None:
        """Say that a part is finished."""
        told_in = _told(part)
        fresh = told_in.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as stream:
            json.dump(told, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(fresh, told_in)

    @staticmethod
    def clear(part: Path) -> None:
        """Remove what an earlier run left of a part that it did not finish."""
        shutil.rmtree(part, ignore_errors=True)
        _told(part).unlink(missing_ok=True)


def _told(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def digest(*parts: str) -> str:
    """A short name for some texts."""
    octets = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(octets).hexdigest()[:24]


@contextmanager
def staging(output: Path | None, key: str) -> Iterator[Staging]:
    """The staging folder of a run: ``.NAME.part`` beside its output, or a temporary one where there is no output.

    GbcscheckError where the output's folder is not there, is something else than a run, or another run is at it.
    """
    if output is None:
        from gbcscheck.inputs.temporary import private_folder

        with private_folder() as folder:
            yield Staging(folder, key)
        return
    target = Path(os.path.abspath(output))
    _refuse_other(target, output)
    folder = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise GbcscheckError(f"cannot be written ({error.strerror})", where=str(output)) from None
    with _alone(folder, output):
        if (folder / "old").exists() and not target.exists():
            os.rename(folder / "old", target)  # the run that was to take its place was killed between the two names
        for left in ("out", "old", "spilled"):
            shutil.rmtree(folder / left, ignore_errors=True)
        yield Staging(folder, key)


def _refuse_other(target: Path, output: Path) -> None:
    if not target.parent.is_dir():
        raise GbcscheckError(f"the folder {output.parent} does not exist", where=str(output))
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise GbcscheckError("this is no folder; the name of a folder was expected", where=str(output))
    if any(target.iterdir()) and not is_run(target):
        raise GbcscheckError(
            "this folder holds something else than a run of fleet, and is not written to; name another one",
            where=str(output),
        )


def is_run(folder: Path) -> bool:
    """Whether a folder is what a run made."""
    try:
        document = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("made_by") == _KEY


def write_run(folder: Path, asked: dict[str, Any]) -> None:
    """Write what was asked of a run, by which its folder is known."""
    text = json.dumps({"made_by": _KEY, **asked}, ensure_ascii=False, indent=2)
    (folder / RUN).write_text(f"{text}\n", encoding="utf-8")


def give_name(stage: Staging, output: Path) -> None:
    """Give the finished folder its name, in the place of an earlier run's, and remove the parts."""
    target = Path(os.path.abspath(output))
    old = stage.folder / "old"
    try:
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
            os.rename(target, old)
        try:
            os.rename(stage.out, target)
        except OSError:
            if old.exists():
                os.rename(old, target)
            raise
    except OSError as error:
        raise GbcscheckError(f"cannot be written ({error.strerror})", where=str(output)) from None
    shutil.rmtree(stage.folder, ignore_errors=True)


@contextmanager
def _alone(folder: Path, output: Path) -> Iterator[None]:
    """Hold a folder, so that no two runs are at it; the system lets go of it when the process is gone."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GbcscheckError("another run is at work on it", where=str(output)) from None
        yield
    finally:
        os.close(handle)
