/** Hands a text to the web view as a file to be saved where the person chooses. The page itself keeps nothing of it. */
export function saveText(text: string, name: string, type = 'text/plain') {
  save(new Blob([text], { type }), name);
}

/** The same with bytes, given as base64 (RFC 4648, section 4). */
export function saveBytes(base64: string, name: string) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  save(new Blob([bytes], { type: 'application/octet-stream' }), name);
}

function save(content: Blob, name: string) {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
