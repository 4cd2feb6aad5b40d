from collections.abc import Iterator

import pytest

from data.collect.avito.connection import VARIABLE
from tests.unit.collect.avito.cabinet import Cabinet
from tests.unit.collect.avito.double import AvitoDouble
from tests.unit.collect.gathering import Wall
from tests.unit.collect.local import serving


@pytest.fixture
def cabinet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cabinet]:
    wall = Wall()
    double = AvitoDouble(wall)
    with serving(double) as address:
        monkeypatch.setenv(VARIABLE, address)
        yield Cabinet(double, wall)
