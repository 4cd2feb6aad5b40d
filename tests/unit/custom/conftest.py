"""What formulas of a workspace without own KPIs can name."""

import pytest

from kpi.catalogue import catalogue
from kpi.custom.binding import Known, known
from kpi.custom.vocabulary import tables


@pytest.fixture(scope="session")
def what() -> Known:
    return known(tables(), catalogue())
