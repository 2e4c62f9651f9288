// @ts-check
// Reads bzip2, which makes a vault's text a quarter smaller than the format that browsers read themselves.
// Source of the format: https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf

const GROUP = 50; // symbols that share one code
const LONGEST = 20; // bits of a symbol
const SLICE = 600; // groups that are read at a time
const MOST_OUT = 1 << 18; // bytes that are written at a time

const damaged = () => {
  throw new Error("the texts are damaged");
};

/** Bits of an array of bytes, the highest first. */
function bitsOf(bytes) {
  return { bytes, at: 0, held: 0, count: 0 };
}

function take(bits, wanted) {
  if (bits.at > bits.bytes.length + 4) damaged();
  while (bits.count < wanted) {
    bits.held = ((bits.held << 8) | bits.bytes[bits.at++]) & 0x7fffffff;
    bits.count += 8;
  }
  bits.count -= wanted;
  return (bits.held >>> bits.count) & ((1 << wanted) - 1);
}

/** The code of some symbols by their lengths: for each length the last code, and where its symbols begin among those by length. */
function codeOf(lengths) {
  const limit = new Int32Array(LONGEST + 2).fill(-1);
  const base = new Int32Array(LONGEST + 2);
  const order = new Uint16Array(lengths.length);
  let code = 0;
  let at = 0;
  for (let length = 1; length <= LONGEST; length++) {
    base[length] = at - code;
    lengths.forEach((own, symbol) => {
      if (own !== length) return;
      order[at++] = symbol;
      code++;
    });
    limit[length] = code - 1;
    code <<= 1;
  }
  return { limit, base, order, least: Math.min(...lengths) };
}

/** What stands before the symbols of a block: its bytes, which code each group has, the codes. */
function headOf(bits) {
  const start = take(bits, 24);
  const rows = take(bits, 16);
  const alphabet = [];
  for (let row = 0; row < 16; row++) {
    if (!(rows & (0x8000 >> row))) continue;
    const set = take(bits, 16);
    for (let column = 0; column < 16; column++) if (set & (0x8000 >> column)) alphabet.push(row * 16 + column);
  }
  const codes = take(bits, 3);
  const selectors = new Uint8Array(take(bits, 15));
  const recent = Array.from({ length: codes }, (_, at) => at);
  for (let group = 0; group < selectors.length; group++) {
    let at = 0;
    while (take(bits, 1)) if (++at >= codes) damaged();
    const [code] = recent.splice(at, 1);
    recent.unshift(code);
    selectors[group] = code;
  }
  const tables = Array.from({ length: codes }, () => {
    let length = take(bits, 5);
    return codeOf(Array.from({ length: alphabet.length + 2 }, () => {
      while (take(bits, 1)) length += take(bits, 1) ? -1 : 1;
      if (length < 1 || length > LONGEST) damaged();
      return length;
    }));
  });
  return { bits, start, selectors, tables, end: alphabet.length + 1, recent: Uint8Array.from(alphabet), group: 0, run: 0, weight: 1, count: 0, counts: new Int32Array(256), isDone: false };
}

/** Read the symbols of some groups into `places`, the lowest byte of each. */
function readGroups(block, places, until) {
  const { bits, selectors, tables, end, recent, counts } = block;
  const { bytes } = bits;
  let { at, held, count } = bits;
  let { run, weight, count: filled } = block;
  for (; block.group < until && !block.isDone; block.group++) {
    const { limit, base, order, least } = tables[selectors[block.group]];
    for (let n = 0; n < GROUP; n++) {
      while (count < LONGEST) {
        held = ((held << 8) | bytes[at++]) & 0x0fffffff;
        count += 8;
      }
      const next = (held >>> (count - LONGEST)) & 0xfffff;
      let length = least;
      while (length <= LONGEST && next >>> (LONGEST - length) > limit[length]) length++;
      if (length > LONGEST) damaged();
      count -= length;
      const symbol = order[base[length] + (next >>> (LONGEST - length))];
      if (symbol < 2) { // digits of a number without zero: how often the last byte comes
        run += weight << symbol;
        weight <<= 1;
        continue;
      }
      if (run) {
        const byte = recent[0];
        if (filled + run > places.length) damaged();
        places.fill(byte, filled, filled + run);
        counts[byte] += run;
        filled += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) {
        block.isDone = true;
        break;
      }
      if (filled >= places.length) damaged();
      const byte = recent[symbol - 1];
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = byte;
      counts[byte]++;
      places[filled++] = byte;
    }
  }
  if (!block.isDone && block.group === selectors.length) damaged();
  Object.assign(bits, { at, held, count });
  Object.assign(block, { run, weight, count: filled });
}

/** Write to each place where the byte after it is, above its own byte. */
function join(block, places) {
  const next = new Int32Array(256);
  let sum = 0;
  block.counts.forEach((count, byte) => {
    next[byte] = sum;
    sum += count;
  });
  for (let i = 0; i < block.count; i++) places[next[places[i] & 0xff]++] |= i << 8;
}

/** The bytes of a block, from `state` on, at most about MOST_OUT of them. Four equal bytes are followed by how many more come. */
function bytesWritten(block, places, state) {
  const out = new Uint8Array(Math.min(MOST_OUT, 64 * (block.count - state.done)) + 256);
  let { place, done, last, same } = state;
  let size = 0;
  while (done < block.count && size < out.length - 256) {
    const entry = places[place];
    const byte = entry & 0xff;
    place = entry >>> 8;
    done++;
    if (same === 4) {
      out.fill(last, size, size + byte);
      size += byte;
      same = 0;
      last = -1;
      continue;
    }
    same = byte === last ? same + 1 : 1;
    last = byte;
    out[size++] = byte;
  }
  Object.assign(state, { place, done, last, same });
  return out.subarray(0, size);
}

/** The bytes that bzip2 packed, in parts; in between, empty parts where others may have their turn. */
export function* bunzipped(bytes) {
  const bits = bitsOf(bytes);
  if (take(bits, 24) !== 0x425a68) throw new Error("the texts are not bzip2"); // BZh
  const places = new Uint32Array((take(bits, 8) - 48) * 100_000);
  const nothing = new Uint8Array(0);
  while (take(bits, 24) === 0x314159) { // else the end
    take(bits, 24);
    take(bits, 16);
    take(bits, 16); // a checksum, and a bit that is no longer used
    take(bits, 1);
    const block = headOf(bits);
    while (!block.isDone) {
      readGroups(block, places, Math.min(block.selectors.length, block.group + SLICE));
      yield nothing;
    }
    join(block, places);
    yield nothing;
    const state = { place: places[block.start] >>> 8, done: 0, last: -1, same: 0 };
    while (state.done < block.count) yield bytesWritten(block, places, state);
  }
}
