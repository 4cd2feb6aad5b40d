"""A file of which no row can be loaded says so, and every row of it can be looked at."""

from pathlib import Path

from tests.unit.store.files import load, opened


def test_a_file_of_which_every_row_is_rejected(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        lines = ["employee,hired_on", ",2026-01-01", ",2026-02-01"]
        (report,) = load(store, tmp_path, "staff.csv", "staff", lines)
        assert (report.rows_in, report.rows_out, report.rejected) == (2, 0, 2)
        assert list(store.rejects(store.imports()[0].import_id)["line"]) == [2, 3]
