// @ts-check
// The section for time.

import { narrow } from "../actions.js";
import { h, plural } from "../dom.js";
import { model } from "../page.js";
import { state } from "../state.js";
import { parts } from "./build.js";

export const dayText = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
let playing = 0;
export function drawTime() {
  if (!parts.time) return;
  const days = [...model.time.values()];
  const first = days.reduce((a, b) => Math.min(a, b)), last = days.reduce((a, b) => Math.max(a, b));
  if (!parts.timeInput) makeTime(first, last);
  parts.timeInput.value = state.filters.until ?? last;
  parts.timeLabel.textContent = state.filters.until === null ? `All, to ${dayText(last)}` : `Until ${dayText(state.filters.until)}`;
  parts.timePlay.textContent = playing ? "Pause" : "Play";
}

function makeTime(first, last) {
  const move = (day) => narrow({ until: day >= last ? null : day }, { write: !playing });
  parts.timeInput = h("input", { id: "until", type: "range", min: first, max: last, oninput: (event) => move(Number(event.target.value)) });
  parts.timeLabel = h("label", { htmlFor: "until" });
  parts.timePlay = h("button", { type: "button", class: "plain", onclick: () => {
    if (playing) { clearInterval(playing); playing = 0; return drawTime(); }
    let day = state.filters.until ?? first;
    const step = Math.max(1, Math.round((last - first) / 120));
    playing = setInterval(() => {
      day += step;
      if (day >= last) { clearInterval(playing); playing = 0; }
      move(Math.min(day, last));
    }, 100);
    drawTime();
  } });
  const without = model.count && [...model.kind].reduce((sum, kind, i) => sum + Number(kind === 0 && !model.time.has(i)), 0);
  parts.time.body.replaceChildren(h("div", { class: "pair" }, parts.timeLabel), h("div", { class: "pair" }, parts.timeInput), h("div", { class: "buttons" }, parts.timePlay),
    without ? h("p", { class: "hint" }, `${plural(without, "note")} without a date ${without === 1 ? "shows" : "show"} only at the end.`) : "");
}
