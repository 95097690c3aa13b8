/** How well a name fits a text, the best first; `undefined` when it does not hold it. */
export type Rank = 0 | 1 | 2 | 3;

/**
 * 0: the whole name; 1: its beginning; 2: the beginning of a word in it (`Group` in `ecs:DeleteSecurityGroup`); 3: inside
 * of a word.
 * @param folded the name in lower case
 * @param part in lower case, not empty
 */
export function rankName(name: string, folded: string, part: string): Rank | undefined {
  let at = folded.indexOf(part);
  if (at === -1) return undefined;
  if (at === 0) return folded.length === part.length ? 0 : 1;
  for (; at !== -1; at = folded.indexOf(part, at + 1)) if (isWordStart(name, at)) return 2;
  return 3;
}

/** Words are divided by anything but letters and digits, and by a capital behind a small letter or a digit. */
function isWordStart(name: string, at: number): boolean {
  const before = name.charAt(at - 1);
  return !/[\p{L}\p{N}]/u.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(name.charAt(at)));
}
