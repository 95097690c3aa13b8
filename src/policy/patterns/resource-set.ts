import {
  ignoresCase,
  type RequestResource,
  type ResourcePattern,
  readResourcePattern,
  requestResource,
  splitArn,
  UNSCOPED,
} from "../arn.js";
import type { FamilyTest } from "../conditions/operator.js";
import { compileStringTest } from "../conditions/string-family.js";
import { finish, type Steps } from "../steps.js";
import { type Budget, STEP_BUDGET } from "./budget.js";
import { divide } from "./divide.js";
import { ANY_ARN, compilePattern } from "./program.js";

/** Resources that stand for all of a set: the others of the set are covered by the same unions as one of these. */
export interface Representatives {
  readonly resources: readonly RequestResource[];
  /** False when the budget ran out: there may be resources that none of these stands for. */
  readonly isExact: boolean;
}

/**
 * Divides the resources that a pattern names into cells, such that each union of `unions` covers all of a cell or none
 * of it, and returns one resource of each cell that is not empty. Whatever is decided by coverage alone is decided for
 * the whole set by deciding it for these.
 *
 * The set of `*` holds every five-segment name and the unscoped resource.
 *
 * @param unions pattern lists, and tests of strings that the text of the resource is held against
 * @param ownAccount where the pattern leaves the account open, only resources of this account are meant
 */
export function representatives(
  pattern: ResourcePattern,
  unions: readonly (readonly ResourcePattern[] | FamilyTest)[],
  ownAccount?: string,
): Representatives {
  return finish(representativesInSteps(pattern, unions, ownAccount));
}

/** The same. Yields now and then, as many patterns take long to be told apart. */
export function* representativesInSteps(
  pattern: ResourcePattern,
  unions: readonly (readonly ResourcePattern[] | FamilyTest)[],
  ownAccount?: string,
): Steps<Representatives> {
  const budget: Budget = { left: STEP_BUDGET };
  const found: RequestResource[] = pattern.form === "ANY" ? [UNSCOPED] : [];
  let isExact = true;
  for (const slice of slicesOf(pattern, shapeOf(pattern, ownAccount))) {
    const compile = (each: ResourcePattern) => compilePattern(each, slice.isCaseFolded);
    const cells = yield* divide(
      slice.domain.map((union) => union.map(compile)),
      slice.excluded.map(compile),
      unions.map((union) =>
        "values" in union && "positiveName" in union ? compileStringTest(union) : union.map(compile),
      ),
      budget,
    );
    found.push(...cells.words.map(resourceOf));
    isExact &&= cells.isExact;
  }
  return { resources: found, isExact };
}

/** Part of a set in which relative ids are compared in one way. */
interface Slice {
  /** The set is what lies in each of these unions. */
  readonly domain: readonly (readonly ResourcePattern[])[];
  readonly excluded: readonly ResourcePattern[];
  readonly isCaseFolded: boolean;
}

const FOLDING_SERVICES = ["ram", "sts"];

/** RAM's own resources ignore letter case and all others do not, so a set that holds both kinds is cut in two. */
function slicesOf(pattern: ResourcePattern, shape: ResourcePattern): readonly Slice[] {
  const service = pattern.segments?.[1];
  if (service !== undefined && !/[*?]/.test(service)) {
    return [{ domain: [[shape], [pattern]], excluded: [], isCaseFolded: ignoresCase(service) }];
  }
  const folding = FOLDING_SERVICES.map((code) => readResourcePattern(`acs:${code}:*:*:*`).pattern);
  const domain = [[shape], [pattern]];
  return [
    { domain, excluded: folding, isCaseFolded: false },
    { domain: [...domain, folding], excluded: [], isCaseFolded: true },
  ];
}

function shapeOf({ form, segments }: ResourcePattern, ownAccount: string | undefined): ResourcePattern {
  const leavesAccountOpen = form === "ANY" || segments?.[3] === "*";
  if (ownAccount === undefined || !leavesAccountOpen) return ANY_ARN;
  return readResourcePattern(`acs:?*:?*:${ownAccount}:*`).pattern;
}

function resourceOf(word: string): RequestResource {
  const segments = splitArn(word);
  return segments === undefined ? UNSCOPED : requestResource(word, segments);
}
