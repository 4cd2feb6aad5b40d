"""Which spellings may be one person."""

import pytest

from data.store.people.names import Reason, alike, words


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Иванов И.", "Иван Иванов", "initials"),
        ("Иванов И.", "Иванов Иван Петрович", "initials"),
        ("И.П. Иванов", "Иванов Иван Петрович", "initials"),
        ("Анна К.", "Анна Котова", "initials"),
        ("Иван Иванов", "ИВАНОВ  ИВАН", "order"),
        ("Королёв Пётр", "Королев Петр", "spelling"),
        ("Ивaнoв Иван", "Иванов Иван", "spelling"),  # Latin a and o
        ("Иванов Иван", "Иванов Иван Петрович", "part"),
        ("Анна", "Анна Котова", "part"),
        ("Smith, John", "john smith", "order"),
        ("Иванов И.", "Иванов И", "spelling"),
        ("Иванов", "Иванова", None),
        ("Иван Иванов", "Иван Петров", None),
        ("Иван И.", "Иван Петров", None),
        ("И. П.", "И. С.", None),
        ("Иванов П.", "Иванов Иван", None),
        ("", "Иванов", None),
        ("Ли", "Ли Анна", None),
    ],
)
def test_two_spellings(one: str, other: str, reason: Reason | None) -> None:
    assert alike(words(one), words(other)) == reason
    assert alike(words(other), words(one)) == reason


def test_a_latin_name_stays_latin() -> None:
    assert words("Peter Cox") == ("peter", "cox")
