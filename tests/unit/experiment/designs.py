"""A design and a KPI for tests that need any."""

from datetime import date

from data.store.entries import Design
from kpi.model import Better, Kpi

DESIGN = Design(
    "Titles", "They read", "contact_rate", "ad_id", ("1", "2"), ("3", "4"), date(2026, 9, 1), date(2026, 10, 26)
)


def kpi_of(better: Better) -> Kpi:
    return Kpi(
        "a_kpi", "A KPI", "How?", "", "marketing", "percent", better, "total(views)", "value", "ad_days",
    )  # fmt: skip
