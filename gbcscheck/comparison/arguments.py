"""What the arguments of a comparison name together: two sides, a range, or one side against the work tree."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from gbcscheck.comparison.configured import Own
from gbcscheck.comparison.sides import Named, is_plainly_a_path, named, work_tree_for
from gbcscheck.errors import UsageError
from gbcscheck.extract.source_kinds import SUFFIXES, is_word
from gbcscheck.extract.table_choice import VIEWS
from gbcscheck.frozen import frozen
from gbcscheck.inputs.git.revisions import WORKTREE

_ON_THE_WAY = re.compile(r"(?:HEAD|@)(?:[~^][0-9]*)*(?::|$)")


@frozen
class Compared:
    """Both sides, and the words that name each."""

    older: Named
    newer: Named
    old: str
    new: str


def compared(
    old: str,
    new: str | None = None,
    *,
    merge_base: bool | None = None,
    within: Sequence[str] = (),
    own: Own | None = None,
    cwd: Path | None = None,
) -> Compared:
    """The two sides that are compared.

    One Word document is compared with itself: as it was before its tracked changes, and with all of them accepted. One
    revision is compared with the work tree, as a pull request is: from where the two met. ``A...B`` is B from where
    the two met, ``A..B`` the one with the other, without a name HEAD. ``merge_base`` says otherwise for either form.
    ``within``, ``own`` and ``cwd`` are as in ``named``. UsageError where a side cannot be had, or the two never met.
    """
    here = cwd or Path.cwd()
    if new is None and is_word(old) and (here / old).is_file():
        return _with_itself(old, here)
    if (found := _range(old, here)) is not None:
        if new is not None:
            raise UsageError(f'"{old}" names both sides; "{new}" is one too many')
        old, dots, new = found
        meets = dots == "..." if merge_base is None else merge_base
    else:
        # HEAD~3 is on the way to HEAD: the two meet there.
        meets = (new is None and not _ON_THE_WAY.match(old)) if merge_base is None else merge_base
    # The newer side comes first: the older one may depend on it.
    newer = None if new is None else named(new, within=within, own=own, cwd=cwd)
    meets_with = "HEAD" if newer is None or newer.kind == "worktree" else newer.revision.name if newer.revision else ""
    is_asked_for = found is not None or merge_base is True
    older = named(old, within=within, own=own, cwd=cwd, meets=meets_with if meets else "", must_meet=is_asked_for)
    if merge_base and (older.kind != "revision" or not meets_with):
        raise UsageError("--merge-base is for two revisions, or one and the work tree")
    if newer is None:
        new = work_tree_for(older, old)
        try:
            newer = named(new, within=within, own=own, cwd=cwd)
        except UsageError:
            if older.kind != "files":
                raise
            problem = "nothing is named that it is to be compared with, and no repository is around it"
            raise UsageError(f"{problem}: name both sides, the older one first", where=old) from None
    assert new is not None
    return Compared(older, newer, old, new)


def _with_itself(text: str, here: Path) -> Compared:
    """A Word document as it was before its tracked changes, and with all of them accepted; UsageError for one without
    any."""
    from gbcscheck.extract.word.document import read_document

    if not read_document(here / text, shown=text).changes:
        raise UsageError("the document has no tracked changes; name what it is to be compared with", where=text)
    older, newer = (Named("files", text, view=view) for view in VIEWS)
    return Compared(older, newer, text, text)


def _range(text: str, here: Path) -> tuple[str, str, str] | None:
    """The names on both sides of the dots of ``A..B`` or ``A...B``; None for what is no range."""
    at = text.find("..")
    if at < 0 or is_plainly_a_path(text) or os.path.lexists(here / text) or text.lower().endswith(SUFFIXES):
        return None
    dots = "..." if text[at : at + 3] == "..." else ".."
    first, second = text[:at], text[at + len(dots) :]
    # Behind a colon stands a path, in braces a search: dots are part of them.
    if any(sign in first for sign in ":{") or first.endswith("/") or second.startswith("/") or not first + second:
        return None
    if ":" in second:
        raise UsageError(f'"{text}" is a range, and "{second}" names a path; --path keeps both sides to one')
    if WORKTREE in (first, second):
        raise UsageError(f"{WORKTREE} is no part of a range; name both sides, maybe with --merge-base")
    return first or "HEAD", dots, second or "HEAD"
