"""Texts, plural forms and fall-backs."""

import time

from data.message import Message, say, say_n
from kpi.language import language
from kpi.model import Status, Unit

RU, EN = language("ru"), language("en")


def test_russian_plural_forms() -> None:
    said = [RU.render(say_n("{n} row was already loaded.", "{n} rows were already loaded.", n)) for n in (1, 2, 5, 21)]
    assert [text.split()[1] for text in said] == ["строка", "строки", "строк", "строка"]
    teens = RU.tn("{n} row was already loaded.", "{n} rows were already loaded.", 11)
    assert teens.startswith("11 строк ")


def test_a_text_without_translation_reads_english() -> None:
    assert RU.t("No such text, {who}.", who="Анна") == "No such text, Анна."
    assert RU.tn("{n} such thing", "{n} such things", 2) == "2 such things"


def test_texts_of_people_are_never_patterns() -> None:
    assert RU.t("There is no file {file}.", file="{0} {file.__class__} {").endswith("{0} {file.__class__} {.")
    assert RU.render(Message("{file}: {what}", {"file": "%s", "what": "{n}"})) == "%s: {n}"


def test_a_text_without_parameters_keeps_its_braces() -> None:
    assert EN.t("{not a place}") == "{not a place}"


def test_messages_within_messages() -> None:
    assert RU.render(say("{file}: {what}", file="a.csv", what=say("No target"))) == "a.csv: Нет цели"


def test_numbers_in_texts_are_written_in_the_language() -> None:
    assert EN.t("{n} rows", n=12345.5) == "12,345.5 rows"


def test_lists() -> None:
    assert RU.list(["а", "б", "в"]) == "а, б и в"
    assert EN.list(["a"]) == "a"
    assert EN.list([]) == ""


def test_every_status_and_unit_has_words() -> None:
    for code in (RU, EN):
        for status in Status.__args__:  # type: ignore[attr-defined]
            assert code.status(status)
            assert code.mark(status) in "●◐▲○"
        for unit in Unit.__args__:  # type: ignore[attr-defined]
            assert code.value(1, unit)
            assert code.difference(2, 1, unit)


def test_languages_by_locale_names() -> None:
    assert language("ru-RU") is RU
    assert language("RU") is RU
    assert language("de-DE") is EN


def test_it_is_fast() -> None:
    begin = time.process_time()
    for n in range(2000):
        RU.value(n * 1234.5, "money")
        RU.t("There is no import {number}.", number=n)
    assert (time.process_time() - begin) / 4000 < 50e-6
