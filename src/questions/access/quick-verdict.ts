import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import { PolicyTable } from "../../grants/policy-table.js";
import { type ReachBuffer, reachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion } from "./access-question.js";
import { type PlainQuestion, plainQuestion } from "./plain-question.js";
import { Probe } from "./probe.js";

/** What was worked out of one snapshot. */
interface Facts {
  /** Made once it is worth it. */
  table: PolicyTable | undefined;
  /** How many decisions did without. */
  decided: number;
  readonly buffer: ReachBuffer;
}

/** A table is as long as all policies are many; so few decisions, as of most what-ifs, are not worth one. */
const FEW = 4;

const FACTS = new WeakMap<Snapshot, Facts>();

/** A question at a snapshot: what it comes down to, and how it was last asked, mostly of many principals of one account in a row. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly question: AccessQuestion;
  readonly plain: PlainQuestion | undefined;
  probe: Probe | undefined;
  /** Of the snapshot: to find them anew takes a good part of a decision. */
  readonly facts: Facts;
}

const ASKED = new WeakMap<AccessQuestion, Asked>();

/**
 * The verdict on a question about one principal, where the prepared policies make it certain: nothing unreadable matters, and
 * open conditions can be told apart without the judge. Undefined in every other case; the judge decides then.
 */
export function quickVerdict(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
): Verdict | undefined {
  return verdictFor(askedAt(snapshot, question), principal);
}

/** The same where whoever asks keeps hold of what the question comes down to. */
export function verdictFor(asked: Asked, principal: CompiledPrincipal): Verdict | undefined {
  const { snapshot, facts } = asked;
  const probe = probeOf(asked, principal);
  const place = probe === undefined ? undefined : placeOf(snapshot, principal);
  if (probe === undefined || place === undefined) return undefined;
  const { buffer } = facts;
  const count = snapshot.reach.fillReaches(place, buffer);
  const table = facts.table ?? tableFor(snapshot, facts);
  return table === undefined ? probe.verdictOf(buffer, count) : probe.verdictByTable(table, buffer, count);
}

function tableFor(snapshot: Snapshot, facts: Facts): PolicyTable | undefined {
  if (facts.decided++ >= FEW) facts.table = new PolicyTable(snapshot);
  return facts.table;
}

function factsOf(snapshot: Snapshot): Facts {
  const known = FACTS.get(snapshot);
  if (known !== undefined) return known;
  const facts: Facts = { table: undefined, decided: 0, buffer: reachBuffer() };
  FACTS.set(snapshot, facts);
  return facts;
}

function probeOf(asked: Asked, principal: CompiledPrincipal): Probe | undefined {
  const { snapshot, question, plain, probe } = asked;
  if (plain === undefined) return undefined;
  const isLinked = isServiceLinked(principal);
  if (probe !== undefined && probe.accountId === principal.accountId && probe.isServiceLinked === isLinked)
    return probe;
  asked.probe = new Probe(snapshot, question, plain, principal.accountId, isLinked);
  return asked.probe;
}

/** What is remembered with a question outlasts it until a full collection, so a question asked once is better asked by `ask`. */
function askedAt(snapshot: Snapshot, question: AccessQuestion): Asked {
  const known = ASKED.get(question);
  if (known?.snapshot === snapshot) return known;
  const asked = ask(snapshot, question);
  ASKED.set(question, asked);
  return asked;
}

/** Works out what a question comes down to. */
export function ask(snapshot: Snapshot, question: AccessQuestion): Asked {
  return { snapshot, question, plain: plainQuestion(snapshot, question), probe: undefined, facts: factsOf(snapshot) };
}
