"""``python -m gbcscheck`` and the console script."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from typing import NoReturn

from gbcscheck.signals import remove_temporary_files, remove_temporary_files_at_the_end


def main() -> None:
    """Run the command line and end the process with its exit code.

    A command is one short run and its statements live to the end of it, so looking for cyclic garbage among them
    only costs time.
    """
    gc.disable()
    remove_temporary_files_at_the_end()
    try:
        from gbcscheck.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while the modules of the command line were being imported
        sys.stderr.write("interrupted\n")
        code = 130
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process at once. All is said and written: taking every value apart only costs time, and an interrupt
    meanwhile would have nothing left to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    remove_temporary_files()
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
