"""Common English words, for rules that ask whether a string of letters is a word."""

from __future__ import annotations

# Common English words; inflected forms are reduced to these.
_COMMON = frozenset(
    """
    able about above accept across act actual add after again against age agree all allow almost along already also although
    always among an and another answer any appear apply approach are area around as ask at attention available average away
    back base basic be because become before begin behind being believe below best better between big bit black block body book
    both bottom break bring build but by call can card care carry case cause center certain chain change chapter character
    check choose claim class clear close code collect color come command common company compare complete compute concept
    condition connect consider consist constant contain context continue control copy correct cost could count course cover
    create current data date day decide deep default define degree depend derive describe design detail develop did differ
    difference different difficult direct discover discuss do does done down draw drive drop during each early easy effect
    either element else email end energy enough ensure enter equal equation error even event ever every exact example except
    exist expect experience explain explore express face fact fall false family far fast feature feel few field figure file
    fill final find fine first fix flow focus follow food for force form forward found four free frequent from full function
    further future game gap general generate get give go goal good graph great group grow guide had half hand happen hard has
    have he head hear heat help her here high him his history hold home hope hour house how however human idea identify if
    image implement important improve in include increase indeed indicate information input inside instead into introduce
    involve is issue it item its itself job join just keep key kind know knowledge label language large last late later law
    layer lead learn least leave left length less let letter level life light like limit line link list little live local long
    look lose lot love low machine main make man many map mark matter may mean measure meet member memory message method
    middle might mind minute miss model money month more most mother move much multiple must my name nature near need network
    never new next night no node none nor normal not note nothing now number object occur of off offer often old on once one
    only open operation option or order original other our out output over own page paper parent part particular pass past
    path pattern people per perform perhaps period person picture piece place plan plant play please point policy possible
    power practice present press prevent previous price print problem process produce product program project property prove
    provide public pull purpose push put question quick quite range rate rather reach read ready real reason receive recent
    reduce refer region relate relation remain remember remove repeat replace report represent require research rest result
    return review right rise role room root round row rule run same sample save say scale school score search second section
    see seem select self send sense sentence separate series serve set several shape share she short should show side sign
    similar simple since single size skill small so social some sometimes soon sort sound source space speak special specific
    speed stand standard start state step still stop store story strong structure student study style subject such suggest
    sum summary support suppose sure system table take talk task teach team technique tell term test text than thank that the
    their them then theory there therefore these they thing think this those though thought three through thus time to today
    together too tool top total trace train transform travel treat tree true try tune turn two type under understand unit unless
    until up update upon use useful user usual valid value variable various very view vote wait walk want was watch water way
    we week weight well were what when where whether which while white who whole whose why wide will with within without word
    work world would write wrong year yes yet you young your
    """.split()
)
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "r", "al", "ion")


def is_common(word: str) -> bool:
    """The word, or what it is inflected from, is a common one.

    >>> [is_common(word) for word in ("discovering", "tuning", "stopped", "studies", "caml")]
    [True, True, True, True, False]
    """
    if word in _COMMON or (word.endswith("ies") and word[:-3] + "y" in _COMMON):
        return True
    stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
    return any(
        stem in _COMMON or stem + "e" in _COMMON or (stem[-1:] == stem[-2:-1] and stem[:-1] in _COMMON)
        for stem in stems
    )
