import { type Caller, callerArn } from "../caller.js";
import type { ConditionTest } from "./condition-test.js";
import { foldContextKey } from "./context-key.js";

/** `OPEN`: a key that is not given is unknown. `CLOSED`: it is absent. */
export type ContextMode = "OPEN" | "CLOSED";

/**
 * The circumstances of a request. A key may be present with values (also none: an empty list), stated to be absent, or
 * not given at all; these are three different things.
 */
export interface Context {
  readonly mode: ContextMode;
  /** By folded key; `ABSENT` states that the request carries no such key. */
  readonly entries: ReadonlyMap<string, readonly string[] | "ABSENT">;
  /** Folded keys whose values nobody gave: they are known of the principal, the resource or the action. */
  readonly known?: ReadonlySet<string>;
  /** Who asks, whose ARN is known as well. */
  readonly caller?: Caller;
}

export const OPEN_CONTEXT: Context = { mode: "OPEN", entries: new Map() };

/** The values of a key, or why there are none. */
export function lookUp(context: Context, foldedKey: string): readonly string[] | "ABSENT" | "UNKNOWN" {
  const values = context.entries.get(foldedKey);
  if (values !== undefined) return values;
  const arn = foldedKey === CALLER_KEY ? arnOfCaller(context) : undefined;
  return arn === undefined ? (context.mode === "CLOSED" ? "ABSENT" : "UNKNOWN") : [arn];
}

/** Does the context say something of the key (folded) that nobody gave? */
export function isKnown(context: Context, foldedKey: string): boolean {
  if (context.known?.has(foldedKey)) return true;
  return foldedKey === CALLER_KEY && !context.entries.has(foldedKey) && arnOfCaller(context) !== undefined;
}

const CALLER_KEY = "acs:principalarn";

function arnOfCaller({ caller }: Context): string | undefined {
  return caller === undefined ? undefined : callerArn(caller);
}

/** Adds what is known of the request to what was given; given entries go first. */
export function withKnown(context: Context, known: ReadonlyMap<string, readonly string[] | "ABSENT">): Context {
  if (known.size === 0) return context;
  const entries = new Map(known);
  const keys = new Set(context.known);
  for (const key of known.keys()) if (!context.entries.has(key)) keys.add(key);
  for (const [key, values] of context.entries) entries.set(key, values);
  return { mode: context.mode, entries, known: keys };
}

/** The same context of a request that somebody else makes. */
export function withCaller({ mode, entries, known }: Context, caller: Caller): Context {
  return known === undefined ? { mode, entries, caller } : { mode, entries, known, caller };
}

/** Builds the entries of a context from keys as people write them. */
export function contextEntries(
  entries: Iterable<readonly [key: string, values: readonly string[] | "ABSENT"]>,
): Map<string, readonly string[] | "ABSENT"> {
  const folded = new Map<string, readonly string[] | "ABSENT">();
  for (const [key, values] of entries) folded.set(foldContextKey(key), values);
  return folded;
}

/**
 * Three values, and a fourth for a question that cannot be taken: `UNKNOWN` when the context leaves the key open,
 * `UNREADABLE` when a value given for the key is not of the operator's kind (e.g. `banana` as an IP address).
 */
export type TestResult = boolean | "UNKNOWN" | "UNREADABLE";

/**
 * Evaluates one test as it is written. An absent key fails every positive operator and satisfies every negated one
 * (a Deny on `StringNotEquals acs:SourceVpc` reaches requests from the internet, which carry no such key);
 * `ForAllValues` holds over no values at all.
 */
export function evaluateTest(test: ConditionTest, context: Context): TestResult {
  return evaluateOn(test, lookUp(context, test.foldedKey));
}

/** The same on what the context says of the test's key. */
export function evaluateOn(test: ConditionTest, values: ReturnType<typeof lookUp>): TestResult {
  if (values === "UNKNOWN") return "UNKNOWN";
  const positive = test.holdsPositive(values === "ABSENT" ? [] : values);
  if (positive === undefined) return "UNREADABLE";
  return positive !== test.isNegated;
}
