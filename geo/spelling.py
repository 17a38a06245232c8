"""Spellings of one place name brought to one form, so that transliterations meet without a list of them.

Arabic names reach a newspaper by several systems: ALA-LC and BGN/PCGN (Shaykh Zuwayd, Khān Yūnis), French habit
(Cheikh, Younès), Egyptian speech (Gabal, el-) and Israeli practice (Sheikh Zuweid). They differ in few ways, each of
which is undone:

- diacritics, ayn and hamza signs, hyphens and doubled letters go;
- the article al goes, in all its forms (el, as-, ash-, at-, ad-, an-, ar-, az-, ez-, ul);
- consonants that one letter of Arabic or Hebrew is written by, or that are heard alike, become one: sh, ch, sch and s;
  q, c, kh and k; gh, dj, j and g; dh, tz, ts and z; th and t; ph and f;
- a run of vowels, y among them, becomes one vowel: i where it holds e, i or y, else u where it holds o or u, else a;
  w before a consonant is such a vowel too;
- a final h goes, and a final e is an a (the feminine ending: -a, -ah, -eh);
- directions and common nouns in names have one form each (northern, north; mount, jebel, jabal).

Arabic and Hebrew script lose vowel signs, the article and joined prepositions.

References
----------
ALA-LC romanization tables (Library of Congress, 2012), Arabic; BGN/PCGN 1956 system for Arabic (2019 agreement);
Unicode Standard Annex 15 (normalisation forms).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType


def word_set(words: str) -> frozenset[str]:
    """Gather words from one text."""
    return frozenset(words.split())


ARTICLES = word_set("al el as ash at ath ad adh an ar az es esh et ed en er ez ul the")
"""The Arabic article as it is written before a name."""

_SAME_WORDS = MappingProxyType(
    {
        other: word
        for word, others in (
            ("jabal", "jebel gebel gabal djebel jabel mount mt mountain"),
            ("saint", "st santa sant sankt"),
            ("north", "northern"),
            ("south", "southern"),
            ("east", "eastern"),
            ("west", "western"),
            ("middle", "central"),
            ("northeast", "northeastern"),
            ("northwest", "northwestern"),
            ("southeast", "southeastern"),
            ("southwest", "southwestern"),
            ("district", "neighbourhood neighborhood quarter"),
            ("corridor", "route road axis highway"),
            ("crossing", "terminal checkpoint"),
            ("governorate", "province"),
        )
        for other in others.split()
    }
)
_CONSONANTS = (
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("dj", "g"),
    ("dh", "z"),
    ("tz", "z"),
    ("ts", "z"),
    ("th", "t"),
    ("ph", "f"),
    ("q", "k"),
    ("c", "k"),
    ("j", "g"),
)
_MARKS = re.compile("['’‘`´ʿʾʼʻ′]")
_POSSESSIVE = re.compile("['’]s$")
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`´ʿʾʼʻ′][^\W\d_]+)*", re.UNICODE)
_ARABIC_PREFIXES = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل)(?=..)")
_HEBREW_ARTICLE = re.compile("^ה(?=...)")
_TOO_SHORT = 3
_SEMITIC = re.compile("[\u0590-\u05ff\u0600-\u06ff]")


def split_words(text: str) -> list[re.Match[str]]:
    """Split a text into words: letters with the signs of ayn and hamza among them, hyphens between words."""
    # vowel signs of Arabic and Hebrew are no letters to a regular expression
    return list(_WORD.finditer(text))


def fold_name(name: str) -> tuple[str, ...]:
    """Bring a place name to the form that its other spellings have too, word by word.

    Parameters
    ----------
    name
        In Latin, Arabic or Hebrew script.

    Examples
    --------
    >>> fold_name("Sheikh Zuweid") == fold_name("ash-Shaykh Zuwayyid") == fold_name("El Cheikh Zowayed")
    True
    >>> fold_name("Khān Yūnis") == fold_name("Khan Younes")
    True
    """
    words = [match.group() for match in split_words(strip_marks(name))]
    kept = [word for word in words if word.lower() not in ARTICLES] or words
    joined = _join_directions([word.lower() for word in kept])
    return tuple(fold_word(word) for word in joined)


def strip_marks(text: str) -> str:
    """Take diacritics and vowel signs off, leaving letters and everything else."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """Bring one word to the form that its other spellings have too.

    Parameters
    ----------
    word
        Without its article.

    Examples
    --------
    >>> [fold_word(word) for word in ("Younis", "Yunis", "Khalil", "Halal", "Gabal")]
    ['yunis', 'yunis', 'kalil', 'halal', 'gabal']
    """
    plain = _plain(word)
    if _SEMITIC.search(plain):
        return _fold_semitic(plain)
    plain = _SAME_WORDS.get(plain, plain)
    for written, sound in _CONSONANTS:
        plain = plain.replace(written, sound)
    plain = re.sub(r"w(?![aeiouy])", "u", plain)
    plain = re.sub(r"(?<=[aeiou])h$|^h$", "", plain)
    plain = re.sub(r"(?<=[^aeiouy])e$", "a", plain)
    first, rest = ("y", plain[1:]) if re.match("y[aeiou]", plain) else ("", plain)
    vowels = re.sub("[aeiouy]+", _fold_vowels, rest)
    return re.sub(r"(.)\1+", r"\1", first + vowels)


def light_fold(word: str) -> str:
    """Take off marks, doubled letters and a final h only: for names too short to be told by their sounds."""
    plain = _plain(word)
    return re.sub(r"(?<=[aeiou])h$", "", re.sub(r"(.)\1+", r"\1", plain))


def short_key(word: str) -> tuple[str, str]:
    """Tell a short name by its sounds and its consonants as they are written: Areesh is Arish, Karni is not Carney."""
    folded = fold_word(word)
    # of three sounds or fewer too many words are alike
    letters = light_fold(word)
    return folded, letters if len(folded) <= _TOO_SHORT else re.sub("[aeiouy]", "", letters)


def strip_prepositions(folded: str) -> str:
    """Take joined conjunctions and prepositions off a word in Arabic or Hebrew script that has no article."""
    return re.sub("^(?:[وف]?[بكل]|[وف]|[וש]?[בכלמ]|[וש])(?=...?)", "", folded)


def skeleton(folded: str) -> str:
    """Reduce a folded word to its consonants and the vowels at its ends: Abd and Abed, Sderot and Sederot meet."""
    return folded[:1] + re.sub("[aiu]", "", folded[1:-1]) + (folded[-1:] if len(folded) > 1 else "")


def _plain(word: str) -> str:
    return _MARKS.sub("", _POSSESSIVE.sub("", strip_marks(word).lower()))


def is_semitic(word: str) -> bool:
    """Tell whether a word is in Arabic or Hebrew script, which know no capitals."""
    return _SEMITIC.search(word) is not None


def _fold_vowels(run: re.Match[str]) -> str:
    letters = run.group()
    if re.search("[eiy]", letters):
        return "i"
    return "u" if re.search("[ou]", letters) else "a"


def _fold_semitic(word: str) -> str:
    # letters that writers interchange: alif and its forms, ta marbuta and ha, alif maqsura and ya
    plain = word.replace("ة", "ه").replace("ى", "ي").replace("ٱ", "ا").replace("ک", "ك").replace("ی", "ي")
    return _HEBREW_ARTICLE.sub("", _ARABIC_PREFIXES.sub("", plain))


def _join_directions(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in {"north", "south"} and word in {"east", "eastern", "west", "western"}:
            joined[-1] += word
        else:
            joined.append(word)
    return joined
