import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { roleKey } from "../../src/inventory/keys.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { assumableRoles } from "../../src/questions/assume/assumable-roles.js";
import { assumersOf } from "../../src/questions/assume/assumers.js";
import { outsiderName } from "../../src/questions/assume/outsiders.js";
import type { PrincipalAccess, ReachMode } from "../../src/questions/who-can/principal-access.js";
import { type WhoCanAnswer, whoCan } from "../../src/questions/who-can/who-can.js";
import { valueIn } from "./ask.js";
import { nameOf } from "./build-world.js";

type Rows = Readonly<Record<string, string>>;

/** Everybody who is not a plain no, and by which roles: `ALLOWED via ops, admin`. */
export function reachedIn(snapshot: Snapshot, question: AccessQuestion): Rows {
  return rowsOf(snapshot, knownRows(answerOf(snapshot, question, "ASSUMED")));
}

/** Those outside of the imported accounts who are not a plain no. */
export function outsideIn(snapshot: Snapshot, question: AccessQuestion): Rows {
  const { rows } = answerOf(snapshot, question, "DIRECT");
  return rowsOf(
    snapshot,
    [...rows].filter(({ decision }) => decision.asker?.principal === undefined),
  );
}

/** Reason and subject of what the answer did not see. */
export function gapsIn(snapshot: Snapshot, question: AccessQuestion): readonly string[] {
  return answerOf(snapshot, question, "DIRECT").coverage.gaps.map(({ reason, subject }) => `${reason} ${subject}`);
}

/** Who may assume a role, or gets to assume it. */
export function assumersIn(snapshot: Snapshot, principal: string, isTransitive: boolean): Rows {
  const role = [...snapshot.roles.values()].find(
    (each) => each.name === principal || `${each.accountId}/${each.name}` === principal,
  );
  if (role === undefined) throw new Error(`the world has no role \`${principal}\``);
  return rowsOf(snapshot, finish(assumersOf(snapshot, role, isTransitive)));
}

/** Every pair of a principal and a role, with the verdict, from the side of the roles and from that of the principals. */
export function assumptionsFromBothSides(snapshot: Snapshot, isTransitive: boolean): readonly (readonly string[])[] {
  const byRole = [...snapshot.roles.values()].flatMap((role) =>
    finish(assumersOf(snapshot, role, isTransitive)).flatMap(({ decision }) => {
      const { principal } = decision.asker ?? {};
      return principal === undefined
        ? []
        : [`${principal.key} ${roleKey(role.accountId, role.name)} ${decision.verdict}`];
    }),
  );
  const byPrincipal = snapshot.principals.flatMap((principal) =>
    [...finish(assumableRoles(snapshot, principal, isTransitive))].map(
      ({ role, decision }) => `${principal.key} ${roleKey(role.accountId, role.name)} ${decision.verdict}`,
    ),
  );
  return [byRole.toSorted(), byPrincipal.toSorted()];
}

function answerOf(snapshot: Snapshot, question: AccessQuestion, reach: ReachMode): WhoCanAnswer {
  return valueIn(finish(whoCan(snapshot, question, { verdicts: NOT_A_PLAIN_NO, reach })));
}

function knownRows({ rows }: WhoCanAnswer): readonly PrincipalAccess[] {
  return [...rows].filter(({ decision }) => decision.asker?.principal !== undefined);
}

function rowsOf(snapshot: Snapshot, rows: readonly PrincipalAccess[]): Rows {
  return Object.fromEntries(
    rows.map(({ decision: { asker, verdict }, path = [] }) => {
      const through = path.map(({ to }) => snapshot.principalByKey.get(to)).flatMap((role) => role ?? []);
      const via = through.length === 0 ? "" : ` via ${through.map(nameOf).join(", ")}`;
      const { principal } = asker ?? {};
      const name =
        principal === undefined ? (asker === undefined ? "" : outsiderName(asker.caller)) : nameOf(principal);
      return [name, `${verdict}${via}`];
    }),
  );
}
