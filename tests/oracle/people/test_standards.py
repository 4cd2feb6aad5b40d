"""Standards kept, counted by hand."""

from datetime import date
from pathlib import Path

from kpi.people.standards import standards
from tests.oracle.conftest import opened
from tests.oracle.people.crew import asking, fill

CHECKS = "check_id,checked_at,standard,passed,employee\n" + "\n".join(
    [
        *(f"a{n},2025-02-{n:02d},Clean,{'yes' if n <= 6 else 'no'},Anna" for n in range(1, 9)),
        *(f"b{n},2025-02-{n:02d},Clean,no,Boris" for n in range(1, 3)),
        "c1,2025-02-01,Greets,yes,Anna", "d1,2024-02-28,Clean,no,Anna",
    ]
)  # fmt: skip


def test_by_person_and_standard_over_twelve_months(tmp_path: Path) -> None:
    store = opened(tmp_path / "workspace")
    fill(store, tmp_path, {"checks": CHECKS})
    found = standards(asking(store), date(2025, 2, 28))
    store.close()
    told = {key: (kept.value, kept.used, kept.is_enough) for key, kept in found.items()}
    assert told == {
        ("Anna", "Clean"): (75, 8, True), ("Boris", "Clean"): (0, 2, False), ("Anna", "Greets"): (100, 1, False),
    }  # fmt: skip
