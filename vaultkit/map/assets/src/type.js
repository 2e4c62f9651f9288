// @ts-check
// The map's type: fonts, and how long names are broken or cut.

export const FONT = 'ui-sans-serif, "Inter", "Segoe UI Variable", "Segoe UI", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC", sans-serif';
export const fontOf = (size, bold) => `${bold ? 620 : 480} ${size}px ${FONT}`;
export const MOST_LETTERS = 30; // of a label in one line
export const FEW_LETTERS = 18; // where there is no room for more

/** Whether a sign is as wide as two letters. */
export const isWide = (sign) => sign.codePointAt(0) > 0x2e7f;

/** A label of at most about so many letters; East Asian signs are twice as wide. */
export const short = (text, most = MOST_LETTERS) => {
  let room = most;
  let kept = "";
  for (const sign of text) {
    room -= isWide(sign) ? 1.8 : 1;
    if (room < 0) return kept.trimEnd() + "…";
    kept += sign;
  }
  return text;
};

/** In which direction a text is written, by its first letter. */
export const directionOf = (text) => (/^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text) ? "rtl" : "ltr");

/** A name in two lines, parted where they are most alike in length; null when it has no room for a second. */
export const parted = (name) => {
  const text = short(name, 2 * MOST_LETTERS);
  const gaps = [...text.matchAll(/ /g)].map(({ index }) => index);
  if (text.length < FEW_LETTERS - 6 || !gaps.length) return null;
  const gap = gaps.reduce((best, next) => (Math.abs(2 * next - text.length) < Math.abs(2 * best - text.length) ? next : best));
  return [short(text.slice(0, gap)), short(text.slice(gap + 1))];
};

/** Widths of texts for one pixel of size, by their font: measured once. */
export const widths = new Map();

/** How wide a text is. spacing: room between letters, as a share of the size. */
export function widthOf(pen, text, size, bold, spacing = 0) {
  const key = (bold ? "b" : "") + text;
  let width = widths.get(key);
  if (width === undefined) {
    pen.font = fontOf(100, bold);
    widths.set(key, width = pen.measureText(text).width / 100);
  }
  return (width + spacing * [...text].length) * size;
}
