"""The Pollock benchmark: better without a dialect than any system is reported to be with it."""

from pathlib import Path

import pytest

from tests.bench.pollock import REPORTED_SIMPLE, REPORTED_WEIGHTED, ROOT, kind, run
from tests.bench.pollock_measures import Agreement, agreement, measure


def test_agreement_of_multisets() -> None:
    assert agreement("aab", "abc") == Agreement(2 / 3, 2 / 3, 2 / 3)
    assert agreement("", "x") == Agreement(1, 1, 1)
    assert agreement("x", "y") == Agreement(0, 0, 0)


def test_measures_of_a_file(tmp_path: Path) -> None:
    clean, loaded = tmp_path / "clean.csv", tmp_path / "loaded.csv"
    clean.write_text('"A","B"\n"1","x"\n"2","y"\n', "utf-8")
    loaded.write_text("a,b\n1.0,X\n", "utf-8")
    found = measure(clean, loaded)
    assert (found.success, found.header.f1) == (1, 1)
    assert (found.records.precision, found.records.recall) == (0, 0)
    loaded.write_text("A,B\n1,x\n", "utf-8")
    assert measure(clean, loaded).records == Agreement(0.5, 1, 2 / 3)
    assert measure(clean, tmp_path / "nowhere.csv").score == 0


@pytest.mark.parametrize("expected", ["row_less_sep", "file_field_delimiter_0x2C_0x20", "file_field_delimiter_0x20"])
def test_kinds_of_pollution(expected: str) -> None:
    assert kind(f"{expected}5_col3.csv") == expected


@pytest.mark.real_data
@pytest.mark.slow
def test_scores(real_data: Path, tmp_path: Path) -> None:
    scores = {each.name.strip(): each for each in run(tmp_path)}
    assert scores["Pollock, simple"].score > REPORTED_SIMPLE
    assert scores["Pollock, weighted"].score > REPORTED_WEIGHTED
    assert not any(each.over for each in scores.values())
    page = (ROOT / "docs" / "reading-csv.md").read_text("utf-8").splitlines()
    for name in set(scores) - {"Pollock, simple", "Pollock, weighted", "survey sample"}:
        (line,) = (line for line in page if line.startswith(f"| `{name}`:"))
        assert line.endswith(f"| {scores[name].files} | {scores[name].score:.3f} |")
