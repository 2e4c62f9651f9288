// @ts-check
// What happened to a note since the revision that the map is compared with.

/** As search has them after `is:`. */
export const CHANGES = ["new", "changed", "moved"];
export const CHANGE_NAMES = ["New", "Changed", "Moved"];

/** Colours of new, changed, moved and other notes. */
export const changeTones = (theme) => [theme.answered, theme.warning, theme.info, theme.muted];

/** @type {WeakMap<object, Map<number, string>>} */
const notesChanged = new WeakMap();

/** "new", "changed" or "moved"; "" for a note that is as it was. A note that was moved and edited counts as new. */
export function changeOf(data, node) {
  const { compared } = data ?? {};
  if (!compared) return "";
  let found = notesChanged.get(compared);
  if (!found) {
    found = new Map();
    for (const one of compared.fresh) found.set(one, "new");
    for (const one of compared.changed) found.set(one, "changed");
    for (const [one] of compared.moved) found.set(one, "moved");
    notesChanged.set(compared, found);
  }
  return found.get(node) ?? "";
}
