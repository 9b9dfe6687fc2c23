"""Throw random octets and changed real messages at the readers and at the whole device check.

``python benchmarks/fuzz.py ../shared/corpus [--inputs 1000000] [--seed 4]``. Each input goes through the readers of
octets, and then through the check of a message as a file of it would. Wrong is: any exception but GbcscheckError, an
input that takes more than 50 ms of processor time, more than 200 MB of memory for the process. The exit code is 1 where
something was wrong; the same seed makes the same inputs.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tools"))

from configurations import most_memory
from cosem_writing import write_envelope
from der_changes import nodes_of, parsed, written

from gbcscheck.cosem.access import read_payload
from gbcscheck.cosem.axdr import read_data
from gbcscheck.cosem.der import read_der
from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.cosem.gbz import read_gbz
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.judge import judge_octets
from gbcscheck.device.message import judge_message
from gbcscheck.errors import GbcscheckError

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 0.050
MOST_MEMORY = 200 * 1024 * 1024
FIRST = (b"", b"\xd9", b"\xda", b"\x0f", b"\x13", b"\x30", b"\x01\x09", b"\xdd\0\0\0\0\0\0", b"\xdf\x09")
"""Beginnings of what is read: without them random octets end at the first."""
EDGES = (0x00, 0x01, 0x02, 0x09, 0x13, 0x7F, 0x80, 0x81, 0x82, 0x84, 0x85, 0xFE, 0xFF)
"""Octets at which lengths, counts and tags change their meaning."""
RESPITE = 3
"""How often a slow input is tried again: a pause of the collector of garbage is not the input's."""


@dataclass(frozen=True, slots=True)
class Real:
    """The real messages, and those of them whose payload is ASN.1."""

    messages: list[bytes]
    asn1: list[bytes]

    @classmethod
    def of(cls, messages: list[bytes]) -> Real:
        return cls(messages, [octets for octets in messages if read_envelope(octets).payload[:1] == b"\x30"])


Maker = Callable[[random.Random, Real], bytes]


# --- inputs ----------------------------------------------------------------------------------------------------------


def random_octets(rng: random.Random, real: Real) -> bytes:
    """Octets of any kind, behind the beginning of something."""
    return rng.choice(FIRST) + rng.randbytes(rng.randrange(300))


def repeated_octets(rng: random.Random, real: Real) -> bytes:
    """The same few octets over and over: nesting, and counts within counts."""
    some = bytes(rng.choice(EDGES) for _ in range(rng.randrange(1, 5)))
    return rng.choice(FIRST) + some * rng.randrange(1, 400) + rng.randbytes(rng.randrange(8))


def flipped_bits(rng: random.Random, real: Real) -> bytes:
    """A real message with one to four bits turned."""
    return _flip(rng, rng.choice(real.messages))


def cut(rng: random.Random, real: Real) -> bytes:
    """A real message without its end, or without some octets inside."""
    octets = rng.choice(real.messages)
    at = rng.randrange(len(octets))
    return octets[:at] if rng.random() < 0.5 else octets[:at] + octets[at + rng.randrange(1, 9) :]


def inserted(rng: random.Random, real: Real) -> bytes:
    """A real message with octets put in: random ones, or a piece of another message."""
    octets, other = rng.choice(real.messages), rng.choice(real.messages)
    at, start = rng.randrange(len(octets) + 1), rng.randrange(len(other))
    piece = rng.randbytes(rng.randrange(1, 9)) if rng.random() < 0.5 else other[start : start + rng.randrange(1, 60)]
    return octets[:at] + piece + octets[at:]


def edited_lengths(rng: random.Random, real: Real) -> bytes:
    """A real message with one to three octets at the edges of lengths and tags."""
    return _edit(rng, rng.choice(real.messages))


def changed_payload(rng: random.Random, real: Real) -> bytes:
    """A real message whose payload is changed, and whose headers say its new length: the judges see it."""
    envelope = read_envelope(rng.choice(real.messages))
    change = rng.choice((_flip, _edit, _shorten))
    return write_envelope(envelope, change(rng, envelope.payload))


def other_payload(rng: random.Random, real: Real) -> bytes:
    """The payload of one real message in the envelope of another."""
    return write_envelope(read_envelope(rng.choice(real.messages)), read_envelope(rng.choice(real.messages)).payload)


def changed_element(rng: random.Random, real: Real) -> bytes:
    """A real message with an ASN.1 payload, one to three elements of which are changed, left out, doubled or exchanged
    with others, and all lengths corrected: certificates and sequences are seen to the end."""
    envelope = read_envelope(rng.choice(real.asn1))
    tree = parsed(envelope.payload)
    for _ in range(rng.randrange(1, 4)):
        nodes = list(nodes_of(tree))
        node, other = rng.choice(nodes), rng.choice(nodes)
        if not node.parts:
            node.content = rng.choice((_flip, _edit, _shorten))(rng, node.content or b"\0")
        elif rng.random() < 0.3:
            node.parts[rng.randrange(len(node.parts))] = parsed(written(other))
        else:
            at = rng.randrange(len(node.parts))
            node.parts[at : at + 1] = [node.parts[at]] * rng.choice((0, 2))
    return write_envelope(envelope, written(tree))


