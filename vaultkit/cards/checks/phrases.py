"""The words that tell a placeholder, a note to self or a picture that is not there, in several languages."""

from __future__ import annotations

import re

_ANSWER_PHRASES = (
    r"(?:your )?answers? (?:goes )?here|your answer|(?:insert|add|write|type|enter) (?:your |an |the )?(?:answer|text)(?: here)?",
    r"r[ée]ponse ici|votre r[ée]ponse|respuesta aqu[íi]|tu respuesta|antwort hier|(?:deine|ihre) antwort",
    r"risposta qui|resposta aqui|antwoord hier|nog invullen|ответ здесь|вставьте ответ|дополнить",
    r"答案|在此填写|待补充|待办|ここに回答|未回答|後で",
)
_WORD_PHRASES = (
    r"fill in|to be filled(?: in)?|to be added|tbd|tba|tbc|to[ -]?do|fixme|wip|xxx|none yet",
    r"no answer(?: yet)?|coming soon|lorem ipsum",
    r"à compl[ée]ter|à faire|à remplir|à venir|por completar|por hacer|pendiente",
    r"noch offen|zu erledigen|wird erg[äa]nzt|da completare|da fare|a preencher|a fazer",
)
_SYMBOLS = r"\?{1,3}|\.{2,}|…|-+|_"
_MAYBE_TRUE = r"n/?a|none|-+|\?"
_HINT = r"(?:\s*,\s*(?P<hint>hint\b.*))?"
_BARE = "|".join((*_ANSWER_PHRASES, *_WORD_PHRASES))

_WHOLE = re.compile(
    rf"[\[({{<_\s*]*(?P<phrase>{_BARE}|n/?a|none|{_SYMBOLS}){_HINT}[\])}}>_\s*]*[.…]*", re.IGNORECASE | re.DOTALL
)
_AROUND = " \t\n[](){}<>_*.…-"  # what may stand around a phrase
_LONGEST_PHRASE = 30
_MAYBE = re.compile(rf"[\[({{<_\s*]*(?:{_MAYBE_TRUE})[\])}}>_\s*]*\.?", re.IGNORECASE)
_AT_END = re.compile(rf"(?P<placeholder>[\[({{<](?P<phrase>{_BARE}){_HINT}[\])}}>])[.…]*\s*$", re.IGNORECASE)
_ANSWER_AT_END = re.compile(
    rf"(?P<placeholder>[\[({{<](?P<phrase>{'|'.join(_ANSWER_PHRASES)}){_HINT}[\])}}>])[.…]*\s*$", re.IGNORECASE
)


def whole_placeholder(text: str) -> str:
    """ "yes" when the whole text is a stand-in, "maybe" when it could be a true answer (n/a, none, -), else ""."""
    stripped = text.strip()
    words = stripped.strip(_AROUND)
    if len(words) > _LONGEST_PHRASE and (len(stripped) > 200 or "hint" not in words.casefold()):
        return ""  # nearly every answer
    if len(stripped) > 200 or _WHOLE.fullmatch(stripped) is None:
        return ""
    return "maybe" if _MAYBE.fullmatch(stripped) else "yes"


def placeholder_at_end(line: str, *, only_answers: bool = False) -> tuple[int, str, str] | None:
    """Where a bracketed stand-in ends the line: (offset, the stand-in, its hint).

    only_answers: only phrases that speak of an answer, for text that nothing else marks as a card.
    """
    if not line.rstrip(" .…\t\r").endswith(("]", ")", "}", ">")):
        return None
    match = (_ANSWER_AT_END if only_answers else _AT_END).search(line[-400:])
    if match is None:
        return None
    offset = max(len(line) - 400, 0) + match.start("placeholder")
    hint = re.sub(r"^hint\s*[,:]?\s*", "", match["hint"] or "", flags=re.IGNORECASE)
    return offset, match["placeholder"], hint


