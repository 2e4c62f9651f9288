"""Two forms of one word: singular and plural, or the cases of languages that write them at the word's end.

Only endings that rarely make another word are known here: "paper" and "papers", "матрица" and "матрицы", but not
"compute" and "computer", "moral" and "morale". Words are compared folded and without diacritics.
Source: the plural rules of the languages' grammars; no word list.
"""

from __future__ import annotations

from vaultkit.base.lazy_pattern import lazy_pattern

# (singular ending, plural ending, fewest letters before it)
_ENDINGS = (
    ("", "s", 3), ("", "es", 3), ("y", "ies", 2),  # English, Spanish, Portuguese, French, Dutch
    ("is", "es", 3), ("um", "a", 3), ("on", "a", 5), ("us", "i", 3), ("a", "ae", 4), ("ix", "ices", 3),
    ("ex", "ices", 3), ("f", "ves", 2), ("fe", "ves", 2), ("man", "men", 2), ("eau", "eaux", 1), ("eu", "eux", 2),
    ("al", "aux", 3), ("z", "ces", 2), ("ao", "oes", 2), ("m", "ns", 4),
    ("e", "en", 5), ("us", "en", 5), ("um", "en", 5), ("", "e", 7),  # German
    ("o", "i", 6), ("e", "i", 6),  # Italian
    ("", "lar", 3), ("", "ler", 3),  # Turkish
    ("οσ", "οι", 3), ("α", "εσ", 3), ("η", "εσ", 3), ("ο", "α", 3), ("ι", "ια", 3),  # Greek
    ("", "ים", 2), ("ה", "ות", 2), ("", "ות", 2),  # Hebrew
    ("", "ات", 3), ("ة", "ات", 3),  # Arabic
)  # fmt: skip
# German nouns whose ending says that their plural is in "en".
_GERMAN = lazy_pattern(r".{3,}(?:ung|heit|keit|schaft|tat|ion|ik|ur|enz|anz|ent|ant|ist|or)")
_CYRILLIC = lazy_pattern(r"[\u0400-\u04ff]+")
_CASES = frozenset(
    " а я ы и і у ю е о ь й ой ей ом ем ам ям ами ями ах ях ов ев ів ий ии ию ия ие ые ый ого его ых их ым им ая ое ую юю яя ее".split(
        " "
    )
)
ARABIC_ARTICLE = "ال"


def is_inflection(one: str, other: str) -> bool:
    """Both are forms of one word.

    >>> is_inflection("embeddings", "embedding"), is_inflection("bijection", "injection")
    (True, False)
    """
    if one == other or one.isdigit() or other.isdigit():
        return False
    shorter, longer = sorted((one, other), key=len)
    if longer == ARABIC_ARTICLE + shorter and len(shorter) > 2:
        return True
    if longer == shorter + "en" and _GERMAN.fullmatch(shorter):
        return True
    for singular, plural, stem in _ENDINGS:
        for first, second in ((one, other), (other, one)):
            base = len(first) - len(singular)
            if base >= stem and first.endswith(singular) and second == first[:base] + plural:
                return True
    return _is_case(one, other)


def _is_case(one: str, other: str) -> bool:
    """Two cases of a Cyrillic word: a stem of four letters, and both end as cases do."""
    if not (_CYRILLIC.fullmatch(one) and _CYRILLIC.fullmatch(other)):
        return False
    same = (a == b for a, b in zip(one, other, strict=False))
    shared = next((index for index, is_same in enumerate(same) if not is_same), min(len(one), len(other)))
    return any(one[stem:] in _CASES and other[stem:] in _CASES for stem in range(max(4, shared - 1), shared + 1))
