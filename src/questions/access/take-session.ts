import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Grant } from "../../policy/grant.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import { type AccessQuestion, refuse, type Taken } from "./access-question.js";

/** Longest session policy that is read, in UTF-16 units; RAM takes 2,048 characters. */
const MAX_SESSION_POLICY = 16_384;

/**
 * Adds the policy that a role session was narrowed with. What cannot be read of it stays open, and a remark says so.
 * @param text JSON text as `AssumeRole` takes it
 */
export function withSession(
  question: AccessQuestion,
  text: string,
  principal: CompiledPrincipal | undefined,
  place: string,
): Taken<AccessQuestion> {
  const argument = `${place}.sessionPolicy`;
  if (principal?.kind === "USER")
    return refuse(argument, "only the session of a role has a session policy; leave it out");
  if (text.length > MAX_SESSION_POLICY) return refuse(argument, `longer than ${MAX_SESSION_POLICY} characters`);
  const { value, findings } = parsePolicy(text, "SESSION");
  const sessionPolicy = value.statements.map(
    (statement): Grant => ({ statement, layer: "SESSION_POLICY", policy: "session:" }),
  );
  return { value: { ...question, sessionPolicy, remarks: [...question.remarks, ...findings] } };
}
