"""Sentences of the numbered clauses of a requirements document, where their form leaves no doubt.

``A value in seconds in the range 0 to 1799``, ``The default value shall be 600 seconds``: the forms are listed in
``clause_forms``. A sentence is read whole or not at all; one with a condition, a reference to elsewhere, or an end of
which nobody says whether it is included, is refused with the reason.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gbcscheck.frozen import frozen
from gbcscheck.near_names import plain
from gbcscheck.notation.clause_builder import ClauseBuilder
from gbcscheck.notation.clause_meaning import said_of
from gbcscheck.notation.clause_parts import Said, Stated
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.grammars import LONGEST, Refusal, methods, read
from gbcscheck.notation.plain_text import plain_text

__all__ = ["NO_FORM", "ClauseSentence", "Said", "item_name", "read_clause_sentence"]

NO_FORM = "of no form that is read"
"""What is said of a sentence that nothing else can be said of."""


@frozen
class ClauseSentence:
    """What a sentence says. ``item`` is the data item that it names, empty where it is that of its clause; ``unit`` the
    one that it gives its numbers, ``is_open`` whether it has numbers and neither a unit nor a word (an integer, so many
    bits) that they need none; ``is_definition`` whether it names the item before a colon."""

    item: str
    said: tuple[Said, ...]
    unit: str | None = None
    is_open: bool = False
    is_definition: bool = False


@lru_cache(maxsize=4096)
def read_clause_sentence(
    text: str, title: str = "", listed: tuple[str, ...] = (), unit: str | None = None
) -> ClauseSentence:
    """What a sentence of a clause with a ``title`` says; ``listed`` are the items of the list that stands below it, and
    ``unit`` is that of numbers that have none, where other sentences of the clause name it.

    Raises NotationError where the sentence is of no form that is certain, with the reason.

    >>> sentence = read_clause_sentence("A value in seconds in the range 0 to 1799.")
    >>> [(one.attribute, str(one.stated)) for one in sentence.said]
    [('unit', 's'), ('permitted', '0..1799 s')]
    """
    written = " ".join(plain_text(text).translate(_QUOTES).split())
    if len(written) > LONGEST:
        raise NotationError(f"{len(written)} characters are too many for a sentence", written, end=LONGEST)
    for one in (written, *listed):
        refuse_uncertain(one)
    if listed and not written.endswith(":"):
        raise NotationError("a list stands below it, and the sentence does not lead to one", written, end=len(written))
    builder = ClauseBuilder(listed)
    try:
        stated: Stated = read("clause", _with_title(written, title), methods(builder), _WORDS)
        said, own, is_open = said_of(stated, unit)
    except Refusal as refusal:
        raise NotationError(refusal.problem, written, end=len(written)) from None
    except NotationError as error:
        if error.args[0].startswith("not a sentence"):
            raise NotationError(NO_FORM, written, start=error.start, end=error.end, expected=error.expected) from None
        raise
    return ClauseSentence(item_name(stated.item), said, own, is_open, stated.is_definition)


def item_name(written: str) -> str:
    """The name of a data item as a title or a sentence has it, without marks of the document behind it.

    >>> item_name("Sag Threshold [INFO]"), item_name("Readings(n)")
    ('Sag Threshold', 'Readings')
    """
    return _MARKS.sub("", " ".join(plain_text(written).split())).strip(" .:")


_QUOTES = str.maketrans("‘’", "''")
_MARKS = re.compile(r"(?:\s*(?:\[INFO\]|\([nm]\)|\[[nm]\]|\[1\.\.[nm]\]))+\s*:?$", re.I)


def _with_title(written: str, title: str) -> str:
    """A sentence that begins with its clause's title, with capital letters there as names of data items have them."""
    name = item_name(title)
    start = 4 if written[:4].casefold() == "the " else 0
    end = start + len(name)
    if not name or plain(written[start:end]) != plain(name) or not re.match(r"\s|:", written[end : end + 1]):
        return written
    return written[:start] + re.sub(r"(?<!\S)[a-z]", lambda found: found[0].upper(), written[start:end]) + written[end:]


# --- what leaves doubt -----------------------------------------------------------------------------------------------

