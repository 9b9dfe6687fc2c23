#!/usr/bin/env bash
# sarif-multitool 5.7.0 (npm, @microsoft/sarif-multitool): merging two files of one tool keeps one run's identity for
# both, and which one is a matter of chance.
#
# Guess: `merge a.sarif b.sarif` gives a log with two runs. Each keeps its automationDetails.id (the category), its
# versionControlProvenance, what %SRCROOT% stands for (originalUriBaseIds) and its columnKind, since SARIF 2.1.0 makes
# these properties of the run, and the results of a run are read by them.
# Observed: the results of both stand in one run, which has all of these from one of the two files. The other file's
# results now lie in another repository at another commit, under another category, and their columns are counted in
# another unit. With the default number of threads the file that wins changes from one call to the next; with
# --threads 1 it is the one that is named first.
# Whoever collects the reports of several jobs or repositories of one tool needs one file for each, or another merge.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel error @microsoft/sarif-multitool@5.7.0 >&2
chmod u+x "$folder"/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool
python3 -I - "$folder" <<'PYTHON'
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

folder = Path(sys.argv[1])
KINDS = {"one": "unicodeCodePoints", "two": "utf16CodeUnits"}


def log(name):
    """A valid log of one run, with everything that tells it from the other."""
    place = {"artifactLocation": {"uri": "table.csv", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 3}}
    run = {
        "tool": {"driver": {"name": "checker", "version": "1.0", "rules": [{"id": "R1"}]}},
        "automationDetails": {"id": f"{name}/"},
        "versionControlProvenance": [
            {"repositoryUri": f"https://git.example.org/{name}", "mappedTo": {"uriBaseId": "%SRCROOT%"}}
        ],
        "originalUriBaseIds": {"%SRCROOT%": {"uri": f"file:///checkouts/{name}/"}},
        "columnKind": KINDS[name],
        "results": [
            {"ruleId": "R1", "ruleIndex": 0, "message": {"text": name}, "locations": [{"physicalLocation": place}]}
        ],
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


for name in KINDS:
    (folder / f"{name}.sarif").write_text(json.dumps(log(name)), encoding="utf-8")


def merged(*options):
    """The runs of the merged log: what identifies each, and the results in it."""
    files = [folder / f"{name}.sarif" for name in KINDS]
    command = [folder / "node_modules/.bin/sarif-multitool", "merge", *files, "--output-directory", folder / "out"]
    subprocess.run([*command, "--output-file", "all.sarif", "--log", "ForceOverwrite", *options], check=True, stdout=-3)
    runs = json.loads((folder / "out/all.sarif").read_text(encoding="utf-8-sig"))["runs"]
    return tuple(
        (
            run["automationDetails"]["id"],
            run["originalUriBaseIds"]["%SRCROOT%"]["uri"],
            tuple(one["repositoryUri"] for one in run["versionControlProvenance"]),
            run["columnKind"],
            len(run["results"]),
        )
        for run in runs
    )


seen = Counter(merged() for _ in range(12))
for outcome, times in seen.items():
    print(f"{times} of 12 calls: {outcome}")
alone = merged("--threads", "1")
print(f"with --threads 1: {alone}")


def of(name):
    address = f"https://git.example.org/{name}"
    return ((f"{name}/", f"file:///checkouts/{name}/", (address,), KINDS[name], 2),)


raise SystemExit(0 if set(seen) <= {of("one"), of("two")} and alone == of("one") else "otherwise than before")
PYTHON
