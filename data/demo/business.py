"""The demo business as facts.

Invariant: the same seed and `until` give the same cells on every machine; nothing but appointments lies after
`until`.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from data.demo.ads import ads
from data.demo.calls import calls
from data.demo.checks import checks
from data.demo.development import ideas, training
from data.demo.expenses import expenses
from data.demo.hiring import hiring
from data.demo.orders import orders
from data.demo.people import staff
from data.demo.process import events
from data.demo.reviews import reviews
from data.demo.shifts import shifts
from data.demo.surveys import surveys

SEED = 7
"""The seed of the demo everybody sees."""


def generate(seed: int, until: date) -> Mapping[str, pd.DataFrame]:
    """Every fact by its name, with the column names of the schemas, two years up to and including `until`."""
    jobs = orders(seed, until)
    advertising = ads(jobs, seed, until)
    vacancies, applicants = hiring(seed, until)
    return MappingProxyType(
        {
            "orders": jobs,
            "reviews": reviews(jobs, seed, until),
            "checks": checks(seed, until),
            "staff": staff(until),
            "shifts": shifts(jobs, seed, until),
            "training": training(seed, until),
            "ideas": ideas(seed, until),
            "surveys": surveys(jobs, seed, until),
            "ads": advertising,
            "calls": calls(advertising, seed),
            "expenses": expenses(jobs, seed, until),
            "events": events(jobs, seed, until),
            "vacancies": vacancies,
            "applicants": applicants,
        }
    )
