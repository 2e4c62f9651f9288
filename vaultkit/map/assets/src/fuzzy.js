// @ts-check
// Words that are nearly the same.


/** How many letters two words differ by (added, left out, changed, swapped), or `most` + 1 for more. */
export function distance(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: two.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= two.length; j++) {
      const same = one[i - 1] === two[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[two.length];
}

/** The word of a vocabulary (word -> how often) that was probably meant; null when none is near. */
export function nearest(word, vocabulary) {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  let best = null;
  let least = most + 1;
  if (!most) return null;
  for (const [known, times] of vocabulary) {
    const away = known.startsWith(word) ? 0 : distance(word, known, Math.min(most, least));
    if (away < least || (away === least && away <= most && times > vocabulary.get(best))) [best, least] = [known, away];
  }
  return least <= most ? best : null;
}

/** The words of names: word -> in how many. */
export function vocabularyOf(names) {
  const found = new Map();
  for (const name of names) for (const word of new Set(name.match(/[\p{L}\p{N}]{3,}/gu) ?? [])) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}
