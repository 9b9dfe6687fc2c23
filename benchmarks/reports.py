"""Measure the formats of reports on many findings: time and memory of each, in a process of its own.

Run from a checkout: ``python benchmarks/reports.py [NUMBER] [FORMAT]...``. The findings are made up: two sides each,
with texts as long as those of the published documents.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NUMBER = 50_000
MOST_MEGABYTES = 500
"""What SARIF and HTML may take for NUMBER findings."""
LIMITED = ("sarif", "html")


def findings(number: int) -> Iterator[object]:
    """Findings of several rules and severities, no two of one subject."""
    from gbcscheck.model import SEVERITIES, Finding, Specification, Statement

    table = Specification("GBCS", "9.0", "Table 9")
    use_cases = Specification("GBCS", "9.0", "use cases")
    for index in range(number):
        subject = f"SomeDataItemOfADevice[{index}].entries[*].an_element_of_it"
        default = Statement(
            subject, "default", table, "synthetic", f"Table 9, row {index}", "gbcs/table-9.xlsx",
            f"Table 9!D{index + 2}", domain="0b1111100", text="0b11111000",
        )  # fmt: skip
        constant = Statement(
            f"ECS{index % 90}/{subject}", "constant", use_cases, "published", f"ECS{index % 90}, row {index}",
            "gbcs/use-cases-9.0.xlsx", f"DLMS!K{index + 2}", domain="0b1111111",
            text="||0b11111110 (bit padding is on the least significant bit)",
        )  # fmt: skip
        yield Finding(
            f"V10{index % 5 + 1}",
            SEVERITIES[index % 3],
            subject,
            "the default contradicts the constant of the use case",
            (default, constant),
            witness="Saturday and Sunday: in the constant alone",
            suggestion=f"write 0b11111110 in Table 9!D{index + 2} (every day)",
            why=f"ECS{index % 90}, row {index} fixes every day; Table 9 ships the device with Monday to Friday.",
            meanings=("default: Monday to Friday (0xF8)", "constant: every day (0xFE)"),
        )


def measure(form: str, number: int) -> None:
    """Write one format of a report of so many findings, and print its size, its time and the most memory taken."""
    from gbcscheck.report import Report
    from gbcscheck.report.formats import render
    from gbcscheck.report.layout import Layout
    from gbcscheck.rules import RULES

    report = Report("", "", "", (), tuple(findings(number)), RULES, 2 * number, number)  # type: ignore[arg-type]
    began = time.perf_counter()
    octets = render(report, form, Layout()).encode()
    seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{form:9} {len(octets) / 1e6:7.1f} MB  {seconds:6.2f} s  {megabytes:6.0f} MB of memory")
    if form in LIMITED and number <= NUMBER and megabytes > MOST_MEGABYTES:
        raise SystemExit(f"{form} takes more than {MOST_MEGABYTES} MB")


def main(arguments: list[str]) -> int:
    """Measure each format in a process of its own; 1 where one takes too much."""
    from gbcscheck.report.formats import FORMATS

    number = int(arguments[0]) if arguments and arguments[0].isdecimal() else NUMBER
    forms = [name for name in arguments if name in FORMATS] or list(FORMATS)
    if "--one" in arguments:
        measure(forms[0], number)
        return 0
    print(f"{number:,} findings")
    codes = [
        subprocess.run([sys.executable, __file__, str(number), form, "--one"], cwd=ROOT, check=False).returncode
        for form in forms
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
