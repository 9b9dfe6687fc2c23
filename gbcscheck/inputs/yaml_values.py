"""YAML read as data and nothing else: the core schema of YAML 1.2, lines of all values, bounds on what it expands to.

PyYAML tells the events of a text; its own types are those of YAML 1.1, by which ``16:00`` is the number 960, ``010`` is
8 and ``no`` is false. What is not quoted is a number, a truth or nothing here only where YAML 1.2 (10.3.2) and JSON
agree on it, and a text otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.json_places import escape_token
from gbcscheck.limits import YAML_VALUES

if TYPE_CHECKING:
    from yaml import Event, MappingStartEvent, ScalarEvent, SequenceStartEvent

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_TEXT, _MERGE = "tag:yaml.org,2002:str", "<<"
_TAGS = (None, "!", _TEXT, *(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null", "map", "seq")))


class YamlText(NamedTuple):
    """The documents of a text, and the lines (from 1) of their values by JSON pointer; where there are several, the
    first step of a pointer is the number of the document. The empty pointer is always there: where there is no document
    or several, it is the text as a whole."""

    documents: list[Any]
    lines: dict[str, int]


def read_yaml(
    text: str, *, where: str, number: Callable[[str], Any], pairs: Callable[[Any], Any], deepest: int
) -> YamlText:
    """The documents of a YAML text. ``number`` makes a number with a point of its digits, ``pairs`` an object of its
    members, as those of JSON are made; nothing nests deeper than ``deepest``.

    Raises UnreadableSource with the line for what is no YAML, for a tag or a name that is no text, and for more than is
    read: depth, and values with every alias counted for all that it stands for.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Reader(yaml.parse(text, Loader=loader), where, number, pairs, deepest).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{where}:{mark.line + 1}:{mark.column + 1}" if mark is not None else where
        raise UnreadableSource(f"not valid YAML: {error.problem or error.context}", where=place) from None
    except yaml.YAMLError as error:
        raise UnreadableSource(f"not valid YAML: {str(error).splitlines()[0]}", where=where) from None


class _Anchored(NamedTuple):
    """A value that has an anchor, how many values it holds and how deep."""

    value: Any
    holds: int
    depth: int


@dataclass(slots=True)
class _Reader:
    """Builds values from events; ``count`` are the values so far, those that aliases stand for included."""

    events: Iterator[Event]
    where: str
    number: Callable[[str], Any]
    pairs: Callable[[Any], Any]
    most: int
    lines: dict[str, int] = field(default_factory=dict)
    anchors: dict[str, _Anchored] = field(default_factory=dict)
    count: int = 0
    deepest: int = 0

    def read(self) -> YamlText:
        """Every document of the text."""
        import yaml

        documents: list[Any] = []
        several: list[dict[str, int]] = []
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.anchors.clear()
                self.lines = {}
                documents.append(self._value(next(self.events), "", 0))
                several.append(self.lines)
        if len(several) == 1:
            return YamlText(documents, self.lines)
        placed = {f"/{n}{at}": line for n, lines in enumerate(several) for at, line in lines.items()}
        return YamlText(documents, {"": 1, **placed})

    def _value(self, event: Event, pointer: str, depth: int) -> Any:
        import yaml

        line = _line(event)
        self.lines[pointer] = line
        self._hold(1, depth)
        if isinstance(event, yaml.AliasEvent):
            anchored = self.anchors.get(event.anchor or "")
            if anchored is None:
                raise self._wrong(f"*{event.anchor} stands for nothing, or for itself", line)
            self._hold(anchored.holds, depth + anchored.depth)
            return anchored.value
        assert isinstance(event, yaml.NodeEvent)
        before, self.deepest = (self.count, self.deepest), depth
        value = self._node(event, pointer, depth)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(value, self.count - before[0], self.deepest - depth)
        self.deepest = max(self.deepest, before[1])
        return value

    def _node(self, event: Event, pointer: str, depth: int) -> Any:
        import yaml

        tag = getattr(event, "tag", None)
        if tag not in _TAGS:
            raise self._wrong(f"the tag {str(tag)[:60]}, which is nothing that is read", _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, pointer, depth)
        assert isinstance(event, yaml.MappingStartEvent)
        return self._object(event, pointer, depth)

    def _list(self, event: SequenceStartEvent, pointer: str, depth: int) -> list[Any]:
        import yaml

        found: list[Any] = []
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            found.append(self._value(inner, f"{pointer}/{len(found)}", depth + 1))
        return found

    def _object(self, event: MappingStartEvent, pointer: str, depth: int) -> Any:
        import yaml

        own: list[tuple[str, Any]] = []
        merged: list[tuple[str, Any]] = []
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            line = _line(key)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._wrong("a list, an object or an alias as a name; a text was expected", line)
            name = key.value
            here = f"{pointer}/{escape_token(name)}"
            value = self._value(next(self.events), here, depth + 1)
            self.lines[here] = line
            if name == _MERGE and key.implicit[0]:
                merged.extend(self._merged(value, line))
            else:
                own.append((name, value))
        names = {name for name, _ in own}
        inherited: dict[str, Any] = {}
        for name, value in merged:
            if name not in names:
                inherited.setdefault(name, value)
        return self.pairs([*inherited.items(), *own])

    def _merged(self, value: Any, line: int) -> Iterator[tuple[str, Any]]:
        """The members that ``<<`` takes over from an object, or from several of which the first counts."""
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, dict):
                raise self._wrong("<< takes over the members of an object, and this is none", line)
            yield from one.items()

    def _scalar(self, event: ScalarEvent) -> Any:
        text = event.value
        if event.style or event.tag in ("!", _TEXT):
            return text
        if text in _WORDS:
            return _WORDS[text]
        try:
            if _WHOLE.fullmatch(text):
                return int(text)
            return self.number(text) if _DECIMAL.fullmatch(text) else text
        except ValueError as error:
            problem = "a number with too many digits" if "int_max_str_digits" in str(error) else str(error)
            raise self._wrong(problem, _line(event)) from None

    def _hold(self, count: int, depth: int) -> None:
        self.count += count
        self.deepest = max(self.deepest, depth)
        YAML_VALUES.hold(self.count, where=self.where)
        if depth > self.most:
            raise UnreadableSource(f"nested more than {self.most} deep", where=self.where)

    def _wrong(self, problem: str, line: int) -> UnreadableSource:
        return UnreadableSource(f"not read as YAML: {problem}", where=f"{self.where}:{line}")


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1
