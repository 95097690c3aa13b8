import { asciiLower } from "../../policy/ascii.js";

/** In lower case, as actions are compared. */
export const ASSUME_ROLE = "sts:assumerole";

/**
 * Assuming a role needs the role's trust as well as the caller's right. With both it works across accounts too, so it is
 * the one action that is not closed at the border.
 */
export function assumesRole(action: string): boolean {
  return asciiLower(action) === ASSUME_ROLE;
}
