"""Temporary files beside what is to be written, which a signal takes away."""

from gbcscheck.inputs.temporary import private_file, release

__all__ = ["private_file", "release"]
