// @ts-check
// Colours of the map in light, dark and forced colours.

import { KINDS } from "./kinds.js";

const HUES = [255, 40, 150, 330, 90, 285, 15, 190, 120, 305, 65, 225];
const FEW = 3; // nodes; a smaller group has no colour of its own
export const TURN = 2 * Math.PI;

/** sRGB "#rrggbb" of a colour in OKLCH: equal lightness looks equally light, whatever the hue. */
export function oklch(light, chroma, hue) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return "#" + linear.map((v) => {
    const c = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.max(v, 0) ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(Math.max(c, 0), 1) * 255).toString(16).padStart(2, "0");
  }).join("");
}

export function themeOf(isDark, forced) {
  if (forced) {
    return { isDark, paper: "Canvas", ink: "CanvasText", quiet: "GrayText", link: "GrayText", ghost: "GrayText",
      alone: "CanvasText", error: "LinkText", warning: "LinkText", info: "LinkText", accent: "Highlight", answered: "CanvasText",
      empty: "LinkText", community: HUES.map(() => "CanvasText"), region: HUES.map(() => "CanvasText"), muted: "GrayText", linkAlpha: 0.5, halo: 0 };
  }
  return isDark
    ? { isDark, paper: "#15171c", ink: "#e8e6e1", quiet: "#8f949e", link: "#7d8594", ghost: "#8a909b", alone: "#6d7480",
        error: "#ff6b5e", warning: "#f5b83d", info: "#63a9ff", accent: "#f2efe8", answered: "#52c9a2", empty: "#ff8f4d",
        community: HUES.map((hue) => oklch(0.74, 0.115, hue)), region: HUES.map((hue) => oklch(0.82, 0.1, hue)), muted: "#454b56", linkAlpha: 0.2, halo: 0.085 }
    : { isDark, paper: "#faf8f4", ink: "#23262b", quiet: "#757a82", link: "#8a8f98", ghost: "#8b9099", alone: "#a3a8af",
        error: "#d9362b", warning: "#b87000", info: "#2f74d0", accent: "#23262b", answered: "#1f9a73", empty: "#e2641b",
        community: HUES.map((hue) => oklch(0.64, 0.125, hue)), region: HUES.map((hue) => oklch(0.44, 0.105, hue)), muted: "#c9c6bf", linkAlpha: 0.26, halo: 0.1 };
}

const toneOf = ([, colour, , size], theme) => (size < FEW ? theme.alone : theme.community[colour % theme.community.length]);

/** The colour of each community, that of nodes in none at last: tones.at(model.community[node]). */
export const tones = (model, theme) => [...model.communities.map((community) => toneOf(community, theme)), theme.alone];

export function colourOf(model, theme, node) {
  if (model.muted?.[node]) return theme.muted;
  if (model.scheme) {
    const at = model.scheme.of[node];
    return at < 0 ? theme.alone : model.scheme.tones(theme)[at];
  }
  const community = model.community[node];
  return community < 0 ? theme.alone : toneOf(model.communities[community], theme);
}

export const hollow = (kind) => kind === "unresolved" || kind === "missing" || kind === "pairs";
export const HOLLOW = KINDS.map(hollow);

export const SEVERITY = { error: 0, warning: 1, info: 2 };
/** The worst severity among a node's findings, or null. */
export function worstOf(model, node, rules) {
  let best = null;
  for (const at of model.findingsOf.get(node) || []) {
    const finding = model.data.findings[at];
    if (rules && rules.size && !rules.has(finding[1])) continue;
    const severity = model.data.rules[finding[1]].severity;
    if (best === null || SEVERITY[severity] < SEVERITY[best]) best = severity;
  }
  return best;
}
