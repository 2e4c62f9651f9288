"""The words of a note's running text that can say what it is about, in any script.

Latin, Cyrillic, Greek and other spaced scripts are split into words; Korean words lose their particle; a run of Han
characters gives its pieces of two to four characters in Chinese, and the whole run in Japanese, where kana mark the
ends; Katakana runs are words. Function words of the most frequent languages are left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import islice

from vaultkit.base.safe_read import read_regular
from vaultkit.vault.snapshot import Snapshot

READ_BYTES = 24_000  # of a note; the beginning says what it is about
MOST_TERMS = 2_000

# A link has a length at most: a run of ``[[`` would be looked at once for each of them.
_NOISE = re.compile(
    r"\A\ufeff?\s*---\s*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)"  # properties
    r"|(?:```|~~~).*?(?:```|~~~|\Z)|`[^`\n]*`|\$\$.*?(?:\$\$|\Z)|\$[^$\n]+\$|<!--.*?(?:-->|\Z)|%%.*?(?:%%|\Z)"
    r"|<[^<>\n]*>|https?://\S+|!\[\[[^\]\n]{0,400}\]\]|\]\([^)\n]{0,2000}\)|\[\[[^\]|\n]{0,400}\||&\w+;|\\\w+",
    re.DOTALL,
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005"
_KATAKANA = "\u30a1-\u30ff"
_UNIT = re.compile(rf"[{_HAN}]{{2,}}|[{_KATAKANA}]{{2,}}|[^\W\d_{_HAN}\u3040-\u30ff]{{3,}}")
_KANA = re.compile("[\u3041-\u309f]")
_HANGUL = re.compile("[\uac00-\ud7a3]{2,}")
_PARTICLE = re.compile("(?<=..)(?:으로|에서|에게|까지|부터|처럼|은|는|이|가|을|를|의|에|와|과|도|로)$")
# Characters that no Chinese term begins or ends with.
_GLUE = frozenset(
    "的了是在和与及或不也就都而被把对从为以这那个有我你他她它们吗呢吧很会能要可着过么之其所上下中里后前时到来去说没很一"
)
STOP_WORDS = frozenset(
    # English
    "the and for that with this from have are was were not but you your can will all any one two which when what how "
    "who why where there their they them then than these those its our out into also more most some such only other "
    "may must should could would does did done been being has had use used using uses make made makes many much very "
    "just like each between because about after before over under both same different way ways get gets let see new "
    "example examples first second note notes time thing things need needs want good well even while within without "
    "through per via etc too own here his her him she every might often usually however therefore since still however "
    "case called given part parts number based following include includes including another work works page link links "
    "don doesn isn can't won known set take takes say says said people lot something think know find point points "
    "really always never back going come years year day days today always still around though left right next last "
    "create created add added file files section content text list type types value values name names define defined "
    # German
    "der die das und ist ein eine einer eines einem einen den dem des mit von für auf nicht auch als sich wird werden "
    "sind oder bei aus nach wie dass durch kann können wenn nur noch über zum zur hat haben war dann mehr sein ihre "
    "diese dieser dieses man alle beim sowie unter gegen zwischen ohne beispiel muss bzw "
    # Dutch
    "het een van dat niet zijn voor met ook als maar naar worden wordt deze door uit "
    # French
    "les des une est que qui dans pour par sur avec pas plus sont ces cette être aux mais comme ont leur nous vous tout "
    "son ses elle fait peut entre aussi "
    # Spanish, Portuguese, Italian
    "los las una por para con del que como más pero sus este esta son entre cuando muy sin sobre también hay ser está "
    "uma dos das com não mais mas seu sua são ser ele ela isso este essa esse foi tem pode quando também entre sobre "
    "cada pela pelo nos nas aos até qual quais onde assim ter dado exemplo sendo apenas "
    "che non una per con del della delle dei degli nel nella sono come più anche gli alla dal essere questo questa "
    "quando ogni tra viene può suo sua quindi quale dove dalla dati "
    # Russian
    "что это как для при или если так его она они был была есть только чтобы когда уже все всех между можно также "
    # Scandinavian, Polish, Turkish
    "och att det som för till den inte med har var kan jag ikke som til jest nie się jak dla lub oraz bir için ile "
    # Chinese, Japanese
    "一个 可以 我们 这个 如果 因为 所以 什么 没有 就是 不是 自己 他们 这样 但是 而且 或者 进行 使用 通过 需要 这些 "
    "那么 其中 由于 以及 对于 还是 可能 因此 一种 一些 不同 情况 方式 时候 问题 这种 它们 之间 例如 比如 非常 问题 "
    "場合 使用 可能 必要 以下 自分 今日 時間 利用".split()
)


def running_text(vault: Snapshot, path: str, limit: int = READ_BYTES) -> str:
    """The beginning of a note without properties, code, formulas, addresses and targets of links; "" when unreadable."""
    data = vault.unsaved.get(path)
    if data is None and vault.root:
        try:
            data = read_regular(os.path.join(vault.root, path))
        except OSError:  # gone since the vault was read, or too large for a note
            data = None
    return _NOISE.sub(" ", (data or b"")[:limit].decode("utf-8", "ignore"))


def note_terms(vault: Snapshot, path: str) -> list[str]:
    """The first terms of a note; the marks of its links change nothing."""
    return list(islice(terms(running_text(vault, path)), MOST_TERMS))


def terms(text: str) -> Iterator[str]:
    """The words of a text that are no function words, in lower case, in order and with repetitions.

    >>> list(terms("The trees of Decision Tree learning"))
    ['trees', 'decision', 'tree', 'learning']
    >>> list(terms("神经网络")), list(terms("機械学習とニューラル"))
    (['神经', '经网', '网络', '神经网', '经网络', '神经网络'], ['機械学習', 'ニューラル'])
    """
    is_japanese = _KANA.search(text) is not None
    for found in _UNIT.finditer(text.lower()):
        word = found[0]
        if word < "\u0e00":
            if word not in STOP_WORDS:
                yield word
        elif _HANGUL.match(word):
            yield _PARTICLE.sub("", word)
        elif is_japanese or "\u30a0" <= word[0] <= "\u30ff":
            if len(word) <= 12 and word not in STOP_WORDS:
                yield word
        elif "\u3005" <= word[0] <= "\ufaff":
            yield from _pieces(word)
        elif word not in STOP_WORDS:
            yield word


def _pieces(run: str) -> Iterator[str]:
    for length in (2, 3, 4):
        for start in range(len(run) - length + 1):
            piece = run[start : start + length]
            if piece[0] not in _GLUE and piece[-1] not in _GLUE and piece not in STOP_WORDS:
                yield piece


def stem(word: str) -> str:
    """The form in which singular and plural of the regular kind are equal.

    >>> stem("trees") == stem("tree"), stem("entropies") == stem("entropy"), stem("bias")
    (True, True, 'bias')
    """
    if len(word) < 4 or not word.isascii() or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word
