// @ts-check
// The blocks of a note, as Obsidian reads them: a tree of plain values. Each block knows its line in the note, from 1.


export const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$/;
export const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
export const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
export const ITEM = /^( *)([-*+]|\d{1,9}[.)])( +|$)(.*)$/;
export const QUOTE = /^ {0,3}> ?(.*)$/;
export const CALLOUT = /^\[!([^\]]+)\]([+-]?)[ \t]*(.*)$/;
export const DELIMITERS = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
export const FOOTNOTE = /^\[\^([^\]\s]+)\]:[ \t]*(.*)$/;
export const HTML = /^ {0,3}<(?:[a-z/!?])/i;
export const MOST_DEPTH = 12; // containers in containers; what is deeper is a paragraph

/** The blocks of a whole note, its properties first. */
export function blocksOf(text) {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  if (/^---[ \t]*$/.test(lines[0])) {
    const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line));
    if (end > 0) {
      const properties = propertiesOf(lines.slice(1, end));
      const rest = parse(lines.slice(end + 1), end + 2, 0);
      return properties.length ? [{ type: "properties", rows: properties, line: 1 }, ...rest] : rest;
    }
  }
  return parse(lines, 1, 0);
}

/** [name, value as it is written] of each property; lists with commas. */
export function propertiesOf(lines) {
  const rows = [];
  for (const line of lines) {
    const [, name, value] = /^([^\s#:-][^:]*):[ \t]*(.*)$/.exec(line) ?? [];
    const item = /^[ \t]*-[ \t]+(.*)$/.exec(line)?.[1];
    if (name !== undefined) rows.push([name.trim(), plain(value)]);
    else if (item !== undefined && rows.length) rows[rows.length - 1][1] += (rows[rows.length - 1][1] ? ", " : "") + plain(item);
  }
  return rows.filter(([, value]) => value);
}

export const plain = (value) => value.trim().replace(/^(["'])(.*)\1$/, "$2").replace(/^\[(?!\[)(.*)\]$/, "$1").replace(/^[>|][+-]?$/, "");

/** Tabs before the text as spaces. */
export const untabbed = (line) => line.replace(/^[ \t]*/, (space) => (space.includes("\t") ? " ".repeat([...space].reduce((sum, sign) => (sign === "\t" ? sum + 4 - (sum % 4) : sum + 1), 0)) : space));
export const indentOf = (line) => line.length - line.trimStart().length;
export const isBlank = (line) => !line.trim();

export function parse(raw, first, depth) {
  const lines = raw.map(untabbed);
  const blocks = [];
  let paragraph = null;
  const close = () => {
    if (paragraph) blocks.push({ type: "paragraph", text: paragraph.lines.join("\n"), line: paragraph.line });
    paragraph = null;
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (isBlank(line)) {
      close();
      at++;
      continue;
    }
    if (paragraph && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line) && !(depth && /^-$/.test(line.trim()))) {
      blocks.push({ type: "heading", level: line.includes("=") ? 1 : 2, text: paragraph.lines.join(" ").trim(), line: paragraph.line });
      paragraph = null;
      at++;
      continue;
    }
    const found = depth < MOST_DEPTH ? blockAt(lines, at, first, depth, paragraph !== null) : null;
    if (found) {
      close();
      if (found.block) blocks.push(found.block);
      at = found.next;
    } else {
      paragraph ??= { lines: [], line: first + at };
      paragraph.lines.push(line.trim() + (/ {2}$/.test(line) ? "  " : ""));
      at++;
    }
  }
  close();
  return blocks;
}

/** The block other than a paragraph that begins at a line, and the line after it; null for none. */
export function blockAt(lines, at, first, depth, isInParagraph) {
  const line = lines[at];
  return heading(line, at, first) ?? fenced(lines, at, first) ?? formula(lines, at, first) ?? comment(lines, at)
    ?? (RULE.test(line) ? { block: { type: "rule", line: first + at }, next: at + 1 } : null)
    ?? quote(lines, at, first, depth) ?? list(lines, at, first, depth, isInParagraph)
    ?? (isInParagraph ? null : table(lines, at, first) ?? footnote(lines, at, first, depth) ?? indented(lines, at, first) ?? markup(lines, at, first));
}

export function heading(line, at, first) {
  const [all, marks, text] = HEADING.exec(line) ?? [];
  return all === undefined ? null : { block: { type: "heading", level: marks.length, text: text ?? "", line: first + at }, next: at + 1 };
}

export function fenced(lines, at, first) {
  const [all, fence, info] = FENCE.exec(lines[at]) ?? [];
  if (all === undefined) return null;
  const indent = indentOf(lines[at]);
  const end = new RegExp(`^ {0,3}[${fence[0]}]{${fence.length},}[ \t]*$`);
  let until = at + 1;
  while (until < lines.length && !end.test(lines[until])) until++;
  const text = lines.slice(at + 1, until).map((line) => line.slice(Math.min(indent, indentOf(line)))).join("\n");
  return { block: { type: "code", language: info.trim().split(/\s/)[0], text, line: first + at }, next: until + 1 };
}

export function formula(lines, at, first) {
  const start = /^ {0,3}\$\$(.*)$/.exec(lines[at])?.[1];
  if (start === undefined) return null;
  const same = start.indexOf("$$");
  if (same >= 0) return start.slice(same + 2).trim() ? null : { block: { type: "math", text: start.slice(0, same), line: first + at }, next: at + 1 };
  let until = at + 1;
  while (until < lines.length && !lines[until].includes("$$")) until++;
  const last = until < lines.length ? lines[until].slice(0, lines[until].indexOf("$$")) : "";
  return { block: { type: "math", text: [start, ...lines.slice(at + 1, until), last].join("\n"), line: first + at }, next: until + 1 };
}

/** A comment that begins a line: nothing is shown of it. */
export function comment(lines, at) {
  for (const [open, close] of [["%%", "%%"], ["<!--", "-->"]]) {
    const start = lines[at].trimStart();
    if (!start.startsWith(open)) continue;
    const same = start.indexOf(close, open.length);
    if (same >= 0) return start.slice(same + close.length).trim() ? null : { block: null, next: at + 1 };
    let until = at + 1;
    while (until < lines.length && !lines[until].includes(close)) until++;
    return { block: null, next: until + 1 };
  }
  return null;
}

export function quote(lines, at, first, depth) {
  if (!QUOTE.test(lines[at])) return null;
  const inner = [];
  let until = at;
  for (; until < lines.length; until++) {
    const text = QUOTE.exec(lines[until])?.[1];
    // Words right below belong to the quote's paragraph.
    if (text === undefined && (isBlank(lines[until]) || isBlank(inner.at(-1) ?? "") || blockAt(lines, until, 0, MOST_DEPTH - 1, true))) break;
    inner.push(text ?? lines[until]);
  }
  const [, kind, fold, title] = CALLOUT.exec(inner[0]) ?? [];
  const line = first + at;
  if (kind === undefined) return { block: { type: "quote", blocks: parse(inner, line, depth + 1), line }, next: until };
  return { block: { type: "callout", kind: kind.split("|")[0].trim().toLowerCase(), fold, title, blocks: parse(inner.slice(1), line + 1, depth + 1), line }, next: until };
}

export function list(lines, at, first, depth, isInParagraph) {
  const [all, indent, mark, , words] = ITEM.exec(lines[at]) ?? [];
  if (all === undefined || indent.length > 3) return null;
  if (isInParagraph && (!words || (/\d/.test(mark) && parseInt(mark, 10) !== 1))) return null;
  const isOrdered = /\d/.test(mark);
  const items = [];
  let next = at;
  while (next < lines.length) {
    const [item, space, sign, gap, text] = ITEM.exec(lines[next]) ?? [];
    if (item === undefined || space.length > indent.length + 1 || RULE.test(lines[next]) || /\d/.test(sign) !== isOrdered || sign.at(-1) !== mark.at(-1)) break;
    const width = space.length + sign.length + (gap.length > 4 || !gap ? 1 : gap.length);
    const inner = [text ? lines[next].slice(Math.min(width, lines[next].length)) : ""];
    const line = first + next;
    next = restOfItem(lines, next + 1, width, inner);
    const [, task, rest] = /^\[(.)\][ \t]+(.*)$/s.exec(inner[0]) ?? [];
    if (task !== undefined) inner[0] = rest;
    items.push({ task, blocks: parse(inner, line, depth + 1), line });
  }
  return { block: { type: "list", isOrdered, start: isOrdered ? parseInt(mark, 10) : 1, items, line: first + at }, next };
}

/** Adds to `inner` the lines that belong to an item; answers the line after them. */
export function restOfItem(lines, at, width, inner) {
  for (; at < lines.length; at++) {
    const line = lines[at];
    if (isBlank(line)) {
      let after = at + 1;
      while (after < lines.length && isBlank(lines[after])) after++;
      if (after >= lines.length || indentOf(lines[after]) < width) return after < lines.length && ITEM.test(lines[after]) ? after : at;
      inner.push("");
    } else if (indentOf(line) >= width) inner.push(line.slice(width));
    else if (ITEM.test(line) || isBlank(inner.at(-1)) || blockAt(lines, at, 0, MOST_DEPTH - 1, true)) return at;
    else inner.push(line.trimStart());
  }
  return at;
}

/** The cells of a row; a pipe that is escaped or in code parts none. */
export function cellsOf(line) {
  const cells = [""];
  let isCode = false;
  const text = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "`") isCode = !isCode && text.indexOf("`", i + 1) > 0;
    if (text[i] === "\\" && text[i + 1] === "|") cells[cells.length - 1] += text[++i];
    else if (text[i] === "|" && !isCode) cells.push("");
    else cells[cells.length - 1] += text[i];
  }
  return cells.map((cell) => cell.trim());
}

export function table(lines, at, first) {
  if (!lines[at].includes("|") || at + 1 >= lines.length || !DELIMITERS.test(lines[at + 1]) || !/[|:]/.test(lines[at + 1])) return null;
  const head = cellsOf(lines[at]);
  const align = cellsOf(lines[at + 1]).map((cell) => (/^:-+:$/.test(cell) ? "center" : /-:$/.test(cell) ? "end" : ""));
  if (head.length !== align.length) return null;
  let until = at + 2;
  const rows = [];
  for (; until < lines.length && !isBlank(lines[until]) && !/^ {0,3}(?:>|#{1,6} |\x60{3}|~{3})/.test(lines[until]); until++) {
    const cells = cellsOf(lines[until]);
    rows.push(head.map((_, column) => cells[column] ?? ""));
  }
  return { block: { type: "table", head, align, rows, line: first + at }, next: until };
}

export function footnote(lines, at, first, depth) {
  const [all, id, text] = FOOTNOTE.exec(lines[at]) ?? [];
  if (all === undefined) return null;
  let until = at + 1;
  while (until < lines.length && (indentOf(lines[until]) >= 2 || (!isBlank(lines[until]) && !blockAt(lines, until, 0, MOST_DEPTH - 1, true) && !FOOTNOTE.test(lines[until])))) until++;
  const inner = [text, ...lines.slice(at + 1, until).map((line) => line.trimStart())];
  return { block: { type: "footnote", id, blocks: parse(inner, first + at, depth + 1), line: first + at }, next: until };
}

export function indented(lines, at, first) {
  if (indentOf(lines[at]) < 4) return null;
  let until = at;
  while (until < lines.length && (isBlank(lines[until]) || indentOf(lines[until]) >= 4)) until++;
  while (isBlank(lines[until - 1])) until--;
  return { block: { type: "code", language: "", text: lines.slice(at, until).map((line) => line.slice(4)).join("\n"), line: first + at }, next: until };
}

/** A block of HTML: its words, to the next blank line. */
export function markup(lines, at, first) {
  if (!HTML.test(lines[at]) || /^ {0,3}<(?:https?:|[^>\s]*@)/i.test(lines[at])) return null;
  let until = at;
  while (until < lines.length && !isBlank(lines[until])) until++;
  return { block: { type: "paragraph", text: lines.slice(at, until).join("\n"), isMarkup: true, line: first + at }, next: until };
}
