// @ts-check
// What is broken, by rule: how many findings, how many of them `--fix` takes away, and what has changed since the last map.

import { narrow, stepFinding } from "../actions.js";
import { copy } from "../card/facts.js";
import { h, number, plural } from "../dom.js";
import { data } from "../page.js";
import { set, state } from "../state.js";
import { parts } from "./build.js";
import { row, severityMark, toggled } from "./rows.js";

export function drawFindings() {
  if (!parts.findings) return;
  parts.findings.element.hidden = state.lens !== "repair";
  const counts = {};
  for (const [, code] of data.findings) counts[code] = (counts[code] || 0) + 1;
  const order = { error: 0, warning: 1, info: 2 };
  const codes = Object.keys(counts).sort((a, b) => order[data.rules[a].severity] - order[data.rules[b].severity] || counts[b] - counts[a] || a.localeCompare(b));
  const at = state.steps.indexOf(state.finding);
  parts.findings.tally.textContent = number(data.findings.length);
  parts.findings.body.replaceChildren(
    since(),
    h("ul", { class: "rows scroll" }, ...codes.map((code) => ruleRow(code, counts[code]))),
    fixes(codes),
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "plain", onclick: () => stepFinding(-1) }, "Previous ", h("kbd", {}, "p")),
      h("button", { type: "button", class: "plain", onclick: () => stepFinding(1) }, "Next ", h("kbd", {}, "n")),
      h("span", { class: "count", style: { alignSelf: "center" } }, at < 0 ? "" : `${number(at + 1)} of ${number(state.steps.length)}`)),
  );
}

function ruleRow(code, count) {
  const { name, severity, fixes: fixable = 0 } = data.rules[code];
  const text = fixable ? `${number(count)}, fix ${number(fixable)}` : number(count);
  return row(name.replaceAll("-", " "), {
    count: text, lead: severityMark(severity), pressed: state.filters.rules.includes(code), title: code,
    onclick: () => { set({ finding: -1 }); narrow({ rules: toggled(state.filters.rules, code) }, { fit: true }); },
  });
}

/** The command that fixes what is chosen, ready to be copied. */
function fixes(codes) {
  const chosen = codes.filter((code) => data.rules[code].fixes && (!state.filters.rules.length || state.filters.rules.includes(code)));
  const count = chosen.reduce((sum, code) => sum + data.rules[code].fixes, 0);
  if (!count) return h("p", { class: "hint" }, "None of these has a fix that is safe without a look.");
  const command = `vaultkit check --fix --diff --select ${chosen.join(",")}`;
  return h("div", { class: "buttons" }, h("button", { type: "button", class: "plain", title: command, onclick: () => copy(command, "the command") }, `Copy the command for ${plural(count, "fix", "fixes")}`));
}

/** What has changed since an earlier map. */
function since() {
  if (!data.since) return "";
  const { day, fresh, gone } = data.since;
  if (!fresh && !gone) return h("p", { class: "hint" }, `Nothing has changed since ${day}.`);
  return h("p", { class: "hint", id: "since" }, `Since ${day}: ${number(gone)} fixed, ${number(fresh)} new.`);
}
