"use strict";
// The panel, the note card, keys, and the page's state in the URL. Words from the vault reach the document
// as text nodes only; the only addresses made from them are percent-encoded obsidian:// links.
(() => {
  const { KINDS, KIND_NAMES } = VK.model;
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const model = VK.model.decode(data, data.foldAbove);
  let detailsRead = null;
  /** What cards say; nothing while the browser still reads it, which comes last in the page. */
  const details = () => (document.readyState === "loading" ? {} : (detailsRead ??= JSON.parse(document.getElementById("details-data").textContent)));

  const panel = document.getElementById("panel");
  const card = document.getElementById("card");
  const tools = document.getElementById("tools");
  const root = document.getElementById("stage");
  const SVG = "http://www.w3.org/2000/svg";
  let format = null; // made when it is first asked for: it takes as long as half of this file
  const number = (value) => (format ??= new Intl.NumberFormat("en").format)(value);
  const plural = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;
  // A vault of pictures alone shows them.
  const START_HIDDEN = model.kind.some((kind) => !VK.model.HIDDEN_AT_FIRST.includes(KINDS[kind])) ? VK.model.HIDDEN_AT_FIRST : [];

  function h(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "class") element.className = value;
      else if (key === "style") Object.assign(element.style, value);
      else if (key in element && !key.includes("-") && key !== "list") element[key] = value;
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  function icon(...paths) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    for (const d of paths) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", d);
      svg.append(path);
    }
    return svg;
  }

  const ICONS = {
    plus: ["M8 3v10M3 8h10"], minus: ["M3 8h10"], fit: ["M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"],
    label: ["M3 4V3h10v1M8 3v10M6 13h4"], flag: ["M4 14V2.5M4 3h8l-2 2.7L12 8.5H4"],
    theme: ["M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z"], help: ["M6 6a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.6M8 12v.3"], close: ["m4 4 8 8M12 4l-8 8"],
  };

  // ---- state
  const state = {
    filters: { hiddenKinds: START_HIDDEN.slice(), folder: null, tags: [], communities: [], rules: [], degree: 0, until: null, local: null },
    query: "",
    finding: -1,
    path: null,
    theme: "",
  };
  const forced = matchMedia("(forced-colors: active)");
  const darkScheme = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (state.theme ? state.theme === "dark" : darkScheme.matches);

  const stage = VK.stage.create(root, model, {
    click(node) {
      return node >= 0 ? choose(node, {}) : select(node);
    },
    open(node) {
      if (KINDS[model.kind[node]] === "community") openCommunity(node);
      else localAround(node);
    },
  });
  let steps = []; // findings in stepping order: indexes into data.findings
  let listFrom = 0;
  let listed = [];
  let picking = null;

  function announce(text) {
    document.getElementById("announce").textContent = text;
  }

  function recolour() {
    if (state.theme) document.documentElement.dataset.theme = state.theme;
    else delete document.documentElement.dataset.theme;
    stage.state.colours = VK.paint.theme(isDark(), forced.matches);
    stage.refresh();
  }

  /** All that has a colour of its own, anew: after a change of theme or of what colours show. */
  function redraw() {
    stage.refresh();
    drawPanel();
    keeping(drawResults);
    if (!card.hidden) redrawCard();
  }

  function redrawCard() {
    const focusable = () => [...card.querySelectorAll("h2, button, a")];
    const [at, top] = [focusable().indexOf(document.activeElement), card.scrollTop];
    drawCard(stage.state.selected, state.finding);
    if (at >= 0) focusable()[at]?.focus({ preventScroll: true });
    card.scrollTop = top;
  }

  // ---- filters
  function refilter({ fit = false, write = true } = {}) {
    const wasEmpty = !stage.state.shown.includes(1);
    stage.state.shown = VK.model.visible(model, state.filters);
    stage.state.rules = new Set(state.filters.rules);
    if (stage.state.selected >= 0 && !stage.state.shown[stage.state.selected]) select(-1);
    stepsFor();
    stage.refresh();
    research(false);
    drawPanel();
    if (fit || wasEmpty) stage.fit(null);
    if (write) writeHash();
  }

  function stepsFor() {
    const order = { error: 0, warning: 1, info: 2 };
    const rules = new Set(state.filters.rules);
    steps = [];
    (data.findings || []).forEach(([node, code], at) => {
      if (stage.state.shown[node] && (!rules.size || rules.has(code))) steps.push(at);
    });
    steps.sort((a, b) => order[data.rules[data.findings[a][1]].severity] - order[data.rules[data.findings[b][1]].severity] || a - b);
  }

  function stepFinding(by) {
    if (!steps.length) return announce("No findings among what is shown");
    const at = steps.indexOf(state.finding);
    const next = at < 0 ? (by > 0 ? 0 : steps.length - 1) : (at + by + steps.length) % steps.length;
    state.finding = steps[next];
    const [node, code, message, line] = data.findings[state.finding];
    select(node, { centre: true, finding: state.finding });
    announce(`Finding ${next + 1} of ${steps.length}: ${data.rules[code].severity}, ${message}, in ${model.labels[node]}, line ${line}`);
    keeping(drawFindings);
  }

  // ---- selection
  function select(node, { centre = false, finding = -1, quiet = false } = {}) {
    if (node >= 0 && model.folded && !stage.state.shown[node] && model.community[node] >= 0) {
      state.filters.communities = [model.community[node]];
      refilter({ write: false });
    }
    stage.state.selected = node;
    if (node < 0) {
      stage.state.emphasis = resting();
      card.hidden = true;
    } else {
      if (!stage.state.shown[node]) {
        stage.state.shown = stage.state.shown.slice();
        stage.state.shown[node] = 1;
        stage.refresh();
      }
      if (!state.path) stage.state.emphasis = null;
      drawCard(node, finding);
    }
    insets();
    if (centre && node >= 0) stage.centre(node);
    stage.invalidate();
    if (isBuilt) keeping(drawLinks);
    if (!quiet) writeHash();
  }

  /** What stands out while nothing is selected: a path, or what answers to the search. */
  const resting = () => state.path || (state.query.trim() ? { nodes: new Set(found), links: "between", centre: -1 } : null);

  /** A node was pointed at, on the map or in a list. */
  const choose = (node, how = { centre: true }) => (picking ? picked(node) : select(node, how));

  const insets = () => stage.cover(!card.hidden);

  function openCommunity(node) {
    state.filters.communities = [model.community[node]];
    select(-1);
    refilter({ fit: true });
    announce(`${model.names[node]}, ${plural(data.communities[model.community[node]][3], "node")}`);
  }

  function localAround(node, depth = state.filters.local?.depth || 1) {
    state.filters.local = { node, depth };
    refilter();
    select(node);
    stage.fit(null);
    announce(`Local graph of ${model.labels[node]}, ${plural(depth, "link")} deep`);
  }

  // ---- search
  let found = [];
  function research(fly = true) {
    const query = state.query.trim();
    // What is folded can be found all the same.
    found = query ? VK.model.search(model, query, model.folded ? null : stage.state.shown) : [];
    if (stage.state.selected < 0) stage.state.emphasis = resting();
    stage.invalidate();
    keeping(drawResults);
    if (fly && query) announce(plural(found.length, "result"));
  }

  // ---- path
  function findPath(from, to) {
    const nodes = VK.model.pathBetween(model, from, to, stage.state.shown);
    state.path = nodes ? { nodes: new Set(nodes), links: "path", path: nodes, centre: -1 } : null;
    pathEnds.result = nodes;
    if (nodes) {
      stage.state.selected = -1;
      card.hidden = true;
      insets();
      stage.state.emphasis = state.path;
      stage.fit(nodes, { closest: 1.4 });
      announce(`Path of ${plural(nodes.length - 1, "link")}: ${nodes.map((node) => model.labels[node]).join(", ")}`);
    } else {
      stage.state.emphasis = resting();
      announce("No path among what is shown");
    }
    stage.invalidate();
    writeHash();
    drawPath();
  }
  const pathEnds = { from: -1, to: -1, result: undefined };

  function clearPath() {
    state.path = null;
    Object.assign(pathEnds, { from: -1, to: -1, result: undefined });
    stage.state.emphasis = resting();
    stage.invalidate();
    drawPath();
    writeHash();
  }

  function picked(node) {
    pathEnds[picking] = node;
    picking = null;
    if (pathEnds.from >= 0 && pathEnds.to >= 0) findPath(pathEnds.from, pathEnds.to);
    else drawPath();
  }

  // ---- panel
  const parts = {
    summary: panel.querySelector(".summary"),
    search: document.getElementById("search"),
    results: document.getElementById("results"),
    filters: panel.querySelector(".filters"),
    folded: document.getElementById("folded"),
  };
  parts.search.addEventListener("input", () => {
    state.query = parts.search.value;
    if (stage.state.selected >= 0) select(-1, { quiet: true });
    research();
    writeHash();
  });
  parts.search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && found.length) { event.preventDefault(); choose(found[0]); }
    if (event.key === "ArrowDown") { event.preventDefault(); parts.results.querySelector("button")?.focus(); }
  });
  parts.results.addEventListener("keydown", listKeys);
  panel.querySelector(".more").addEventListener("click", (event) => {
    build();
    event.currentTarget.setAttribute("aria-expanded", String(panel.classList.toggle("wide")));
  });

  function section(key, title, { open = false, count = null } = {}) {
    const body = h("div", { class: "body" });
    const tally = h("span", { class: "count" }, count ?? "");
    const element = h("details", { open }, h("summary", {}, title, tally), body);
    parts[key] = { element, body, tally };
    return element;
  }

  function swatch(kind, colour) {
    const colours = stage.state.colours;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "swatch");
    svg.setAttribute("viewBox", "0 0 14 14");
    svg.setAttribute("aria-hidden", "true");
    const shapes = { canvas: "M7 1 13 7 7 13 1 7Z", base: "M7 1.5 13 12H1Z", tag: "M4 1.8h6L13 7l-3 5.2H4L1 7Z" };
    let shape;
    if (shapes[kind]) {
      shape = document.createElementNS(SVG, "path");
      shape.setAttribute("d", shapes[kind]);
    } else if (["note", "unresolved", "community"].includes(kind)) {
      shape = document.createElementNS(SVG, "circle");
      for (const [name, value] of [["cx", 7], ["cy", 7], ["r", 5.2]]) shape.setAttribute(name, value);
    } else {
      shape = document.createElementNS(SVG, "rect");
      for (const [name, value] of [["x", 2], ["y", 2], ["width", 10], ["height", 10]]) shape.setAttribute(name, value);
    }
    if (VK.paint.hollow(kind)) {
      shape.setAttribute("fill", "none");
      shape.setAttribute("stroke", colours.ghost);
      shape.setAttribute("stroke-width", "1.4");
      shape.setAttribute("stroke-dasharray", "2.4 1.8");
    } else shape.setAttribute("fill", colour || colours.community[0]);
    svg.append(shape);
    return svg;
  }

  const communityColour = (at) => stage.state.colours.community[data.communities[at][1] % stage.state.colours.community.length];

  function row(label, { count, lead, pressed, onclick, title, off, indent = 0, current }) {
    return h("li", {}, h("button", { type: "button", class: "row" + (off ? " off" : ""), "aria-pressed": pressed === undefined ? null : String(pressed), "aria-current": current ? "true" : null, onclick, title: title || null, style: indent ? { paddingLeft: 8 + indent * 14 + "px" } : null },
      lead || null, h("span", { class: "name", dir: "auto" }, label), count === undefined ? null : h("span", { class: "count" }, typeof count === "number" ? number(count) : count)));
  }

  function toggle(list, value) {
    const at = list.indexOf(value);
    if (at < 0) list.push(value);
    else list.splice(at, 1);
  }

  /** The panel, the tools and the labels. The first picture does not wait for them; whatever needs them asks first. */
  function build() {
    if (isBuilt) return;
    isBuilt = true;
    panel.hidden = tools.hidden = false;
    if (data.findings) panel.append(section("findings", "Findings", { open: true }));
    panel.append(section("kinds", "Legend", { open: true }));
    if (data.communities.length) panel.append(section("communities", "Communities"));
    if (data.bridges) panel.append(section("bridges", "Bridges"));
    panel.append(section("folders", "Folders"));
    if (model.kind.includes(KINDS.indexOf("tag"))) panel.append(section("tags", "Tags"));
    panel.append(section("links", "Links and depth"));
    panel.append(section("path", "Path between two notes"));
    if (model.time.size > 1) panel.append(section("time", "Time"));
    panel.append(section("list", "List"));
    panel.append(section("views", "Views and export"));
    for (const remark of data.remarks || []) panel.append(h("p", { class: "remark" }, remark));
    parts.list.element.addEventListener("toggle", drawList);
    parts.folders.element.addEventListener("toggle", drawFolders);
    parts.tags?.element.addEventListener("toggle", drawTags);
    buildTools();
    stepsFor();
    drawPanel();
    if (!model.count) parts.summary.textContent = "This vault has no notes yet.";
    stage.adorn();
    if (document.documentElement.dataset.version) recall();
  }
  let isBuilt = false;

  function listKeys(event) {
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    const list = event.currentTarget;
    const isList = list.id === "list";
    const all = [...list.querySelectorAll("button")];
    const count = isList ? listed.length : all.length;
    const at = isList ? Number(document.activeElement.dataset.at ?? -1) : all.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
    event.preventDefault();
    event.stopPropagation();
    if (next < 0) return parts.search.focus();
    if (isList) drawRows(list, next);
    return list.querySelectorAll("button")[Math.min(next, count - 1) - (isList ? listFrom : 0)]?.focus();
  }

  const FOCUSABLE = "button, input, select, summary";
  /** Draws a part of the panel anew, and leaves the focus and each list's scroll where they were. */
  function keeping(draw) {
    const active = panel.contains(document.activeElement) ? document.activeElement : null;
    const home = active?.closest("details, .filters, #found");
    const at = home ? [...home.querySelectorAll(FOCUSABLE)].indexOf(active) : -1;
    const scrolled = [...panel.querySelectorAll("details .scroll")].map((list) => [list.closest("details"), list.scrollTop]);
    draw();
    for (const [section, top] of scrolled) {
      const list = section.querySelector(".scroll");
      if (list && top && !list.scrollTop) list.scrollTop = top;
    }
    if (home && !active.isConnected) {
      const all = home.hidden ? [] : home.querySelectorAll(FOCUSABLE);
      (all[Math.min(at, all.length - 1)] ?? parts.search).focus({ preventScroll: true });
    }
  }

  function drawPanel() {
    keeping(drawNow);
  }

  function drawNow() {
    const { shown } = stage.state;
    let notes = 0, links = 0, all = 0;
    for (let i = 0; i < model.count; i++) {
      all += model.kind[i] === 0;
      notes += shown[i] && model.kind[i] === 0;
    }
    for (let i = 0; i < model.links; i++) links += model.folded ? model.edgeKind[i] < VK.model.TAG_EDGE : shown[model.source[i]] && shown[model.target[i]];
    parts.folded.hidden = !model.folded;
    parts.folded.textContent = model.folded ? `${number(model.folded)} nodes are folded into ${plural(stage.state.shown.reduce((a, b) => a + b, 0), "community", "communities")}; open one with a double click, or narrow the map. Notes without links are in none.` : "";
    if (model.folded) notes = all;
    parts.summary.textContent = (notes === all ? plural(notes, "note") : `${number(notes)} of ${plural(all, "note")}`) + " · " + plural(links, "link");
    drawFilters();
    if (isBuilt) drawSections();
  }

  function drawSections() {
    drawKinds();
    drawFindings();
    drawCommunities();
    drawBridges();
    drawFolders();
    drawTags();
    drawLinks();
    drawEnds();
    drawTime();
    drawList();
    drawViews();
  }

  function drawFilters() {
    const chips = [];
    const { filters } = state;
    const chip = (text, clear) => chips.push(h("button", { type: "button", class: "chip", title: "Remove this filter", onclick: () => { clear(); refilter({ fit: true }); } }, h("span", { class: "name", dir: "auto" }, text), "×"));
    if (filters.local) chip(`Around ${model.labels[filters.local.node]}`, () => (filters.local = null));
    if (filters.folder !== null) chip(filters.folder || "Vault root", () => (filters.folder = null));
    for (const tag of filters.tags) chip(model.labels[tag], () => toggle(filters.tags, tag));
    for (const at of filters.communities) chip(data.communities[at][0], () => toggle(filters.communities, at));
    for (const rule of filters.rules) chip(data.rules[rule].name, () => toggle(filters.rules, rule));
    if (filters.degree) chip(`at least ${plural(filters.degree, "link")}`, () => (filters.degree = 0));
    if (filters.until !== null) chip(`until ${dayText(filters.until)}`, () => (filters.until = null));
    parts.filters.replaceChildren(...chips);
    parts.filters.hidden = !chips.length;
  }

  function drawKinds() {
    const counts = new Array(KINDS.length).fill(0);
    for (let i = 0; i < model.count; i++) counts[model.kind[i]]++;
    const rows = KINDS.filter((kind, at) => counts[at] && kind !== "community").map((kind) => {
      const off = state.filters.hiddenKinds.includes(kind);
      return h("li", {}, h("label", { class: "row" + (off ? " off" : "") },
        h("input", { type: "checkbox", checked: !off, onchange: () => { toggle(state.filters.hiddenKinds, kind); refilter(); } }),
        swatch(kind), h("span", { class: "name" }, KIND_NAMES[kind]), h("span", { class: "count" }, number(counts[KINDS.indexOf(kind)]))));
    });
    const marks = [];
    if (data.cards) {
      let all = 0, empty = 0;
      for (const cards of model.cards.values()) (all += cards.all), (empty += cards.empty);
      marks.push(h("li", {}, h("label", { class: "row" + (stage.state.showCards ? "" : " off") },
        h("input", { type: "checkbox", checked: stage.state.showCards, onchange: (event) => { stage.state.showCards = event.target.checked; stage.invalidate(); keeping(drawKinds); } }),
        cardSwatch(), h("span", { class: "name" }, "Flashcards"), h("span", { class: "count" }, `${number(all)}, ${number(empty)} empty`))));
    }
    if (data.findings) {
      marks.push(h("li", {}, h("label", { class: "row" + (stage.state.showFindings ? "" : " off") },
        h("input", { type: "checkbox", checked: stage.state.showFindings, onchange: (event) => { stage.state.showFindings = event.target.checked; stage.invalidate(); keeping(drawKinds); } }),
        h("span", { class: "dot", style: { background: stage.state.colours.error, margin: "0 2px" } }), h("span", { class: "name" }, "Findings"), h("span", { class: "count" }, number(data.findings.length)))));
    }
    const choices = [["community", "communities"], ["folder", "folders"]];
    if (data.groups) choices.push(["groups", "your groups in Obsidian"]);
    const colours = h("div", { class: "pair" }, h("label", { htmlFor: "colour-by" }, "Colours show"),
      h("select", { id: "colour-by", onchange: (event) => colourBy(event.target.value) }, ...choices.map(([value, label]) => h("option", { value, selected: model.colourBy === value }, label))));
    parts.kinds.body.replaceChildren(h("ul", { class: "rows" }, ...rows, ...marks), colours);
  }

  function colourBy(what) {
    model.colourBy = what;
    redraw();
    writeHash();
    document.getElementById("colour-by").focus();
  }

  function cardSwatch() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "swatch");
    svg.setAttribute("viewBox", "0 0 14 14");
    svg.setAttribute("aria-hidden", "true");
    for (const [d, colour] of [["M7 1.5a5.5 5.5 0 1 1-5.5 5.5", stage.state.colours.answered], ["M1.5 7A5.5 5.5 0 0 1 7 1.5", stage.state.colours.empty]]) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", d);
      path.setAttribute("fill", "none");
      path.setAttribute("stroke", colour);
      path.setAttribute("stroke-width", "2.2");
      svg.append(path);
    }
    return svg;
  }

  const MARK = { error: "!", warning: "!", info: "i" };
  const severityMark = (severity) => h("span", { class: `severity ${severity}`, role: "img", "aria-label": severity }, MARK[severity]);

  function drawFindings() {
    if (!parts.findings) return;
    const counts = {};
    for (const [, code] of data.findings) counts[code] = (counts[code] || 0) + 1;
    const order = { error: 0, warning: 1, info: 2 };
    const codes = Object.keys(counts).sort((a, b) => order[data.rules[a].severity] - order[data.rules[b].severity] || counts[b] - counts[a] || a.localeCompare(b));
    const at = steps.indexOf(state.finding);
    parts.findings.tally.textContent = number(data.findings.length);
    parts.findings.body.replaceChildren(
      h("ul", { class: "rows scroll" }, ...codes.map((code) => row(data.rules[code].name.replaceAll("-", " "), {
        count: counts[code], lead: severityMark(data.rules[code].severity), pressed: state.filters.rules.includes(code), title: code,
        onclick: () => { toggle(state.filters.rules, code); state.finding = -1; refilter({ fit: true }); },
      }))),
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "plain", onclick: () => stepFinding(-1) }, "Previous ", h("kbd", {}, "p")),
        h("button", { type: "button", class: "plain", onclick: () => stepFinding(1) }, "Next ", h("kbd", {}, "n")),
        h("span", { class: "count", style: { alignSelf: "center" } }, at < 0 ? "" : `${number(at + 1)} of ${number(steps.length)}`)),
    );
  }

  function drawCommunities() {
    if (!parts.communities) return;
    parts.communities.tally.textContent = number(data.communities.filter(([, , , size]) => size > 2).length);
    parts.communities.body.replaceChildren(h("ul", { class: "rows scroll" }, ...data.communities.slice(0, 60).filter(([, , , size]) => size > 2).map(([name, , , size], at) =>
      row(name, { count: size, lead: h("span", { class: "dot", style: { background: communityColour(at) } }), pressed: state.filters.communities.includes(at),
        onclick: () => { toggle(state.filters.communities, at); refilter({ fit: true }); } }))));
  }

  const holds = (notes) => `holds ${plural(notes, "note")}`;
  function drawBridges() {
    if (!parts.bridges) return;
    parts.bridges.tally.textContent = number(data.bridges.length);
    parts.bridges.body.replaceChildren(
      h("p", { class: "hint" }, "Without one of these, a part of the vault would come off."),
      h("ul", { class: "rows scroll", id: "bridges" }, ...data.bridges.map(([node, notes]) => nodeRow(node, holds(notes)))));
  }

  function drawFolders() {
    const { body, element, tally } = parts.folders;
    if (!parts.folderCounts) {
      const counts = new Map();
      for (let i = 0; i < model.count; i++) {
        if (KINDS[model.kind[i]] !== "note") continue;
        let folder = data.folders[model.folder[i]];
        for (;;) {
          counts.set(folder, (counts.get(folder) || 0) + 1);
          if (!folder) break;
          folder = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
        }
      }
      parts.folderCounts = [...counts].filter(([folder]) => folder).sort(([a], [b]) => (a < b ? -1 : 1));
      tally.textContent = number(parts.folderCounts.length);
    }
    if (!element.open) return;
    const chosen = state.filters.folder;
    const inside = (folder) => !folder.includes("/") || (chosen !== null && (folder === chosen || folder.slice(0, folder.lastIndexOf("/")) === chosen || chosen.startsWith(folder.slice(0, folder.lastIndexOf("/")) + "/")));
    body.replaceChildren(parts.folderCounts.length ? h("ul", { class: "rows scroll" }, ...parts.folderCounts.filter(([folder]) => inside(folder)).map(([folder, count]) =>
      row(folder.slice(folder.lastIndexOf("/") + 1), { count, indent: folder.split("/").length - 1, pressed: chosen === folder, title: folder,
        onclick: () => { state.filters.folder = chosen === folder ? null : folder; refilter({ fit: true }); } }))) : h("p", { class: "hint" }, "All notes lie in the vault's root."));
  }

  function drawTags() {
    if (!parts.tags) return;
    const { body, element, tally } = parts.tags;
    tally.textContent ||= number(model.kind.reduce((sum, kind) => sum + (KINDS[kind] === "tag"), 0));
    if (!element.open) return;
    parts.tagCounts ??= VK.model.tagCounts(model);
    body.replaceChildren(h("ul", { class: "rows scroll" }, ...parts.tagCounts.slice(0, 300).map(([tag, count]) =>
      row(model.labels[tag], { count, pressed: state.filters.tags.includes(tag), onclick: () => { toggle(state.filters.tags, tag); refilter({ fit: true }); } }))),
    parts.tagCounts.length > 300 ? h("p", { class: "hint" }, `The 300 most used of ${number(parts.tagCounts.length)}; search with # finds the others.`) : "");
  }

  function drawLinks() {
    const { local, degree } = state.filters;
    const base = stage.state.selected >= 0 ? stage.state.selected : local?.node ?? -1;
    parts.links.body.replaceChildren(
      h("div", { class: "pair" }, h("label", { htmlFor: "degree" }, `At least ${plural(degree, "link")}`),
        h("input", { id: "degree", type: "range", min: 0, max: 20, value: degree, onchange: (event) => { state.filters.degree = Number(event.target.value); refilter(); document.getElementById("degree")?.focus(); } })),
      h("div", { class: "pair" }, h("label", { htmlFor: "depth" }, local ? `${plural(local.depth, "link")} around` : "Local depth"),
        h("input", { id: "depth", type: "range", min: 1, max: 5, value: local?.depth || 1, disabled: !local, onchange: (event) => { localAround(local.node, Number(event.target.value)); document.getElementById("depth")?.focus(); } })),
      h("div", { class: "buttons" }, local
        ? h("button", { type: "button", class: "plain", onclick: () => { state.filters.local = null; refilter({ fit: true }); } }, "Show the whole vault")
        : h("button", { type: "button", class: "plain", disabled: base < 0, onclick: () => localAround(base) }, "Local graph ", h("kbd", {}, "l"))),
    );
  }

  const drawPath = () => isBuilt && keeping(drawEnds);

  function drawEnds() {
    const end = (key, label) => {
      const options = h("datalist", { id: `path-${key}-names` });
      const input = h("input", { type: "text", id: `path-${key}`, "aria-label": label, placeholder: picking === key ? "Choose a note on the map…" : label, autocomplete: "off", value: pathEnds[key] >= 0 ? model.labels[pathEnds[key]] : "",
        oninput: () => options.replaceChildren(...VK.model.search(model, input.value, stage.state.shown).slice(0, 12).map((node) => h("option", { value: model.labels[node] }))),
        onchange: () => {
          const [best] = VK.model.search(model, input.value, stage.state.shown);
          if (best === undefined) return announce("No such note among what is shown");
          pathEnds[key] = best;
          if (pathEnds.from >= 0 && pathEnds.to >= 0) findPath(pathEnds.from, pathEnds.to);
        } });
      input.setAttribute("list", `path-${key}-names`);
      return h("div", { class: "pair" }, input, options, h("button", { type: "button", class: "plain", "aria-pressed": String(picking === key), title: "Choose on the map",
        onclick: () => {
          if (stage.state.selected >= 0) { picking = key; picked(stage.state.selected); } else { picking = picking === key ? null : key; drawPath(); }
        } }, "Pick"));
    };
    const result = pathEnds.result;
    const skipped = result === null ? [...VK.model.indexNotes(model)] : [];
    parts.path.body.replaceChildren(end("from", "From"), end("to", "To"),
      result ? h("ul", { class: "rows", id: "path-result" }, ...result.map((node) => row(model.labels[node], { lead: swatch(KINDS[model.kind[node]], VK.paint.colourOf(model, stage.state.colours, node)), onclick: () => select(node, { centre: true }) }))) : "",
      result === null ? h("p", { class: "hint", id: "path-result" }, skipped.length ? `No path, with index notes such as ${model.labels[skipped[0]]} left aside.` : "No path among what is shown.") : "",
      pathEnds.from >= 0 || pathEnds.to >= 0 ? h("div", { class: "buttons" }, h("button", { type: "button", class: "plain", onclick: clearPath }, "Clear")) : h("p", { class: "hint" }, "The shortest way along links. It does not run through index notes, which link to everything."));
  }

  const dayText = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
  let playing = 0;
  function drawTime() {
    if (!parts.time) return;
    const days = [...model.time.values()];
    const first = days.reduce((a, b) => Math.min(a, b)), last = days.reduce((a, b) => Math.max(a, b));
    if (!parts.timeInput) makeTime(first, last);
    parts.timeInput.value = state.filters.until ?? last;
    parts.timeLabel.textContent = state.filters.until === null ? `All, to ${dayText(last)}` : `Until ${dayText(state.filters.until)}`;
    parts.timePlay.textContent = playing ? "Pause" : "Play";
  }

  function makeTime(first, last) {
    const set = (day) => { state.filters.until = day >= last ? null : day; refilter({ write: !playing }); };
    parts.timeInput = h("input", { id: "until", type: "range", min: first, max: last, oninput: (event) => set(Number(event.target.value)) });
    parts.timeLabel = h("label", { htmlFor: "until" });
    parts.timePlay = h("button", { type: "button", class: "plain", onclick: () => {
      if (playing) { clearInterval(playing); playing = 0; return drawTime(); }
      let day = state.filters.until ?? first;
      const step = Math.max(1, Math.round((last - first) / 120));
      playing = setInterval(() => {
        day += step;
        if (day >= last) { clearInterval(playing); playing = 0; }
        set(Math.min(day, last));
      }, 100);
      drawTime();
    } });
    const without = model.count && [...model.kind].reduce((sum, kind, i) => sum + (kind === 0 && !model.time.has(i)), 0);
    parts.time.body.replaceChildren(h("div", { class: "pair" }, parts.timeLabel), h("div", { class: "pair" }, parts.timeInput), h("div", { class: "buttons" }, parts.timePlay),
      without ? h("p", { class: "hint" }, `${plural(without, "note")} without a date ${without === 1 ? "shows" : "show"} only at the end.`) : "");
  }

  function drawResults() {
    const box = document.getElementById("found");
    box.hidden = !state.query.trim();
    parts.results.replaceChildren(...found.slice(0, 40).map(nodeRow));
    if (state.query.trim() && found.length !== 0 && found.length > 40) parts.results.append(h("li", { class: "hint" }, `and ${number(found.length - 40)} more`));
    if (state.query.trim() && !found.length) {
      const hidden = VK.model.search(model, state.query, null).filter((node) => KINDS[model.kind[node]] !== "community").length;
      parts.results.append(h("li", { class: "hint" }, hidden ? `Nothing shown answers to that, but ${number(hidden)} that ${hidden === 1 ? "is" : "are"} hidden.` : "Nothing shown answers to that."));
    }
  }

  const nodeRow = (node, count) => {
    const element = row(model.names[node], { count: typeof count === "string" && count ? count : undefined, lead: swatch(KINDS[model.kind[node]], VK.paint.colourOf(model, stage.state.colours, node)), onclick: () => choose(node), title: VK.model.path(model, node) });
    element.firstChild.addEventListener("focus", () => { stage.state.focused = node; stage.invalidate(); });
    element.firstChild.addEventListener("blur", () => { stage.state.focused = -1; stage.invalidate(); });
    return element;
  };

  const WHOLE = 500; // rows that are all in the document; longer lists hold those in sight, and grow as they are walked
  const ROW = 28; // pixels
  const AROUND = 60; // rows kept above and below those in sight
  function drawList() {
    const { body, element, tally } = parts.list;
    listed = model.order.filter((i) => stage.state.shown[i]);
    tally.textContent = number(listed.length);
    if (!element.open) return body.replaceChildren();
    const list = h("ul", { class: "rows", id: "list", "aria-label": "What the map shows, most linked first", onkeydown: listKeys });
    listFrom = -1;
    body.replaceChildren(h("div", { class: "scroll", onscroll: () => drawRows(list) }, list));
    return drawRows(list);
  }

  /** The rows in sight; what is above and below is room. Each says which of how many it is. */
  function drawRows(list, at = Math.floor(list.parentElement.scrollTop / ROW)) {
    const from = listed.length > WHOLE ? Math.max(0, Math.min(at - AROUND, listed.length - 2 * AROUND)) : 0;
    if (listFrom >= 0 && Math.abs(from - listFrom) < AROUND / 2) return;
    const active = list.contains(document.activeElement) ? Number(document.activeElement.dataset.at) : -1;
    listFrom = from;
    const until = listed.length > WHOLE ? Math.min(listed.length, from + 3 * AROUND) : listed.length;
    const rows = [];
    for (let i = from; i < until; i++) {
      const element = nodeRow(listed[i]);
      element.setAttribute("aria-setsize", listed.length);
      element.setAttribute("aria-posinset", i + 1);
      element.firstChild.dataset.at = i;
      rows.push(element);
    }
    list.style.paddingTop = from * ROW + "px";
    list.style.paddingBottom = (listed.length - until) * ROW + "px";
    list.replaceChildren(...rows);
    if (active >= from && active < until) rows[active - from].firstChild.focus({ preventScroll: true });
  }

  function saveView(event) {
    event.preventDefault(); // a form, so that Enter saves; it leads nowhere, and the page's policy would not let it
    const name = document.getElementById("view-name").value.trim() || "My view";
    VK.exports.save(`${name.replace(/[\\/:*?"<>|\s]+/g, " ").trim() || "view"}.view.json`, new Blob([JSON.stringify({ name, hash: hashText() }, null, 2) + "\n"], { type: "application/json" }));
    announce(`Saved the view ${name}`);
  }

  function drawViews() {
    const views = data.views || [];
    parts.views.body.replaceChildren(
      views.length ? h("ul", { class: "rows" }, ...views.map((view) => row(view.name, { onclick: () => readHash(view.hash, true) }))) : "",
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "plain", onclick: () => VK.exports.png(stage, model, data) }, "PNG"),
        h("button", { type: "button", class: "plain", onclick: () => VK.exports.svg(stage, model, data) }, "SVG"),
        h("button", { type: "button", class: "plain", onclick: () => print() }, "Print")),
      h("form", { class: "pair", onsubmit: saveView }, h("input", { type: "text", id: "view-name", "aria-label": "Name of the view", placeholder: "Name this view", autocomplete: "off", maxLength: 80 }), h("button", { class: "plain" }, "Save view")),
      h("p", { class: "hint" }, "The address holds what is chosen here; a bookmark is a view."));
  }

  // ---- note card
  const MOST_FINDINGS = 60; // in the card at a time; a note can have thousands
  function drawCard(node, current = -1) {
    const kind = KINDS[model.kind[node]];
    const path = VK.model.path(model, node);
    const isFile = !["tag", "unresolved", "missing", "community"].includes(kind);
    const folder = isFile ? data.folders[model.folder[node]] : "";
    const kindName = { note: "Note", unresolved: "Linked, not yet written", missing: "Missing file", tag: "Tag", image: "Picture", pdf: "PDF", audio: "Sound", video: "Video", other: "File", canvas: "Canvas", base: "Base", community: `Community of ${plural(data.communities[model.community[node]]?.[3] ?? 0, "node")}` }[kind];
    const content = [
      h("header", {}, h("h2", { tabIndex: -1, dir: "auto" }, model.names[node]), h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => { select(-1); root.focus(); } }, icon(...ICONS.close))),
      h("p", { class: "where" }, swatch(kind, VK.paint.colourOf(model, stage.state.colours, node)), h("span", {}, kindName + (folder ? ` in ${folder}` : "") + (model.time.has(node) ? ` · ${dayText(model.time.get(node))}` : ""))),
    ];
    if (model.names[node] !== model.labels[node]) content.push(h("p", { class: "where" }, `Written as ${model.labels[node]}`));
    const bridge = (data.bridges || []).find(([at]) => at === node);
    if (bridge) content.push(h("p", { class: "where" }, `A bridge: ${holds(bridge[1])} to the rest of the vault`));
    const aliases = model.aliases.get(node);
    if (aliases) content.push(h("p", { class: "where" }, "Also: " + aliases.join(", ")));
    const { previews, thumbs, uses, headings, suggested } = details();
    if (previews?.[node]) content.push(h("p", { class: "preview", dir: "auto" }, previews[node]));
    const pictures = [node, ...VK.model.neighbours(model, node, "out")].filter((other) => thumbs?.[other]).slice(0, 6);
    if (pictures.length) content.push(h("div", { class: "thumbs" }, ...pictures.map((other) => h("button", { type: "button", title: model.labels[other], onclick: () => choose(other) }, h("img", { src: thumbs[other], alt: model.labels[other] })))));
    const tags = VK.model.tagsOf(model, node);
    if (kind === "note" && tags.length) content.push(h("div", { class: "chips" }, ...tags.map((tag) => h("button", { type: "button", class: "chip", onclick: () => { state.filters.tags = [tag]; refilter({ fit: true }); } }, h("span", { class: "name", dir: "auto" }, model.labels[tag])))));
    const actions = [];
    if (isFile) {
      actions.push(h("a", { class: "open", href: `obsidian://open?vault=${encode(data.vault)}&file=${encode(path)}`, rel: "noreferrer" }, "Open in Obsidian"));
    }
    if (kind === "community") actions.push(h("button", { type: "button", class: "plain", onclick: () => openCommunity(node) }, "Open it"));
    else actions.push(h("button", { type: "button", class: "plain", onclick: () => localAround(node) }, "Local graph"));
    if (kind !== "community") actions.push(h("button", { type: "button", class: "plain", onclick: () => {
      build();
      parts.path.element.open = true;
      pathEnds.from = node;
      picking = "to";
      drawPath();
      announce("Choose the note at the other end");
    } }, "Path from here"));
    content.push(h("div", { class: "actions" }, ...actions));
    const findings = model.findingsOf.get(node) || [];
    if (findings.length) {
      const from = Math.max(0, Math.min(findings.indexOf(current) - 5, findings.length - MOST_FINDINGS));
      const listed = findings.slice(from, from + MOST_FINDINGS);
      content.push(h("h3", {}, plural(findings.length, "finding") + (listed.length < findings.length ? `, ${number(from + 1)} to ${number(from + listed.length)}` : "")), h("div", { class: "rows" }, ...listed.map((at) => {
        const [, code, message, line] = data.findings[at];
        return h("div", { class: "finding" + (at === current ? " current" : "") }, severityMark(data.rules[code].severity), h("p", {}, message, h("span", { class: "count" }, `${line ? `line ${line} · ` : ""}${code} ${data.rules[code].name}`)));
      })));
    }
    const cards = model.cards.get(node);
    if (cards) {
      content.push(h("h3", {}, `${plural(cards.all, "card")}${cards.empty ? `, ${number(cards.empty)} with an empty side` : ""}`),
        h("div", { class: "bar" }, h("span", { style: { width: `${(100 * cards.empty) / cards.all}%`, background: "var(--empty)" } }), h("span", { style: { width: `${(100 * (cards.all - cards.empty)) / cards.all}%`, background: "var(--answered)" } })));
    }
    const bundle = (title, nodes, say = () => "") => {
      if (!nodes.length) return;
      nodes.sort((a, b) => model.rank[b] - model.rank[a] || a - b);
      content.push(h("h3", {}, title), h("ul", { class: "rows" }, ...nodes.slice(0, 40).map((other) => nodeRow(other, say(other))), nodes.length > 40 ? h("li", { class: "hint" }, `and ${number(nodes.length - 40)} more`) : ""));
    };
    if (headings?.[node]) {
      content.push(h("h3", {}, "Headings"), h("ul", { class: "rows outline" }, ...headings[node].map(([level, text]) => h("li", { class: "hint", dir: "auto", style: { paddingInlineStart: (level - 1) * 12 + "px" } }, text))));
    }
    if (uses?.[node]) {
      const places = uses[node];
      content.push(h("h3", {}, `Named in ${plural(places.length, "place")}`), h("ul", { class: "rows" }, ...places.slice(0, 40).map(([source, line]) =>
        row(model.labels[source], { count: line ? `line ${number(line)}` : "property", onclick: () => select(source, { centre: true }) })), places.length > 40 ? h("li", { class: "hint" }, `and ${number(places.length - 40)} more`) : ""));
    } else {
      const into = [...VK.model.neighbours(model, node, "in", kind === "tag")];
      bundle(kind === "tag" ? `On ${plural(into.length, "note")}` : plural(into.length, "backlink"), into, (other) => VK.model.propertiesBetween(model, other, node).join(", "));
    }
    const out = [...VK.model.neighbours(model, node, "out")];
    bundle(plural(out.length, "outgoing link"), out, (other) => VK.model.propertiesBetween(model, node, other).join(", "));
    if (suggested?.[node]) {
      content.push(h("h3", {}, "Could link to"), h("ul", { class: "rows", id: "suggested" }, ...suggested[node].map(([other, line, reason]) => {
        const element = nodeRow(other, line ? `line ${number(line)}` : "tag");
        element.append(h("span", { class: "why" }, reason));
        return element;
      })));
    }
    const related = kind === "note" ? VK.model.related(model, node) : [];
    if (related.length) {
      content.push(h("h3", {}, "Related, without a link"), h("ul", { class: "rows" }, ...related.map(({ node: other, through }) => {
        const element = nodeRow(other, `through ${number(through.length)}`);
        element.firstChild.title = `Through ${through.slice(0, 5).map((middle) => model.names[middle]).join(", ")}`;
        return element;
      })));
    }
    card.replaceChildren(...content);
    card.hidden = false;
    card.scrollTop = 0;
    card.querySelector(".finding.current")?.scrollIntoView({ block: "nearest" });
  }

  const encode = (text) => encodeURIComponent(text.isWellFormed?.() === false ? text.toWellFormed() : text);

  // ---- address
  function hashText() {
    const { filters } = state;
    const words = new URLSearchParams();
    if (stage.state.selected >= 0) words.set("node", VK.model.path(model, stage.state.selected));
    if (state.query) words.set("q", state.query);
    const same = filters.hiddenKinds.length === START_HIDDEN.length && START_HIDDEN.every((kind) => filters.hiddenKinds.includes(kind));
    if (!same) words.set("hide", filters.hiddenKinds.join(","));
    if (filters.folder !== null) words.set("folder", filters.folder);
    if (filters.tags.length) words.set("tags", filters.tags.map((tag) => model.labels[tag]).join(","));
    if (filters.communities.length) words.set("communities", filters.communities.map((at) => VK.model.path(model, data.communities[at][2])).join("|"));
    if (filters.rules.length) words.set("rules", filters.rules.join(","));
    if (filters.degree) words.set("degree", filters.degree);
    if (filters.until !== null) words.set("until", dayText(filters.until));
    if (filters.local) words.set("local", VK.model.path(model, filters.local.node)), words.set("depth", filters.local.depth);
    if (pathEnds.result) words.set("from", VK.model.path(model, pathEnds.from)), words.set("to", VK.model.path(model, pathEnds.to));
    if (model.colourBy !== "community") words.set("colour", model.colourBy);
    if (state.theme) words.set("theme", state.theme);
    return words.toString();
  }

  let written = "";
  function writeHash() {
    written = hashText();
    try {
      history.replaceState(null, "", written ? "#" + written : location.pathname + location.search);
    } catch (error) {
      if (error.name !== "SecurityError") throw error; // too many changes a second; the next one is written
    }
  }

  function nodeAt(path) {
    if (path === null) return -1;
    nodeAt.index ??= new Map(Array.from({ length: model.count }, (_, i) => [VK.model.path(model, i), i]));
    return nodeAt.index.get(path) ?? nodeAt.index.get(path + ".md") ?? model.labels.indexOf(path);
  }

  function readHash(text, fly) {
    const words = new URLSearchParams(text);
    const named = words.get("view") && (data.views || []).find((view) => view.name === words.get("view"));
    if (named) return readHash(named.hash, fly);
    const { filters } = state;
    const list = (key) => (words.get(key) || "").split(",").filter(Boolean);
    state.query = words.get("q") || "";
    parts.search.value = state.query;
    filters.hiddenKinds = words.has("hide") ? list("hide").filter((kind) => KINDS.includes(kind)) : START_HIDDEN.slice();
    filters.folder = words.get("folder");
    filters.tags = list("tags").map((tag) => nodeAt(tag)).filter((node) => node >= 0 && KINDS[model.kind[node]] === "tag");
    const hubs = (words.get("communities") || "").split("|").filter(Boolean).map(nodeAt);
    filters.communities = data.communities.map(([, , hub], at) => (hubs.includes(hub) ? at : -1)).filter((at) => at >= 0);
    filters.rules = list("rules").filter((code) => data.rules?.[code]);
    filters.degree = Math.max(0, Number(words.get("degree")) || 0);
    const until = Date.parse(words.get("until") || "") / 864e5;
    filters.until = Number.isFinite(until) ? Math.floor(until) : null;
    const local = nodeAt(words.get("local"));
    filters.local = local >= 0 ? { node: local, depth: Math.min(9, Math.max(1, Number(words.get("depth")) || 1)) } : null;
    model.colourBy = ["folder", ...(data.groups ? ["groups"] : [])].includes(words.get("colour")) ? words.get("colour") : "community";
    state.theme = ["light", "dark"].includes(words.get("theme")) ? words.get("theme") : "";
    recolour();
    refilter({ write: false });
    insets();
    stage.fit(null, { fly });
    const from = nodeAt(words.get("from")), to = nodeAt(words.get("to"));
    if (from >= 0 && to >= 0) {
      Object.assign(pathEnds, { from, to });
      findPath(from, to);
    }
    const node = nodeAt(words.get("node"));
    if (node >= 0) select(node, { centre: !filters.local, quiet: true });
    if (node >= 0 && filters.local) stage.fit(null, { fly });
    else if (node < 0 && fly) select(-1, { quiet: true });
    return undefined;
  }

  // ---- tools and keys
  let help = null; // built with the tools
  const helpDialog = () => h("dialog", { "aria-labelledby": "help-title" }, h("h2", { id: "help-title" }, "Keys"),
    h("dl", {}, ...[["/", "Search"], ["← ↑ → ↓", "Move the map"], ["+  −", "Closer, farther"], ["0", "All of it"], ["n  p", "Next, previous finding"], ["Tab", "Panel, list of notes, card"], ["Enter", "Open the chosen note's card"], ["l", "Local graph of the chosen note"], ["[  ]", "Fewer, more links around it"], ["t", "Labels on or off"], ["d", "Dark or light"], ["Esc", "Back"], ["?", "These keys"]]
      .flatMap(([key, does]) => [h("dt", {}, ...key.split(/\s+/).flatMap((sign, at) => [at ? " " : "", h("kbd", {}, sign)])), h("dd", {}, does)])),
    h("form", { method: "dialog" }, h("button", { class: "plain" }, "Close")));

  function buildTools() {
    const button = (name, label, onclick, pressed) => h("button", { type: "button", "aria-label": label, title: label, onclick, "aria-pressed": pressed === undefined ? null : String(pressed) }, icon(...ICONS[name]));
    parts.labelButton = button("label", "Labels (t)", () => toggleLabels(), true);
    tools.append(button("plus", "Closer (+)", () => stage.zoom(1.5, undefined, undefined, true)), button("minus", "Farther (−)", () => stage.zoom(1 / 1.5, undefined, undefined, true)), button("fit", "All of it (0)", () => stage.fit(null)),
      parts.labelButton, button("theme", "Dark or light (d)", () => toggleTheme()), button("help", "Keys (?)", () => help.showModal()));
    document.getElementById("app").append(help = helpDialog());
  }

  function toggleLabels() {
    stage.state.showLabels = !stage.state.showLabels;
    parts.labelButton.setAttribute("aria-pressed", String(stage.state.showLabels));
    stage.invalidate();
  }

  function toggleTheme() {
    state.theme = isDark() ? "light" : "dark";
    recolour();
    redraw();
    writeHash();
  }

  function back() {
    if (picking) { picking = null; return drawPath(); }
    if (stage.state.selected >= 0) return select(-1);
    if (state.path) return clearPath();
    if (state.query) { state.query = parts.search.value = ""; research(false); return writeHash(); }
    if (state.filters.local) { state.filters.local = null; return refilter({ fit: true }); }
    return stage.fit(null);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help?.open || !stage.state.colours) return;
    build();
    const typing = event.target.matches?.("input:not([type=checkbox]):not([type=range]), select, textarea");
    if (event.key === "Escape") {
      event.preventDefault();
      back();
      if (typing || card.contains(event.target)) root.focus();
      return;
    }
    if (typing) return;
    const local = state.filters.local;
    const onMap = event.target === root || event.target === document.body;
    const step = event.shiftKey ? 240 : 80;
    const does = {
      "/": () => { parts.search.focus(); parts.search.select(); },
      "+": () => stage.zoom(1.4, undefined, undefined, true),
      "=": () => stage.zoom(1.4, undefined, undefined, true),
      "-": () => stage.zoom(1 / 1.4, undefined, undefined, true),
      0: () => stage.fit(null),
      n: () => stepFinding(1),
      p: () => stepFinding(-1),
      l: () => { const node = stage.state.selected >= 0 ? stage.state.selected : stage.state.focused; if (node >= 0) localAround(node); },
      "[": () => local && localAround(local.node, Math.max(1, local.depth - 1)),
      "]": () => local && localAround(local.node, Math.min(9, local.depth + 1)),
      t: toggleLabels,
      d: toggleTheme,
      "?": () => help.showModal(),
      ...(onMap ? {
        ArrowLeft: () => stage.pan(-step, 0), ArrowRight: () => stage.pan(step, 0), ArrowUp: () => stage.pan(0, -step), ArrowDown: () => stage.pan(0, step),
        Enter: () => { if (stage.state.selected >= 0) card.querySelector("h2")?.focus(); },
      } : {}),
    }[event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  });

  // ---- begin
  /** The first picture. What the address asks for may need all of the page; without it, the picture is drawn as soon as all
   * that listens does so: pointer, wheel, keys, search. */
  function begin() {
    document.getElementById("app").hidden = false;
    stage.resize();
    if (start) readHash(start, false);
    else {
      stage.state.colours = VK.paint.theme(isDark(), forced.matches);
      stage.state.shown = VK.model.visible(model, state.filters);
      insets();
      stage.fit(null, { fly: false });
    }
    stage.draw();
    // The first usable frame is the one that shows it.
    requestAnimationFrame(() => {
      document.documentElement.dataset.vaultkitReady = String(Math.round(performance.now()));
      requestAnimationFrame(() => setTimeout(build)); // the browser has a frame to itself: copying pixels, answering
    });
  }
  addEventListener("hashchange", () => { if (location.hash.slice(1) !== written) readHash(location.hash.slice(1), true); });
  addEventListener("resize", () => { // after the stage's own
    const wasWhole = stage.isWhole();
    insets();
    if (wasWhole) stage.fit(null, { fly: false });
  });
  for (const media of [darkScheme, forced]) media.addEventListener("change", () => { recolour(); redraw(); });
  document.addEventListener("DOMContentLoaded", () => { if (!card.hidden) redrawCard(); });
  const start = location.hash.length > 1 ? location.hash.slice(1) : data.start?.hash || "";
  if (start && document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();

  // ---- print: a sheet in light colours with title and counts, drawn when it is asked for
  let sheet = null;
  addEventListener("beforeprint", () => {
    if (!stage.state.colours) return; // nothing is drawn yet
    build(); // the counts stand in the panel
    if (!sheet) document.body.append(sheet = h("div", { id: "print" }));
    const colours = stage.state.colours;
    stage.state.colours = VK.paint.theme(false, false);
    const canvas = VK.exports.picture(stage, model, 2);
    stage.state.colours = colours;
    sheet.replaceChildren(h("h1", {}, data.vault), h("p", {}, parts.summary.textContent), canvas);
  });
  addEventListener("afterprint", () => sheet?.replaceChildren());

  // ---- live reload: only a page that was served asks, and only the server it came from
  async function watch(version) {
    for (;;) {
      try {
        const answer = await fetch(`version?${version}`);
        if (answer.ok && (await answer.text()) !== version) return remember(), location.reload();
      } catch {
        await new Promise((done) => setTimeout(done, 2000)); // the server is gone; it may come back
      }
    }
  }

  const KEPT = "vaultkit-look";
  const store = () => {
    try {
      return sessionStorage;
    } catch (error) {
      if (error.name !== "SecurityError") throw error; // a browser that keeps nothing: the page then begins anew
      return null;
    }
  };
  /** What the address does not hold, for the page that comes next: where the camera is, which sections are open. */
  function remember() {
    const { x, y, k } = stage.state.view;
    const open = Object.keys(parts).filter((key) => parts[key]?.element?.open);
    store()?.setItem(KEPT, JSON.stringify({ view: stage.isWhole() ? null : [x, y, k], open, scrolled: panel.scrollTop }));
  }

  function recall() {
    const kept = JSON.parse(store()?.getItem(KEPT) ?? "null");
    store()?.removeItem(KEPT);
    if (!kept) return;
    for (const key of Object.keys(parts)) if (parts[key]?.element) parts[key].element.open = kept.open.includes(key);
    panel.scrollTop = kept.scrolled;
    if (kept.view) stage.moveTo(...kept.view, { fly: false });
  }

  if (document.documentElement.dataset.version) watch(document.documentElement.dataset.version);

  VK.page = { model, data, state, stage, select, readHash, stepFinding, build, remember };
})();
