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

/** What was worked out of one snapshot, and how a question was last asked: mostly of many principals of one account in a row. */
interface Asking {
  readonly snapshot: Snapshot;
  readonly table: PolicyTable;
  readonly buffer: ReachBuffer;
  question: AccessQuestion | undefined;
  plain: PlainQuestion | undefined;
  probe: Probe | undefined;
}

const KNOWN = new WeakMap<Snapshot, Asking>();

/**
 * The verdict on a question about one principal, where the prepared policies make it certain: nothing unreadable matters, and
 * open conditions can be told apart without the judge. Undefined in every other case; the judge decides then.
 */
export function quickVerdict(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
): Verdict | undefined {
  const asking = askingOf(snapshot);
  const probe = probeOf(asking, principal, question);
  const place = probe === undefined ? undefined : placeOf(snapshot, principal);
  if (probe === undefined || place === undefined) return undefined;
  const count = snapshot.reach.fillReaches(place, asking.buffer);
  return probe.verdictOf(asking.table, asking.buffer, count);
}

function askingOf(snapshot: Snapshot): Asking {
  const known = KNOWN.get(snapshot);
  if (known !== undefined) return known;
  const own = { table: new PolicyTable(snapshot), buffer: reachBuffer() };
  const asking: Asking = { snapshot, ...own, question: undefined, plain: undefined, probe: undefined };
  KNOWN.set(snapshot, asking);
  return asking;
}

function probeOf(asking: Asking, principal: CompiledPrincipal, question: AccessQuestion): Probe | undefined {
  if (question !== asking.question) {
    asking.question = question;
    asking.plain = plainQuestion(asking.snapshot, question);
    asking.probe = undefined;
  }
  const { snapshot, plain, probe } = asking;
  if (plain === undefined) return undefined;
  const isLinked = isServiceLinked(principal);
  if (probe?.accountId === principal.accountId && probe.isServiceLinked === isLinked) return probe;
  asking.probe = new Probe(snapshot, question, plain, principal.accountId, isLinked);
  return asking.probe;
}
