"""What the HTML report costs for many findings: time to write, the page's octets, and the memory of the process.

Run it as ``python benchmarks/reports_html.py``. Each number of findings is measured in a process of its own, since the
peak of a process never goes down.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.matrix import MatrixRow
from gbcscheck.model.rules import Rule
from gbcscheck.report import Report

NUMBERS = (500, 5_000, 50_000)
TABLE = Specification("GBCS", "9.9", "Table 9")
USE_CASES = Specification("GBCS", "9.9", "use cases")
SEVERITIES = ("error", "warning", "note")


def made_report(number: int) -> Report:
    """A report of as many findings, each of two statements of its own with words of usual length, and a row of the
    matrix for each."""
    findings, rows = [], []
    for index in range(number):
        item = f"MadeUpDataItem{index}.entries[*].exec_weekdays"
        default = Statement(
            item, "default", TABLE, "synthetic", f"Table 9, row {index}", "drafts/table-9.xlsx",
            f"Table 9!D{index + 7}",
            domain="0b1111100", text="0b11111000",
        )  # fmt: skip
        constant = Statement(
            f"ECS99/{item}", "constant", USE_CASES, "published", f"ECS99, row {index}", "gbcs/use-cases-9.9.xlsx",
            f"DLMS!K{index + 2}", domain="0b1111111",
            text="||0b11111110 (bit padding is on the least significant bit)",
        )  # fmt: skip
        findings.append(
            Finding(
                f"M10{index % 3}",
                SEVERITIES[index % 3],
                item,
                "the default contradicts the constant of the use case",
                (default, constant),
                witness="Saturday and Sunday: in the constant alone",
                suggestion=f"write 0b11111110 in Table 9!D{index + 7} (every day)",
                why=f"ECS99, row {index} fixes every day; Table 9 ships the device with Monday to Friday.",
                meanings=("Monday to Friday (0xF8)", "every day (0xFE)"),
            )
        )
        rows.append(MatrixRow(item, (item, f"ECS99/{item}"), (default, constant)))
    kinds = ("default", "value", "range")
    return Report(
        release="made",
        title=f"{number:,} findings",
        note="",
        specifications=(USE_CASES, TABLE),
        findings=tuple(findings),
        rules=tuple(Rule(f"M10{index}", "made-up-rule", kind, "warning") for index, kind in enumerate(kinds)),
        statements=2 * number,
        subjects=2 * number,
        matrix=tuple(rows),
    )


def measure(number: int) -> str:
    """One line: findings, seconds, octets of the page, and the peak of memory before and after."""
    from gbcscheck.report.html import render_html

    report = made_report(number)
    before = peak()
    started = time.perf_counter()
    page = render_html(report)
    content = page.encode("utf-8")
    seconds = time.perf_counter() - started
    return f"{number:>8,} {seconds:>8.2f} s {len(content) / 1e6:>8.1f} MB {before:>8.0f} MB {peak():>8.0f} MB"


def peak() -> float:
    """The most memory that this process has had, in MB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every number of findings, or the one that is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--findings", type=int, help="measure this number only, in this process")
    parser.add_argument("-o", "--output", help="also write the page here (with --findings)")
    given = parser.parse_args(arguments)
    if given.findings is None:
        print(f"{'findings':>8} {'written':>10} {'page':>11} {'before':>11} {'peak':>11}", flush=True)
        for number in NUMBERS:
            subprocess.run([sys.executable, __file__, "--findings", str(number)], check=True)
        return
    if given.output:
        from gbcscheck.report.html import render_html

        with open(given.output, "w", encoding="ascii") as page:
            page.write(render_html(made_report(given.findings)))
    else:
        print(measure(given.findings))


if __name__ == "__main__":
    main()
