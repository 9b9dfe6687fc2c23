"""The pytest plugin, in runs of pytest of its own."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from gbcscheck import Judge

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "docs" / "samples"
CAPTURES = SAMPLES / "captures"
LOADED = ("-p", "gbcscheck.pytest_plugin", "-p", "no:cacheprovider")
"""As an installed distribution loads it: its entry point has the name of the module."""


@pytest.fixture(scope="module", autouse=True)
def _everything_is_imported() -> None:
    """Pytester forgets the modules that a run within this process imports; rules may be declared once only."""
    judge = Judge()
    judge.files(SAMPLES)
    judge.configuration({"RMSVoltageSagThreshold": "207 V"})
    judge.pair((SAMPLES / "period.xml").read_bytes(), (CAPTURES / "ECS37-every-day.hex").read_text())


@pytest.fixture
def captures(pytester: pytest.Pytester) -> Path:
    """A folder of captures: one that conforms, one that does not, one that is nothing, and a hidden one."""
    folder = pytester.mkdir("captures")
    for name in ("ECS37-every-day.hex", "ECS37-weekdays.hex"):
        shutil.copy(CAPTURES / name, folder)
    (folder / "README").write_text("What these are.\n")
    (folder / ".hidden.hex").write_text("not hexadecimal")
    return folder


def test_the_entry_point_has_the_name_of_the_module() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"gbcscheck.pytest_plugin": "gbcscheck.pytest_plugin"}


def test_it_imports_nothing_of_the_package_until_it_is_used(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing_is_loaded():
            loaded = {name for name in sys.modules if name.startswith("gbcscheck")}
            assert loaded == {"gbcscheck", "gbcscheck.pytest_plugin", "gbcscheck.version"}
        """
    )
    pytester.runpytest_subprocess(*LOADED).assert_outcomes(passed=1)


def test_each_capture_is_a_test(pytester: pytest.Pytester, captures: Path) -> None:
    pytester.makepyfile("def test_of_the_bench(): pass")
    result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "captures", "-v", "-rs", "--junitxml=junit.xml")
    result.assert_outcomes(passed=2, failed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "gbcscheck: the default release",
            "captures/ECS37-weekdays.hex::conforms FAILED*",
            "*ECS37-weekdays.hex conforms*",
            "D205",
            "error?D205? Monday to Friday where the use case fixes *",
            "  captures/ECS37-weekdays.hex · octets 81 to 83 · device",
            "SKIPPED*captures/README: a text file; *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*.hidden*")
    cases = {case.get("classname"): case for case in ElementTree.parse(pytester.path / "junit.xml").iter("testcase")}
    failed = cases["captures.ECS37-weekdays.hex"]
    properties = [(one.get("name"), one.get("value")) for one in failed.iter("property")]
    assert properties == [("gbcscheck-rule", "D205"), ("gbcscheck-judged-as", "GBCS 4.0")]
    failure = failed.find("failure")
    assert failure is not None
    assert (failure.get("message") or "").startswith("D205\n")


def test_a_capture_is_collected_once_and_may_be_named(pytester: pytest.Pytester, captures: Path) -> None:
    for arguments in ((), (".",), ("captures",), (".", "captures/ECS37-every-day.hex")):
        result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "captures", "--collect-only", "-q", *arguments)
        assert result.outlines.count("captures/ECS37-every-day.hex::conforms") == 1, arguments
    named = "captures/ECS37-every-day.hex::conforms"
    result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "captures", named)
    result.assert_outcomes(passed=1)


def test_without_the_option_no_file_is_a_test(pytester: pytest.Pytester, captures: Path) -> None:
    assert pytester.runpytest(*LOADED).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_folder_that_is_not_there_is_told(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "nowhere")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--gbcscheck-captures: *nowhere: no such folder"])
    pytester.makefile(".hex", capture="DF")
    result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "capture.hex")
    result.stderr.fnmatch_lines(["*--gbcscheck-captures: *capture.hex: this is a file; a folder was expected"])


