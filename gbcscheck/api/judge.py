"""A judge of what devices hold, send and are sent: made once, asked as often as one likes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gbcscheck.api.given import (
    SEVERITY_LEVELS,
    AnyPath,
    flags_of,
    need_working_folder,
    number_of,
    octets_of,
    one_of,
    path_text_of,
    paths_of,
    release_of,
    shown,
    text_of,
)
from gbcscheck.api.results import Result
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource, UsageError, reading_input
from gbcscheck.model.device_files import DEVICE_TYPES, VARIANTS, JudgedFile

if TYPE_CHECKING:
    from gbcscheck.device.context import Context
    from gbcscheck.evidence.house_rules import HouseRule
    from gbcscheck.report import Report

Octets = bytes | bytearray | memoryview | str
"""Octets, or their hexadecimal digits as text."""


class Judge:
    """Judges messages, values, configurations and documents against a release of the specifications.

    ``release`` is one that ships (the default one where none is named), ``specs`` are files and folders of one's own
    over it, ``house_rules`` files and folders of rules of one's own; ``gbcs`` is the version of GBCS to judge messages
    as, by default the newest that has the message code; ``device_type`` is one of ``ESME``, ``GSME``, ``GPF``, ``CHF``,
    ``variant`` the kind of electricity meter, ``single``, ``twin`` or ``polyphase``. ``fail_on`` is the least severity
    for which a result is not ok. With ``explain`` the results keep every value that was decoded (``files[0].entries``),
    with ``hidden`` what workbooks hide is read too.

    Nothing is read before the first verdict. UsageError for an unknown type, variant or level at once, for an unknown
    release or version then. What cannot be decoded is no error: it stands in the ``problems`` of the result, which is
    not ok.
    """

    def __init__(
        self,
        *,
        release: str | None = None,
        device_type: str = "",
        variant: str = "",
        gbcs: str = "",
        specs: AnyPath | Sequence[AnyPath] = (),
        house_rules: AnyPath | Sequence[AnyPath] = (),
        fail_on: str = "error",
        explain: bool = False,
        hidden: bool = False,
    ) -> None:
        flags_of(explain=explain, hidden=hidden)
        self.release = release_of(release)
        self.device_type = _type_of_device(device_type)
        self.variant = one_of(variant, ("", *VARIANTS), of="variant", what="variant")
        self.gbcs = text_of(gbcs, of="gbcs", expected='a text such as "4.0"')
        self.specs = paths_of(specs, of="specs")
        self.house_rules = paths_of(house_rules, of="house_rules")
        self.fail_on = one_of(fail_on, SEVERITY_LEVELS, of="fail_on", what="level")
        self.explain = explain
        self.hidden = hidden

    def __repr__(self) -> str:
        options = ("release", "device_type", "variant", "gbcs")
        return f"Judge({', '.join(f'{name}={getattr(self, name)!r}' for name in options if getattr(self, name))})"

    def __getstate__(self) -> dict[str, Any]:
        """Its arguments: a judge that was pickled reads the specifications again."""
        return {name: value for name, value in vars(self).items() if name != "_context"}

    @cached_property
    def _context(self) -> Context:
        from gbcscheck.api.judged_report import Choices, context_of

        choices = Choices(self.gbcs, self.variant, self.device_type, hidden=self.hidden)
        own: Sequence[HouseRule] = ()
        if self.house_rules:
            from gbcscheck.policy.configuration import Configuration
            from gbcscheck.policy.house_files import house_rules

            own = house_rules(Configuration(), self.specs, self.house_rules)
        return context_of(choices, self.release, self.specs, house=own)

    def message(self, octets: Octets, *, name: str = "message") -> Result:
        """Judge one GBCS message, or the text of a file of them; ``name`` is what the reports call it."""
        name = _name(name)
        return self._result(self._judged(name, octets_of(octets, where=name), "message"))

    def value(self, item: str, value: Any, *, name: str = "value") -> Result:
        """Judge one value of a data item, or of an element of one, as JSON writes it: ``207``, ``"207 V"``."""
        return self.configuration({text_of(item, of="item", expected="the name of a data item"): value}, name=name)

    def configuration(
        self, mapping: Mapping[str, Any] | Sequence[Mapping[str, Any]], *, name: str = "configuration"
    ) -> Result:
        """Judge the values that a device is to hold, by data item, or several such mappings.

        UsageError for what is no mapping from texts, and for what JSON has no form of.
        """
        name = _name(name)
        _refuse_no_mapping(mapping, name)
        try:
            content = json.dumps(mapping, ensure_ascii=False, default=_plain, allow_nan=False, indent=1)
        except (TypeError, ValueError, RecursionError) as error:
            raise UsageError(f"JSON has no form of this configuration ({error})", where=name) from None
        octets = content.encode("utf-8", "backslashreplace")  # half a character becomes JSON's escape of one
        return self._result(self._judged(name, octets, "configuration"))

    def document(self, xml: bytes | str, *, name: str = "document") -> Result:
        """Judge a DUIS request, an MMC response or COSEM objects, as XML."""
        name = _name(name)
        return self._result(self._document(name, octets_of(xml, where=name)))

    def pair(self, request: bytes | str, command: Octets, *, names: tuple[str, str] = ("request", "command")) -> Result:
        """Judge a DUIS request and the command that was made of it, and whether the two say the same."""
        from gbcscheck.device.pairs.judge import judge_pair

        if not isinstance(names, tuple | list) or len(names) != 2:
            raise UsageError(f"names: two texts were expected, found {shown(names)}")
        asked_as, sent_as = (_name(name, of="names") for name in names)
        document, content = octets_of(request, where=asked_as), octets_of(command, where=sent_as)
        asked = self._document(asked_as, document, tree=True)
        sent = self._judged(sent_as, content, "message", tree=True)
        found = [*asked, *sent]
        if not any(one.problem is not None for one in found):
            found.extend(_or_problem(sent_as, lambda: tuple(judge_pair(asked[0], one, self._context) for one in sent)))
        return self._result(found)

    def files(self, *paths: AnyPath, jobs: int = 1, pair: bool = False, as_found: bool = False) -> Result:
        """Judge files, each recognised by what it holds, and those below folders.

        ``jobs`` is the number of processes, at most one a processor (0: as many); ``pair`` holds each request against
        its command. A file that cannot be read stands in the problems; so does one that is nothing that is judged,
        unless it was found in a folder, or ``as_found`` says that it was. UsageError where no file is named.
        """
        from gbcscheck.api.judged_files import Asked, judge_all
        from gbcscheck.api.judged_report import JudgeOptions, report_of

        if not paths:
            raise UsageError("no file and no folder was named, so there is nothing to judge")
        need_working_folder()
        jobs = number_of(jobs, least=0, of="jobs", what="a number of processes")
        flags_of(pair=pair, as_found=as_found)
        given = tuple(path_text_of(path, of="paths") for path in paths)
        judge_options = JudgeOptions("", self.explain)
        asked = Asked(given, self._context, judge_options, jobs, pair, as_found=as_found)
        run = judge_all(asked, lambda _: None)
        if run.interrupted:
            raise KeyboardInterrupt
        report = report_of(run, self._context)
        return Result(replace(report, fail_on=self.fail_on), "device")

    def _document(self, name: str, content: bytes, *, tree: bool = False) -> tuple[JudgedFile, ...]:
        from gbcscheck.device.files import recognise

        def judged() -> tuple[JudgedFile, ...]:
            if not content.strip():
                raise UnreadableSource("there is nothing in it; a document as XML was expected", where=name)
            kind = recognise(content, name)
            if kind.reason:
                return (JudgedFile(name, "", judged=False, reason=kind.reason),)
            if kind.form not in ("duis", "mmc", "dcc", "objects"):
                raise UnreadableSource("this is no XML; a request, a response or objects were expected", where=name)
            return self._judged(name, content, kind.form, tree=tree)

        return _or_problem(name, judged)

    def _judged(self, name: str, content: bytes, form: str, *, tree: bool = False) -> tuple[JudgedFile, ...]:
        from gbcscheck.device.judge import judge_octets

        context = self._context
        if not content:
            problem = UnreadableSource("there is nothing in it", where=name)
            return (JudgedFile(name, "", judged=False, reason=problem.problem, problem=problem),)
        return _or_problem(name, lambda: judge_octets(name, content, form, context, tree=tree or self.explain))

    def _result(self, files: Sequence[JudgedFile]) -> Result:
        if self.explain:
            from gbcscheck.device.wording import in_plain_words

            told = [in_plain_words(one, self._context) for one in files]
        else:
            told = [replace(one, entries=(), octets=one.octets if one.findings else b"") for one in files]
        problems = [problem for one in told if one.problem for problem in _each(one.problem)]
        return self._reported(told, problems)

    def _reported(self, files: Sequence[JudgedFile], problems: Sequence[GbcscheckError]) -> Result:
        """The result, with the rules of what was found; the others are named where a format names all."""
        from gbcscheck.api.judged_report import report_on, rules_of
        from gbcscheck.model.rules import DECLARED

        context = self._context
        found = DECLARED.of(finding.rule for file in files for finding in file.findings)
        rules = (*found, *(one.rule for one in context.house))
        report = replace(report_on(files, context, problems=problems, rules=rules), fail_on=self.fail_on)

        def completed(report: Report, form: str) -> Report:
            return replace(report, rules=rules_of(context))

        return Result(report, "device", _completed=completed)


def _type_of_device(given: object) -> str:
    """A type of device as it is spelt, whatever the case in which it was given; empty where it was."""
    by_plain = {name.casefold(): name for name in DEVICE_TYPES}
    word = text_of(given, of="device_type", expected="a device type")
    return by_plain.get(word.casefold()) or one_of(word, ("", *DEVICE_TYPES), of="device_type", what="device type")


def _name(given: object, of: str = "name") -> str:
    return text_of(given, of=of, expected="what the reports are to call it")


def _refuse_no_mapping(given: object, name: str) -> None:
    """UsageError for what is no configuration in Python's form: a mapping by data items, or several in a list."""
    several = given if isinstance(given, list | tuple) else (given,)
    for one in several:
        if not isinstance(one, Mapping):
            expected = "a mapping of data items to their values, or a list of such mappings, was expected"
            raise UsageError(f"{expected}, found {shown(one)}", where=name)
        for key in one:
            if not isinstance(key, str):
                raise UsageError(f"the name of a data item was expected, found {shown(key)}", where=name)


def _or_problem(name: str, judged: Callable[[], tuple[JudgedFile, ...]]) -> tuple[JudgedFile, ...]:
    """What a judge tells, or what it could not decode, told as the command tells it."""
    try:
        with reading_input(name):
            return judged()
    except GbcscheckError as error:
        return tuple(
            JudgedFile(name, "", judged=False, reason=problem.problem, problem=problem) for problem in _each(error)
        )


def _each(error: GbcscheckError) -> Sequence[GbcscheckError]:
    return error.problems if isinstance(error, Problems) else (error,)


def _plain(value: object) -> object:
    """Octets as the hexadecimal text of configurations; mappings and sets of Python's other kinds as JSON's own."""
    if isinstance(value, bytes | bytearray):
        return value.hex().upper()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset | set):
        return sorted(value, key=str)
    raise TypeError(f"a value of the type {type(value).__name__}")
