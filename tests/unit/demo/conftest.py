"""The demo business of the files, made once."""

from collections.abc import Mapping

import pandas as pd
import pytest

from data.demo.business import SEED, generate
from data.demo.write import UNTIL

Facts = Mapping[str, pd.DataFrame]


@pytest.fixture(scope="session")
def facts() -> Facts:
    return generate(SEED, UNTIL)
