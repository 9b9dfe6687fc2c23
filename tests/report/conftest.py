"""The browser in which pages are looked at: it has no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

PROGRAMS = (("chromium", "chromium-browser", "google-chrome"), ("chromedriver",))
WAIT = 20
"""Seconds after which a script that does not come to an end has failed."""


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """A headless Chromium; the test is skipped where there is none."""
    browser, server = (next(filter(None, map(shutil.which, names)), None) for names in PROGRAMS)
    if browser is None or server is None:
        pytest.skip("no Chromium with its driver: apt-get install chromium chromium-driver")
    webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium: install the test extra")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in ("--headless=new", "--disable-dev-shm-usage", "--window-size=1280,900", "--disable-gpu"):
        options.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=Service(server))
    running.set_script_timeout(WAIT)
    yield running
    running.quit()
