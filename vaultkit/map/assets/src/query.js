// @ts-check
// The search language of Obsidian, as far as the map can answer: words, "phrases", /regular expressions/, -not, OR, (groups),
// file:, path:, tag:, content:, [property:value], and the map's own is: and kind:.

import { fold } from "./model.js";

/**
 * @typedef {{op: "and" | "or", parts: Query[]} | {op: "not", part: Query} | {op: "is", field: string, value: string, test?: RegExp}} Query
 */

export const IN_TEXT = new Set(["content", "line", "block", "section", "task", "task-todo", "task-done"]);

/** The parts of a query: marks, words in quotes, expressions between slashes, and words. */
export function lex(text) {
  const tokens = [];
  const pattern = /\s*(?:(\()|(\))|(-(?=\S))|\[([^\]:]+)(?::\s*([^\]]*))?\]|"([^"]*)"?|\/((?:\\.|[^/\\])+)\/(?=\s|\)|$)|(file|path|tag|content|is|kind|line|block|section|task-todo|task-done|task):\s*(?=\S)|([^\s()"]+))/giyu;
  while (pattern.lastIndex < text.length) {
    const [all, open, close, minus, property, value, phrase, expression, field, word] = pattern.exec(text) ?? [];
    if (all === undefined || !all.length) break;
    if (open) tokens.push({ type: "(" });
    else if (close) tokens.push({ type: ")" });
    else if (minus) tokens.push({ type: "-" });
    else if (property !== undefined) tokens.push({ type: "property", name: property.trim(), value: (value ?? "").replace(/^"|"$/g, "").trim() });
    else if (phrase !== undefined) tokens.push({ type: "word", value: phrase, isExact: true });
    else if (expression !== undefined) tokens.push({ type: "expression", value: expression });
    else if (field !== undefined) tokens.push({ type: "field", name: field.toLowerCase() });
    else tokens.push({ type: "word", value: word, isExact: false });
  }
  return tokens;
}

/** The query that a text means; null for an empty one. @returns {Query | null} */
export function parseQuery(text) {
  const tokens = lex(text);
  let at = 0;
  const alternatives = (field) => {
    const parts = [all(field)];
    while (tokens[at]?.type === "word" && tokens[at].value === "OR" && !tokens[at].isExact) {
      at++;
      parts.push(all(field));
    }
    const held = parts.filter(Boolean);
    return held.length > 1 ? { op: "or", parts: held } : held[0] ?? null;
  };
  const all = (field) => {
    const parts = [];
    while (at < tokens.length && tokens[at].type !== ")" && !(tokens[at].type === "word" && tokens[at].value === "OR" && !tokens[at].isExact)) {
      const part = one(field);
      if (part) parts.push(part);
    }
    return parts.length > 1 ? { op: "and", parts } : parts[0] ?? null;
  };
  const one = (field) => {
    const token = tokens[at++];
    switch (token?.type) {
      case "-": {
        const part = one(field);
        return part && { op: "not", part };
      }
      case "(": {
        const part = alternatives(field);
        if (tokens[at]?.type === ")") at++;
        return part;
      }
      case "field": return one(token.name);
      case "property": return { op: "is", field: "property", value: `${fold(token.name)}\n${fold(token.value)}` };
      case "expression": return expression(field, token.value);
      case "word": return word(field, token.value);
      default: return null;
    }
  };
  const parts = [];
  while (at < tokens.length) {
    const part = alternatives("");
    if (part) parts.push(part);
    if (tokens[at]?.type === ")") at++; // one that closes nothing
  }
  return parts.length > 1 ? { op: "and", parts } : parts[0] ?? null;
}

/** @returns {Query | null} */
export function word(field, value) {
  if (!field && /^#[^\s#]/.test(value)) return { op: "is", field: "tag", value: fold(value).slice(1) };
  if (field === "tag") return { op: "is", field, value: fold(value).replace(/^#/, "") };
  return value ? { op: "is", field: IN_TEXT.has(field) ? "content" : field, value: fold(value) } : null;
}

/** @returns {Query} */
export function expression(field, source) {
  try {
    return { op: "is", field: IN_TEXT.has(field) ? "content" : field, value: "", test: new RegExp(source, "iu") };
  } catch {
    return { op: "is", field, value: fold(`/${source}/`) }; // no expression after all
  }
}

/** Whether a query holds, by what `answer` says of each of its ends. */
export function holds(query, answer) {
  if (query.op === "and") return query.parts.every((part) => holds(part, answer));
  if (query.op === "or") return query.parts.some((part) => holds(part, answer));
  if (query.op === "not") return !holds(query.part, answer);
  return answer(query);
}

/** The ends of a query that are words or expressions to be found, those that must not be left out. */
export function sought(query) {
  if (!query || query.op === "not") return [];
  if (query.op === "is") return query.field === "" || query.field === "content" || query.field === "file" ? [query] : [];
  return query.parts.flatMap(sought);
}

/** The same query with other words: `change` answers a word for a word. */
export function reworded(query, change) {
  if (query.op === "not") return { ...query, part: reworded(query.part, change) };
  if (query.op !== "is") return { ...query, parts: query.parts.map((part) => reworded(part, change)) };
  return query.test || (query.field !== "" && query.field !== "file") ? query : { ...query, value: change(query.value) };
}
