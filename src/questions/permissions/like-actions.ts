import type { Snapshot } from "../../grants/snapshot.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { assumesRole } from "../access/assume-role.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { carriesServiceName } from "../access/known-context.js";

/** What the statements that may count for a principal say of one action. */
export interface Likeness {
  /**
   * Actions of one key have one verdict on whatever is asked about under whatever circumstances: the same statements speak of them, or
   * may, and nothing else of an action counts.
   */
  readonly key: string;
  /** An own statement speaks of it, or may. */
  readonly mayReach: boolean;
}

/**
 * Tells which actions a principal's statements, and the control policies of anybody, do not tell apart. Three things beside
 * statements depend on the action: a role's trust policy, a bucket's policy, and what requests for service-linked roles carry; such
 * actions, and those whose name a condition tests, are like no other.
 *
 * @param grants all that reach the principal
 */
export function likenessOf(snapshot: Snapshot, grants: readonly Grant[]): (action: string) => Likeness {
  const own = [...new Set(grants.map(({ statement }) => statement))];
  const others = controlStatements(snapshot);
  const naming = new Set([...own, ...others].filter(testsAction));
  return (action) => {
    const folded = asciiLower(action);
    const [mine, theirs] = [marksOf(own, folded), marksOf(others, folded)];
    const isNamed = [...naming].some((statement) => mayCoverAction(statement, folded) !== false);
    const isOfBuckets = isGrantedByResources(snapshot, { parts: [{ name: action }] });
    const isAlone = isNamed || isOfBuckets || assumesRole(action) || carriesServiceName(folded);
    return { key: `${isAlone ? folded : ""} ${mine} ${theirs}`, mayReach: /[^0]/.test(mine) };
  };
}

const testsAction = ({ conditions }: Statement) => conditions.some(({ foldedKey }) => foldedKey === "action");

/** One letter for each statement: it covers the action, does not, or cannot be read. */
function marksOf(statements: readonly Statement[], foldedAction: string): string {
  let marks = "";
  for (const statement of statements) {
    const covers = mayCoverAction(statement, foldedAction);
    marks += covers === undefined ? "?" : covers ? "1" : "0";
  }
  return marks;
}

/** Those of every account, for a resource may be of any. */
function controlStatements({ controlLevels }: Snapshot): readonly Statement[] {
  const levels = new Set([...controlLevels.values()].flatMap((control) => control.levels));
  return [...new Set([...levels].flatMap(({ grants }) => grants.map(({ statement }) => statement)))];
}
