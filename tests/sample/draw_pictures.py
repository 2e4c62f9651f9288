"""Draw the pictures of the sample vault.

Run it from anywhere, with Pillow installed and no network::

    python tests/sample/draw_pictures.py            # writes vault/Attachments/
    python tests/sample/draw_pictures.py /tmp/pics  # writes somewhere else

Every picture is drawn at three times its size with the typeface that ships
inside Pillow and is then scaled down, so that edges are smooth and two runs
with one version of Pillow give the same bytes. The names follow the pattern
Obsidian uses for a picture that is pasted into a note.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SCALE = 3
Point = tuple[float, float]

PAPER = "#ffffff"
INK = "#1f2937"
MUTED = "#64748b"
RULE = "#dbe1ea"
INDIGO = "#4c5fd5"
TEAL = "#159a90"
AMBER = "#e89a1c"
CORAL = "#dd5766"
PALE_INDIGO = "#e8ebfb"
PALE_TEAL = "#dcf3f0"
PALE_AMBER = "#fdf1da"
PALE_CORAL = "#fce6e8"
PALE_GREY = "#f1f4f8"


def load_font(size: int) -> ImageFont.FreeTypeFont:
    """Return Pillow's own scalable typeface in the given size."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise SystemExit("Pillow was built without FreeType")
    return font


def mix(first: str, second: str, share: float) -> str:
    """Blend two ``#rrggbb`` colours; a share of 0 gives the first."""
    parts = []
    for at in (1, 3, 5):
        one, two = int(first[at : at + 2], 16), int(second[at : at + 2], 16)
        parts.append(f"{round(one + (two - one) * share):02x}")
    return "#" + "".join(parts)


def softmax(values: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Turn scores into probabilities."""
    top = max(values)
    raised = [math.exp((value - top) / temperature) for value in values]
    total = sum(raised)
    return [value / total for value in raised]


class Sheet:
    """A picture in the making; all measures are in final pixels."""

    def __init__(self, width: int, height: int, title: str, subtitle: str = "") -> None:
        self.size = (width, height)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.text((40, 44), title, 30, bold=True, anchor="lm")
        if subtitle:
            self.text((40, 80), subtitle, 18, MUTED, anchor="lm")

    def text(
        self,
        at: Point,
        words: str,
        size: float = 18,
        colour: str = INK,
        *,
        anchor: str = "mm",
        bold: bool = False,
    ) -> None:
        """Write one or more lines; several lines are centred on the point."""
        lines = words.split("\n")
        step = size * 1.3
        first = at[1] - step * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.pen.text(
                (at[0] * SCALE, (first + number * step) * SCALE),
                line,
                fill=colour,
                font=load_font(round(size * SCALE)),
                anchor=anchor,
                stroke_width=round(size * SCALE / 46) if bold else 0,
                stroke_fill=colour,
            )

    def upright(self, at: Point, words: str, size: float = 17, colour: str = MUTED) -> None:
        """Write a line that reads from bottom to top, centred on the point."""
        font = load_font(round(size * SCALE))
        left, top, right, bottom = font.getbbox(words)
        width, height = math.ceil(right - left) + 8, math.ceil(bottom - top) + 8
        strip = Image.new("L", (width, height), 0)
        ImageDraw.Draw(strip).text((4 - left, 4 - top), words, fill=255, font=font)
        turned = strip.rotate(90, expand=True)
        corner = (
            round(at[0] * SCALE - turned.width / 2),
            round(at[1] * SCALE - turned.height / 2),
        )
        self.image.paste(colour, corner, turned)

    def box(
        self,
        area: tuple[float, float, float, float],
        fill: str | None = PALE_GREY,
        edge: str | None = None,
        radius: float = 10,
        width: float = 2,
    ) -> None:
        """Draw a rectangle with round corners."""
        left, top, right, bottom = (value * SCALE for value in area)
        self.pen.rounded_rectangle(
            (left, top, right, bottom),
            radius=radius * SCALE,
            fill=fill,
            outline=edge,
            width=round(width * SCALE) if edge else 0,
        )

    def card(
        self,
        centre: Point,
        size: Point,
        words: str,
        fill: str,
        edge: str,
        text_size: float = 19,
        note: str = "",
    ) -> None:
        """Draw a labelled box, with a smaller second line if there is a note."""
        x, y = centre
        half_width, half_height = size[0] / 2, size[1] / 2
        self.box((x - half_width, y - half_height, x + half_width, y + half_height), fill, edge)
        if note:
            self.text((x, y - 13), words, text_size, bold=True)
            self.text((x, y + 14), note, text_size - 4, MUTED)
        else:
            self.text((x, y), words, text_size, bold=True)

    def line(self, points: Sequence[Point], colour: str = MUTED, width: float = 2.5) -> None:
        """Draw a line through the points, with round corners and ends."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(width * SCALE), joint="curve")
        radius = width * SCALE / 2
        for x, y in (scaled[0], scaled[-1]):
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def dashes(self, start: Point, end: Point, colour: str = MUTED, width: float = 2) -> None:
        """Draw a dashed straight line."""
        length = math.dist(start, end)
        count = max(1, round(length / 14))
        for number in range(count):
            first, last = number / count, (number + 0.55) / count
            self.line(
                [
                    (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
                    for part in (first, last)
                ],
                colour,
                width,
            )

    def arrow(self, points: Sequence[Point], colour: str = MUTED, width: float = 2.5) -> None:
        """Draw a line through the points that ends in an arrow head."""
        (x0, y0), (x1, y1) = points[-2], points[-1]
        angle = math.atan2(y1 - y0, x1 - x0)
        head = 8 + width * 2
        neck = (x1 - head * 0.8 * math.cos(angle), y1 - head * 0.8 * math.sin(angle))
        self.line([*points[:-1], neck], colour, width)
        corners = [(x1, y1)]
        for turn in (2.7, -2.7):
            corners.append((x1 + head * math.cos(angle + turn), y1 + head * math.sin(angle + turn)))
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in corners], fill=colour)

    def save(self, path: Path) -> None:
        """Scale the picture down and write it as a small PNG."""
        small = self.image.resize(self.size, Image.Resampling.LANCZOS)
        palette = small.quantize(colors=96, method=Image.Quantize.MEDIANCUT)
        palette.save(path, optimize=True)


