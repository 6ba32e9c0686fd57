"""A program that is missing skips its test, and fails it in CI."""

from __future__ import annotations

import pytest
from programs import REQUIRED, program


def test_a_missing_program_skips_its_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install its-package"):
        program("its-program", "its-package")


def test_a_missing_program_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install its-package"):
        program("its-program", "its-package")
