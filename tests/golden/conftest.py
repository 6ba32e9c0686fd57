"""The strategies of tests/schema serve any specification, this folder's too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "schema"))