def transformer_block() -> Sheet:
    """One pre-norm block with its two residual paths."""
    sheet = Sheet(860, 940, "One transformer block", "Pre-norm layout: normalise, transform, add back")
    x = 400
    sheet.box((150, 214, 650, 812), "#fafbfd", RULE, 18)
    rows: list[tuple[float, str, str, str, str]] = [
        (734, "Layer norm", "mean 0, variance 1 per token", PALE_AMBER, AMBER),
        (630, "Multi-head attention", "tokens exchange information", PALE_INDIGO, INDIGO),
        (408, "Layer norm", "same recipe, own scale and shift", PALE_AMBER, AMBER),
        (304, "Feed-forward network", "each token on its own, 4 x wider", PALE_TEAL, TEAL),
    ]
    for y, words, note, fill, edge in rows:
        sheet.card((x, y), (330, 70), words, fill, edge, 20, note)
    sheet.card((x, 868), (330, 56), "Token vectors", PALE_GREY, MUTED)
    sheet.card((x, 150), (330, 56), "To the next block", PALE_GREY, MUTED)
    for y in (540, 246):
        sheet.pen.ellipse(
            ((x - 17) * SCALE, (y - 17) * SCALE, (x + 17) * SCALE, (y + 17) * SCALE),
            fill=PAPER,
            outline=INK,
            width=round(2.5 * SCALE),
        )
        sheet.line([(x - 8, y), (x + 8, y)], INK, 2.5)
        sheet.line([(x, y - 8), (x, y + 8)], INK, 2.5)
    for start, end in (
        (840, 770),
        (698, 666),
        (594, 558),
        (522, 444),
        (372, 340),
        (268, 264),
        (228, 179),
    ):
        if start - end > 8:
            sheet.arrow([(x, start), (x, end)], INK)
        else:
            sheet.line([(x, start), (x, end)], INK)
    sheet.arrow([(x, 792), (604, 792), (604, 540), (x + 18, 540)], CORAL, 3)
    sheet.arrow([(x, 482), (604, 482), (604, 246), (x + 18, 246)], CORAL, 3)
    sheet.text((664, 666), "residual\nconnection", 18, CORAL, anchor="lm", bold=True)
    sheet.text((664, 364), "residual\nconnection", 18, CORAL, anchor="lm", bold=True)
    sheet.text((76, 512), "x N", 30, MUTED, bold=True)
    sheet.text((76, 548), "blocks", 17, MUTED)
    return sheet


