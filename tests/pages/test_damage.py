"""A database that cannot be read while a page is shown is made anew, once, and the person is told."""

from pathlib import Path

import duckdb

from pages._ui import errors, session


def test_a_damaged_database_is_made_anew(business: Path) -> None:
    store = session.store()
    before = store.cursor().execute("select count(*), sum(revenue) from fact_orders where _live").fetchone()
    version = store.data_version
    error = duckdb.IOException("IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2")
    told = [errors.damaged(error), errors.damaged(error)]
    assert ["made anew" in str(message) for message in told] == [True, True]
    (job,) = store.writer.jobs()
    assert job.wait(60)
    assert job.error is None
    assert store.data_version > version
    assert store.cursor().execute("select count(*), sum(revenue) from fact_orders where _live").fetchone() == before
    assert business.exists()


def test_other_errors_are_none_of_its_business(business: Path) -> None:
    assert errors.damaged(ValueError("no")) is None
    assert errors.damaged(duckdb.IOException("IO Error: Could not write file: No space left on device")) is None
    assert session.store().writer.jobs() == ()
