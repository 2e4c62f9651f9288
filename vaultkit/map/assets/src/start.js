// @ts-check
// Unpacks the page's script and runs it; the page's policy knows its hash. Written as one function, since it runs alone.


(async () => {
  const held = document.getElementById("code-data");
  const characters = held.textContent;
  const bytes = new Uint8Array(Number(held.dataset.size));
  for (let i = 0, at = 0, rest = 0, bits = 0; i < characters.length && at < bytes.length; i++) {
    let code = characters.charCodeAt(i);
    if (code === 127) code = characters.charCodeAt(++i) ^ 64;
    rest = ((rest << 7) | code) & 32767;
    bits += 7;
    if (bits >= 8) bytes[at++] = rest >> (bits -= 8);
  }
  const script = document.createElement("script");
  script.textContent = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  held.textContent = "";
  document.head.append(script);
})();
