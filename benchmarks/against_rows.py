"""The rows of ``against.py``: what is run on each build, and what it is to reach."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import configurations
from against_inputs import (
    COPIES_OF_CAPTURES,
    MANY_COPIES_OF_CAPTURES,
    MESSAGE,
    SAMPLES,
    Inputs,
    captures,
    changed,
    json_lines,
    knowing,
    million,
    one_file,
    own_extracts,
    schemas,
)
from builds import HERE, ROOT, Build
from processes import Command, Taken

Medians = Mapping[str, Taken]
Figure = Callable[[Medians], float]

ITEM = "MaximumDemandConfigurableTimePeriod"
MESSAGES = 100_000
CONFIGURATIONS = 20_000

FIRST_VERDICT = """
import sys
octets = bytes.fromhex(open(sys.argv[1], encoding="ascii").read())
try:
    from gbcscheck import Judge
except ImportError:
    from gbcscheck.device.context import Choices, load_context
    from gbcscheck.device.message import judge_message
    judge_message("message", octets, load_context(Choices()))
else:
    Judge().message(octets)
"""
"""The first verdict on a message: by the library, and by the two calls that stood in its place before."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure of a build, and the limit that it (or, with ``of_then``, its ratio to the older build's) has to keep."""

    what: str
    figure: Figure
    unit: str
    limit: float
    of_then: bool = False
    at_least: bool = False

    def holds(self, then: float, now: float) -> bool:
        """Whether the figures reach what is wanted."""
        reached = now / then if self.of_then else now
        return reached >= self.limit if self.at_least else reached <= self.limit

    @property
    def wanted(self) -> str:
        """The target in words."""
        side = "at least" if self.at_least else "at most"
        if self.of_then:
            return f"{side} {self.limit:g} of then"
        return f"{side} {self.limit:g} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A name, what each build runs by name, what is to be reached, and what both are held against, run once a turn."""

    name: str
    commands: Callable[[Build, Inputs], dict[str, Command]]
    targets: tuple[Target, ...]
    others: Callable[[Inputs], dict[str, Command]] = lambda inputs: {}


# --- figures ---------------------------------------------------------------------------------------------------------


def processor(name: str) -> Figure:
    """Seconds of processors that a command takes."""
    return lambda medians: medians[name].processor


def clock(name: str) -> Figure:
    """Seconds by the clock that a command takes."""
    return lambda medians: medians[name].clock


def memory(name: str) -> Figure:
    """MiB of the largest process of a command."""
    return lambda medians: medians[name].memory


def times(one: Figure, other: Figure) -> Figure:
    """How many times the other figure the first is."""
    return lambda medians: one(medians) / other(medians)


def beyond(one: Figure, other: Figure) -> Figure:
    """By how much the first figure is greater."""
    return lambda medians: one(medians) - other(medians)


# --- rows ------------------------------------------------------------------------------------------------------------


def simple(**arguments: tuple[str | Path, ...]) -> Callable[[Build, Inputs], dict[str, Command]]:
    """The build's command with some arguments, for each name."""

    def commands(build: Build, inputs: Inputs) -> dict[str, Command]:
        return {
            name: Command(build.gbcscheck(*several), inputs.folder, build.environment)
            for name, several in arguments.items()
        }

    return commands


def _device_folder(build: Build, inputs: Inputs) -> dict[str, Command]:
    return simple(device=("device", "--quiet", captures(inputs)))(build, inputs)


def _jobs(copies: int) -> Callable[[Build, Inputs], dict[str, Command]]:
    """A folder of captures judged by one process and by two."""

    def commands(build: Build, inputs: Inputs) -> dict[str, Command]:
        folder = captures(inputs, copies)
        return simple(one=("device", "--quiet", folder, "-j", "1"), two=("device", "--quiet", folder, "-j", "2"))(
            build, inputs
        )

    return commands


def _jobs_row(name: str, copies: int) -> MeasuredRow:
    what = f"a folder of {copies} copies of the corpus"
    return MeasuredRow(
        name,
        _jobs(copies),
        (
            Target(
                f"`device -j 2`, {what}: CPU beside `-j 1`", times(processor("two"), processor("one")), "times", 1.1
            ),
            Target(
                f"`device -j 1`, {what}: clock beside `-j 2`",
                times(clock("one"), clock("two")),
                "times",
                1.6,
                at_least=True,
            ),
        ),
    )


def _one_file(build: Build, inputs: Inputs) -> dict[str, Command]:
    one, many = one_file(inputs, 1), one_file(inputs, MESSAGES)
    return simple(one=("device", "--quiet", one), many=("device", "--quiet", many))(build, inputs)


def _own_extracts(build: Build, inputs: Inputs) -> dict[str, Command]:
    paths = own_extracts(inputs)
    alone = ["--alone"] if build.name == HERE else []  # an earlier build holds files against nothing by itself
    command = build.gbcscheck("check", "--quiet", *alone, *paths)
    return {"check": Command(command, inputs.folder, build.environment, changed(paths))}


def _check_jsonschema(inputs: Inputs) -> dict[str, Command]:
    schema = ROOT / "gbcscheck" / "facts" / "extract.schema.json"
    tool = Path(sys.executable).with_name("check-jsonschema")
    paths = own_extracts(inputs)
    return {"theirs": Command([tool, "--schemafile", schema, *paths], inputs.folder, {}, changed(paths))}


