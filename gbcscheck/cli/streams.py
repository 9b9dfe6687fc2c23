"""Standard output and error whatever the locale, and files that are written whole or not at all.

Kept apart from the terminal's colours and widths, so that ``--version`` imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from gbcscheck.errors import GbcscheckError
from gbcscheck.printable import escaped, without_commands

PLAIN_CHARACTERS = str.maketrans({"·": "-", "…": "...", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"'})
"""What stands for the characters of the reports where the encoding of a terminal lacks them."""


def prepare_streams() -> None:
    """Let every text be written, whatever the locale: what an encoding lacks is replaced, never an error."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - closed by the caller's shell
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def print_line(line: str, *, label: str = "") -> None:
    """One line on standard error, whatever characters it holds; a label before it is written as it is."""
    try:
        sys.stderr.write(without_commands(label + encodable(escaped(line), sys.stderr)) + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        _silence(sys.stderr)


def write_output(text: str, output: Path | None, *, sources: Iterable[str | Path] = (), exact: bool = False) -> None:
    """Write a whole text to standard output or to a file.

    ``exact`` is for formats that are UTF-8 whatever the terminal's encoding (JSON). ``sources`` are the files that
    were read; GbcscheckError where the output is one of them, or cannot be written.
    """
    write_parts(lambda: (text,), output, sources=sources, exact=exact)


def write_parts(
    parts: Callable[[], Iterable[str]],
    output: Path | None,
    *,
    sources: Iterable[str | Path] = (),
    exact: bool = False,
) -> None:
    """Write a text of several parts as ``write_output`` does; ``parts`` gives them, as often as it is called."""
    if output is None:
        _write_stdout(parts, exact=exact)
    else:
        with staged(((_octets(parts()), output),), sources=sources) as commit:
            commit()


def _octets(parts: Iterable[str]) -> Iterator[bytes]:
    return (part.encode("utf-8", errors="backslashreplace") for part in parts)


def write_stdout(text: str, *, exact: bool = False) -> None:
    """Write to standard output; a reader that has gone away is no error."""
    _write_stdout(lambda: (text,), exact=exact)


def _write_stdout(parts: Callable[[], Iterable[str]], *, exact: bool) -> None:
    octets = getattr(sys.stdout, "buffer", None)
    try:
        if exact and octets is not None:
            sys.stdout.flush()
            octets.writelines(_octets(parts()))
        else:
            plain = not all(_can_write(part, sys.stdout) for part in parts())
            sys.stdout.writelines(part.translate(PLAIN_CHARACTERS) if plain else part for part in parts())
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        raise GbcscheckError(f"cannot be written ({error.strerror})", where="standard output") from None


def encodable(text: str, stream: TextIO) -> str:
    """The text, with plain characters for those of the reports that the stream's encoding lacks."""
    return text if _can_write(text, stream) else text.translate(PLAIN_CHARACTERS)


def _can_write(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _silence(stream: TextIO) -> None:
    """Send what is still to come nowhere, so that the interpreter's own flush at the end meets no error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def write_file(content: bytes, output: Path, *, sources: Iterable[str | Path] = ()) -> None:
    """Write a file whole or not at all; errors as in ``write_output``."""
    with staged(((content, output),), sources=sources) as commit:
        commit()


@contextmanager
def staged(
    outputs: Iterable[tuple[bytes | Iterable[bytes], Path]], *, sources: Iterable[str | Path] = ()
) -> Iterator[Callable[[], None]]:
    """Write several files beside where they will stand, and give what puts all of them in their places. The content of
    each may come in parts.

    Nothing is left of them where it is not called, or where one of them cannot be written; errors as in
    ``write_output``.
    """
    ready: list[tuple[str, Path]] = []
    streams: list[tuple[bytes | Iterable[bytes], Path]] = []
    read = list(sources)

    def commit() -> None:
        for content, output in streams:
            _write_stream(content, output)
        while ready:
            temporary, target = ready[0]
            try:
                os.replace(temporary, target)
            except OSError as error:
                raise GbcscheckError(f"cannot be written ({error.strerror})", where=str(target)) from None
            _let_go(temporary)
            ready.pop(0)

    try:
        for content, output in outputs:
            if not (output.is_file() or output.is_dir()) and output.exists():
                streams.append((content, output))
            else:
                ready.append(_stage(content, output, read))
        yield commit
    finally:
        for temporary, _ in ready:
            Path(temporary).unlink(missing_ok=True)
            _let_go(temporary)


def _let_go(temporary: str) -> None:
    from gbcscheck.api.temporary import release

    release(temporary)


def _stage(content: bytes | Iterable[bytes], output: Path, sources: Iterable[str | Path]) -> tuple[str, Path]:
    """Write a content beside its file: the name under which it stands, and the name that it is to have."""
    from gbcscheck.api.temporary import private_file, release

    target = Path(os.path.realpath(output))
    if target.is_dir():
        raise GbcscheckError("this is a folder; the name of a file was expected", where=str(output))
    if not target.parent.is_dir():
        raise GbcscheckError(f"the folder {output.parent} does not exist", where=str(output))
    if any(_is_same_file(target, source) for source in sources):
        raise GbcscheckError("this file was read as a source, and sources are never written", where=str(output))
    try:
        temporary = private_file(target.parent, target.name)
        try:
            _write_octets(content, Path(temporary))
            os.chmod(temporary, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            release(temporary)
            raise
    except OSError as error:
        raise GbcscheckError(f"cannot be written ({error.strerror})", where=str(output)) from None
    return temporary, target


def _write_octets(content: bytes | Iterable[bytes], path: Path) -> None:
    with path.open("wb") as stream:
        stream.writelines((content,) if isinstance(content, bytes) else content)


def _write_stream(content: bytes | Iterable[bytes], output: Path) -> None:
    """Write to a pipe or a device by the name it was given: what that leads to may have no name of its own."""
    try:
        _write_octets(content, output)
    except BrokenPipeError:
        return
    except OSError as error:
        raise GbcscheckError(f"cannot be written ({error.strerror})", where=str(output)) from None


def _is_same_file(target: Path, source: str | Path) -> bool:
    try:
        return target.samefile(source)
    except (OSError, ValueError):
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