def attention_map() -> Sheet:
    """Attention weights of one head under a causal mask."""
    words = ["The", "cat", "slept", "because", "it", "was", "tired"]
    scores: list[list[float]] = [
        [1.0],
        [0.6, 1.4],
        [0.2, 1.9, 0.9],
        [0.3, 0.7, 1.6, 0.8],
        [0.2, 2.9, 0.6, 0.2, 0.8],
        [0.1, 1.2, 0.4, 0.6, 1.9, 0.7],
        [0.0, 2.1, 0.9, 0.4, 1.6, 0.8, 0.6],
    ]
    sheet = Sheet(
        900,
        800,
        "Where does each token look?",
        "Weights of one attention head; every row adds up to 1",
    )
    left, top, cell = 190, 184, 80
    for column, word in enumerate(words):
        sheet.text((left + (column + 0.5) * cell, top - 22), word, 18)
    for row, word in enumerate(words):
        weights = softmax(scores[row])
        sheet.text((left - 16, top + (row + 0.5) * cell), word, 18, anchor="rm", bold=word == "it")
        for column in range(len(words)):
            x, y = left + column * cell, top + row * cell
            area = (x + 2, y + 2, x + cell - 2, y + cell - 2)
            if column > row:
                sheet.box(area, PALE_GREY, radius=7)
                sheet.line([(x + 34, y + 34), (x + 46, y + 46)], "#c3ccd8", 2)
                sheet.line([(x + 34, y + 46), (x + 46, y + 34)], "#c3ccd8", 2)
                continue
            weight = weights[column]
            sheet.box(area, mix("#eef0fc", "#3447b8", min(1.0, weight**0.8)), radius=7)
            ink = PAPER if weight > 0.42 else INK
            sheet.text((x + cell / 2, y + cell / 2), f"{weight:.2f}", 17, ink)
    sheet.upright((86, top + 3.5 * cell), "token that asks (query)")
    sheet.text((left + 3.5 * cell, top - 58), "token that is looked at (key)", 17, MUTED)
    x = left + 7 * cell + 24
    sheet.text((x, top + 4.5 * cell), "it looks\nat cat", 17, INDIGO, anchor="lm", bold=True)
    sheet.text((x, top + 1.5 * cell), "masked:\nthe future", 17, MUTED, anchor="lm")
    return sheet


def temperature_bars() -> Sheet:
    """The same four scores at three temperatures."""
    sheet = Sheet(1000, 640, "Temperature reshapes the same scores", "Softmax of the logits 2, 1, 0, -1")
    groups: list[tuple[float, str, str]] = [
        (0.5, "T = 0.5  (sharper)", INDIGO),
        (1.0, "T = 1  (unchanged)", TEAL),
        (2.0, "T = 2  (flatter)", AMBER),
    ]
    base, tall, left = 540, 370, 96
    for part in range(0, 11, 2):
        y = base - tall * part / 10
        sheet.line([(left, y), (960, y)], RULE, 1.5)
        sheet.text((left - 14, y), f"{part / 10:.1f}", 16, MUTED, anchor="rm")
    for group, (temperature, words, colour) in enumerate(groups):
        middle = 250 + group * 284
        for number, chance in enumerate(softmax([2, 1, 0, -1], temperature)):
            x = middle + (number - 1.5) * 58
            height = max(tall * chance, 2)
            shade = mix(colour, "#ffffff", number * 0.17)
            sheet.box((x - 23, base - height, x + 23, base), shade, radius=min(6, height / 2))
            sheet.text((x, base - height - 15), f"{chance:.2f}", 16)
            sheet.text((x, base + 18), f"{2 - number:d}", 16, MUTED)
        sheet.text((middle, base + 56), words, 20, mix(colour, INK, 0.25), bold=True)
    sheet.upright((34, base - tall / 2), "probability")
    return sheet


