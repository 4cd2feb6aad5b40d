"""Headers that differ only in spelling are compared equal; those that differ in meaning are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schema.names import normalise, normalise_word


@pytest.mark.parametrize(
    ("header", "normal"),
    [
        ("Сумма,\u00a0руб.", "сумма"),
        ("СУММА (₽)", "сумма"),
        ("Сумма ₽", "сумма"),
        ("Сумма, в рублях", "сумма"),
        ("createdAt", "created at"),
        ("created_at", "created at"),
        ("Created At", "created at"),
        ("NPSScore", "nps score"),
        ("№ заказа", "no заказа"),
        ("Номер заказа", "no заказа"),
        ("N заказа", "no заказа"),
        ("Order #", "order no"),
        ("Ф.И.О.", "фио"),
        ("Кол-во", "количество"),
        ("План, ч", "план"),
        ("Отработано (часов)", "отработано"),
        ("Ёмкость", "емкость"),
        ("case:concept:name", "case concept name"),
        ("Amount, USD", "amount"),
        ("  ", ""),
    ],
)
def test_spelling_is_folded(header: str, normal: str) -> None:
    assert normalise(header) == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Скидка, %", "Скидка"),
        ("Выручка, тыс. руб.", "Выручка"),
        ("Длительность, мин", "Длительность"),
        ("price_rub", "price"),
        ("руб.", ""),
        ("Час", ""),
        ("Ожидание, сек", "Ожидание"),
    ],
)
def test_what_changes_the_meaning_is_kept(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.text("№#$₽€%ёЁ ,;:/()[]_-.чhрРубRUBшткол во\u00a0Nnф", max_size=24)
)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert normalise_word(normalise_word(text)) == normalise_word(text)
