import type { Attachment } from "../inventory/attachment.js";
import { type Facts, secondsAt, secondsText } from "../inventory/attachment-columns.js";
import type { Key } from "../inventory/keys.js";
import type { Carriers } from "./carriers.js";
import type { Parts } from "./derived-map.js";
import { type Links, startsInSteps } from "./links.js";
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
  /** The rows of each carrier, */
  readonly rowsOf: Links;
  /** and in the same order, in pairs, the numbers of the policy and of the scope: whoever reads one reads the other. */
  readonly reaches: Uint32Array;
}

/** How many attachments are gone through before others get their turn, or as many as one policy has. */
const STEP = 2_000;

export function* indexAttachments(
  { attachments }: Facts,
  carriers: Carriers,
  policyKeys: readonly Key[],
): Generator<undefined, AttachmentIndex, undefined> {
  const { start, scopes: scope, scopeNames } = attachments;
  const carrier = attachments.carriers.map((place) => carriers.numberAt[place] ?? 0);
  yield undefined;
  const starts = yield* startsInSteps(carriers.keys.length, carrier);
  yield undefined;
  const [to, reaches] = [new Uint32Array(carrier.length), new Uint32Array(carrier.length * 2)];
  const filling: Filling = { carrier, scope, next: starts.slice(), to, reaches };
  let rested = 0;
  for (let number = 0; number + 1 < start.length; number++) {
    const end = start[number + 1] ?? 0;
    fillPolicy(filling, number, start[number] ?? 0, end);
    if (end - rested < STEP) continue;
    rested = end;
    yield undefined;
  }
  const policyNumberOf = new Map(policyKeys.map((key, number) => [key, number]));
  const rowsOf = { start: starts, to };
  return { carriers, policyKeys, policyNumberOf, scopeNames, start, carrier, scope, rowsOf, reaches };
}

interface Filling extends Pick<AttachmentIndex, "carrier" | "scope" | "reaches"> {
  readonly to: Uint32Array;
  /** Where the next row of each carrier goes. */
  readonly next: Uint32Array;
}

/** Rows are gone through in their order, so those of one carrier keep it. */
function fillPolicy({ carrier, scope, next, to, reaches }: Filling, policy: number, first: number, end: number): void {
  for (let row = first; row < end; row++) {
    const number = carrier[row] ?? 0;
    const at = next[number] ?? 0;
    next[number] = at + 1;
    to[at] = row;
    reaches[at * 2] = policy;
    reaches[at * 2 + 1] = scope[row] ?? 0;
  }
}

/** The attachments by their two ends, as lists that are made when they are read. */
export function viewAttachments({ attachments }: Facts, index: AttachmentIndex) {
  const { carriers, policyKeys, policyNumberOf, start, rowsOf, reaches } = index;
  const view = (row: number, policy: Key, principal: Key): Attachment => {
    const resourceGroupId = index.scopeNames[index.scope[row] ?? 0] ?? "";
    const instant = secondsAt(attachments, row);
    if (typeof instant === "number") {
      return resourceGroupId === ""
        ? new DatedAttachment(policy, principal, instant)
        : new ScopedAttachment(policy, principal, instant, resourceGroupId);
    }
    const reach = resourceGroupId === "" ? { policy, principal } : { policy, principal, resourceGroupId };
    return instant === undefined ? reach : { ...reach, attachedAt: instant };
  };
  const keyOf = (carrier: number) => carriers.keys[carrier] ?? "";
  const rowsOfPolicy = (number: number) =>
    partsIn(start, number, (row) => view(row, policyKeys[number] ?? "", keyOf(index.carrier[row] ?? 0)));
  const rowsOfCarrier = (number: number) =>
    partsIn(rowsOf.start, number, (at) =>
      view(rowsOf.to[at] ?? 0, policyKeys[reaches[at * 2] ?? 0] ?? "", keyOf(number)),
    );
  const holds = (start: Uint32Array) => (list: number) => start[list] !== start[list + 1];
  return {
    attachmentsOfPolicy: new ViewMap<readonly Attachment[]>({
      count: policyKeys.length,
      keyAt: (number) => policyKeys[number] ?? "",
      find: (key) => policyNumberOf.get(key),
      isEntry: holds(start),
      valueAt: (number) => wholeOf(rowsOfPolicy(number)),
      partsAt: rowsOfPolicy,
    }),
    attachmentsOfPrincipal: new ViewMap<readonly Attachment[]>({
      count: carriers.keys.length,
      keyAt: keyOf,
      find: (key) => carriers.numberOf.get(key),
      isEntry: holds(rowsOf.start),
      valueAt: (number) => wholeOf(rowsOfCarrier(number)),
      partsAt: rowsOfCarrier,
    }),
  };
}

/** Of a class, as lists hold a million: an object with a getter of its own takes a microsecond, and a shape that stays. */
class DatedAttachment implements Attachment {
  constructor(
    readonly policy: Key,
    readonly principal: Key,
    private readonly seconds: number,
  ) {}

  /** Made when it is read: deciding reads many rows and no instant, whose text takes longer to write than all the rest. */
  get attachedAt(): string {
    return secondsText(this.seconds);
  }
}

class ScopedAttachment extends DatedAttachment {
  constructor(
    policy: Key,
    principal: Key,
    seconds: number,
    readonly resourceGroupId: string,
  ) {
    super(policy, principal, seconds);
  }
}

/** Something of each row of a list, made for the rows that are asked for; undefined for an empty list. */
function partsIn<T>(start: Uint32Array, list: number, of: (row: number) => T): Parts<readonly T[]> | undefined {
  const [from, to] = [start[list] ?? 0, start[list + 1] ?? 0];
  if (from === to) return undefined;
  const slice = (first: number, end: number) => {
    const low = Math.min(from + first, to);
    const length = Math.max(0, Math.min(from + end, to) - low);
    return Array.from({ length }, (_, index) => of(low + index));
  };
  return { length: to - from, slice };
}

const wholeOf = <List>(parts: Parts<List> | undefined): List | undefined => parts?.slice(0, parts.length);
