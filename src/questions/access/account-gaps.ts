import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { isNotLoaded } from "../../inventory/not-loaded.js";
import type { Gap } from "../../inventory/source.js";
import { asciiLower } from "../../policy/ascii.js";

/** What of an account an answer looked at. */
export interface AccountScope {
  /** The one principal that it is about; absent when it is about all. */
  readonly principal?: CompiledPrincipal | undefined;
  /** Trust policies matter: somebody assumes a role. */
  readonly assumes: boolean;
}

type Touches = (scope: AccountScope, argument: string) => boolean;

const always: Touches = () => true;
const onlyAboutAll: Touches = ({ principal }) => principal === undefined;
const notAboutRoles: Touches = ({ principal }) => principal?.kind !== "ROLE";
const oneOf =
  (kind: CompiledPrincipal["kind"]): Touches =>
  ({ principal }, name) =>
    principal === undefined || (principal.kind === kind && asciiLower(principal.name) === asciiLower(name));

/** What each API operation tells, and so whom its absence may touch. Of others nobody can say. */
const OPERATIONS: ReadonlyMap<string, Touches> = new Map([
  // Attached policies are named by their attachments; only policies that nobody bears are missed.
  ["ListPolicies", () => false],
  ["ListUsers", onlyAboutAll],
  ["ListRoles", ({ principal, assumes }) => principal === undefined || assumes],
  ["GetRole", ({ assumes }) => assumes],
  ["ListGroups", notAboutRoles],
  ["ListUsersForGroup", notAboutRoles],
  ["ListPoliciesForGroup", notAboutRoles],
  ["ListPoliciesForUser", oneOf("USER")],
  ["ListPoliciesForRole", oneOf("ROLE")],
]);

/** How gaps about whole responses begin; others begin with what the user's data names, which is not to be relied on. */
const OF_RESPONSE = /^(?:`[^`]+` is not in the export|the list in `|the response in `)/;

/** Whether a gap of an account, of which something was not exported, could touch the answer. */
export function touchesAccount(gap: Gap, scope: AccountScope): boolean {
  if (isNotLoaded(gap)) return scope.principal === undefined || scope.assumes;
  const { subject, detail } = gap;
  // A gap that several details were joined to may be about more than its subject says.
  if (!OF_RESPONSE.test(detail) || detail.includes("; ")) return true;
  const [, operation = "", argument = ""] = /^(?:ram|resourcemanager)\.(\w+)(?:\.(.+))?/.exec(subject) ?? [];
  return (OPERATIONS.get(operation) ?? always)(scope, argument);
}
