"""A judge of what devices hold, send and are sent: made once, asked as often as one likes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gbcscheck.api.given import octets_of, paths_of
from gbcscheck.api.results import Result
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource, UsageError, reading_input
from gbcscheck.model.device_files import DEVICE_TYPES, VARIANTS, JudgedFile
from gbcscheck.near_names import unknown

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
    for which a result is not ok. With ``explain`` the results keep every value that was decoded (``files[0].entries``).

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
        specs: Sequence[str | os.PathLike[str]] = (),
        house_rules: Sequence[str | os.PathLike[str]] = (),
        fail_on: str = "error",
        explain: bool = False,
    ) -> None:
        known_types = {name.casefold(): name for name in DEVICE_TYPES}
        if device_type and device_type.casefold() not in known_types:
            raise UsageError(unknown("device type", device_type, DEVICE_TYPES))
        if variant and variant not in VARIANTS:
            raise UsageError(unknown("variant", variant, VARIANTS))
        if fail_on not in ("error", "warning", "note", "never"):
            raise UsageError(unknown("level", fail_on, ("error", "warning", "note", "never")))
        self.release = release
        self.device_type = known_types.get(device_type.casefold(), "")
        self.variant = variant
        self.gbcs = gbcs
        self.specs = paths_of(specs, of="specs")
        self.house_rules = paths_of(house_rules, of="house_rules")
        self.fail_on = fail_on
        self.explain = explain

    def __repr__(self) -> str:
        options = ("release", "device_type", "variant", "gbcs")
        return f"Judge({', '.join(f'{name}={getattr(self, name)!r}' for name in options if getattr(self, name))})"

    @cached_property
    def _context(self) -> Context:
        from gbcscheck.api.judged_report import Choices, context_of

        own: Sequence[HouseRule] = ()
        if self.house_rules:
            from gbcscheck.policy.configuration import Configuration
            from gbcscheck.policy.house_files import house_rules

            own = house_rules(Configuration(), self.specs, self.house_rules)
        return context_of(Choices(self.gbcs, self.variant, self.device_type), self.release, self.specs, house=own)

    def message(self, octets: Octets, *, name: str = "message") -> Result:
        """Judge one GBCS message, or the text of a file of them; ``name`` is what the reports call it."""
        return self._result(self._judged(name, octets_of(octets, where=name), "message"))

    def value(self, item: str, value: Any, *, name: str = "value") -> Result:
        """Judge one value of a data item, or of an element of one, as JSON writes it: ``207``, ``"207 V"``."""
        return self.configuration({item: value}, name=name)

    def configuration(
        self, mapping: Mapping[str, Any] | Sequence[Mapping[str, Any]], *, name: str = "configuration"
    ) -> Result:
        """Judge the values that a device is to hold, by data item, or several such mappings.

        UsageError for what JSON has no form of.
        """
        try:
            content = json.dumps(mapping, ensure_ascii=False, default=_plain, allow_nan=False, indent=1)
        except (TypeError, ValueError, RecursionError) as error:
            raise UsageError(f"JSON has no form of this configuration ({error})", where=name) from None
        return self._result(self._judged(name, content.encode("utf-8", "surrogatepass"), "configuration"))

    def document(self, xml: bytes | str, *, name: str = "document") -> Result:
        """Judge a DUIS request, an MMC response or COSEM objects, as XML."""
        return self._result(self._document(name, octets_of(xml, where=name)))

    def pair(self, request: bytes | str, command: Octets, *, names: tuple[str, str] = ("request", "command")) -> Result:
        """Judge a DUIS request and the command that was made of it, and whether the two say the same."""
        from gbcscheck.device.pairs.judge import judge_pair

        document, content = octets_of(request, where=names[0]), octets_of(command, where=names[1])
        asked = self._document(names[0], document, tree=True)
        sent = self._judged(names[1], content, "message", tree=True)
        found = [*asked, *sent]
        if not any(one.problem is not None for one in found):
            found.extend(_or_problem(names[1], lambda: tuple(judge_pair(asked[0], one, self._context) for one in sent)))
        return self._result(found)

    def files(
        self, *paths: str | os.PathLike[str], jobs: int = 1, pair: bool = False, as_found: bool = False
    ) -> Result:
        """Judge files, each recognised by what it holds, and those below folders.

        ``jobs`` is the number of processes, at most one a processor (0: as many); ``pair`` holds each request against
        its command. A file that cannot be read stands in the problems; so does one that is nothing that is judged,
        unless it was found in a folder, or ``as_found`` says that it was. UsageError where no file is named.
        """
        from gbcscheck.api.judged_files import judge_all
        from gbcscheck.api.judged_report import JudgeOptions, report_of

        if not paths:
            raise UsageError("no file and no folder was named, so there is nothing to judge")
        if not isinstance(jobs, int) or jobs < 0:
            raise UsageError(f"jobs: a number of processes from 0 was expected, found {jobs!r}")
        given = tuple(os.fspath(path) for path in paths)
        judge_options = JudgeOptions("", self.explain)
        run = judge_all(given, self._context, judge_options, jobs, pair, lambda _: None, as_found=as_found)
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
            if kind.form not in ("duis", "mmc", "objects"):
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
