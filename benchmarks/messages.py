"""Messages a second, decoded and judged, beside gurux-dlms's translator that only decodes them.

Run alone: ``python benchmarks/messages.py ../shared/corpus``. Both sides work on the same messages of the Reference
Test Data Set in one process, in turns; each figure is the median of the rounds. gurux-dlms is given the payloads only,
for it does not know the envelope of GBCS, and only those that it can translate.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gbcscheck.cosem.access import NOTIFICATION, REQUEST, RESPONSE, read_payload
from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.gbz import read_gbz
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.message import judge_message

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9
LEAST_RATIO, LEAST_RATE = 1.5, 3000
"""How many times the translator's rate, and how many messages a second, decoding and judging have to reach."""
ELECTRICITY = (REQUEST, RESPONSE, NOTIFICATION)
GAS = b"\x01\x09"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the corpus: its name, its octets, its payload."""

    name: str
    octets: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class Rate:
    """What was done with how many messages, and how many of them a second."""

    what: str
    messages: int
    rate: float


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates, and which are held against each other."""

    rows: tuple[Rate, ...]
    ours: Rate
    theirs: Rate

    @property
    def ratio(self) -> float:
        """Messages decoded and judged in the time that the translator takes to decode one."""
        return self.ours.rate / self.theirs.rate

    @property
    def enough(self) -> bool:
        """Whether the rates reach what is wanted of them."""
        return self.ratio >= LEAST_RATIO and self.ours.rate >= LEAST_RATE


def load(corpus: Path) -> list[Message]:
    """Every message of the Reference Test Data Set."""
    messages = []
    for path in sorted((corpus / "rtds").rglob("*.HEX"), key=lambda path: path.name):
        octets = bytes.fromhex(path.read_text("ascii"))
        messages.append(Message(path.stem, octets, read_envelope(octets).payload))
    return messages


def decode(message: Message, context: Context) -> None:
    """Envelope and payload, down to every value."""
    envelope = read_envelope(message.octets)
    if message.payload[:2] == GAS:
        read_gbz(message.octets, envelope.payload_start, envelope.payload_end, alert=envelope.purpose == "alert")
    else:
        read_payload(message.octets, envelope.payload_start, envelope.payload_end)


def judge(message: Message, context: Context) -> None:
    """Decode, and judge under the newest table that has the message's code."""
    judge_message(message.name, message.octets, context, tree=False)


def translator() -> Callable[[Message, Context], None]:
    """gurux-dlms: the payload to XML, every value of it."""
    from gurux_dlms import GXDLMSTranslator  # type: ignore[import-untyped]

    made: Any = GXDLMSTranslator()

    def translate(message: Message, context: Context) -> None:
        made.pduToXml(bytearray(message.payload))

    return translate


def can(do: Callable[[Message, Context], None], message: Message, context: Context) -> bool:
    """Whether a message can be worked on at all."""
    try:
        do(message, context)
    except Exception:  # whatever the other tool raises on what it cannot read
        return False
    return True


def rate(do: Callable[[Message, Context], None], messages: Sequence[Message], context: Context) -> float:
    """Messages a second in one round."""
    began = time.perf_counter()
    for message in messages:
        do(message, context)
    return len(messages) / (time.perf_counter() - began)


def measure(corpus: Path, rounds: int = ROUNDS) -> Rates:
    """All rates, the sides in turns."""
    context = load_context(Choices())
    messages = load(corpus)
    electricity = [message for message in messages if message.payload[0] in ELECTRICITY]
    gas = [message for message in messages if message.payload[:2] == GAS]
    translate = translator()
    both = [message for message in electricity if can(translate, message, context)]
    sides: list[tuple[str, Callable[[Message, Context], None], list[Message]]] = [
        ("electricity that gurux-dlms translates: gbcscheck, decoded and judged", judge, both),
        ("the same: gurux-dlms, payload to XML", translate, both),
        ("the same: gbcscheck, decoded only", decode, both),
        ("all electricity: gbcscheck, decoded and judged", judge, electricity),
        ("all electricity: gbcscheck, decoded only", decode, electricity),
        ("gas: gbcscheck, decoded and judged", judge, gas),
        ("gas: gbcscheck, decoded only", decode, gas),
    ]
    taken: list[list[float]] = [[] for _ in sides]
    for turn in range(rounds + 1):
        for (_, do, subset), rates in zip(sides, taken, strict=True):
            found = rate(do, subset, context)
            if turn:  # the first round warms the caches
                rates.append(found)
    rows = tuple(
        Rate(what, len(subset), statistics.median(rates)) for (what, _, subset), rates in zip(sides, taken, strict=True)
    )
    return Rates(rows, rows[0], rows[1])


def section(rates: Rates) -> list[str]:
    """The part of ``docs/performance.md`` that tells it."""
    return [
        "## Messages",
        "",
        f"Messages of the Reference Test Data Set in one process, median of {ROUNDS} rounds, all sides in turns. "
        f"gbcscheck decodes and judges {rates.ratio:.1f} messages while gurux-dlms's translator decodes one "
        f"(at least {LEAST_RATIO} are wanted, and {LEAST_RATE:,} a second).",
        "",
        "| messages | number | a second |",
        "|---|---|---|",
        *(f"| {row.what} | {row.messages:,} | {row.rate:,.0f} |" for row in rates.rows),
        "",
    ]


def main() -> int:
    """Print the table; 1 where the rates are too low."""
    corpus = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus").resolve()
    rates = measure(corpus)
    print(*section(rates), sep="\n")
    return 0 if rates.enough else 1


if __name__ == "__main__":
    raise SystemExit(main())