def _json_lines(build: Build, inputs: Inputs) -> dict[str, Command]:
    one, many = json_lines(inputs, 1), json_lines(inputs, CONFIGURATIONS)
    chosen = ("device", "--quiet", "--release", configurations.RELEASE, "--as", "configurations")
    return simple(one=(*chosen, one), many=(*chosen, many))(build, inputs)


def _fastjsonschema(inputs: Inputs) -> dict[str, Command]:
    script = [sys.executable, ROOT / "benchmarks" / "configurations.py", "fastjsonschema"]
    one, many = json_lines(inputs, 1), json_lines(inputs, CONFIGURATIONS)
    return {
        "their one": Command([*script, one], inputs.folder),
        "their many": Command([*script, many], inputs.folder),
    }


def _million(build: Build, inputs: Inputs) -> dict[str, Command]:
    repository = million(inputs)
    package = knowing(build, inputs, repository)
    command = [build.python, "-P", "-m", "gbcscheck", "check", "--quiet", "--fail-on", "never", repository]
    return {"check": Command(command, inputs.folder, {**build.environment, "PYTHONPATH": str(package)})}


def _compare_xsd(build: Build, inputs: Inputs) -> dict[str, Command]:
    command = build.gbcscheck("compare", "--quiet", "--no-cache", "old", "new")
    return {"compare": Command(command, schemas(inputs), build.environment)}


def _import(build: Build, inputs: Inputs) -> dict[str, Command]:
    return {
        name: Command([build.python, "-I", "-c", f"import {name}"], inputs.folder, build.environment)
        for name in ("gbcscheck", "click")
    }


def _judge(build: Build, inputs: Inputs) -> dict[str, Command]:
    command = [build.python, "-I", "-c", FIRST_VERDICT, MESSAGE]
    return {"judge": Command(command, inputs.folder, build.environment)}


def _beside_version(name: str, arguments: tuple[str, ...], limit: float) -> MeasuredRow:
    wanted = Target(
        f"`{' '.join(arguments)}`: CPU beside `--version`",
        times(processor(name), processor("version")),
        "times",
        limit,
    )
    return MeasuredRow(name, simple(**{name: arguments, "version": ("--version",)}), (wanted,))


def _device_one(name: str, what: str, path: Path) -> MeasuredRow:
    return MeasuredRow(
        name,
        simple(device=("device", "--quiet", path)),
        (
            Target(f"`device`, {what}: CPU", processor("device"), "s", 0.5, of_then=True),
            Target(f"`device`, {what}: memory", memory("device"), "MiB", 60),
        ),
    )


ROWS = (
    MeasuredRow(
        "check",
        simple(check=("check",)),
        (
            Target("`check` on `current`: CPU", processor("check"), "s", 0.5, of_then=True),
            Target("`check` on `current`: memory", memory("check"), "MiB", 45),
        ),
    ),
    _beside_version("show", ("show", ITEM), 3),
    _beside_version("specs", ("specs",), 3),
    _beside_version("explain", ("explain", "V101"), 1.5),
    _device_one("device-message", "one message", MESSAGE),
    _device_one("device-xml", "one XML", SAMPLES / "period.xml"),
    _device_one("device-workbook", "one workbook", SAMPLES / "settings.xlsx"),
    MeasuredRow(
        "device-folder",
        _device_folder,
        (Target("`device`, a folder of captures: CPU", processor("device"), "s", round(1 / 1.7, 3), of_then=True),),
    ),
    _jobs_row("jobs", COPIES_OF_CAPTURES),
    _jobs_row("jobs-many", MANY_COPIES_OF_CAPTURES),
    MeasuredRow(
        "one-file",
        _one_file,
        (
            Target(
                f"`device`, {MESSAGES:,} messages in one file: memory beside one message",
                times(memory("many"), memory("one")),
                "times",
                1.3,
            ),
            Target(f"`device`, {MESSAGES:,} messages in one file: CPU", processor("many"), "s", 1, of_then=True),
        ),
    ),
    MeasuredRow(
        "own-extracts",
        _own_extracts,
        (
            Target(
                "`check` on three own extracts, changed: CPU beside check-jsonschema",
                times(processor("check"), processor("theirs")),
                "times",
                0.2,
            ),
        ),
        _check_jsonschema,
    ),
    MeasuredRow(
        "json-lines",
        _json_lines,
        (
            Target(
                "`device`, JSON lines, all values new: CPU a line beside fastjsonschema",
                times(
                    beyond(processor("many"), processor("one")), beyond(processor("their many"), processor("their one"))
                ),
                "times",
                4,
            ),
        ),
        _fastjsonschema,
    ),
    MeasuredRow(
        "million",
        _million,
        (
            Target("`check` on 1,000,000 statements: CPU", processor("check"), "s", 0.5, of_then=True),
            Target("`check` on 1,000,000 statements: memory", memory("check"), "MiB", 450),
        ),
    ),
    MeasuredRow(
        "compare-xsd",
        _compare_xsd,
        (
            Target(
                "`compare` of DUIS and MMC 5.1 and 5.4 as XSD, cold: CPU", processor("compare"), "s", 0.5, of_then=True
            ),
        ),
    ),
    MeasuredRow(
        "import",
        _import,
        (
            Target(
                "`import gbcscheck`: CPU beside `import click`",
                times(processor("gbcscheck"), processor("click")),
                "times",
                1.3,
            ),
        ),
    ),
    MeasuredRow(
        "judge", _judge, (Target("first verdict of a `Judge`: CPU", processor("judge"), "s", 0.35, of_then=True),)
    ),
)