def training_loop() -> Sheet:
    """The five steps of one update."""
    sheet = Sheet(1000, 560, "One step of training", "Repeated several hundred thousand times")
    steps: list[tuple[Point, str, str, str, str]] = [
        ((170, 200), "Batch of text", "a few million tokens", PALE_GREY, MUTED),
        ((500, 200), "Forward pass", "predict every next token", PALE_INDIGO, INDIGO),
        ((830, 200), "Loss", "cross-entropy", PALE_CORAL, CORAL),
        ((830, 430), "Backward pass", "gradient of each weight", PALE_AMBER, AMBER),
        ((500, 430), "Optimizer step", "Adam, learning rate", PALE_TEAL, TEAL),
        ((170, 430), "New weights", "slightly better", PALE_GREY, MUTED),
    ]
    for centre, words, note, fill, edge in steps:
        sheet.card(centre, (250, 96), words, fill, edge, 22, note)
    for points in (
        [(295, 200), (373, 200)],
        [(625, 200), (703, 200)],
        [(830, 248), (830, 380)],
        [(705, 430), (627, 430)],
        [(375, 430), (297, 430)],
    ):
        sheet.arrow(points, INK, 3)
    sheet.arrow([(170, 382), (170, 250)], INK, 3)
    sheet.text((192, 316), "next batch", 18, MUTED, anchor="lm")
    sheet.text((808, 316), "how wrong, and why", 18, MUTED, anchor="rm")
    return sheet


def loss_and_rate() -> Sheet:
    """Loss curve above, learning rate below, on one axis of steps."""
    sheet = Sheet(
        1000,
        720,
        "A healthy training run",
        "Linear warm-up, then cosine decay to a tenth of the peak",
    )
    left, right, steps, warm = 120, 950, 20_000, 2_000
    panels: list[tuple[float, float, float, str, list[float]]] = [
        (130, 390, 12.0, "loss (nats per token)", [0, 3, 6, 9, 12]),
        (450, 640, 3.2, "learning rate x 0.0001", [0, 1, 2, 3]),
    ]

    def across(step: float) -> float:
        return left + (right - left) * step / steps

    for top, bottom, most, words, marks in panels:
        for mark in marks:
            y = bottom - (bottom - top) * mark / most
            sheet.line([(left, y), (right, y)], RULE, 1.5)
            sheet.text((left - 14, y), f"{mark:g}", 16, MUTED, anchor="rm")
        sheet.upright((48, (top + bottom) / 2), words)
    sheet.box((across(0), 130, across(warm), 640), "#fff6e6", radius=0)
    for top, bottom, most, _, marks in panels:
        for mark in marks:
            y = bottom - (bottom - top) * mark / most
            sheet.line([(left, y), (across(warm), y)], "#f0e2c8", 1.5)
    sheet.text((across(warm / 2), 420), "warm-up", 16, mix(AMBER, INK, 0.3), bold=True)
    dice = random.Random(7)
    noise, losses, rates = 0.0, [], []
    for step in range(0, steps + 1, 50):
        noise = 0.82 * noise + 0.09 * (dice.random() - 0.5)
        loss = 2.7 + 8.1 / (1 + step / 420) ** 0.85 + noise * (1.3 - step / steps)
        losses.append((across(step), 390 - 260 * loss / 12))
        if step <= warm:
            rate = 3 * step / warm
        else:
            rate = 0.3 + 1.35 * (1 + math.cos(math.pi * (step - warm) / (steps - warm)))
        rates.append((across(step), 640 - 190 * rate / 3.2))
    sheet.line(losses, INDIGO, 3)
    sheet.line(rates, TEAL, 3.5)
    sheet.text((across(700), 152), "starts near ln 50,000 = 10.8", 17, INDIGO, anchor="lm")
    sheet.text((across(11_000), 470), "cosine decay", 18, TEAL, anchor="lm", bold=True)
    for step in range(0, steps + 1, 4_000):
        sheet.text((across(step), 662), f"{step:,}", 16, MUTED)
    sheet.text(((left + right) / 2, 692), "step", 17, MUTED)
    return sheet


