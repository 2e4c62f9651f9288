"""Near-duplicates among five hundred pictures: precision and recall, with hard cases between them.

Half are originals: slides of three templates that differ in their text only, tables that differ in some numbers, plots of
other curves, code, dark themes, soft gradients as photographs have. The other half are copies: recompressed, resized,
cropped by 5 % at one or all sides, recoloured::

    python tests/bench/pictures_similar.py
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections import Counter

from pictures_drawn import CODE, ENGLISH, MONO, ROWS, font, page
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from vaultkit.pictures import similar as module
from vaultkit.pictures.similar import fingerprint, similar

ORIGINALS, COPIES = 250, 250


def original(at: int, pick: random.Random) -> Image.Image:
    kind = at % 6
    if kind == 0:
        return slide(pick, at // 6 % 3)
    if kind == 1:
        return plot(pick)
    if kind == 2:
        return numbers(pick)
    if kind == 3:
        return photograph(pick)
    if kind == 4:
        data = page("code", pick.sample(CODE, 6), pick, MONO, (18, 24), title=False, size=(900, 320)).data
    else:
        data = page(
            "dark", pick.sample(ENGLISH, 6), pick, ("DejaVuSans.ttf",), (22, 30), paper="#16181d", ink="#ccc"
        ).data
    return Image.open(io.BytesIO(data)).convert("RGB")


def slide(pick: random.Random, template: int) -> Image.Image:
    """Another text at the same places of the same template."""
    image = Image.new("RGB", (1000, 620), ("white", "#fffdf5", "#f2f6fc")[template])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1000, 90), fill=("#1a237e", "#795548", "#00695c")[template])
    draw.text((40, 22), pick.choice(ENGLISH)[:34], "white", font("LiberationSans-Regular.ttf", 40))
    for row, line in enumerate(pick.sample(ENGLISH, 5)):
        draw.ellipse((50, 148 + 80 * row, 64, 162 + 80 * row), fill="#333")
        draw.text((84, 138 + 80 * row), line, "#222", font("LiberationSans-Regular.ttf", 28))
    return image


def plot(pick: random.Random) -> Image.Image:
    image = Image.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 40, 760, 540), outline="#333", width=2)
    for line in range(pick.randrange(1, 4)):
        y = pick.uniform(120, 460)
        points = []
        for x in range(80, 761, 8):
            y = min(530, max(50, y + pick.uniform(-18, 18)))
            points.append((x, y))
        draw.line(points, fill=("#d62728", "#1f77b4", "#2ca02c")[line], width=4)
    draw.text((300, 8), pick.choice(ENGLISH)[:24], "#111", font("DejaVuSans.ttf", 22))
    return image


def numbers(pick: random.Random) -> Image.Image:
    """The same table with other numbers."""
    image = Image.new("RGB", (900, 460), "white")
    draw = ImageDraw.Draw(image)
    for y in range(6):
        for x in range(4):
            draw.rectangle((30 + 210 * x, 30 + 66 * y, 240 + 210 * x, 96 + 66 * y), outline="#888")
            cell = ROWS[0][x] if y == 0 else ROWS[y][0] if x == 0 else f"{pick.uniform(1, 900):.1f}"
            draw.text((44 + 210 * x, 48 + 66 * y), cell, "#111", font("LiberationSans-Regular.ttf", 26))
    return image


def photograph(pick: random.Random) -> Image.Image:
    small = Image.new("RGB", (12, 9))
    small.putdata([tuple(pick.randrange(256) for _ in range(3)) for _ in range(108)])
    image = small.resize((960, 720), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, r = pick.randrange(960), pick.randrange(720), pick.randrange(20, 120)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(pick.randrange(256) for _ in range(3)))
    return image.filter(ImageFilter.GaussianBlur(1.5))


def recompressed(image: Image.Image, pick: random.Random) -> Image.Image:
    out = io.BytesIO()
    image.save(out, pick.choice(["JPEG", "WEBP"]), quality=pick.randrange(25, 70))
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def resized(image: Image.Image, pick: random.Random) -> Image.Image:
    share = pick.choice([0.4, 0.5, 0.7, 1.3, 1.8])
    return image.resize((round(image.width * share), round(image.height * share)), Image.Resampling.LANCZOS)


def cropped(image: Image.Image, pick: random.Random) -> Image.Image:
    x, y = image.width * 0.05, image.height * 0.05
    left, top, right, bottom = pick.choice(
        [(1, 1, 1, 1), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 1), (0.5, 0.5, 0.5, 0.5)]
    )
    return image.crop((int(x * left), int(y * top), int(image.width - x * right), int(image.height - y * bottom)))


def recoloured(image: Image.Image, pick: random.Random) -> Image.Image:
    how = pick.randrange(5)
    if how == 0:
        return ImageOps.invert(image)
    if how == 1:
        return image.convert("L").convert("RGB")
    if how == 2:
        return ImageEnhance.Brightness(ImageEnhance.Contrast(image).enhance(0.7)).enhance(0.8)
    if how == 3:
        hue, saturation, value = image.convert("HSV").split()
        return Image.merge("HSV", (hue.point(lambda level: (level + 90) % 256), saturation, value)).convert("RGB")
    return Image.blend(image, Image.new("RGB", image.size, "#f4ecd8"), 0.35)


CHANGES = {"recompressed": recompressed, "resized": resized, "cropped by 5 %": cropped, "recoloured": recoloured}


def main() -> None:
    pick = random.Random(7)
    prints: dict[str, str] = {}
    origin: dict[str, str] = {}
    change: dict[str, str] = {}
    started = time.perf_counter()
    images = [original(at, pick) for at in range(ORIGINALS)]
    for at, image in enumerate(images):
        prints[f"o{at}"] = printed(image)
    for at in range(COPIES):
        source = at % ORIGINALS
        kind = list(CHANGES)[at // 6 % len(CHANGES)]
        name = f"c{at}"
        prints[name] = printed(CHANGES[kind](images[source], pick))
        origin[name], change[name] = f"o{source}", kind
    print(f"{len(prints)} pictures drawn and fingerprinted in {time.perf_counter() - started:.1f} s")
    digests = {name: name for name in prints}
    for alike in [module.ALIKE] if "--sweep" not in sys.argv else [0.6, 0.7, 0.75, 0.8, 0.85, 0.9]:
        module.ALIKE = alike
        started = time.perf_counter()
        pairs = similar(prints, digests)
        right = [p for p in pairs if origin.get(p.first, p.first) == origin.get(p.second, p.second)]
        wrong = Counter(kind_of(p.first) for p in pairs if p not in right)
        found = Counter(change[name] for p in right for name in (p.first, p.second) if name in change)
        whole = Counter(change.values())
        recall = ", ".join(f"{kind} {100 * found[kind] / whole[kind]:.0f} %" for kind in CHANGES)
        print(
            f"likeness {alike}: precision {100 * len(right) / max(1, len(pairs)):.1f} % of {len(pairs)} pairs; "
            f"recall {100 * sum(found.values()) / COPIES:.1f} % ({recall}); wrong {dict(wrong)}; "
            f"{time.perf_counter() - started:.1f} s"
        )


def kind_of(name: str) -> str:
    return ("slide", "plot", "table", "photograph", "code", "dark")[int(name[1:]) % ORIGINALS % 6]


def printed(image: Image.Image) -> str:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return fingerprint(out.getvalue())


if __name__ == "__main__":
    main()
