"""locale/ru/LC_MESSAGES/catalogue.po says every text of the catalogue and the schemas in Russian, and nothing else."""

import re
from collections.abc import Iterator

import pytest

from data.schema.loader import facts
from kpi.catalogue import catalogue
from kpi.coach import templates
from kpi.language.translation import LOCALE_DIR, read_texts

PO = LOCALE_DIR / "ru" / "LC_MESSAGES" / "catalogue.po"


def texts() -> Iterator[str]:
    for kpi in catalogue():
        yield from (kpi.title, kpi.question, kpi.advice, kpi.source, kpi.note, kpi.target_source)
        yield from (counter.why for counter in kpi.counter)
    for template in templates():
        yield from (template.title, template.note, *(why for _, why in template.kpis))
    for fact in facts().values():
        yield from (fact.title, fact.grain, *(column.title for column in fact.columns))


@pytest.fixture(scope="module")
def russian() -> dict[str, str]:
    return {source: forms[0] for source, forms in read_texts(PO).items()}


def test_everything_is_said(russian: dict[str, str]) -> None:
    assert {text for text in texts() if text} - set(russian) == set()


def test_nothing_is_left_over(russian: dict[str, str]) -> None:
    assert set(russian) - set(texts()) == set()


def test_it_is_russian(russian: dict[str, str]) -> None:
    assert not {source: said for source, said in russian.items() if not re.search("[а-яё]", said, re.I)}


def test_sentences_end_alike(russian: dict[str, str]) -> None:
    for source, said in russian.items():
        if source.endswith(("?", ".")):
            assert said.endswith(source[-1]), said


def test_titles_fit_a_card(russian: dict[str, str]) -> None:
    long = {kpi.id: russian[kpi.title] for kpi in catalogue().visible() if len(russian[kpi.title]) > 32}
    assert not long


def test_people_are_addressed_with_a_small_letter(russian: dict[str, str]) -> None:
    assert not [said for said in russian.values() if re.search(r"[^.?!] (Вы|Вас|Вам|Ваш\w*)\b", said)]
