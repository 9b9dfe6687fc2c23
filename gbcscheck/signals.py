"""What becomes of a run that the system ends: its temporary files go first."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from types import FrameType

ENDING = ("SIGTERM", "SIGHUP")
"""The signals that end a run from outside; the one of the keyboard is an exception of Python's own."""


def remove_temporary_files_at_the_end() -> None:
    """From now on a signal that ends the process removes its temporary files first. A signal that is being ignored, as
    ``nohup`` does, stays so."""
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def remove_temporary_files() -> None:
    """Remove what is temporary, where there is any."""
    temporary = sys.modules.get("gbcscheck.inputs.temporary")
    if temporary is not None:
        temporary.remove_all()


def _end(number: int, frame: FrameType | None) -> None:
    """Remove what is temporary, and end by the same signal: whoever sent it sees that it worked.

    Nothing is raised: an exception in the middle of a callback of a library would be swallowed there.
    """
    for name in ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    remove_temporary_files()
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(128 + number)
