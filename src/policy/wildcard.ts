/**
 * Does the text match the pattern? `*` stands for any run of characters, also none; `?` for exactly one; there is no
 * escape. Letter case counts: callers fold it where RAM does.
 *
 * Two pointers with one point of return: at most pattern length × text length steps, whatever the pattern. A regular
 * expression built from the pattern would let its author hang the process.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === "*") return true;
  const soon = matchesSoon(pattern, text);
  if (soon !== undefined) return soon;
  return SURROGATE.test(pattern) || SURROGATE.test(text)
    ? matchesCharacters(Array.from(pattern), Array.from(text))
    : matchesCharacters(pattern, text);
}

/** Most patterns differ from a text within a few letters, or are what it begins with; undefined where that does not tell. */
function matchesSoon(pattern: string, text: string): boolean | undefined {
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern.charCodeAt(at);
    // Half of a character may stand before the star, which then does not begin where the text's next character does.
    if (unit === STAR && at === pattern.length - 1) return isHalf(text.charCodeAt(at - 1)) ? undefined : true;
    if (unit === STAR || unit === QUESTION_MARK) return undefined;
    if (unit !== text.charCodeAt(at)) return false;
  }
  return pattern.length === text.length;
}

function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

const STAR = 42;
const QUESTION_MARK = 63;

export function hasWildcard(pattern: string): boolean {
  return pattern.includes("*") || pattern.includes("?");
}

/** Texts of one UTF-16 unit per character serve as their own lists of characters, which spares the copy. */
const SURROGATE = /[\ud800-\udfff]/;

function matchesCharacters(pattern: ArrayLike<string>, text: ArrayLike<string>): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resumeAt = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      resumeAt = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
