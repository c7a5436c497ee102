// The element that a "#..." names. Whoever types an address may type anything.
export function targetOf(document, hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}