def rag_pipeline() -> Sheet:
    """Index time above, question time below."""
    sheet = Sheet(1160, 600, "Retrieval-augmented generation", "Two phases share one index")
    sheet.box((30, 116, 1130, 284), "#f7fbfa", RULE, 16)
    sheet.box((30, 336, 1130, 560), "#f8f9fe", RULE, 16)
    sheet.text((52, 140), "Once, ahead of time", 17, TEAL, anchor="lm", bold=True)
    sheet.text((52, 538), "For every question", 17, INDIGO, anchor="lm", bold=True)
    upper: list[tuple[float, str, str]] = [
        (145, "Documents", "pages, notes"),
        (395, "Chunks", "200 to 500 tokens"),
        (645, "Embed", "one vector each"),
        (965, "Vector index", "approximate search"),
    ]
    for x, words, note in upper:
        wide = 260.0 if words == "Vector index" else 180.0
        sheet.card((x, 214), (wide, 84), words, PALE_TEAL, TEAL, 20, note)
    for start, end in ((235, 303), (485, 553), (735, 833)):
        sheet.arrow([(start, 214), (end, 214)], TEAL, 3)
    lower: list[tuple[float, float, str, str]] = [
        (145, 180, "Question", "from the user"),
        (395, 180, "Embed", "the same model"),
        (645, 190, "Top chunks", "found, reranked"),
        (835, 130, "Prompt", "with sources"),
        (1022, 150, "Answer", "cites chunks"),
    ]
    for x, wide, words, note in lower:
        sheet.card((x, 448), (wide, 84), words, PALE_INDIGO, INDIGO, 20, note)
    for start, end in ((235, 303), (740, 768), (900, 945)):
        sheet.arrow([(start, 448), (end, 448)], INDIGO, 3)
    sheet.arrow([(395, 406), (395, 318), (900, 318), (900, 258)], AMBER, 3)
    sheet.arrow([(1030, 256), (1030, 372), (645, 372), (645, 404)], AMBER, 3)
    sheet.text((560, 311), "query vector", 16, mix(AMBER, INK, 0.3), anchor="mb")
    sheet.text((840, 362), "nearest neighbours", 16, mix(AMBER, INK, 0.3), anchor="mb")
    return sheet


def parallelism() -> Sheet:
    """Three ways to use two devices."""
    sheet = Sheet(1120, 600, "Three ways to share the work", "Four layers, two devices (indigo and teal)")
    titles = [
        ("Data parallel", "whole model on each device,\ndifferent examples"),
        ("Tensor parallel", "each layer cut in two,\nsame examples"),
        ("Pipeline parallel", "layers divided,\nactivations handed on"),
    ]
    for number, (words, note) in enumerate(titles):
        middle = 200 + number * 360
        sheet.box((middle - 160, 116, middle + 160, 560), "#fbfcfe", RULE, 16)
        sheet.text((middle, 148), words, 22, bold=True)
        sheet.text((middle, 520), note, 17, MUTED)
        for layer in range(4):
            y = 440 - layer * 68
            top, bottom = y - 24, y + 24
            if number == 0:
                sheet.box((middle - 132, top, middle - 14, bottom), PALE_INDIGO, INDIGO, 8)
                sheet.box((middle + 14, top, middle + 132, bottom), PALE_TEAL, TEAL, 8)
                sheet.text((middle - 73, y), f"layer {layer + 1}", 16)
                sheet.text((middle + 73, y), f"layer {layer + 1}", 16)
            elif number == 1:
                sheet.box((middle - 110, top, middle - 3, bottom), PALE_INDIGO, INDIGO, 8)
                sheet.box((middle + 3, top, middle + 110, bottom), PALE_TEAL, TEAL, 8)
                sheet.text((middle - 56, y), f"left {layer + 1}", 16)
                sheet.text((middle + 56, y), f"right {layer + 1}", 16)
            else:
                fill, edge = (PALE_INDIGO, INDIGO) if layer < 2 else (PALE_TEAL, TEAL)
                sheet.box((middle - 80, top, middle + 80, bottom), fill, edge, 8)
                sheet.text((middle, y), f"layer {layer + 1}", 16)
        for layer in range(3):
            y = 416 - layer * 68
            offsets = {0: (-73.0, 73.0), 1: (-56.0, 56.0), 2: (0.0,)}[number]
            for offset in offsets:
                sheet.arrow([(middle + offset, y), (middle + offset, y - 20)], MUTED, 2)
        if number == 0:
            sheet.text((middle, 186), "gradients averaged once per step", 16, CORAL)
        elif number == 1:
            sheet.text((middle, 186), "results joined in every layer", 16, CORAL)
        else:
            sheet.text((middle, 186), "one hand-over per boundary", 16, CORAL)
    return sheet