_ANSWER_WORDS = (
    "nswer",
    "text here",
    "éponse",
    "eponse",
    "espuesta",
    "isposta",
    "esposta",
    "ntwo",
    "вет",
    "答",
    "填写",
    "补充",
    "待办",
    "未",
    "後で",
    "nvullen",
    "дополнить",
)


def may_hold_placeholder(text: str) -> bool:
    """A quick look before `placeholder_at_end`: a word of an answer in some bracket, somewhere in the text."""
    return _holds_one(text, _ANSWER_WORDS) and _OPENS.search(text) is not None


_BRACKET_AND_PHRASE = re.compile(rf"[\[({{{{<](?:{_BARE})", re.IGNORECASE)


def placeholder_places(text: str) -> list[int]:
    """Where a bracketed stand-in may begin, in order: wherever `placeholder_at_end` could find one."""
    places: list[int] = []
    for bracket in "[({<":
        at = text.find(bracket)
        while at >= 0:
            following = text[at + 1 : at + 2]
            if following.isalpha() and _BRACKET_AND_PHRASE.match(text, at):
                places.append(at)
            at = text.find(bracket, at + 2 if following == "[" == bracket else at + 1)  # a link holds none
    return sorted(places)


_OPENS = re.compile(rf"[\[({{<](?:{'|'.join(_ANSWER_PHRASES)})", re.IGNORECASE)
REVIEW_MARKER = re.compile(
    r"\b(?:COME BACK(?: AND FINISH)?(?: TO)?(?: THIS(?: ONE)?)?|MOVE THIS ONE|FINISH THIS(?: ONE)?|REVISIT|CHECK THIS"
    r"|TBD|FIXME)\b"
    r"|\bTODO\b|^[ \t]*TO DO\b(?=[ \t]*(?:[:.!]|$))"
    r"|(?i:\b(?:come back (?:to|and finish) this one|move this one|finish this one|to ?do:|à revoir|à finir"
    r"|noch prüfen|da rivedere)(?:\b|(?<=:)))",
    re.MULTILINE,
)
_FIGURE = r"image|figure|fig\.|diagram|picture|photo|screenshot|chart|graph"
SEE_IMAGE = re.compile(
    rf"\bsee (?:the )?(?:attached )?(?:{_FIGURE})(?:\b| attached)|\bsee attached\b|\bimage attached\b"
    rf"|\bthe attached (?:{_FIGURE})\b|\b(?:as )?shown (?:above|below)\b|\brefer to (?:the )?(?:{_FIGURE})\b"
    r"|\bvoir (?:l['’])?(?:image|figure|schéma|ci-joint|ci-dessous)\b|\bver (?:la |el )?(?:imagen|figura|adjunto|imagem|anexo)\b"
    r"|\bsiehe (?:bild|abbildung|anhang)\b|\bvedi (?:immagine|figura|allegato)\b|见图|如图|図参照|画像参照",
    re.IGNORECASE,
)

_MARKER_WORDS = (
    "come back", "move this", "finish", "revisit", "check this", "tbd", "fixme", "todo", "to do", "revoir", "finir",
    "prüfen", "rivedere",
)  # fmt: skip
_IMAGE_WORDS = (
    "see ", "attached", "shown ", "refer to", "voir ", "ver ", "siehe ", "vedi ", "见图", "如图", "図参照", "画像参照",
)  # fmt: skip

_ASCII_MARKERS = tuple(filter(str.isascii, _MARKER_WORDS))
_ASCII_IMAGES = tuple(filter(str.isascii, _IMAGE_WORDS))


def may_be_marked(folded: str) -> bool:
    """A quick look at case-folded text before `REVIEW_MARKER`: most has none of its words."""
    return _holds_one(folded, _ASCII_MARKERS if folded.isascii() else _MARKER_WORDS)


def may_point_to_image(folded: str) -> bool:
    """A quick look at case-folded text before `SEE_IMAGE`: most has none of its words."""
    return _holds_one(folded, _ASCII_IMAGES if folded.isascii() else _IMAGE_WORDS)


def _holds_one(text: str, words: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, words))  # half the time of a generator, and this is asked of every card
