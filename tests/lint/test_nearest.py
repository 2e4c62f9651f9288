"""The one name that was probably meant: pairs of a name that is wanted and one that is there, judged by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkit.lint.did_you_mean import NameIndex, edit_distance

# (wanted, there): the second is what was meant.
MEANT = [
    # case, spaces, punctuation
    ("attention", "Attention"), ("graphql", "GraphQL"), ("Cold-Start", "Cold start"), ("ColdStart", "Cold start"),
    ("cold_start", "Cold start"), ("Multihead attention", "Multi-head attention"), ("Node js", "Node.js"),
    ("Bayes theorem", "Bayes' theorem"), ("Bayes’ theorem", "Bayes' theorem"), ("Qu’est-ce que c’est", "Qu'est-ce que c'est"),
    (", JavaScript Asynchronous", "JavaScript Asynchronous"), ("“Quoted”", "Quoted"), ("GPT‑4", "GPT-4"),
    ("AI/ML", "AI ML"), ("e-mail", "email"), ("Data  science", "Data science"), ("What is RAG", "What is RAG?"),
    ("ＧＰＴ", "GPT"), ("机器 学习", "机器学习"), ("Transformer（模型）", "Transformer (模型)"), ("naïve-Bayes", "Naïve Bayes"),
    # diacritics
    ("Ete", "Été"), ("E\u0301te\u0301", "Été"), ("Poincare", "Poincaré"), ("Uberblick", "Überblick"),
    ("Ueberblick", "Überblick"), ("Überblick", "Ueberblick"), ("Strasse", "Straße"), ("Erdos", "Erdős"),
    ("Schrodinger equation", "Schrödinger equation"), ("Lukasiewicz", "Łukasiewicz"), ("Smorrebrod", "Smørrebrød"),
    ("Introduccion", "Introducción"), ("Sao Paulo", "São Paulo"), ("Dvorak", "Dvořák"), ("еж", "ёж"), ("हिन्दी-भाषा", "हिन्दी भाषा"), ("🧠 Notes", "Notes"),
    ("Istanbul", "İstanbul"), ("resume", "résumé"),
    # inflection
    ("Attentions", "Attention"), ("Neural Networks", "Neural Network"), ("Neural network", "Neural Networks"),
    ("Large language model", "Large language models"), ("Queries", "Query"), ("Strategy", "Strategies"),
    ("Hypotheses", "Hypothesis"), ("Matrices", "Matrix"), ("Indices", "Index"), ("Spectra", "Spectrum"),
    ("Criteria", "Criterion"), ("Nuclei", "Nucleus"), ("Boxes", "Box"), ("Proofs of theorems", "Proof of theorem"),
    ("Leaves", "Leaf"), ("Women", "Woman"), ("Funktionen", "Funktion"), ("Sprachen", "Sprache"),
    ("Algorithmen", "Algorithmus"), ("Wahrscheinlichkeiten", "Wahrscheinlichkeit"), ("Definiciones", "Definición"),
    ("Raíces", "Raíz"), ("Funções", "Função"), ("Imagens", "Imagem"), ("Tableaux", "Tableau"), ("Chevaux", "Cheval"),
    ("algoritmi", "Algoritmo"), ("Funzioni", "Funzione"), ("матрицы", "Матрица"), ("Матриц", "Матрица"),
    ("Линейные уравнения", "Линейное уравнение"), ("Производную", "Производная"), ("Вектора", "Вектор"),
    ("Kitaplar", "Kitap"), ("λόγοι", "Λόγος"), ("ספרים", "ספר"), ("الكتاب", "كتاب"),
    # two neighbours swapped
    ("Sotfmax", "Softmax"), ("Noets", "Notes"), ("mulitmodal", "Multimodal"), ("Backporpagation", "Backpropagation"),
    ("Gradient decsent", "Gradient descent"), ("Attnetion is all you need", "Attention is all you need"),
    ("Übrelick-Seite", "Übrelcik-Seite"), ("Матирца", "Матрица"), ("Wahrschienlichkeit", "Wahrscheinlichkeit"),
    # a letter too many or too few in a long word
    ("Mitocondria", "Mitochondria"), ("Backpropagationn", "Backpropagation"), ("Accomodation", "Accommodation"),
    ("Occurence", "Occurrence"), ("Regularzation", "Regularization"), ("Recomendation system", "Recommendation system"),
]  # fmt: skip

# (wanted, there): two names that only look alike.
OTHER = [
    # another letter
    ("bijection", "injection"), ("Expression", "Depression"), ("Laser", "Layer"), ("Systemd", "Systems"),
    ("Bert", "Best"), ("Mop", "Map"), ("Affect", "Effect"), ("Convection", "Convention"), ("Inductor", "Inductee"),
    ("Rationalization", "Nationalization"), ("adsorption", "absorption"), ("Statin", "Station"), ("Torch", "Porch"),
    ("Precedent", "President"), ("Kation", "Nation"), ("Haus", "Maus"), ("Wand", "Wind"), ("perro", "perno"),
    ("Mitochondrie", "Mitochondria"), ("функция", "фракция"), ("注意力机制模形", "注意力机制模型"), ("机器学习", "机器练习"),
    ("積分", "微分"), ("किताब", "कतब"), ("कि", "का"), ("กา", "กี"), ("プログラム", "プロクラム"), ("카드", "가드"), ("optimisation", "optimization"),
    # a letter more or less in a short word
    ("graphiql", "GraphQL"), ("Contingent", "Continent"), ("Desert", "Dessert"), ("Later", "Latter"), ("Cart", "Chart"),
    ("Planing", "Planning"), ("Sfmax", "Softmax"), ("Sofmax", "Softmax"), ("Country", "County"), ("Cat", "Cats eye"),
    ("Neutral", "Neural"), ("Python 3", "Python"), ("Haskel", "Haskell"), ("Bose", "Boose"),
    # another form of a word that is a word of its own
    ("Compute", "Computer"), ("Train", "Trainer"), ("Moral", "Morale"), ("Human", "Humane"), ("Local", "Locale"),
    ("Plan", "Plane"), ("Cluster", "Clustering"), ("Data", "Date"), ("Optimize", "Optimizer"), ("Bas", "Base"),
    ("Short", "Shorten"), ("Universe", "University"), ("Physics", "Physicist"), ("As", "A"), ("Gas", "Ga"),
    ("Hist", "History"), ("Form", "Format"), ("Real", "Realism"),
    # another word in a phrase
    ("Habit Stacking", "Habit Tracking"), ("Left join", "Right join"), ("Deep learning", "Machine learning"),
    ("Attention", "Attention head"), ("The Transformer", "A Transformer"), ("Tensor c", "Tensor a"),
    ("Group theory", "Graph theory"), ("Newton method", "Newton metho d x"), ("Vector space", "Vector spice"),
    ("Client A", "Client B"), ("clientA", "clientB"), ("Type I error", "Type II error"), ("Read model", "Real model"),
    ("North Korea", "South Korea"), ("Prise de note", "Prise de nota"),
    # numbers and signs
    ("GPT-4", "GPT-3"), ("2024-05-02", "2024-05-01"), ("Lecture 1.1", "Lecture 11"), ("802.3ae", "802.3ab"),
    ("C", "C++"), ("C#", "C"), ("F#", "F"), ("Chapter 2", "Chapter 12"), ("ISO 9001", "ISO 9000"), ("H2O", "HO"),
    ("2024", "2042"), ("Week 21", "Week 12"), ("x1y", "xy1"), ("3", "3D"),
    # two neighbours swapped that make another word, or stand in a short one
    ("Form", "From"), ("Angel", "Angle"), ("Casual", "Causal"), ("Trail", "Trial"), ("Martial", "Marital"),
    ("Discrete", "Discreet"), ("Calm", "Clam"), ("机学器习", "机器学习"), ("ab", "ba"), ("Diary", "Dairy"),
    ("Sacred", "Scared"), ("Nuclear", "Unclear"), ("AES", "ASE"), ("HTTP", "HTPT"),
    # nothing
    ("", "Attention"), ("?", "Attention"), ("Nothing alike", "Attention"), ("!", "?"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "there"), MEANT)
def test_a_name_that_was_meant(wanted: str, there: str) -> None:
    assert NameIndex(["Zebra crossing", there, "Quark"]).nearest(wanted) == (there,)


@pytest.mark.parametrize(("wanted", "there"), OTHER)
def test_a_name_that_only_looks_alike(wanted: str, there: str) -> None:
    assert NameIndex(["Zebra crossing", there, "Quark"]).nearest(wanted) == ()


def test_there_are_enough_pairs() -> None:
    assert len(MEANT) >= 80
    assert len(OTHER) >= 80
    assert not {frozenset(pair) for pair in MEANT} & {frozenset(pair) for pair in OTHER}


@pytest.mark.parametrize(
    ("names", "wanted", "expected"),
    [
        pytest.param(["Gradient", "gradiënt"], "Gradients", ("Gradient", "gradiënt"), id="two inflections"),
        pytest.param(["Cold start", "Cold starts"], "cold-start", ("Cold start",), id="the same words come first"),
        pytest.param(["Networks", "Netwroks"], "Network", ("Networks",), id="an inflection comes before a slip"),
        pytest.param(["Attention"], "Attention", (), id="the name itself is not near"),
    ],
)
def test_nearest(names: list[str], wanted: str, expected: tuple[str, ...]) -> None:
    assert NameIndex(names).nearest(wanted) == expected


def test_among_few_names_a_letter_may_be_missing_in_shorter_words() -> None:
    assert NameIndex(["Softmax"]).nearest("Sofmax") == ()
    assert NameIndex(["Softmax"], dropped_from=6).nearest("Sofmax") == ("Softmax",)
    assert NameIndex(["Mitochondria"], dropped_from=6).nearest("Mitochondrie") == ()


letters = st.text("abcdefgh", min_size=11, max_size=18)


@given(letters, st.lists(letters, max_size=8), st.data())
@settings(deadline=None, max_examples=300)
def test_no_slip_is_missed(name: str, others: list[str], data: st.DataObject) -> None:
    """Whatever the place of the slip, the keys find the name."""
    at = data.draw(st.integers(0, len(name) - 2))
    slips = (
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + "x" + name[at:],
        name[:at] + name[at + 1 :],
    )
    for wanted in slips:
        if wanted != name and len(wanted) >= 11:
            assert name in NameIndex([name, *others]).nearest(wanted) or wanted in others


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6))
@settings(deadline=None, max_examples=500)
def test_any_text_is_a_name(wanted: str, names: list[str]) -> None:
    found = NameIndex(names).nearest(wanted)
    assert set(found) <= set(names) - {wanted}
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("", "", 0, id="nothing"),
        pytest.param("abc", "abc", 0, id="the same"),
        pytest.param("abc", "acb", 1, id="a swap is one"),
        pytest.param("abc", "axc", 1, id="a change"),
        pytest.param("abc", "abcd", 1, id="an insertion"),
        pytest.param("abcdef", "ghijkl", 3, id="more than the limit"),
        pytest.param("a", "abcdef", 3, id="too different in length"),
    ],
)
def test_edit_distance(one: str, other: str, expected: int) -> None:
    assert edit_distance(one, other, 2) == expected
    assert edit_distance(other, one, 2) == expected


def by_the_book(one: str, other: str) -> int:
    """Optimal string alignment, every cell of it."""
    cells = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            ways = [cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + (one[i - 1] != other[j - 1])]
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                ways.append(cells[i - 2, j - 2] + 1)
            cells[i, j] = min(ways)
    return cells[len(one), len(other)]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 4))
@settings(deadline=None, max_examples=1000)
def test_edit_distance_is_the_one_of_the_book(one: str, other: str, limit: int) -> None:
    assert edit_distance(one, other, limit) == min(by_the_book(one, other), limit + 1)
