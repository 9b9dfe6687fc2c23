"""What spark-submit runs: ``gbcscheck`` with the arguments behind this file's name, its exit code as the job's."""

import sys

from gbcscheck.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
