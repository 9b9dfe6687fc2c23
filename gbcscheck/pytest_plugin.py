"""The pytest plugin: a judge as a fixture, an assertion whose failure is the text report, a test of each capture.

It does nothing until one of its fixtures or ``--gbcscheck-captures`` is used, and imports nothing of the package before
that. ``docs/python.md`` shows it at work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from gbcscheck import Judge, Result

CAPTURES = "--gbcscheck-captures"
WORDS = {
    "release": "release of the specifications to judge against; the default one unless said otherwise",
    "device_type": "type of the device under test: ESME, GSME, GPF or CHF",
    "variant": "kind of electricity meter: single, twin or polyphase",
    "gbcs": "version of GBCS to judge messages as; the newest that has the message code unless said otherwise",
    "fail_on": "least severity that fails a test: error (unless said otherwise), warning, note or never",
}
"""The options of the configuration that are words, without ``gbcscheck_``, and what they say."""
RULE, JUDGED_AS = "gbcscheck-rule", "gbcscheck-judged-as"
"""Properties of a test: the code of a rule that its failure names, once for each; what was judged as what."""


class DoesNotConform(AssertionError):
    """What was judged has findings, could not be decoded, or is not judged. ``result`` has all of it; the message names
    the rules in its first line and has the text report below."""

    def __init__(self, result: Result, notes: bool = False) -> None:
        self.result = result
        super().__init__(_told(result, notes=notes))


# --- options ---------------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the command line and of the configuration."""
    parser.getgroup("gbcscheck").addoption(
        CAPTURES,
        action="append",
        default=[],
        metavar="DIR",
        help="Make a test of each file below this folder: captures, configurations, requests and responses of devices, "
        "judged by gbcscheck; may be repeated.",
    )
    for name, text in WORDS.items():
        parser.addini(f"gbcscheck_{name}", f"gbcscheck: {text}", default="")
    parser.addini("gbcscheck_specs", "gbcscheck: your own extracts and tables, over the release", type="paths")
    parser.addini(
        "gbcscheck_strict", "gbcscheck: a capture that is decoded and not judged fails, and is not skipped", type="bool"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have pytest walk the folders of captures, unless the arguments name something in them."""
    given = [Path(config.invocation_params.dir, arg.partition("::")[0]).resolve() for arg in config.args]
    for folder in _folders(config):
        if not folder.is_dir():
            why = "this is a file; a folder was expected" if folder.exists() else "no such folder"
            raise pytest.UsageError(f"{CAPTURES}: {folder}: {why}")
        if not any(path == folder or folder in path.parents for path in given):
            config.args.append(str(folder))


def pytest_report_header(config: pytest.Config) -> str | None:
    """What is judged against, where captures are."""
    if not _folders(config):
        return None
    options = [f"{name.replace('_', ' ')} {text}" for name in WORDS if (text := config.getini(f"gbcscheck_{name}"))]
    return f"gbcscheck: {', '.join(options) or 'the default release'}"


def _folders(config: pytest.Config) -> list[Path]:
    """The folders of captures: as seen from where pytest was called, else from the folder of its configuration."""
    from_here, from_root = config.invocation_params.dir, config.rootpath
    return [
        (base / name).resolve()
        for name in config.getoption(CAPTURES)
        for base in [from_here if (from_here / name).is_dir() else from_root]
    ]


# --- fixtures --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def gbcs_judge(pytestconfig: pytest.Config) -> Judge:
    """The judge that the configuration asks for: ``gbcscheck_release``, ``gbcscheck_device_type`` and the others."""
    return _judge_of(pytestconfig)


@pytest.fixture
def assert_conforms(gbcs_judge: Judge, request: pytest.FixtureRequest) -> Callable[..., Result]:
    """A function that judges a message (octets, or a text of hexadecimal digits), a document (XML as octets or text), a
    configuration (a mapping, or a list of them) or the file of a path, and gives the result; DoesNotConform where it
    is not ok, with the text report. ``name`` is what the report calls it, ``notes`` shows notes too."""

    def asserted(what: Any, *, name: str = "", notes: bool = False) -> Result:
        __tracebackhide__ = True
        result = _judged(gbcs_judge, what, name)
        _note(request.node, result)
        if not result.ok:
            raise DoesNotConform(result, notes)
        return result

    return asserted


def _judge_of(config: pytest.Config) -> Judge:
    """The judge of a run, made once; a test that needs it fails with one line where the configuration is wrong."""
    if _JUDGE not in config.stash:
        from gbcscheck import GbcscheckError, Judge

        words = {name: config.getini(f"gbcscheck_{name}") for name in WORDS}
        wrong = ""
        try:
            config.stash[_JUDGE] = Judge(
                release=words["release"] or None,
                device_type=words["device_type"],
                variant=words["variant"],
                gbcs=words["gbcs"],
                specs=config.getini("gbcscheck_specs"),
                fail_on=words["fail_on"] or "error",
            )
        except GbcscheckError as error:
            wrong = f"gbcscheck: {error}"
        if wrong:
            pytest.fail(wrong, pytrace=False)
    return config.stash[_JUDGE]


_JUDGE: pytest.StashKey[Judge] = pytest.StashKey()


def _judged(judge: Judge, what: Any, name: str) -> Result:
    """What a judge says of a thing of any kind; UsageError for what is of none."""
    from gbcscheck import UsageError

    named = {"name": name} if name else {}
    if isinstance(what, os.PathLike):
        return judge.files(what)
    if isinstance(what, Mapping):
        return judge.configuration(what, **named)
    if isinstance(what, str):
        what = what.lstrip("\ufeff \t\r\n")
        return judge.document(what, **named) if what.startswith("<") else judge.message(what, **named)
    if isinstance(what, bytes | bytearray | memoryview):
        octets = bytes(what)
        is_xml = octets.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")
        return judge.document(octets, **named) if is_xml else judge.message(octets, **named)
    if isinstance(what, Sequence) and all(isinstance(one, Mapping) for one in what):
        return judge.configuration(what, **named)
    expected = "octets, a text, a mapping, a list of mappings or a path was expected"
    raise UsageError(f"{expected}, found {type(what).__name__}")


# --- captures --------------------------------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file below a folder of captures; hidden ones are left out."""
    for folder in _folders(parent.config):
        if folder in file_path.resolve().parents:
            hidden = any(part.startswith(".") for part in file_path.resolve().relative_to(folder).parts)
            return None if hidden else CaptureFile.from_parent(parent, path=file_path)
    return None


class CaptureFile(pytest.File):
    """A file of a device."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its only test."""
        yield Capture.from_parent(self, name="conforms")


class Capture(pytest.Item):
    """The test that a file conforms; skipped with the reason where it is nothing that is judged."""

    def runtest(self) -> None:
        """Judge the file."""
        here = Path.cwd()
        named = self.path.relative_to(here) if here in self.path.parents else self.path
        result = _judge_of(self.config).files(named, as_found=True)
        _note(self, result)
        if not result.problems and not any(file.judged for file in result.files):
            reason = next((file.reason for file in result.files), "nothing in it is judged")
            if not self.config.getini("gbcscheck_strict"):
                pytest.skip(f"{named}: {reason}")
        if not result.ok:
            raise DoesNotConform(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:
        """The text report; of an error of the configuration its message."""
        from gbcscheck import GbcscheckError

        if isinstance(excinfo.value, DoesNotConform | GbcscheckError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file, by its name in the folder."""
        return self.path, None, f"{self.path.name} conforms"


# --- what is told ----------------------------------------------------------------------------------------------------


def _told(result: Result, *, notes: bool) -> str:
    """One line that names the rules, and the text report."""
    rules = list(dict.fromkeys(finding.rule for finding in result.findings if result.report.fails(finding)))
    problems = [str(problem) for problem in result.problems]
    reasons = [file.reason for file in result.files if file.reason and not file.problem]
    head = "; ".join([*([", ".join(rules)] if rules else []), *problems, *([] if rules or problems else reasons)])
    return f"{head or 'does not conform'}\n\n{result.to('text', notes=notes).rstrip()}"


def _note(item: pytest.Item, result: Result) -> None:
    """Have reports such as that of JUnit name the rules, and as what something was judged."""
    known = set(item.user_properties)
    codes = [(RULE, finding.rule) for finding in result.findings if finding.severity != "note"]
    judged = [(JUDGED_AS, file.judged_as) for file in result.files if file.judged_as]
    item.user_properties.extend(pair for pair in dict.fromkeys((*codes, *judged)) if pair not in known)
