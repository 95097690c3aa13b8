import { asciiLower } from "../../policy/ascii.js";
import type { ActionChoice } from "./access-question.js";

/** Assuming a role needs the role's trust as well as the caller's right. */
export function assumesRole({ parts }: ActionChoice): boolean {
  return parts.some(({ name }) => asciiLower(name) === "sts:assumerole");
}