def matrix_factorization() -> Sheet:
    """A rating matrix and the two thin matrices that rebuild it."""
    sheet = Sheet(
        1120,
        610,
        "Matrix factorization",
        "A rating is the dot product of a user row and an item column",
    )
    users = [[1.2, 0.3], [0.2, 1.4], [1.0, 1.0], [0.4, 1.1]]
    items = [[3.6, 0.6, 2.4, 0.9, 3.1], [0.7, 3.2, 1.8, 2.9, 0.5]]
    known = {(0, 0), (0, 2), (0, 4), (1, 1), (1, 3), (2, 0), (2, 1), (2, 3), (3, 1), (3, 4)}
    names = ["Ana", "Ben", "Chloe", "Dev"]
    films = ["Film A", "Film B", "Film C", "Film D", "Film E"]
    cell, top = 72, 190
    left = 110
    for column, film in enumerate(films):
        sheet.text((left + (column + 0.5) * cell, top - 20), film, 16, MUTED)
    for row, name in enumerate(names):
        y = top + row * cell
        sheet.text((left - 14, y + cell / 2), name, 18, anchor="rm")
        for column in range(5):
            x = left + column * cell
            guess = sum(users[row][k] * items[k][column] for k in range(2))
            area = (x + 2, y + 2, x + cell - 2, y + cell - 2)
            if (row, column) in known:
                sheet.box(area, PALE_INDIGO, radius=7)
                sheet.text((x + cell / 2, y + cell / 2), f"{guess:.0f}", 22, bold=True)
            elif (row, column) == (3, 2):
                sheet.box(area, PALE_CORAL, CORAL, 7, 2.5)
                sheet.text((x + cell / 2, y + cell / 2), f"{guess:.1f}", 21, CORAL, bold=True)
            else:
                sheet.box(area, PALE_GREY, radius=7)
                sheet.text((x + cell / 2, y + cell / 2), "?", 20, "#a3afbf")
    sheet.text((left + 2.5 * cell, top + 4 * cell + 34), "ratings: few known, most missing", 18, MUTED)
    for y in (327, 341):
        wave = [(506 + at, y - 5 * math.sin(at * math.pi / 18)) for at in range(37)]
        sheet.line(wave, INK, 3)
    left = 586
    for row in range(4):
        for k in range(2):
            x, y = left + k * 62, top + row * cell
            strong = row == 3
            sheet.box((x + 2, y + 2, x + 60, y + cell - 2), PALE_CORAL if strong else PALE_TEAL, radius=7)
            sheet.text((x + 31, y + cell / 2), f"{users[row][k]:.1f}", 18, bold=strong)
    sheet.text((left + 62, top + 4 * cell + 34), "users x 2", 18, MUTED)
    sheet.line([(730, 326), (746, 342)], INK, 3)
    sheet.line([(730, 342), (746, 326)], INK, 3)
    begin, first = 766, 262
    for k in range(2):
        for column in range(5):
            x, y = begin + column * 64, first + k * cell
            strong = column == 2
            sheet.box((x + 2, y + 2, x + 62, y + cell - 2), PALE_CORAL if strong else PALE_AMBER, radius=7)
            sheet.text((x + 32, y + cell / 2), f"{items[k][column]:.1f}", 18, bold=strong)
    sheet.text((begin + 160, first + 2 * cell + 34), "2 x items", 18, MUTED)
    sheet.text((560, 572), "Dev and Film C:   0.4 x 2.4 + 1.1 x 1.8 = 2.94", 20, CORAL, bold=True)
    return sheet


