import { type ActionPattern, serviceOfAction } from "../action-pattern.js";
import type { ResourcePattern } from "../arn.js";
import type { PatternElement } from "../document.js";
import { hasWildcard } from "../wildcard.js";
import { settledEffect } from "./effects.js";
import type { PreparedStatement } from "./prepared-statement.js";
import { otherTextBit, textBit } from "./text-bit.js";

/**
 * What four numbers tell of a statement, so that of those that reach a principal nearly none has to be looked at. A service is one of
 * its action element where its bit is set in both of the first two.
 */
export interface StatementDigest {
  readonly services: number;
  readonly otherServices: number;
  /** Where the bit of a resource's service is not set, the statement does not cover the resource. */
  readonly resourceServices: number;
  /** `COVERS_OTHERS`, and the effect that the statement then has whatever the resource and the context. */
  readonly otherwise: number;
}

/** It covers every action of services that are not its own; without this flag it covers none of them. */
export const COVERS_OTHERS = 4;

const EVERY = -1;
const NO_SERVICE = { services: 0, otherServices: 0 };

/** @returns numbers that hold for as long as the statement does */
export function digestStatement(prepared: PreparedStatement): StatementDigest {
  const { actions, resources } = prepared.statement;
  const coversOthers = actions === "UNREADABLE" || actions.isNegated || namesEverything(actions);
  const isSettled = coversOthers && prepared.coversAnyResource;
  const namesNone = actions === "UNREADABLE" || (coversOthers && !actions.isNegated);
  const { services, otherServices } = namesNone ? NO_SERVICE : servicesOf(actions.patterns);
  return {
    services,
    otherServices,
    resourceServices: resources === "UNREADABLE" ? EVERY : resourceServices(resources),
    otherwise: (coversOthers ? COVERS_OTHERS : 0) | (isSettled ? settledEffect(prepared) : 0),
  };
}

function namesEverything({ patterns }: PatternElement<ActionPattern>): boolean {
  return patterns.some(({ folded }) => folded === "*");
}

function servicesOf(patterns: readonly ActionPattern[]): Pick<StatementDigest, "services" | "otherServices"> {
  const names = patterns.map(({ folded }) => serviceOfAction(folded));
  if (names.some(hasWildcard)) return { services: EVERY, otherServices: EVERY };
  return {
    services: names.reduce((bits, name) => bits | textBit(name), 0),
    otherServices: names.reduce((bits, name) => bits | otherTextBit(name), 0),
  };
}

function resourceServices({ isNegated, patterns }: PatternElement<ResourcePattern>): number {
  if (isNegated) return EVERY;
  let bits = 0;
  for (const { segments } of patterns) {
    if (segments === undefined || hasWildcard(segments[1])) return EVERY;
    bits |= textBit(segments[1]);
  }
  return bits;
}
