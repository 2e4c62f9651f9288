// @ts-check
// What a line of a note holds, as Obsidian reads it: a tree of plain values.


export const TAG = /^#(?=[^\s#]*[^\d\s#/_-])([\p{L}\p{N}\p{M}\p{So}_/-]+)/u;
export const URL_START = /^https?:\/\/[^\s<>"'`|]*[^\s<>"'`|.,;:!?)\]*_~]/i;
export const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", apos: "'", copy: "©", mdash: "—", ndash: "–", hellip: "…", rarr: "→", larr: "←", times: "×" };
export const MARK_TAGS = { "***": ["strong", "em"], ___: ["strong", "em"], "**": ["strong"], __: ["strong"], "~~": ["del"], "==": ["mark"], "*": ["em"], _: ["em"] };
export const DEEPEST_MARK = 16;

/** The inline tokens of a text. */
export function inlineOf(text, depth = 0) {
  const failed = new Map();
  const tokens = [];
  let words = "";
  const flush = () => {
    if (words) tokens.push({ type: "text", text: words });
    words = "";
  };
  for (let at = 0; at < text.length;) {
    const found = INTERESTING.test(text[at]) ? tokenAt(text, at, depth, failed) : null;
    if (found) {
      if (found.token !== null) {
        flush();
        tokens.push(...(Array.isArray(found.token) ? found.token : [found.token]));
      } else if (found.words) words += found.words;
      at = found.next;
    } else words += text[at++];
  }
  flush();
  return tokens;
}

export const INTERESTING = /[\\\x60$![<&#*_~=%^\nhH]/;

export function tokenAt(text, at, depth, failed) {
  switch (text[at]) {
    case "\\": return /[!-/:-@[-\x60{-~]/.test(text[at + 1] ?? "") ? { token: null, words: text[at + 1], next: at + 2 } : null;
    case "\x60": return code(text, at);
    case "$": return math(text, at);
    case "!": return text.startsWith("![[", at) ? wikilink(text, at + 1, true) : text[at + 1] === "[" ? link(text, at + 1, true, depth) : null;
    case "[": return text.startsWith("[[", at) ? wikilink(text, at, false) : footnoteMark(text, at) ?? link(text, at, false, depth);
    case "<": return angled(text, at);
    case "&": return entity(text, at);
    case "#": return tag(text, at);
    case "%": return hidden(text, at, "%%", "%%");
    case "^": return text[at + 1] === "[" ? inlineNote(text, at) : blockId(text, at);
    case "\n": return { token: { type: "break" }, next: at + 1 };
    case "h": case "H": return bareUrl(text, at);
    default: return emphasis(text, at, depth, failed);
  }
}

export function code(text, at) {
  const [run] = /^\x60+/.exec(text.slice(at, at + 40)) ?? [""];
  const close = new RegExp(`(?<!\\x60)${run}(?!\\x60)`, "g");
  close.lastIndex = at + run.length;
  const end = close.exec(text);
  if (!end) return { token: null, words: run, next: at + run.length };
  return { token: { type: "code", text: text.slice(at + run.length, end.index).replace(/\n/g, " ").trim() }, next: end.index + run.length };
}

export function math(text, at) {
  const isDisplay = text[at + 1] === "$";
  const start = at + (isDisplay ? 2 : 1);
  const end = text.indexOf(isDisplay ? "$$" : "$", start);
  if (end <= start) return null;
  const body = text.slice(start, end);
  if (!isDisplay && (/^\s|\s$/.test(body) || /\d/.test(text[end + 1] ?? "") || body.includes("\n\n"))) return null;
  return { token: { type: "math", text: body, isDisplay }, next: end + (isDisplay ? 2 : 1) };
}

export function wikilink(text, at, isEmbed) {
  const length = text.slice(at + 2, at + 1000).indexOf("]]");
  const end = at + 2 + length;
  const body = length < 0 ? "" : text.slice(at + 2, end);
  if (!body.trim() || body.includes("\n") || body.includes("[[")) return null;
  const bar = body.search(/\\?\|/);
  const target = (bar < 0 ? body : body.slice(0, bar)).trim();
  const words = bar < 0 ? "" : body.slice(bar).replace(/^\\?\|/, "").trim();
  return { token: { type: isEmbed ? "embed" : "link", target, words }, next: end + 2 };
}

/** Where the bracket that is opened at `at` closes, or -1. */
export function closing(text, at, open, close) {
  let depth = 0;
  for (let i = at; i < text.length && i < at + 1000; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i;
    else if (text[i] === "\n" && text[i + 1] === "\n") return -1;
  }
  return -1;
}

export function link(text, at, isEmbed, depth) {
  const end = closing(text, at, "[", "]");
  if (end < 0 || text[end + 1] !== "(") return null;
  const stop = closing(text, end + 1, "(", ")");
  if (stop < 0) return null;
  const [, bracketed, bare] = /^\s*(?:<([^>\n]*)>|(\S*))(?:\s+["'(].*)?\s*$/s.exec(text.slice(end + 2, stop)) ?? [];
  const to = bracketed ?? bare;
  if (!to) return null;
  const label = text.slice(at + 1, end);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(to)?.[1].toLowerCase();
  const inner = depth < DEEPEST_MARK ? inlineOf(label, depth + 1) : [{ type: "text", text: label }];
  if (scheme) return { token: { type: isEmbed ? "picture" : "url", href: to, scheme, children: inner, words: label }, next: stop + 1 };
  return { token: { type: isEmbed ? "embed" : "link", target: decoded(to), words: isEmbed ? "" : label, children: isEmbed ? undefined : inner }, next: stop + 1 };
}

export function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a percent sign that begins no code
  }
}

export function footnoteMark(text, at) {
  const [all, id] = /^\[\^([^\]\s]{1,80})\]/.exec(text.slice(at, at + 90)) ?? [];
  return all === undefined ? null : { token: { type: "footnote", id }, next: at + all.length };
}

export function inlineNote(text, at) {
  const end = closing(text, at + 1, "[", "]");
  return end < 0 ? null : { token: [{ type: "text", text: " (" }, ...inlineOf(text.slice(at + 2, end), DEEPEST_MARK), { type: "text", text: ")" }], next: end + 1 };
}

export function angled(text, at) {
  const rest = text.slice(at, at + 2000);
  const [auto, href] = /^<(https?:\/\/[^\s<>]+)>/i.exec(rest) ?? [];
  if (auto) return { token: { type: "url", href, scheme: "https", children: [{ type: "text", text: href }] }, next: at + auto.length };
  const mail = /^<([^\s<>@]+@[^\s<>]+)>/.exec(rest);
  if (mail) return { token: { type: "text", text: mail[1] }, next: at + mail[0].length };
  if (rest.startsWith("<!--")) return hidden(text, at, "<!--", "-->");
  if (/^<br\s*\/?>/i.test(rest)) return { token: { type: "break" }, next: at + rest.indexOf(">") + 1 };
  const markup = /^<\/?[a-z][\w-]*(?:\s[^<>]*|\/)?>/i.exec(rest);
  return markup ? { token: null, words: "", next: at + markup[0].length } : null;
}

export function entity(text, at) {
  const [all, name, decimal, hex] = /^&(?:([a-z]{2,6})|#(\d{1,7})|#x([0-9a-f]{1,6}));/i.exec(text.slice(at, at + 12)) ?? [];
  if (all === undefined) return null;
  const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : 0;
  const words = name ? ENTITIES[name] : code && code < 0x110000 ? String.fromCodePoint(code) : undefined;
  return words === undefined ? null : { token: null, words, next: at + all.length };
}

export function tag(text, at) {
  if (at && !/[\s([{"'“‘>,;:，。、]/.test(text[at - 1])) return null;
  const found = TAG.exec(text.slice(at, at + 200));
  return found ? { token: { type: "tag", text: found[0].replace(/\/+$/, "") }, next: at + found[0].length } : null;
}

export function hidden(text, at, open, close) {
  if (!text.startsWith(open, at)) return null;
  const end = text.indexOf(close, at + open.length);
  return end < 0 ? null : { token: null, words: "", next: end + close.length };
}

/** The id of a block, at the end of its line: it is not shown. */
export function blockId(text, at) {
  if (at && !/\s/.test(text[at - 1])) return null;
  const [all] = /^\^[A-Za-z0-9-]+[ \t]*(?=\n|$)/.exec(text.slice(at, at + 120)) ?? [];
  return all === undefined ? null : { token: null, words: "", next: at + all.length };
}

export function bareUrl(text, at) {
  if (at && /[\p{L}\p{N}]/u.test(text[at - 1])) return null;
  const [href] = URL_START.exec(text.slice(at, at + 2000)) ?? [];
  return href ? { token: { type: "url", href, scheme: "https", children: [{ type: "text", text: href }] }, next: at + href.length } : null;
}

export function emphasis(text, at, depth, failed) {
  if (depth >= DEEPEST_MARK) return null;
  const [run] = /^(?:\*{1,3}|_{1,3}|~~|==)/.exec(text.slice(at, at + 3)) ?? [];
  if (!run) return null;
  const none = { token: null, words: run, next: at + run.length };
  if (/\s/.test(text[at + run.length] ?? " ")) return none;
  if (run[0] === "_" && at && /[\p{L}\p{N}]/u.test(text[at - 1])) return none;
  // Where nothing closes a run, nothing closes it later in the same text either.
  if (failed.has(run)) return none;
  for (let end = text.indexOf(run, at + run.length + 1); end > 0; end = text.indexOf(run, end + 1)) {
    if (/\s/.test(text[end - 1]) || text[end - 1] === "\\" || text[end - 1] === run[0] || text[end + run.length] === run[0]) continue;
    if (run[0] === "_" && /[\p{L}\p{N}]/u.test(text[end + 1] ?? "")) continue;
    const inner = inlineOf(text.slice(at + run.length, end), depth + 1);
    const token = MARK_TAGS[run].reduceRight((children, mark) => [{ type: "mark", mark, children }], inner);
    return { token, next: end + run.length };
  }
  failed.set(run, at);
  return none;
}

/** The words of tokens, as a reader would say them. */
export const wordsOf = (tokens) => tokens.map((token) => token.text ?? (token.children ? wordsOf(token.children) : token.words || token.target || (token.type === "break" ? " " : ""))).join("");