def two_towers() -> Sheet:
    """A retrieval model with a user side and an item side."""
    sheet = Sheet(1000, 680, "Two-tower model", "Users and items meet only in the last dot product")
    sides: list[tuple[float, str, list[str], str, str]] = [
        (
            270,
            "User tower",
            ["age of account", "last 50 clicks", "country, hour"],
            PALE_INDIGO,
            INDIGO,
        ),
        (730, "Item tower", ["title embedding", "category", "age, language"], PALE_TEAL, TEAL),
    ]
    for middle, words, features, fill, edge in sides:
        for number, feature in enumerate(features):
            x = middle + (number - 1) * 138
            sheet.box((x - 64, 560, x + 64, 608), PALE_GREY, "#b9c3d0", 8)
            sheet.text((x, 584), feature, 16)
            sheet.arrow([(x, 560), (middle + (number - 1) * 90, 502)], MUTED, 2)
        for level, wide in enumerate((360, 280, 200)):
            y = 472 - level * 66
            sheet.box((middle - wide / 2, y - 24, middle + wide / 2, y + 24), fill, edge, 10)
            sheet.text((middle, y), "dense layer" if level < 2 else "64 numbers", 17, bold=level == 2)
            if level:
                sheet.arrow([(middle, y + 42), (middle, y + 26)], edge, 2)
        sheet.text((middle, 640), words, 22, edge, bold=True)
    sheet.card((500, 180), (280, 76), "Dot product", PALE_AMBER, AMBER, 22, "score of this pair")
    sheet.arrow([(270, 316), (270, 180), (358, 180)], INDIGO, 3)
    sheet.arrow([(730, 316), (730, 180), (642, 180)], TEAL, 3)
    sheet.text((250, 236), "computed live", 17, INDIGO, anchor="rm")
    sheet.text((750, 236), "stored in an index", 17, TEAL, anchor="lm")
    return sheet


def nucleus() -> Sheet:
    """Which tokens survive top-p sampling."""
    sheet = Sheet(
        1000,
        620,
        "Top-p sampling keeps the nucleus",
        "Next token after: The cat sat on the ...   with p = 0.8",
    )
    choices = [
        ("mat", 0.38),
        ("floor", 0.21),
        ("sofa", 0.14),
        ("bed", 0.10),
        ("chair", 0.07),
        ("roof", 0.05),
        ("moon", 0.03),
        ("idea", 0.02),
    ]
    base, tall, left, step, total = 510, 340, 130, 104, 0.0
    for mark in (0.0, 0.2, 0.4):
        y = base - tall * mark / 0.4
        sheet.line([(90, y), (950, y)], RULE, 1.5)
        sheet.text((78, y), f"{mark:.1f}", 16, MUTED, anchor="rm")
    sheet.text((100, base + 66), "running sum", 16, MUTED, anchor="rm")
    for number, (word, chance) in enumerate(choices):
        kept = total < 0.8
        total += chance
        x = left + (number + 0.5) * step - 30
        height = tall * chance / 0.4
        sheet.box((x - 34, base - height, x + 34, base), INDIGO if kept else "#cfd6e0", radius=7)
        sheet.text((x, base - height - 16), f"{chance:.2f}", 17, INK if kept else MUTED)
        sheet.text((x, base + 24), word, 20, INK if kept else MUTED, bold=kept)
        sheet.text((x, base + 66), f"{total:.2f}", 17, CORAL if number == 3 else MUTED, bold=number == 3)
    edge = left + 4 * step - 30
    sheet.dashes((edge, 126), (edge, base + 84), CORAL, 2.5)
    sheet.text((edge - 16, 142), "kept and rescaled", 18, INDIGO, anchor="rm", bold=True)
    sheet.text((edge + 16, 142), "cut off: never drawn", 18, MUTED, anchor="lm")
    return sheet


PICTURES: dict[str, Callable[[], Sheet]] = {
    "20231218204512": transformer_block,
    "20231221193347": attention_map,
    "20240112214803": temperature_bars,
    "20240127101536": training_loop,
    "20240203165920": loss_and_rate,
    "20240309181154": rag_pipeline,
    "20240415163805": parallelism,
    "20240502200918": matrix_factorization,
    "20240511112640": two_towers,
    "20240528225721": nucleus,
}


def main(arguments: Sequence[str]) -> int:
    """Draw every picture into the folder given, or into the sample vault."""
    here = Path(__file__).resolve()
    folder = Path(arguments[0]) if arguments else here.parents[2] / "vault" / "Attachments"
    folder.mkdir(parents=True, exist_ok=True)
    for stamp, draw in PICTURES.items():
        path = folder / f"Pasted image {stamp}.png"
        draw().save(path)
        print(f"{path.name}  {path.stat().st_size / 1024:.1f} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
