// @ts-check
// Reloads a page that was served when its server has a newer one.

import { isWhole, moveTo } from "./camera.js";
import { panel } from "./page.js";
import { parts } from "./panel/build.js";
import { state } from "./state.js";

export async function follow(version) {
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
export function remember() {
  const { x, y, k } = state.view;
  const open = Object.keys(parts).filter((key) => parts[key]?.element?.open);
  store()?.setItem(KEPT, JSON.stringify({ view: isWhole() ? null : [x, y, k], open, scrolled: panel.scrollTop }));
}

export function recall() {
  const kept = JSON.parse(store()?.getItem(KEPT) ?? "null");
  store()?.removeItem(KEPT);
  if (!kept) return;
  for (const key of Object.keys(parts)) if (parts[key]?.element) parts[key].element.open = kept.open.includes(key);
  panel.scrollTop = kept.scrolled;
  if (kept.view) moveTo(...kept.view, { fly: false });
}
