"""The package of everything.yaml, generated once. The strategies of tests/schema serve this document too."""

import sys
from pathlib import Path

import pytest
from tools.generate.write import main

from golden_package import CONFIG, DOCUMENT, RUN_TIME

sys.path.append(str(Path(__file__).resolve().parent.parent / "schema"))


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "everything"
    inputs = ["--document", str(DOCUMENT), "--config", str(CONFIG), "--run-time", RUN_TIME]
    assert main([*inputs, "--output", str(folder)]) == 0
    return folder
