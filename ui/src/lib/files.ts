/** Hands a text to the web view as a file to be saved where the person chooses. The page itself keeps nothing of it. */
export function saveText(text: string, name: string, type = 'text/plain') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