def _flip(rng: random.Random, octets: bytes) -> bytes:
    changed = bytearray(octets)
    for _ in range(rng.randrange(1, 5)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _edit(rng: random.Random, octets: bytes) -> bytes:
    changed = bytearray(octets)
    for _ in range(rng.randrange(1, 4)):
        changed[rng.randrange(len(changed))] = rng.choice(EDGES)
    return bytes(changed)


def _shorten(rng: random.Random, octets: bytes) -> bytes:
    at = rng.randrange(len(octets))
    return octets[:at] + octets[at + rng.randrange(1, 9) :] or b"\0"


MAKERS: tuple[Maker, ...] = (
    random_octets,
    repeated_octets,
    flipped_bits,
    cut,
    inserted,
    edited_lengths,
    changed_payload,
    changed_payload,
    changed_payload,
    other_payload,
    changed_element,
)


# --- what each input goes through ------------------------------------------------------------------------------------


def read(octets: bytes) -> bool:
    """Through the readers of octets; whether the envelope and its payload could be decoded."""
    for reader in (read_data, read_payload, read_gbz):
        try:
            reader(octets)
        except OctetsError as error:
            if not 0 <= error.offset <= len(octets):
                raise AssertionError(f"the offset {error.offset} is outside of the octets") from error
    try:
        read_der(octets, 0, len(octets))
    except OctetsError as error:
        if not 0 <= error.offset <= len(octets):
            raise AssertionError(f"the offset {error.offset} is outside of the octets") from error
    try:
        envelope = read_envelope(octets)
        start, end = envelope.payload_start, envelope.payload_end
        if octets[start : start + 1] == b"\x30":
            read_der(octets, start, end)
        elif octets[start : start + 2] == b"\x01\x09":
            read_gbz(octets, start, end, alert=envelope.purpose == "alert")
        else:
            read_payload(octets, start, end)
    except OctetsError as error:
        if not 0 <= error.offset <= len(octets):
            raise AssertionError(f"the offset {error.offset} is outside of the octets") from error
        return False
    return True


def judge(octets: bytes, context: Context, as_text: bool) -> bool:
    """Through the check of a message; whether it was judged. ``as_text``: as the content of a file, in hexadecimal."""
    if not as_text:
        return judge_message("fuzz", octets, context).judged
    try:
        return all(one.judged for one in judge_octets("fuzz", octets.hex().encode(), "message", context))
    except GbcscheckError:
        return False


@dataclass(slots=True)
class Outcome:
    """What became of the inputs."""

    inputs: int = 0
    decoded: int = 0
    judged: int = 0
    slowest: float = 0.0
    longest: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    examples: dict[str, bytes] = field(default_factory=dict)

    def note(self, what: str, octets: bytes) -> None:
        """Something is wrong: count it, and keep the first input that shows it."""
        self.wrong[what] += 1
        self.examples.setdefault(what, octets)


def run(messages: list[bytes], context: Context, inputs: int, seed: int, told: Callable[[Outcome], None]) -> Outcome:
    """Make and try the inputs; ``told`` hears of it now and then."""
    rng, outcome, real = random.Random(seed), Outcome(), Real.of(messages)
    for octets in messages:
        judge(octets, context, as_text=False)
    for number in range(inputs):
        maker = MAKERS[number % len(MAKERS)]
        octets = maker(rng, real)
        outcome.inputs += 1
        outcome.longest = max(outcome.longest, len(octets))
        outcome.kinds[maker.__name__] += 1
        _try(octets, context, number % 7 == 0, outcome)
        if number % 20_000 == 19_999:
            told(outcome)
    if (peak := most_memory()) > MOST_MEMORY:
        outcome.note(f"{peak / 2**20:.0f} MB of memory", b"")
    return outcome


def _try(octets: bytes, context: Context, as_text: bool, outcome: Outcome) -> None:
    taken = 0.0
    for again in range(RESPITE):
        began = time.process_time()
        try:
            decoded = read(octets)
            judged = judge(octets, context, as_text)
        except Exception as error:  # any at all is what this script looks for
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
            outcome.note(f"{type(error).__name__} at {place}: {error}"[:200], octets)
            return
        spent = time.process_time() - began
        taken = min(taken, spent) if again else spent
        if taken <= MOST_SECONDS:
            break
    else:
        outcome.note(f"more than {MOST_SECONDS * 1000:.0f} ms", octets)
    outcome.decoded += decoded
    outcome.judged += judged
    outcome.slowest = max(outcome.slowest, taken)


def real_messages(corpus: Path) -> list[bytes]:
    """Every message of the Reference Test Data Set."""
    paths = sorted((corpus / "rtds").rglob("*.HEX"), key=lambda path: path.name)
    return [bytes.fromhex(path.read_text("ascii")) for path in paths]


def summary(outcome: Outcome) -> str:
    """One line."""
    return (
        f"{outcome.inputs:,} inputs of up to {outcome.longest:,} octets, {outcome.decoded:,} decoded, "
        f"{outcome.judged:,} judged; slowest {outcome.slowest * 1000:.1f} ms; {most_memory() / 2**20:.0f} MB; "
        f"wrong: {outcome.wrong.total():,}"
    )


def main() -> int:
    """Run, tell, and end with 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=4)
    arguments = parser.parse_args()
    context = load_context(Choices())
    real = real_messages(arguments.corpus.resolve())

    def told(outcome: Outcome) -> None:
        print(summary(outcome), file=sys.stderr, flush=True)

    outcome = run(real, context, arguments.inputs, arguments.seed, told)
    print(f"seed {arguments.seed}: {summary(outcome)}")
    for kind, count in sorted(outcome.kinds.items()):
        print(f"  {count:>9,} {kind.replace('_', ' ')}")
    for what, count in outcome.wrong.most_common():
        print(f"wrong, {count:,} times: {what}\n  {outcome.examples[what].hex()}")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
