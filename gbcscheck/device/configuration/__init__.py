"""Configurations of devices: JSON, JSON lines and tables, read and judged; templates of them."""