def test_what_is_not_judged_fails_where_the_bench_is_strict(pytester: pytest.Pytester, captures: Path) -> None:
    pytester.makeini("[pytest]\ngbcscheck_strict = true\n")
    result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "captures", "-k", "README")
    result.assert_outcomes(failed=1)


def test_a_capture_that_cannot_be_decoded_fails_with_the_reason(pytester: pytest.Pytester) -> None:
    (pytester.mkdir("captures") / "cut.hex").write_text("DF0901000000")
    result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "captures")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*captures/cut.hex: *"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_the_assertion_takes_octets_documents_mappings_and_paths(pytester: pytest.Pytester) -> None:
    pytester.makepyprojecttoml(
        """
        [tool.pytest.ini_options]
        gbcscheck_release = "current"
        gbcscheck_device_type = "esme"
        gbcscheck_variant = "single"
        """
    )
    pytester.makepyfile(
        f"""
        from pathlib import Path
        import pytest
        from gbcscheck import UsageError

        SAMPLES = Path({str(SAMPLES)!r})
        EVERY_DAY = (SAMPLES / "captures" / "ECS37-every-day.hex").read_text()
        WEEKDAYS = (SAMPLES / "captures" / "ECS37-weekdays.hex").read_text()
        REQUEST = (SAMPLES / "period.xml").read_bytes()

        def test_the_judge(gbcs_judge):
            assert (gbcs_judge.release, gbcs_judge.device_type, gbcs_judge.variant) == ("current", "ESME", "single")

        @pytest.mark.parametrize(
            "what",
            [
                EVERY_DAY, bytes.fromhex(EVERY_DAY), bytearray.fromhex(EVERY_DAY), REQUEST, REQUEST.decode(),
                {{"RMSVoltageSagThreshold": "207 V"}}, [{{"RMSVoltageSagThreshold": "207 V"}}], SAMPLES / "period.xml",
            ],
        )
        def test_conforms(assert_conforms, what):
            assert assert_conforms(what).ok

        def test_an_assertion_error_with_the_result(assert_conforms):
            with pytest.raises(AssertionError, match="(?s)^D205\\n\\nbench.*error.D205.") as caught:
                assert_conforms(WEEKDAYS, name="bench")
            assert caught.value.result.findings[0].rule == "D205"

        def test_another_type(assert_conforms):
            for wrong in (5, None, [5], object()):
                with pytest.raises(UsageError, match="expected, found"):
                    assert_conforms(wrong)

        def test_that_fails(assert_conforms):
            assert_conforms(WEEKDAYS)
        """
    )
    result = pytester.runpytest(*LOADED, "--junitxml=junit.xml")
    result.assert_outcomes(passed=11, failed=1)
    result.stdout.fnmatch_lines(
        ["*>*assert_conforms(WEEKDAYS)", "E *DoesNotConform: D205", "E *error?D205? Monday to *"]
    )
    result.stdout.no_fnmatch_line("*raise DoesNotConform*")
    assert '<property name="gbcscheck-rule" value="D205" />' in (pytester.path / "junit.xml").read_text("utf-8")


def test_a_wrong_configuration_is_one_line(pytester: pytest.Pytester, captures: Path) -> None:
    pytester.makeini("[pytest]\ngbcscheck_device_type = ESMEE\n")
    pytester.makepyfile("def test_it(assert_conforms): pass")
    result = pytester.runpytest(*LOADED, "--gbcscheck-captures", "captures", "-k", "test_it or every")
    result.stdout.fnmatch_lines(['*gbcscheck: *"ESMEE"*'])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*During handling*")
    result.assert_outcomes(errors=1, failed=1)


def test_the_sample_bench_runs(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "docs" / "test-bench", pytester.path / "test-bench", ignore=shutil.ignore_patterns("__pyc*"))
    shutil.copytree(SAMPLES, pytester.path / "samples")
    monkeypatch.chdir(pytester.path / "test-bench")
    result = pytester.runpytest(*LOADED)
    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines(["gbcscheck: release current, device type ESME, variant single"])
