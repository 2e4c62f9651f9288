"""Sixty pictures with known text: ten or so kinds, drawn from fonts of the system with a fixed seed."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

FONTS = Path("/usr/share/fonts")
SANS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Lato-Regular.ttf", "LiberationSerif-Regular.ttf")
MONO = ("DejaVuSansMono.ttf", "LiberationMono-Regular.ttf")
HAND = ("Humor-Sans.ttf", "ComicNeue-Regular.otf")
CAPITALS = {"Humor-Sans.ttf"}  # it draws small letters as capitals
HAN = ("wqy-microhei.ttc",)

ENGLISH = """MinHash estimates the Jaccard similarity of two sets
Locality-sensitive hashing puts near items into one bucket
The probability of a collision is one minus (1 - s^r)^b
Gradient descent follows the negative slope of the loss
A hash function maps keys to 2^32 = 4,294,967,296 slots
Backpropagation applies the chain rule layer by layer
Batch size 64, learning rate 0.001, 12 epochs, dropout 0.5
Attention weights every token by its relevance to the query
The adjacency matrix of an undirected graph is symmetric
PageRank: a page is important if important pages link to it
Eigenvalues describe how a matrix stretches its eigenvectors
Cosine similarity ignores the length of both vectors
Cross-validation splits the data into k folds of equal size
The Krebs cycle releases CO2 and produces three NADH
Regularization keeps weights small and avoids overfitting""".split("\n")
GERMAN = """Größere Übungsgruppen benötigen zusätzliche Räume
Die Häufigkeit wächst gemäß der Zipf'schen Verteilung
Das Maß für Ähnlichkeit heißt Jaccard-Koeffizient
Öffentliche Schlüssel dürfen überall veröffentlicht werden
Die Prüfung findet am 14. März um 9:30 Uhr statt
Für jede Kante außer der letzten gilt die Ungleichung
Lösungsansätze müssen vollständig begründet werden""".split("\n")
FRENCH = """L'élève a déjà répété la première leçon à voix haute
La dérivée d'une fonction mesure sa variation instantanée
Où sont passés les théorèmes énoncés l'année dernière ?
Le cœur de l'algorithme reçoit des données complètes
Ça dépend du degré de liberté et de la fenêtre utilisée
Les réseaux de neurones généralisent à de nouveaux exemples
Être ou ne pas être, voilà la question posée à Noël""".split("\n")
CHINESE = """局部敏感哈希将相似的项目放入同一个桶中
梯度下降沿着损失函数的负方向更新参数
细胞膜控制物质进出细胞
图的邻接矩阵是对称矩阵
注意力机制为每个词分配权重
学习率设置为 0.001，批量大小为 64
交叉验证把数据分成大小相同的若干份""".split("\n")
CODE = """def jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b)
for (int i = 0; i < n; i++) { sum += x[i] * w[i]; }
SELECT name, COUNT(*) FROM notes WHERE tag = 'ml';
const pairs = Object.entries(map).filter(([k]) => k);
if not text.startswith("#"): raise ValueError(text)
git commit -m "links: resolve aliases" --no-verify
model = nn.Sequential(nn.Linear(784, 128), nn.ReLU())
assert result == {"ok": True, "count": 3}, result
import numpy as np; x = np.zeros((3, 4), dtype=np.float32)""".split("\n")
FORMULAS = """E = mc²
f(x) = ax² + bx + c
P(A|B) = P(B|A) P(A) / P(B)
σ(z) = 1 / (1 + e⁻ᶻ)
∇f(x) = 0
Σ xᵢ / n = μ
H(p) = -Σ p log p
‖x‖ ≤ ‖y‖ + ‖z‖
∂L/∂w = δ · x""".split("\n")
ROWS = [("Model", "Params", "Accuracy", "Time"), ("ResNet-50", "25.6 M", "76.1 %", "4.1 ms"),
        ("VGG-16", "138 M", "71.6 %", "15.5 ms"), ("MobileNet", "4.2 M", "70.6 %", "1.2 ms"),
        ("DenseNet", "8.0 M", "74.9 %", "6.3 ms"), ("AlexNet", "61 M", "56.5 %", "0.9 ms")]  # fmt: skip


class Drawn(NamedTuple):
    kind: str
    data: bytes
    text: str


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    found = next(iter(FONTS.rglob(name)), None)
    if found is None:
        raise SystemExit(f"{name}: not installed; apt-get install fonts-dejavu fonts-liberation fonts-lato "
                         "fonts-humor-sans fonts-comic-neue fonts-wqy-microhei")  # fmt: skip
    return ImageFont.truetype(str(found), size)


def page(
    kind: str, lines: list[str], pick: random.Random, fonts: tuple[str, ...], sizes: tuple[int, int], *,
    paper: str = "white", ink: str = "#202020", size: tuple[int, int] = (1100, 700), title: bool = True,
    form: str = "PNG", gap: float = 1.7,
) -> Drawn:  # fmt: skip
    """Lines of text below each other, the first one larger when it is a title."""
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    y = pick.randrange(20, 50)
    x = pick.randrange(20, 60)
    name = pick.choice(fonts)
    for at, line in enumerate(lines):
        height = pick.randrange(*sizes) if at == 0 else sizes[0]
        if title and at == 0:
            height = int(sizes[1] * 1.3)
        face = font(name, height)
        while draw.textlength(line, face) > size[0] - x - 20 and height > 8:
            height -= 1
            face = font(name, height)
        draw.text((x, y), line, ink, face)
        y += int(height * gap)
    out = io.BytesIO()
    image.save(out, form, **({"quality": 80} if form != "PNG" else {}))
    text = "\n".join(lines)
    return Drawn(kind, out.getvalue(), text.upper() if name in CAPITALS else text)


def table(pick: random.Random, ruled: bool) -> Drawn:
    rows = [ROWS[0], *pick.sample(ROWS[1:], 4)]
    image = Image.new("RGB", (900, 60 + 60 * len(rows)), "white")
    draw = ImageDraw.Draw(image)
    face = font(pick.choice(SANS), 24)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            draw.text((50 + 210 * x, 40 + 60 * y), cell, "#111", face)
            if ruled:
                draw.rectangle((38 + 210 * x, 28 + 60 * y, 248 + 210 * x, 88 + 60 * y), outline="#999")
    out = io.BytesIO()
    image.save(out, "PNG")
    return Drawn("table", out.getvalue(), "\n".join(" ".join(row) for row in rows))


def drawn(seed: int = 19) -> Iterator[Drawn]:
    """Sixty pictures."""
    pick = random.Random(seed)
    for at in range(8):
        colour = pick.choice([("white", "#1a237e"), ("#fffbe6", "#3e2723"), ("#e8f0fe", "#202124")])
        yield page("slide", pick.sample(ENGLISH, 5), pick, SANS, (28, 40), paper=colour[0], ink=colour[1],
                   form=("PNG", "JPEG", "WEBP")[at % 3])  # fmt: skip
    for at in range(8):
        yield page("screenshot", pick.sample(ENGLISH, 9), pick, SANS, (16, 19), size=(820, 420), title=False,
                   form=("PNG", "JPEG")[at % 2])  # fmt: skip
    for at in range(6):
        dark = at % 2 == 0
        yield page("code", pick.sample(CODE, 6), pick, MONO, (18, 24), title=False, paper="#1e1e1e" if dark else "white",
                   ink="#d4d4d4" if dark else "#222", size=(900, 320))  # fmt: skip
    for at in range(6):
        yield table(pick, ruled=at % 2 == 0)
    for _ in range(5):
        yield page("handwriting-like", pick.sample(ENGLISH, 5), pick, HAND, (26, 38), ink="#1b3a8a")
    for _ in range(5):
        yield page("formula", pick.sample(FORMULAS, 4), pick, SANS[:1], (30, 40), title=False, size=(700, 380))
    for _ in range(6):
        yield page("dark theme", pick.sample(ENGLISH, 6), pick, SANS, (20, 30), paper="#16181d", ink="#c8ccd4")
    for _ in range(5):
        yield page("small text", pick.sample(ENGLISH, 10), pick, SANS[:3], (10, 12), title=False, size=(480, 230))
    for kind, lines, fonts in (("German", GERMAN, SANS), ("French", FRENCH, SANS), ("Chinese", CHINESE, HAN)):
        for _ in range(4 if kind != "Chinese" else 3):
            yield page(kind, pick.sample(lines, 5), pick, fonts, (24, 36))
