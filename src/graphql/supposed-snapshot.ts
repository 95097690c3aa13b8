import type { Snapshot } from "../grants/snapshot.js";
import { applyChange, suppose } from "../grants/what-if/apply-change.js";
import type { Change, Reference } from "../grants/what-if/change.js";
import { canonicalJson } from "../inventory/canonical-json.js";
import type { AttachmentInput, ChangeInput } from "./change.input.js";
import { refusal } from "./errors.js";
import type { RequestContext } from "./request-context.js";
import { resolveReference } from "./resolve-reference.js";
import { takeTurn } from "./take-turn.js";

/** How many changes a question may suppose at once. */
const MAX_CHANGES = 100;
/** Longest document in a change, in UTF-16 units; RAM takes 6,144 characters. */
const MAX_DOCUMENT = 16_384;
/** Longest name, id or ARN in a change, in UTF-16 units. */
const MAX_REFERENCE = 8192;

/** Fields of one request that suppose the same get the same snapshot, worked out once. */
const supposed = new WeakMap<RequestContext, WeakMap<Snapshot, Map<string, Promise<Snapshot>>>>();

/**
 * A private copy of a snapshot with changes made in order. It shares with the snapshot all that is the same; nothing is
 * stored.
 * @param place path of the list of changes, for refusals
 * @throws GraphQLError BAD_USER_INPUT naming the argument, for limits and for changes that cannot be made
 */
export function supposedSnapshot(
  context: RequestContext,
  snapshot: Snapshot,
  changes: readonly ChangeInput[],
  place: string,
): Promise<Snapshot> {
  checkLimits(changes, place);
  const identity = canonicalJson(changes);
  const ofContext = supposed.get(context) ?? new WeakMap<Snapshot, Map<string, Promise<Snapshot>>>();
  supposed.set(context, ofContext);
  const known = ofContext.get(snapshot) ?? new Map<string, Promise<Snapshot>>();
  ofContext.set(snapshot, known);
  const made = known.get(identity) ?? makeChanges(context, snapshot, changes, place, identity);
  known.set(identity, made);
  return made;
}

async function makeChanges(
  context: RequestContext,
  snapshot: Snapshot,
  changes: readonly ChangeInput[],
  place: string,
  identity: string,
): Promise<Snapshot> {
  let current = suppose(snapshot, await digestOf(identity));
  for (const [index, input] of changes.entries()) {
    await takeTurn(context);
    const change = readChange(current, input);
    if (change === undefined) throw refusal(`${place}[${index}]`, "give exactly one change");
    const made = applyChange(current, change);
    if ("refusal" in made) {
      const { field, message } = made.refusal;
      throw refusal(`${place}[${index}].${change.kind}${field === "" ? "" : `.${field}`}`, message);
    }
    current = made.value;
  }
  return current;
}

function readChange(snapshot: Snapshot, input: ChangeInput): Change | undefined {
  const { attachPolicy, detachPolicy, putPolicy, deletePolicy, putRole, deleteRole } = input;
  const nameOf = (text: string): Reference => ({ text, key: resolveReference(snapshot, text) });
  const endsOf = ({ policy, principal, resourceGroupId }: AttachmentInput) => ({
    policy: nameOf(policy),
    principal: nameOf(principal),
    ...(typeof resourceGroupId === "string" ? { resourceGroupId } : {}),
  });
  if (attachPolicy) return { kind: "attachPolicy", ...endsOf(attachPolicy) };
  if (detachPolicy) return { kind: "detachPolicy", ...endsOf(detachPolicy) };
  if (putPolicy) return { kind: "putPolicy", policy: putPolicy };
  if (typeof deletePolicy === "string") return { kind: "deletePolicy", policy: nameOf(deletePolicy) };
  if (putRole) return { kind: "putRole", role: putRole };
  return typeof deleteRole === "string" ? { kind: "deleteRole", role: nameOf(deleteRole) } : undefined;
}

function checkLimits(changes: readonly ChangeInput[], place: string): void {
  if (changes.length > MAX_CHANGES) {
    throw refusal(place, `${changes.length} changes are too many; suppose at most ${MAX_CHANGES} at once`);
  }
  for (const [index, change] of changes.entries()) checkTexts(change, `${place}[${index}]`);
}

function checkTexts(value: object, place: string): void {
  for (const [field, inner] of Object.entries(value)) {
    const at = `${place}.${field}`;
    if (typeof inner === "object" && inner !== null) checkTexts(inner, at);
    const limit = field === "document" || field === "trustPolicy" ? MAX_DOCUMENT : MAX_REFERENCE;
    if (typeof inner === "string" && inner.length > limit) {
      throw refusal(at, `${inner.length} characters are too many; at most ${limit} are taken`);
    }
  }
}

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(bytes).toString("hex");
}
