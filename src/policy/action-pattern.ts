import { asciiLower } from "./ascii.js";
import { matchesWildcard } from "./wildcard.js";

/** A pattern of an `Action` or `NotAction` element. Actions are compared without regard to letter case. */
export interface ActionPattern {
  /** As written, blanks at the ends removed. */
  readonly text: string;
  /** In lower case, for comparison. */
  readonly folded: string;
}

export function readActionPattern(text: string): ActionPattern {
  return { text, folded: asciiLower(text) };
}

/** Does the pattern cover the action? `action` is `service:Name` in lower case. */
export function coversAction(pattern: ActionPattern, action: string): boolean {
  return matchesWildcard(pattern.folded, action);
}

/** The service part of a pattern or an action in lower case; `*` for a pattern without a colon. */
export function serviceOfAction(text: string): string {
  const colon = text.indexOf(":");
  return colon === -1 ? "*" : asciiLower(text.slice(0, colon));
}

/**
 * What an action is about, in lower case: its name without the verb, `securitygroup` for `ecs:DeleteSecurityGroup`. Empty
 * where the name is a single word.
 */
export function objectOfAction(action: string): string {
  return asciiLower(/:[A-Z]?[a-z]*([A-Z].*)$/s.exec(action)?.[1] ?? "");
}
