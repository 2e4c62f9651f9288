"use strict";
// The first picture. It is drawn while the browser still reads the panel and what answers in it, since most of a page's
// time to its first frame goes by in turns: reading, drawing, copying pixels.
(() => {
  const VK = globalThis.VK;
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const model = VK.model.decode(data, data.foldAbove);
  document.getElementById("app").hidden = false;
  const hooks = {}; // what the panel does when a node is under the pointer, clicked, opened
  const stage = VK.stage.create(document.getElementById("stage"), model, hooks);
  const start = location.hash.length > 1 ? location.hash.slice(1) : data.start?.hash || "";
  let drawn = null; // a promise: the frame that shows the picture is there

  function draw() {
    stage.draw();
    drawn = new Promise((done) => requestAnimationFrame(done));
  }

  stage.resize();
  stage.state.colours = VK.paint.theme(matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("(forced-colors: active)").matches);
  stage.cover(false);
  if (!start) { // else the panel knows better what to show
    stage.state.shown = VK.model.visible(model, { hiddenKinds: VK.model.HIDDEN_AT_FIRST });
    stage.fit(null, { fly: false });
    draw();
  }
  VK.page = { model, data, stage, hooks, start, draw, get drawn() { return drawn; } };
})();
