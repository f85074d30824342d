"""English stems, after Porter (1980), so that both databases and the highlighter agree on what one word is.

American spellings are folded to British ones first: *license* and *licence* are one word here.
"""

import re
from functools import lru_cache

SPELLINGS = [
    (re.compile(r"^(sub|un)?licens"), r"\1licenc"),
    (re.compile(r"^(def|off)ens(e|es)$"), r"\1enc\2"),
    (re.compile(r"yz(e|es|ed|ing|er|ers)$"), r"ys\1"),
    (re.compile(r"(?<=..)iz(e|es|ed|ing|er|ers|ation|ations|ational)$"), r"is\1"),
    (re.compile(r"^program(s?)$"), r"programme\1"),
]
# Porter makes *us* of them all, and the United States of every end use.
# Likewise *organ* of organisations and of organic compounds.
ORGANISED = ["e", "es", "ed", "ing", "ation", "ations", "ational"]
IRREGULAR = {
    **dict.fromkeys(["use", "uses", "used", "using"], "use"),
    **dict.fromkeys(["university", "universities"], "university"),  # not with universal
    **{f"organi{letter}{ending}": "organise" for letter in "sz" for ending in ORGANISED},
}
VOWEL = re.compile(r"[aeiou]|(?<=[^aeiou])y")
STEP_2 = [
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("iser", "ise"),
    ("abli", "able"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("isation", "ise"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
    ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
]  # fmt: skip
STEP_3 = [
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("alise", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
]  # fmt: skip
STEP_4 = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize", "ise",
]  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word; what is short, or has other characters than a-z, stays as it is."""
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    for pattern, spelling in SPELLINGS:
        word = pattern.sub(spelling, word)
    for step in (_plurals, _past, _step_2, _step_3, _step_4, _ending):
        word = step(word)
    return word


def _shape(stem: str) -> str:
    """`c` and `v` for runs of consonants and vowels: *trouble* is cvcv."""
    letters = ["v" if VOWEL.match(stem, at) else "c" for at in range(len(stem))]
    return "".join(letter for at, letter in enumerate(letters) if at == 0 or letters[at - 1] != letter)


def _measure(stem: str) -> int:
    return _shape(stem).count("vc")


def _has_vowel(stem: str) -> bool:
    return VOWEL.search(stem) is not None


def _doubled(stem: str) -> bool:
    return len(stem) > 1 and stem[-1] == stem[-2] and not VOWEL.match(stem, len(stem) - 1)


def _short(stem: str) -> bool:
    """Consonant, vowel, consonant other than w, x, y: *fil(ing)*."""
    if len(stem) < 3 or stem[-1] in "wxy":
        return False
    kinds = [VOWEL.match(stem, at) is not None for at in range(len(stem) - 3, len(stem))]
    return kinds == [False, True, False]


def _plurals(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        word = word[:-1] if _measure(word[:-3]) > 0 else word
    else:
        for ending in ("ed", "ing"):
            if word.endswith(ending) and _has_vowel(word[: -len(ending)]):
                word = _mended(word[: -len(ending)])
                break
    return word[:-1] + "i" if word.endswith("y") and _has_vowel(word[:-1]) else word


def _mended(stem: str) -> str:
    if stem.endswith(("at", "bl", "is", "iz")):
        return stem + "e"
    if _doubled(stem) and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if _measure(stem) == 1 and _short(stem) else stem


def _replaced(word: str, endings: list[tuple[str, str]]) -> str:
    found = max((pair for pair in endings if word.endswith(pair[0])), key=lambda pair: len(pair[0]), default=None)
    if found is None or _measure(word[: -len(found[0])]) == 0:
        return word
    return word[: -len(found[0])] + found[1]


def _step_2(word: str) -> str:
    return _replaced(word, STEP_2)


def _step_3(word: str) -> str:
    return _replaced(word, STEP_3)


def _step_4(word: str) -> str:
    ending = max((ending for ending in STEP_4 if word.endswith(ending)), key=len, default="")
    kept = 1 if ending in {"sion", "tion"} else 0
    stem = word[: len(word) - len(ending) + kept]
    return stem if ending and _measure(stem) > 1 else word


def _ending(word: str) -> str:
    if word.endswith("e") and ((size := _measure(word[:-1])) > 1 or (size == 1 and not _short(word[:-1]))):
        word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
