import type { Grant } from "../policy/grant.js";

/** The statement tells one principal of an account from another. */
export function namesCallers({ statement: { conditions, principals } }: Grant): boolean {
  return principals !== undefined || conditions.some(({ foldedKey }) => foldedKey === "acs:principalarn");
}
