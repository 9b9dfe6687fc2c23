"""``gbcscheck check --annotate``: a copy beside the report, and a clear message where there can be none."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from cli_files import USE_CASES, Run, write_json
from synthetic_table import synthetic_table_28d

pytestmark = pytest.mark.usefixtures("small_release")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table-28d.xlsx"
    path.write_bytes(synthetic_table_28d())
    return path


@pytest.mark.whole_release
def test_the_clashing_cells_of_a_table_over_a_release_are_marked(gbcscheck: Run, table: Path, tmp_path: Path) -> None:
    before = table.read_bytes()
    copy, report = tmp_path / "marked.xlsx", tmp_path / "report.html"
    run = gbcscheck(
        "check", table, "--release", "before-mp131", "--annotate", copy, "--format", "html", "-o", report, "--no-config"
    )
    assert run.returncode == 1, run.stderr
    assert f"{copy}: 3 cells marked" in run.stderr
    assert table.read_bytes() == before
    book = openpyxl.load_workbook(copy)
    sheet = book["Table 28d"]
    comments = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert sorted(comments) == ["D7", "D8", "D9"]
    assert "V101" in comments["D7"]
    assert "DLMS!K673" in comments["D7"]
    assert "write 0b11111110" in comments["D7"]
    assert book.sheetnames == ["Table 28d", "gbcscheck"]
    assert "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays" in report.read_text(encoding="ascii")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["table-28d.xlsx", "--annotate", "copy.csv"], "copy.csv: --annotate writes a workbook or a Word docu"),
        (["table-28d.xlsx", "--annotate", "table-28d.xlsx"], "sources are never written"),
        (["table-28d.xlsx", "--annotate", "nowhere/copy.xlsx"], "the folder nowhere does not exist"),
        (
            ["use-cases.json", "--annotate", "copy.xlsx"],
            "--annotate marks a workbook (.xlsx); none was read, but use-",
        ),
        (["--annotate", "copy.xlsx"], "--annotate marks a workbook (.xlsx); none was given"),
        (["table-28d.xlsx", "other.xlsx", "--annotate", "copy.xlsx"], "2 were read: table-28d.xlsx, other.xlsx"),
        (
            ["table-28d.xlsx", "--annotate", "copy.xlsx", "-o", "copy.xlsx"],
            "--annotate and -o would both go to one file",
        ),
    ],
)
def test_where_there_can_be_no_copy_nothing_is_written(
    gbcscheck: Run, table: Path, arguments: list[str], message: str
) -> None:
    folder = table.parent
    write_json(folder / "use-cases.json", USE_CASES)
    (folder / "other.xlsx").write_bytes(synthetic_table_28d())
    names = sorted(path.name for path in folder.iterdir())
    run = gbcscheck("check", *arguments, "--format", "json", *([] if "-o" in arguments else ["-o", "report.json"]),
                    "--no-config", cwd=folder)  # fmt: skip
    assert run.returncode == 2
    assert message in run.stderr.replace("\n", " ").replace("  ", " ")
    assert "Traceback" not in run.stderr
    assert sorted(path.name for path in folder.iterdir()) == names
    assert table.read_bytes() == synthetic_table_28d()


@pytest.mark.whole_release
def test_a_quiet_run_says_nothing_of_the_copy(gbcscheck: Run, table: Path, tmp_path: Path) -> None:
    copy = tmp_path / "marked.xlsx"
    run = gbcscheck("check", table, "--release", "before-mp131", "--annotate", copy, "-q", "--no-config")
    assert run.returncode == 1
    assert run.stderr == ""
    assert copy.is_file()
