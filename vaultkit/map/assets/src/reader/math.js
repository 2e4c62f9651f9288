// @ts-check
// LaTeX as readable text: what Unicode has a character for is written with it, powers and indexes are raised and lowered.


export const NAMES = {
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε", zeta: "ζ", eta: "η", theta: "θ", vartheta: "ϑ", iota: "ι", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", upsilon: "υ", phi: "φ", varphi: "φ", chi: "χ", psi: "ψ", omega: "ω",
  Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ", Xi: "Ξ", Pi: "Π", Sigma: "Σ", Upsilon: "Υ", Phi: "Φ", Psi: "Ψ", Omega: "Ω",
  sum: "∑", prod: "∏", int: "∫", iint: "∬", oint: "∮", partial: "∂", nabla: "∇", infty: "∞", pm: "±", mp: "∓", times: "×", cdot: "·", div: "÷", ast: "∗", star: "⋆", circ: "∘", bullet: "•", oplus: "⊕", otimes: "⊗", odot: "⊙",
  leq: "≤", le: "≤", geq: "≥", ge: "≥", neq: "≠", ne: "≠", approx: "≈", equiv: "≡", sim: "∼", simeq: "≃", cong: "≅", propto: "∝", ll: "≪", gg: "≫", prec: "≺", succ: "≻",
  in: "∈", notin: "∉", ni: "∋", subset: "⊂", subseteq: "⊆", supset: "⊃", supseteq: "⊇", cup: "∪", cap: "∩", bigcup: "⋃", bigcap: "⋂", setminus: "∖", emptyset: "∅", varnothing: "∅", forall: "∀", exists: "∃", neg: "¬", lnot: "¬", land: "∧", wedge: "∧", lor: "∨", vee: "∨", vdash: "⊢", models: "⊨", perp: "⊥", parallel: "∥", mid: "|", angle: "∠",
  to: "→", rightarrow: "→", leftarrow: "←", leftrightarrow: "↔", Rightarrow: "⇒", Leftarrow: "⇐", Leftrightarrow: "⇔", implies: "⟹", iff: "⟺", mapsto: "↦", longrightarrow: "⟶", uparrow: "↑", downarrow: "↓", rightleftharpoons: "⇌",
  ldots: "…", dots: "…", cdots: "⋯", vdots: "⋮", ddots: "⋱", langle: "⟨", rangle: "⟩", lfloor: "⌊", rfloor: "⌋", lceil: "⌈", rceil: "⌉", lVert: "‖", rVert: "‖", Vert: "‖", vert: "|", lvert: "|", rvert: "|", hbar: "ℏ", ell: "ℓ", Re: "ℜ", Im: "ℑ", aleph: "ℵ", prime: "′", degree: "°", dagger: "†", square: "□", blacksquare: "■", therefore: "∴", because: "∵", quad: "\u2003", qquad: "\u2003\u2003",
};
export const WORDS = new Set(["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "log", "ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "deg", "arg", "Pr", "mod", "bmod", "limsup", "liminf", "argmax", "argmin"]);
export const PLAIN = new Set(["text", "textbf", "textit", "textrm", "mathrm", "mathbf", "mathit", "mathsf", "mathcal", "mathfrak", "mathscr", "boldsymbol", "bm", "operatorname", "mbox", "ce", "underline", "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "limits", "nolimits", "tag", "label", "color", "boxed"]);
export const ACCENTS = { hat: "\u0302", widehat: "\u0302", bar: "\u0304", overline: "\u0304", vec: "\u20d7", tilde: "\u0303", widetilde: "\u0303", dot: "\u0307", ddot: "\u0308", check: "\u030c" };
export const DOUBLE = { R: "ℝ", N: "ℕ", Z: "ℤ", Q: "ℚ", C: "ℂ", P: "ℙ", H: "ℍ", E: "𝔼", F: "𝔽", K: "𝕂", 1: "𝟙" };
export const DEEPEST_GROUP = 24;

/** Pieces of readable text: [words, "" or "sup" or "sub"]. */
export function mathOf(latex) {
  const pieces = [];
  const reader = { text: latex.replace(/%.*$/gm, "").replace(/\s+/g, " "), at: 0 };
  while (reader.at < reader.text.length) read(reader, pieces, "", 0);
  const joined = [];
  for (const [words, place] of pieces) {
    if (joined.at(-1)?.[1] === place) joined[joined.length - 1][0] += words;
    else joined.push([words, place]);
  }
  return joined.filter(([words]) => words);
}

/** The next part: a group, a command or a character. */
export function read(reader, out, place, depth) {
  const sign = reader.text[reader.at++];
  if (sign === "{") {
    while (reader.at < reader.text.length && reader.text[reader.at] !== "}") read(reader, out, place, depth + 1);
    reader.at++;
  } else if (sign === "^" || sign === "_") raise(reader, out, sign === "^" ? "sup" : "sub", depth);
  else if (sign === "\\") command(reader, out, place, depth);
  else if (sign === "&" || sign === "}") out.push([sign === "&" ? " " : "", place]);
  else if (sign === "~") out.push([" ", place]);
  else if ("=<>+".includes(sign)) out.push([` ${sign} `, place]);
  else if (sign !== " ") out.push([sign === "-" ? "−" : sign, place]);
  else if (/[\p{L}\p{N}]$/u.test(out.at(-1)?.[0] ?? "") && /[\p{L}\p{N}]/u.test(reader.text[reader.at] ?? "")) out.push([" ", place]);
}

export function raise(reader, out, place, depth) {
  const inner = [];
  while (reader.text[reader.at] === " ") reader.at++;
  if (reader.at < reader.text.length && depth < DEEPEST_GROUP) read(reader, inner, place, depth + 1);
  const words = inner.map(([text]) => text.replace(/^ ([=<>+]) $/, "$1")).join("");
  out.push([words === "′" || words === "∘" ? (words === "∘" ? "°" : words) : words, words === "′" || words === "∘" ? "" : place]);
}

/** The next group with its powers and indexes, in brackets where it is more than a word. */
export function fraction(reader, out, place, depth) {
  while (reader.text[reader.at] === " ") reader.at++;
  const inner = [];
  if (reader.at < reader.text.length && depth < DEEPEST_GROUP) read(reader, inner, place, depth + 1);
  const isWord = inner.every(([words], at) => at === 0 || inner[at][1] !== place || /^[\p{L}\p{N}]$/u.test(words)) && inner.map(([words]) => words).join("").length <= 4 && !inner.some(([words]) => /[-−+=<> ]/.test(words));
  out.push(...(isWord ? inner : [["(", place], ...inner, [")", place]]));
}

/** The next group or character as one text. */
export function argument(reader, depth) {
  while (reader.text[reader.at] === " ") reader.at++;
  const inner = [];
  if (reader.at < reader.text.length && depth < DEEPEST_GROUP) read(reader, inner, "", depth + 1);
  return inner.map(([words, place]) => (place === "sup" ? `^${wrapped(words)}` : place === "sub" ? `_${wrapped(words)}` : words)).join("").trim();
}

export const wrapped = (words) => (/^[\p{L}\p{N}′∞]{0,2}$/u.test(words) ? words : `(${words})`);

export function command(reader, out, place, depth) {
  const [name] = /^(?:[A-Za-z]+\*?|.?)/s.exec(reader.text.slice(reader.at, reader.at + 40)) ?? [""];
  reader.at += name.length;
  const put = (words) => out.push([words, place]);
  if (name === "frac" || name === "dfrac" || name === "tfrac") {
    fraction(reader, out, place, depth);
    put("/");
    fraction(reader, out, place, depth);
  }
  else if (name === "binom") put(`C(${argument(reader, depth)}, ${argument(reader, depth)})`);
  else if (name === "sqrt") {
    const root = /^\[([^\]]*)\]/.exec(reader.text.slice(reader.at));
    if (root) reader.at += root[0].length;
    put(`${root ? { 3: "∛", 4: "∜" }[root[1]] ?? `${root[1]}√` : "√"}${wrapped(argument(reader, depth))}`);
  } else if (name === "mathbb" || name === "Bbb") put([...argument(reader, depth)].map((sign) => DOUBLE[sign] ?? sign).join(""));
  else if (ACCENTS[name]) {
    const inner = argument(reader, depth);
    put([...inner].length === 1 ? inner + ACCENTS[name] : inner);
  } else if (name === "begin" || name === "end") argument(reader, depth);
  else if (name === "\\") put("\n");
  else if (name === "not") put(`¬${argument(reader, depth)}`);
  else if (name === "xrightarrow") put(`→(${argument(reader, depth)})`);
  else if (NAMES[name]) put(NAMES[name]);
  else if (WORDS.has(name.replace(/\*$/, ""))) put(`${name} `);
  else if (name === "text" || name === "textrm" || name === "mbox" || name === "tag") literal(reader, put);
  else if (PLAIN.has(name)) put("");
  else put({ ",": " ", ";": " ", ":": " ", "!": "", " ": " ", "{": "{", "}": "}", "|": "‖" }[name] ?? name);
}

/** A group of words whose spaces count. */
export function literal(reader, put) {
  const [all, words] = /^ ?\{([^{}]*)\}/.exec(reader.text.slice(reader.at, reader.at + 500)) ?? [];
  if (all === undefined) return;
  reader.at += all.length;
  put(words.replace(/\$/g, ""));
}
