"""8-bit encodings told apart by a few words: names of places are all that many tables have."""

from __future__ import annotations

import pytest
from babel import Locale

from geo.intake.reading.encodings import guess_encoding

WORDS = {
    "cp1252": ("café", "Genève", "São Paulo", "El Niño", "L’école", "Île", "50 €", "Øst", "MÜNCHEN"),
    "cp1256": ("غزة", "رفح", "خان يونس", "تل الهوى", "قصف على مخيم النصيرات", "نابلس، جنين", "3 أيار 2024"),
    "cp1255": ("עזה", "רפיח", "חאן יונס", "באר שבע", "נתיב העשרה", "הפצצה על מחנה הפליטים"),
    "cp1251": ("Газа", "Рафах", "Хан-Юнис", "ГАЗА", "Львів", "Обстрел лагеря беженцев"),
}
LANGUAGES = [
    *(("cp1252", language) for language in ("fr", "de", "es", "pt", "sv")),
    *[("cp1256", "ar"), ("cp1256", "fa"), ("cp1255", "he"), ("cp1251", "ru"), ("cp1251", "uk")],
]


def is_right(encoding: str, text: str) -> bool:
    data = f"id,name\n1,{text}\n".encode(encoding)
    return data.decode(guess_encoding(data), "replace") == data.decode(encoding)


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in WORDS.items() for text in texts])
def test_a_name_tells_its_encoding(encoding: str, text: str) -> None:
    assert is_right(encoding, text)


@pytest.mark.parametrize(("encoding", "language"), LANGUAGES)
def test_four_countries_tell_their_encoding(encoding: str, language: str) -> None:
    names = [name for name in Locale(language).territories.values() if not name.isascii()]
    names = [name for name in names if "?" not in name.encode(encoding, "replace").decode(encoding)]
    fours = [", ".join(names[place : place + 4]) for place in range(0, len(names) - 3, 4)]
    wrong = [text for text in fours if not is_right(encoding, text)]
    assert len(fours) > 4
    assert wrong == []


def test_bytes_that_are_no_letters_are_no_hindrance() -> None:
    assert guess_encoding("São Paulo".encode("latin-1") + b" \x81") == "cp1252"
