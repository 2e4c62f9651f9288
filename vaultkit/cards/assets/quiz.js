"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const key = `vaultkit-quiz:${data.title}`;
  const ready = (card) => card.plain !== "" || card.back !== "";
  const state = { order: [], at: 0, shown: false, done: false };
  let marks = load();

  function load() {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {}; // storage is closed to this page: marks last as long as the page is open
    }
  }

  function save() {
    try {
      localStorage.setItem(key, JSON.stringify(marks));
    } catch {
      return;
    }
  }

  // The same seed gives the same order on every machine (mulberry32).
  function random(seed) {
    let a = seed >>> 0;
    return () => {
      a = (a + 0x6d2b79f5) >>> 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  function choose() {
    const deck = byId("deck").value;
    const filter = byId("filter").value;
    const below = (name) => deck === "" || name === deck || name.startsWith(`${deck}/`);
    state.order = data.cards
      .map((_, index) => index)
      .filter((index) => {
        const card = data.cards[index];
        const mark = marks[card.id];
        if (!card.decks.some(below)) return false;
        if (filter === "ready") return ready(card);
        return filter !== "again" || (mark !== undefined && mark.grade <= 2);
      });
    if (byId("shuffle").getAttribute("aria-pressed") === "true") {
      const next = random(data.seed + 1);
      for (let i = state.order.length - 1; i > 0; i -= 1) {
        const j = Math.floor(next() * (i + 1));
        [state.order[i], state.order[j]] = [state.order[j], state.order[i]];
      }
    }
    go(0, false);
  }

  // Card text was escaped when the page was made; the policy of the page would stop any script in it all the same.
  function fill(element, markup) {
    const parsed = new DOMParser().parseFromString(markup, "text/html");
    element.replaceChildren(...parsed.body.childNodes);
    for (const image of element.querySelectorAll("img[data-picture]")) {
      const picture = data.pictures[image.dataset.picture];
      if (picture) image.src = picture;
    }
  }

  function markGaps(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const at = text.data.indexOf("[...]");
      if (at < 0) continue;
      const gap = text.splitText(at);
      gap.splitText(5);
      const span = document.createElement("span");
      span.className = "gap";
      span.setAttribute("aria-label", "blank");
      span.textContent = "[…]";
      gap.replaceWith(span);
    }
  }

  function current() {
    return data.cards[state.order[state.at]];
  }

  function go(at, focus = true) {
    const count = state.order.length;
    state.done = count === 0 || at >= count;
    state.at = Math.max(0, Math.min(at, count - 1));
    state.shown = false;
    byId("card").hidden = state.done;
    byId("grades").hidden = true;
    byId("done").hidden = !state.done;
    byId("previous").disabled = count === 0 || (!state.done && state.at === 0);
    byId("next").disabled = state.done;
    const place = state.done ? count : state.at + 1;
    byId("position").textContent = count ? `${place} of ${count}` : "no cards";
    byId("bar").style.transform = `scaleX(${count ? (state.done ? 1 : state.at / count) : 0})`;
    if (state.done) {
      finish(count);
      if (focus) byId("done").focus();
      return;
    }
    const card = current();
    fill(byId("front"), card.front || "<p class=\"nothing\">This card has no question.</p>");
    markGaps(byId("front"));
    byId("front").classList.toggle("long", byId("front").textContent.length > 220);
    byId("where").textContent = [card.decks.join(", "), ...card.context].join(" › ");
    byId("back").replaceChildren();
    byId("solution").hidden = true;
    byId("reveal").hidden = false;
    byId("hint").hidden = !card.hint;
    byId("hinted").hidden = true;
    const typing = byId("typing").getAttribute("aria-pressed") === "true" && ready(card);
    byId("attempt").hidden = !typing;
    byId("answer").value = "";
    byId("answer").readOnly = false;
    if (focus) (typing ? byId("answer") : byId("card")).focus();
    say(`Card ${state.at + 1} of ${count}. ${byId("front").textContent}`);
  }

  function finish(count) {
    const seen = state.order.map((index) => marks[data.cards[index].id]).filter(Boolean);
    const known = seen.filter((mark) => mark.grade >= 3).length;
    byId("done-title").textContent = count ? "All cards seen" : "No cards here";
    byId("score").textContent = count
      ? `${known} of ${count} known, ${seen.length - known} to see again, ${count - seen.length} without a mark.`
      : "Choose another deck or show all cards.";
    say(`${byId("done-title").textContent}. ${byId("score").textContent}`);
  }

  const plainWords = (text) =>
    text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  function likeness(one, other) {
    if (one === other) return 100;
    if (!one || !other || one.length * other.length > 1e6) return 0;
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return 100 * (1 - row[other.length] / Math.max(one.length, other.length));
  }

  function show() {
    if (state.done || state.shown) return;
    state.shown = true;
    const card = current();
    if (ready(card)) {
      fill(byId("back"), card.back);
    } else {
      fill(byId("back"), "<p class=\"nothing\">This card has no answer yet.</p>");
    }
    byId("source").textContent = `${card.note}, line ${card.line}`;
    byId("verdict").hidden = true;
    if (!byId("attempt").hidden) {
      byId("answer").readOnly = true;
      const score = likeness(plainWords(byId("answer").value), plainWords(card.plain));
      const verdict = score === 100 ? "right" : score >= 90 ? "near" : "wrong";
      byId("verdict").className = `verdict ${verdict}`;
      byId("verdict").textContent = { right: "Right", near: "Almost: compare the spelling", wrong: "Not what the card says" }[verdict];
      byId("verdict").hidden = byId("answer").value.trim() === "";
    }
    byId("solution").hidden = false;
    byId("reveal").hidden = true;
    byId("grades").hidden = false;
    const mark = marks[card.id];
    for (const button of document.querySelectorAll("[data-grade]")) {
      button.setAttribute("aria-pressed", String(mark !== undefined && mark.grade === Number(button.dataset.grade)));
    }
    byId("card").focus();
    say(`Answer: ${byId("back").textContent}`);
  }

  function grade(value) {
    if (state.done || !state.shown) return;
    marks[current().id] = { grade: value, at: new Date().toISOString() };
    save();
    go(state.at + 1);
  }

  function hint() {
    if (state.done || !current().hint) return;
    byId("hinted").textContent = current().hint;
    byId("hinted").hidden = false;
    say(`Hint: ${current().hint}`);
  }

  function say(text) {
    byId("live").textContent = text;
  }

  function toggle(button) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  }

  function download() {
    const blob = new Blob([`${JSON.stringify({ title: data.title, results: marks }, null, 2)}\n`], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "quiz-results.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  const decks = new Map();
  for (const card of data.cards) {
    const above = new Set();
    for (const deck of card.decks) {
      const parts = deck.split("/");
      parts.forEach((_, index) => above.add(parts.slice(0, index + 1).join("/")));
    }
    for (const name of above) decks.set(name, (decks.get(name) || 0) + 1);
  }
  byId("deck").append(new Option(`all decks (${data.cards.length})`, ""));
  for (const name of [...decks.keys()].sort()) byId("deck").append(new Option(`${name} (${decks.get(name)})`, name));

  byId("deck").addEventListener("change", choose);
  byId("filter").addEventListener("change", choose);
  byId("shuffle").addEventListener("click", (event) => { toggle(event.currentTarget); choose(); });
  byId("typing").addEventListener("click", (event) => { toggle(event.currentTarget); go(state.at); });
  byId("show").addEventListener("click", show);
  byId("hint").addEventListener("click", hint);
  byId("previous").addEventListener("click", () => go(state.done ? state.at : state.at - 1));
  byId("next").addEventListener("click", () => go(state.at + 1));
  byId("restart").addEventListener("click", choose);
  byId("export").addEventListener("click", download);
  byId("reset").addEventListener("click", () => { marks = {}; save(); choose(); });
  byId("attempt").addEventListener("submit", (event) => { event.preventDefault(); show(); });
  for (const button of document.querySelectorAll("[data-grade]")) {
    button.addEventListener("click", () => grade(Number(button.dataset.grade)));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const writing = target instanceof HTMLInputElement && !target.readOnly;
    if (writing || target instanceof HTMLSelectElement) return;
    const onButton = target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
    if ((event.key === " " || event.key === "Enter") && onButton) return;
    const letter = event.key.toLowerCase();
    if (event.key === " " || event.key === "Enter") {
      if (state.shown) grade(3);
      else show();
    } else if (["1", "2", "3", "4"].includes(event.key)) grade(Number(event.key));
    else if (letter === "n" || event.key === "ArrowRight") go(state.at + 1);
    else if (letter === "p" || event.key === "ArrowLeft") go(state.done ? state.at : state.at - 1);
    else if (letter === "h") hint();
    else if (letter === "s") { toggle(byId("shuffle")); choose(); }
    else if (letter === "r" && state.done) choose();
    else return;
    event.preventDefault();
  });
  choose();
})();
