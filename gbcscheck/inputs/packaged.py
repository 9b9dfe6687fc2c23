"""What the wheel holds that was worked out when it was built, and when it is still what would be worked out now."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

PACKAGED = Path(__file__).parents[1] / "store"
"""The folder of all that; not there in a checkout."""


def is_of_program(status: os.stat_result) -> bool:
    """Whether a file is as much to be trusted as the code of the program: of the same owner, and nobody may write it
    who may not write that."""
    code = os.stat(__file__)
    wider = status.st_mode & ~code.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISREG(status.st_mode) and status.st_uid == code.st_uid and not wider


def is_older(made_from: Iterable[os.stat_result], made: os.stat_result) -> bool:
    """Whether files have not been changed since another one was: nobody can set the time at which a file was changed.
    Windows tells that of its making in its place, and so nothing about it."""
    return sys.platform != "win32" and all(one.st_ctime_ns < made.st_ctime_ns for one in made_from)
