// @ts-check
// The section for time: how many notes began when, and from when until when the map shows them.

import { narrow } from "../actions.js";
import { h, plural } from "../dom.js";
import { model } from "../page.js";
import { state } from "../state.js";
import { parts } from "./build.js";

export const dayText = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
const BINS = 48;
let playing = 0;

export function drawTime() {
  if (!parts.time) return;
  const days = [...model.time.values()];
  const first = days.reduce((a, b) => Math.min(a, b)), last = days.reduce((a, b) => Math.max(a, b));
  if (!parts.timeInput) makeTime(days, first, last);
  const { from, until } = state.filters;
  parts.timeInput.value = until ?? last;
  parts.sinceInput.value = from ?? first;
  parts.timeLabel.textContent = until === null ? `All, to ${dayText(last)}` : `Until ${dayText(until)}`;
  parts.sinceLabel.textContent = from === null ? `From ${dayText(first)}` : `Since ${dayText(from)}`;
  parts.timePlay.textContent = playing ? "Pause" : "Play";
  for (const bar of parts.histogram.children) bar.classList.toggle("out", Number(bar.dataset.to) < (from ?? first) || Number(bar.dataset.from) > (until ?? last));
}

/** Bars of how many notes began in each part of the time. */
function histogram(days, first, last) {
  const width = Math.max(1, (last - first + 1) / BINS);
  const counts = new Array(BINS).fill(0);
  for (const day of days) counts[Math.min(BINS - 1, Math.floor((day - first) / width))]++;
  const most = Math.max(...counts);
  return h("div", { class: "histogram", role: "img", "aria-label": `Notes by date, from ${dayText(first)} to ${dayText(last)}` }, ...counts.map((count, at) => {
    const bar = h("span", { title: `${plural(count, "note")} from ${dayText(Math.round(first + at * width))}`, style: { height: `${count ? Math.max(6, (100 * count) / most) : 0}%` } });
    bar.dataset.from = first + at * width;
    bar.dataset.to = first + (at + 1) * width;
    return bar;
  }));
}

function makeTime(days, first, last) {
  const move = (day) => narrow({ until: day >= last ? null : Math.max(day, state.filters.from ?? first) }, { write: !playing });
  parts.timeInput = h("input", { id: "until", type: "range", min: first, max: last, oninput: (event) => move(Number(event.target.value)) });
  parts.sinceInput = h("input", { id: "since-day", type: "range", min: first, max: last, oninput: (event) => {
    const day = Number(event.target.value);
    narrow({ from: day <= first ? null : Math.min(day, state.filters.until ?? last) });
  } });
  parts.timeLabel = h("label", { htmlFor: "until" });
  parts.sinceLabel = h("label", { htmlFor: "since-day" });
  parts.histogram = histogram(days, first, last);
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
  parts.time.body.replaceChildren(parts.histogram,
    h("div", { class: "pair" }, parts.sinceLabel, parts.sinceInput), h("div", { class: "pair" }, parts.timeLabel, parts.timeInput), h("div", { class: "buttons" }, parts.timePlay),
    without ? h("p", { class: "hint" }, `${plural(without, "note")} without a date ${without === 1 ? "shows" : "show"} only at the end.`) : "");
}
