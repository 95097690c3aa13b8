/**
 * Lower-cases A to Z and nothing else. RAM names, action names and service codes are ASCII; folding Unicode as well
 * would make different names equal (`K` the Kelvin sign and `k`), so a look-alike stays a different name.
 */
export function asciiLower(text: string): string {
  // A loop costs less than a search, and nearly all texts are ASCII, for which the language's own folding is the same and quick.
  let hasUpper = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127) return text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
    if (unit >= 65 && unit <= 90) hasUpper = true;
  }
  return hasUpper ? text.toLowerCase() : text;
}

/** Does the text hold the part, letter case of A to Z ignored? Nothing in the part is a wildcard. */
export function containsIgnoringCase(text: string, part: string): boolean {
  return asciiLower(text).includes(asciiLower(part));
}
