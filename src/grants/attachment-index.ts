import type { Attachment } from "../inventory/attachment.js";
import { type Facts, secondsAt, secondsText } from "../inventory/attachment-columns.js";
import type { Key } from "../inventory/keys.js";
import type { Carriers } from "./carriers.js";
import { type Links, linkInSteps } from "./links.js";
import { ViewMap } from "./view-map.js";

/** All attachments as numbers, from both of their ends. */
export interface AttachmentIndex {
  readonly carriers: Carriers;
  /** Keys of policies by number, in the inventory's order. */
  readonly policyKeys: readonly Key[];
  readonly policyNumberOf: ReadonlyMap<Key, number>;
  /** Ids of resource groups by number; the first is the empty text, for account scope. */
  readonly scopeNames: readonly string[];
  /** Where the rows of each policy begin; one more says where the last ends. */
  readonly start: Uint32Array;
  /** Of each row: the number of the carrier, and of the scope. */
  readonly carrier: Uint32Array;
  readonly scope: Uint32Array;
  /** The rows of each carrier, and beside each the number of the policy and of the scope. */
  readonly rowsOf: Links;
  readonly policyOfRow: Uint32Array;
  readonly scopeOfRow: Uint32Array;
}

/** How many rows are gone through before others get their turn. */
const STEP = 100_000;

export function* indexAttachments(
  { attachments }: Facts,
  carriers: Carriers,
  policyKeys: readonly Key[],
): Generator<undefined, AttachmentIndex, undefined> {
  const { start, scopes: scope, scopeNames } = attachments;
  const carrier = new Uint32Array(attachments.carriers.length);
  for (let row = 0; row < carrier.length; row++) {
    carrier[row] = carriers.numberAt[attachments.carriers[row] ?? 0] ?? 0;
    if (row % STEP === 0) yield undefined;
  }
  const rowsOf = yield* linkInSteps(carriers.keys.length, carrier);
  const policy = new Uint32Array(carrier.length);
  for (let number = 0; number + 1 < start.length; number++) policy.fill(number, start[number], start[number + 1]);
  const [policyOfRow, scopeOfRow] = [new Uint32Array(carrier.length), new Uint32Array(carrier.length)];
  for (let at = 0; at < carrier.length; at++) {
    const row = rowsOf.to[at] ?? 0;
    policyOfRow[at] = policy[row] ?? 0;
    scopeOfRow[at] = scope[row] ?? 0;
    if (at % STEP === 0) yield undefined;
  }
  const policyNumberOf = new Map(policyKeys.map((key, number) => [key, number]));
  return { carriers, policyKeys, policyNumberOf, scopeNames, start, carrier, scope, rowsOf, policyOfRow, scopeOfRow };
}

/** The attachments by their two ends, as lists that are made when they are read. */
export function viewAttachments({ attachments }: Facts, index: AttachmentIndex) {
  const { carriers, policyKeys, policyNumberOf, start, rowsOf, policyOfRow } = index;
  const view = (row: number, policy: Key, principal: Key): Attachment => {
    const resourceGroupId = index.scopeNames[index.scope[row] ?? 0] ?? "";
    const reach = resourceGroupId === "" ? { policy, principal } : { policy, principal, resourceGroupId };
    const instant = secondsAt(attachments, row);
    if (typeof instant !== "number") return instant === undefined ? reach : { ...reach, attachedAt: instant };
    return {
      ...reach,
      // Deciding reads many rows and no instant, whose text takes longer to write than all the rest.
      get attachedAt() {
        return secondsText(instant);
      },
    };
  };
  const keyOf = (carrier: number) => carriers.keys[carrier] ?? "";
  const rowsOfPolicy = (number: number) =>
    range(start, number, (row) => view(row, policyKeys[number] ?? "", keyOf(index.carrier[row] ?? 0)));
  const rowsOfCarrier = (number: number) =>
    range(rowsOf.start, number, (at) =>
      view(rowsOf.to[at] ?? 0, policyKeys[policyOfRow[at] ?? 0] ?? "", keyOf(number)),
    );
  return {
    attachmentsOfPolicy: new ViewMap<readonly Attachment[]>({
      count: policyKeys.length,
      keyAt: (number) => policyKeys[number] ?? "",
      find: (key) => policyNumberOf.get(key),
      valueAt: rowsOfPolicy,
    }),
    attachmentsOfPrincipal: new ViewMap<readonly Attachment[]>({
      count: carriers.keys.length,
      keyAt: keyOf,
      find: (key) => carriers.numberOf.get(key),
      valueAt: rowsOfCarrier,
    }),
  };
}

/** Something of each row of a list; undefined for an empty one. */
function range<T>(start: Uint32Array, list: number, of: (row: number) => T): readonly T[] | undefined {
  const [from, to] = [start[list] ?? 0, start[list + 1] ?? 0];
  return from === to ? undefined : Array.from({ length: to - from }, (_, index) => of(from + index));
}
