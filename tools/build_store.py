"""A step of the build of the wheel: the stores of what ships, whose statements are read without parsing JSON, and the
list of the rules, so that nobody imports all of them to tell what one means."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]


class StoreHook(BuildHookInterface[Any]):
    """Puts ``gbcscheck/store`` into a wheel; an editable one has none, and reads what the cache holds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the stores in a folder of their own, and name them to the builder."""
        if version == "editable":
            return
        sys.path.insert(0, str(ROOT))
        from gbcscheck.api.rule_list import LISTED, write_list
        from gbcscheck.facts.crosswalk_store import write_packaged_crosswalk
        from gbcscheck.facts.store import write_packaged

        self._folder = TemporaryDirectory()
        specs, folder = ROOT / "specs", Path(self._folder.name)
        crosswalk = write_packaged_crosswalk(specs, specs / "crosswalk", folder)
        for made, relative in (*write_packaged(specs, folder), *crosswalk):
            build_data["force_include"][str(made)] = f"gbcscheck/store/{relative}"
        listed = folder / LISTED.name
        write_list(listed)
        build_data["force_include"][str(listed)] = f"gbcscheck/store/{listed.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder."""
        if version != "editable":
            self._folder.cleanup()
