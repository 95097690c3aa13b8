import { principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Gap } from "../../inventory/source.js";
import { accountsOf, coverageOf } from "../access/coverage.js";
import { gapOf, gapsOfStatements } from "../permissions/catalog-gaps.js";
import type { Pair } from "./access-change.js";

/** What a comparison looked at. */
export interface ComparedScope {
  readonly pairs: readonly Pair[];
  /** RAM codes of the services that are asked about; absent for all. */
  readonly services?: ReadonlySet<string>;
  /** One principal of each side is asked about, and not everybody. */
  readonly isOfOne: boolean;
}

/**
 * What could have changed a comparison and was not seen in either state, each gap once. Rows are about actions of the
 * catalog: where what differs reaches others, a gap says so.
 */
export function compareCoverage(base: Snapshot, head: Snapshot, scope: ComparedScope): readonly Gap[] {
  const gaps = [base, head].flatMap((snapshot) => [...gapsIn(snapshot, scope), ...beyondCatalog(snapshot, scope)]);
  return [...new Map(gaps.map((gap) => [JSON.stringify([gap.reason, gap.subject, gap.accountId]), gap])).values()];
}

function gapsIn(snapshot: Snapshot, { pairs, services, isOfOne }: ComparedScope): readonly Gap[] {
  const asked = isOfOne
    ? pairs.flatMap(({ base, head }) => [base.principal, head.principal])
    : principalRanges(snapshot.principals).accounts;
  return coverageOf(snapshot, {
    accountIds: accountsOf(asked),
    services: services ?? new Set([...snapshot.catalog.services.values()].map(({ code }) => code)),
    policies: new Set(snapshot.policies.keys()),
  }).gaps;
}

function beyondCatalog(snapshot: Snapshot, { pairs, services }: ComparedScope): readonly Gap[] {
  const policies = new Set(pairs.flatMap((pair) => [...pair.policies]));
  const statements = [...policies].flatMap((key) => snapshot.policies.get(key)?.document.statements ?? []);
  const assuming = pairs.some(({ mayDiffer }) => mayDiffer(ASSUME_ROLE)) ? gapOf(snapshot, ASSUME_ROLE) : undefined;
  const gaps = [...(assuming === undefined ? [] : [assuming]), ...gapsOfStatements(snapshot, statements)];
  return gaps.filter(({ subject }) => subject === "*" || (services?.has(subject) ?? true));
}

const ASSUME_ROLE = "sts:assumerole";