_DOUBTS = (
    ("a condition", r"where(?!as)(?:ver)?|unless|if|when|whenever|only|provided that|subject to|in case|during|until"),
    ("an exception", r"except(?:ing)?|excluding|other than|apart from|save for|otherwise"),
    (
        "a reference to elsewhere",
        r"(?:clause|section|table|annex|appendix|schedule|paragraph|part) (?:[0-9][\w.]*|(?-i:[A-Z])(?!\w))",
    ),
    ("a reference to elsewhere", r"in accordance with|as (?:set out|defined|described|specified) in|pursuant to"),
    (
        "no more than an intention",
        r"(?-i:may)|should|might|can|could|will|would|typically|normally|usually|approximately",
    ),
    ("several things said at once", r"and/or|respectively|either|both|neither|each of"),
    ("an example", r"e\.g\.?|for example|such as|for instance|note|example"),
)
_DOUBT = re.compile(
    "|".join(f"(?P<d{number}>(?<![\\w-])(?:{words})(?![\\w-]))" for number, (_, words) in enumerate(_DOUBTS)), re.I
)
_QUOTED = re.compile(r'"[^"]*"')


def refuse_uncertain(text: str) -> None:
    """Raise NotationError for a sentence with a word that leaves doubt whatever else it says."""
    bare = _QUOTED.sub(lambda found: "_" * len(found[0]), text)
    found = _DOUBT.search(bare)
    if found is not None and found.lastgroup:
        why = _DOUBTS[int(found.lastgroup[1:])][0]
        raise NotationError(f'{why}: "{text[found.start() : found.end()]}"', text, start=found.start(), end=found.end())


_WORDS = {
    "ITEM_DEFINED": "the name of a data item and a colon",
    "ITEM": "the name of a data item",
    "VALUE": "'a value'",
    "INTEGER": "'an integer'",
    "TIME_OF_DAY": "'a time of day'",
    "COUNT": "a number",
    "NUMBER": "a number",
    "OCTETS": "a hexadecimal number",
    "BINARY": "a binary number",
    "UNIT": "a unit",
    "SIDE": "'not less than'",
    "CLOCK": "a time as 16:00",
    "ISO_DATE": "a date as 2021-11-01",
    "MONTH": "a month",
    "TRUE": "'true'",
    "FALSE": "'false'",
    "QUOTED": "a text in quotes",
    "STATE": "the name of a state",
    "PARTY": "the name of a party",
    "CONFIGURABLE": "'configurable'",
    "NOT_CONFIGURABLE": "'not configurable'",
    "BIT": "'bit'",
    "INTEGER_OF_BITS": "'unsigned integer'",
    "_IN": "'in'",
    "_RANGE": "'in the range'",
    "_A_RANGE": "'a range of'",
    "_BETWEEN": "'between'",
    "_TO": "'to'",
    "_AND": "'and'",
    "_OR": "'or'",
    "_BE": "'shall be'",
    "_NOT_BE": "'shall not be'",
    "_AND_BE": "'and shall be'",
    "_HAVE": "'shall have'",
    "_A": "'a'",
    "_BY": "'by'",
    "_INCLUSIVE": "'inclusive'",
    "_EXCLUSIVE": "'exclusive'",
    "_ONE_OF": "'one of'",
    "_ONE_OF_FOLLOWING": "'one of the following:'",
    "_RESOLUTION": "'with a resolution of'",
    "_DEFAULT": "'with a default of'",
    "_MEASURED_IN": "'measured in'",
    "_READABLE": "'capable of being read'",
    "_THE": "'the'",
    "_THE_VALUE": "'the value'",
    "_DEFAULT_OF": "'the default value'",
    "_UNIT_OF": "'the unit of measure'",
    "_UP_TO": "'up to'",
    "_BITS": "'bits'",
    "_OCTETS": "'octets'",
    "_CHARACTERS": "'characters'",
    "_ENTRIES": "'entries'",
    "_BIT_STRING": "'bit string'",
    "_BIT_STRING_OF": "'a bit string of'",
    "_OCTET_STRING_OF": "'an octet string of'",
    "_STRING_OF": "'a string of'",
    "_LIST_OF": "'a list comprising'",
    "_COMMA": "a comma",
    "_COLON": "a colon",
    "_STOP": "a full stop",
}
