"""A folder of documents is generated and used, and the table says what became of each."""

import json
import shutil
from pathlib import Path

import pytest
from tools.generate import folder

from golden_package import HERE


def test_a_folder_is_generated_and_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    shutil.copy(HERE / "kinds.yaml", documents)
    (documents / "old.json").write_text(json.dumps({"swagger": "2.0"}))
    assert folder.main([str(documents), "--output", str(tmp_path / "out"), "--processes", "1"]) == 0
    kinds, old, counts = (line.partition(" s  ")[2] or line for line in capsys.readouterr().out.splitlines())
    assert kinds == "kinds.yaml: 11 models, 7 operations"
    assert old == "old.json: refused: old.json:1: Swagger 2.0: convert it to OpenAPI 3.0, 3.1 or 3.2 first"
    assert counts == "1 generated and used, 1 refused of 2"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"d_kinds"}
