"""What the package costs its host has budgets, and exceeding one is noticed."""

import re
import sys
import zipfile
from pathlib import Path

import pytest

from tools.release import budgets
from tools.release.budgets import Budgets

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Budgets(held={"modules": 100, "bytes": 2_000}, told={"seconds": 1.5})
WITHIN: budgets.Figures = {"modules": 100, "bytes": 1_000, "seconds": 1.0}


def exit_code(measured: budgets.Figures, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(budgets, "measure", lambda folder: measured)
    monkeypatch.setattr(budgets, "read_budgets", lambda: SAMPLE)
    return budgets.main()


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "contracts_client-1.0-py3-none-any.whl"
    metadata = (
        "Metadata-Version: 2.4\nName: contracts-client\nVersion: 1.0\n"
        "Requires-Dist: attrs>=23\nRequires-Dist: httpx<1\nRequires-Dist: msgspec; extra == 'fast'\n"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("contracts_client/client.py", "x" * 300)
        archive.writestr("contracts_client/sandbox/app.py", "x" * 500)
        archive.writestr("contracts_client/testing/api/fake.py", "x" * 200)
        archive.writestr("contracts_client-1.0.dist-info/METADATA", metadata)
    return path


def test_exactly_the_budget_is_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert exit_code(WITHIN, monkeypatch) == 0


@pytest.mark.parametrize(("name", "value"), [("modules", 101), ("bytes", 2_001)])
def test_a_count_above_its_budget_fails(
    name: str, value: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(WITHIN | {name: value}, monkeypatch) == 1
    printed = capsys.readouterr()
    assert re.search(rf"^{name} +{value:,} .* EXCEEDED$", printed.out, re.MULTILINE)
    assert printed.err == f"More than [tool.budgets] in pyproject.toml allows: {name}\n"


def test_a_time_above_its_budget_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(WITHIN | {"seconds": 99.0}, monkeypatch) == 0
    assert re.search(r"^seconds +99\.0 +1\.5  over \(told, not held\)$", capsys.readouterr().out, re.MULTILINE)


def test_budgets_and_figures_match() -> None:
    with pytest.raises(ValueError, match="other way round: seconds, threads"):
        budgets.judge({"modules": 1, "bytes": 1, "threads": 1}, SAMPLE)


def test_times_are_told_and_all_else_is_held() -> None:
    held, told = budgets.read_budgets()
    assert all("time" in name for name in told)
    assert not any("time" in name for name in held)
    assert held["direct dependencies"] == 2


def test_what_serves_tests_is_weighed_apart(wheel: Path) -> None:
    weights = budgets.sizes(wheel)
    assert weights["unpacked bytes"] - weights["unpacked bytes without sandbox and test kit"] == 700


def test_what_an_extra_needs_is_not_counted(wheel: Path, tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lines = ["attrs==26.1.0 \\", "    --hash=sha256:00", "h11==0.1 ; python_version < '4' \\", "httpx==0.28"]
    lock.write_text("\n".join(lines), encoding="utf-8")
    assert budgets.dependencies(wheel, lock) == {"direct dependencies": 2, "dependencies in all": 3}


def test_modules_of_httpx_are_not_counted() -> None:
    beyond, every = budgets.modules(Path(sys.executable)).values()
    assert beyond < every / 2


def test_a_module_more_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    before = budgets.modules(Path(sys.executable))
    more = budgets.COUNT_MODULES.replace("import contracts_client", "import contracts_client, wave")
    monkeypatch.setattr(budgets, "COUNT_MODULES", more)
    after = budgets.modules(Path(sys.executable))
    assert after["modules imported in all"] > before["modules imported in all"]


def test_the_import_is_timed_beside_httpx() -> None:
    times = budgets.import_times(Path(sys.executable), rounds=1)
    assert all(value > 0 for value in times.values())


def pins(lock: str) -> set[str]:
    text = (ROOT / "tools" / "requirements" / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==[^ ]+", text, re.MULTILINE))


@pytest.mark.parametrize("lock", ["runtime.txt", "extras.txt"])
def test_what_is_measured_is_tested(lock: str) -> None:
    assert pins(lock) <= pins("dev.txt")
    assert {"attrs", "httpx"} <= {pin.partition("==")[0] for pin in pins(lock)}
