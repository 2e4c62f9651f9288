// @ts-check
// The bytes that packed_text.py wrote as characters, seven bits each.


export const ESCAPE = 0x7f;
export const FLIP = 0x40;

/** The first `size` bytes that the characters hold. */
export function bytesOf(characters, size) {
  const bytes = new Uint8Array(size);
  let held = 0, bits = 0, at = 0;
  for (let i = 0; i < characters.length && at < size; i++) {
    let code = characters.charCodeAt(i);
    if (code === ESCAPE) code = characters.charCodeAt(++i) ^ FLIP;
    held = ((held << 7) | code) & 0x7fff;
    bits += 7;
    if (bits >= 8) bytes[at++] = held >> (bits -= 8);
  }
  return bytes;
}

/** The text that deflated bytes hold. */
export async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
