"""Documents in LibreOffice: opened once a session, all of them in one run, their tracked changes accepted and rejected.

A macro does it: the commands are those behind the buttons of the program itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main
  On Error GoTo Failed
  folder = Environ("FOLDER_OF_TEST")
  For Each task In Split(Environ("TASKS_OF_TEST"), "|")
    parts = Split(task, ">")
    Convert(folder &amp; parts(0), folder &amp; parts(1), parts(2), parts(3))
  Next
  Exit Sub
Failed:
  file = FreeFile
  Open ConvertFromURL(folder &amp; "error.txt") For Output As #file
  Print #file, task &amp; ": " &amp; Error$
  Close #file
End Sub

Sub Convert(source, target, command, filter)
  Dim given(0) As New com.sun.star.beans.PropertyValue
  given(0).Name = "Hidden"
  given(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, given())
  If command &lt;&gt; "" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
  End If
  Dim made(0) As New com.sun.star.beans.PropertyValue
  made(0).Name = "FilterName"
  made(0).Value = filter
  document.storeToURL(target, made())
  document.close(True)
End Sub
</script:module>
"""
WORD = "MS Word 2007 XML"


def accepted_and_rejected(folder: Path, document: str) -> None:
    """Open a document of a folder, accept all of its tracked changes and write ``accepted.docx`` there; and again with
    all of them rejected. Skips where there is no LibreOffice."""
    command = _command(folder)
    # A profile is made first: the program looks for macros before it makes one.
    subprocess.run([*command, "--terminate_after_init"], capture_output=True, check=False, timeout=100)
    basic = folder / "profile" / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "Module1.xba").write_text(_MODULE, encoding="utf-8")
    tasks = [(f"{kind.lower()}ed.docx", f"{kind}AllTrackedChanges") for kind in ("Accept", "Reject")]
    told = "|".join(">".join((document, target, command, WORD)) for target, command in tasks)
    environment = {**os.environ, "FOLDER_OF_TEST": f"{folder.as_uri()}/", "TASKS_OF_TEST": told}
    _run([*command, "macro:///Standard.Module1.Main"], environment)
    error = folder / "error.txt"
    assert not error.exists(), error.read_text(encoding="utf-8")


def converted(folder: Path, documents: Sequence[str], form: str) -> None:
    """Open some documents of a folder and write them anew in the folder ``out`` there. No view of them is made: this
    build ends where one shows comments."""
    command = [*_command(folder), "--convert-to", form, "--outdir", str(folder / "out")]
    _run([*command, *(str(folder / name) for name in documents)], dict(os.environ))


def _command(folder: Path) -> list[str]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-writer-nogui")
    return [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
