"""The label of a source from its file's name."""

import pytest

from data.store.labels import default_label


@pytest.mark.parametrize(
    ("file", "label"),
    [
        ("Заказы_2026-08.xlsx", "заказы"), ("Заказы 09 (1).csv", "заказы"), ("Заказы — копия.csv", "заказы"),
        ("orders copy 2.csv", "orders"), ("2026.csv", "file"), ("Учёт салон Центр.xlsx", "учёт салон центр"),
    ],
)  # fmt: skip
def test_the_source_is_the_file_name_without_dates_and_copies(file: str, label: str) -> None:
    assert default_label(file) == label
