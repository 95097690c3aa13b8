import type { GraphQLResolveInfo } from "graphql";
import { createParameterDecorator, type ResolverData } from "type-graphql";
import { canonicalJson } from "../inventory/canonical-json.js";

/** Which list is asked for: enough to tell a cursor of this list from one of any other. */
export interface ListRequest {
  /** Hash of the field, its parent, what is supposed, and all arguments but those of paging and time. */
  readonly identity: string;
  /** False when `first` only has its default. */
  readonly isFirstGiven: boolean;
}

const NOT_PART_OF_A_LIST: ReadonlySet<string> = new Set(["first", "after", "last", "before", "at"]);

/** Parameter of a resolver: the list that is being asked for. Parents of nested lists tell themselves apart by `id`. */
export function List() {
  return createParameterDecorator<object>((asked): ListRequest => new AskedList(asked));
}

/** Its identity is worked out once a cursor is given or read. */
class AskedList implements ListRequest {
  private known: string | undefined;

  constructor(private readonly asked: ResolverData<object>) {}

  get identity(): string {
    this.known ??= identityOf(this.asked);
    return this.known;
  }

  get isFirstGiven(): boolean {
    return isGiven(this.asked.info, "first");
  }
}

function identityOf({ root, args, info }: ResolverData<object>): string {
  const parent = hasId(root) ? root.id : "";
  const chosen = Object.entries(args).filter(
    ([name, value]) => !NOT_PART_OF_A_LIST.has(name) && value !== null && value !== undefined,
  );
  const field = `${info.parentType.name}.${info.fieldName}`;
  return hashText(canonicalJson([field, parent, Object.fromEntries(chosen), ...supposedBy(root, args)]));
}

/** The changes that a root list supposes, or the digest of those that its parent was found under; none for stored states. */
function supposedBy(root: unknown, { at }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (isObject(at) && Array.isArray(at.changes) && at.changes.length > 0) return [at.changes];
  const { decision, snapshot } = isObject(root) ? root : {};
  const hypothesis = isObject(decision) ? worldOf(decision.snapshot) : worldOf(snapshot);
  return hypothesis === undefined ? [] : [hypothesis];
}

function worldOf(snapshot: unknown): unknown {
  const hypothesis = isObject(snapshot) ? snapshot.hypothesis : undefined;
  return isObject(hypothesis) ? hypothesis.sha256 : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function hasId(root: unknown): root is { readonly id: string } {
  return typeof root === "object" && root !== null && "id" in root && typeof root.id === "string";
}

function isGiven({ fieldNodes, variableValues }: GraphQLResolveInfo, name: string): boolean {
  const value = fieldNodes[0]?.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value === undefined || value.kind === "NullValue") return false;
  return value.kind !== "Variable" || (variableValues[value.name.value] ?? null) !== null;
}

/** 64 bits as hexadecimal digits (FNV-1a twice over). It tells lists apart; nothing secret hangs on it. */
function hashText(text: string): string {
  return [0x811c9dc5, 0x050c5d1f].map((seed) => fnv1a(text, seed).toString(16).padStart(8, "0")).join("");
}

function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ (text.charCodeAt(at) & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (text.charCodeAt(at) >>> 8), 0x01000193);
  }
  return hash >>> 0;
}
