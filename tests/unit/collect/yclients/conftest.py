from collections.abc import Iterator

import pytest

from data.collect.yclients.connection import VARIABLE
from tests.unit.collect.gathering import Wall
from tests.unit.collect.local import serving
from tests.unit.collect.yclients.double import YclientsDouble
from tests.unit.collect.yclients.salon import Salon


@pytest.fixture
def salon(monkeypatch: pytest.MonkeyPatch) -> Iterator[Salon]:
    wall = Wall()
    double = YclientsDouble(wall)
    with serving(double) as address:
        monkeypatch.setenv(VARIABLE, address)
        yield Salon(double, wall)
