"""What the command line and the pytest plugin call, and what ``import gbcscheck`` gives: loading, checking, comparing,
judging, and the results of each.

The stable names are those of ``gbcscheck.__all__``; the modules of this package may change with any version.
"""
