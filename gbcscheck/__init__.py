"""gbcscheck: cross-checks the GB smart metering specifications and reports where they conflict."""

__version__ = "0.1.0"
