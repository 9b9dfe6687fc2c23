"""Documents in LibreOffice: opened once a session, all of them in one run, their tracked changes accepted and rejected.

A macro does it: the commands are those behind the buttons of the program itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
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
PDF = "writer_pdf_Export"


def opened(folder: Path, tasks: Mapping[str, tuple[str, str, str]]) -> None:
    """Open documents of a folder and write them anew there: by the name of the new one, the name of the document, the
    command between (``AcceptAllTrackedChanges``, or nothing) and the filter. Skips where there is no LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-writer-nogui")
    profile = folder / "profile"
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    run = {"capture_output": True, "check": False, "timeout": 200}
    subprocess.run([*command, "--terminate_after_init"], **run)  # type: ignore[call-overload]
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "Module1.xba").write_text(_MODULE, encoding="utf-8")
    told = "|".join(">".join((source, target, command, form)) for target, (source, command, form) in tasks.items())
    environment = {**os.environ, "FOLDER_OF_TEST": f"{folder.as_uri()}/", "TASKS_OF_TEST": told}
    done = subprocess.run([*command, "macro:///Standard.Module1.Main"], env=environment, **run)  # type: ignore[call-overload]
    error = folder / "error.txt"
    assert not error.exists(), error.read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    missing = [target for target in tasks if not (folder / target).exists()]
    assert not missing, (missing, done.stderr)
