import type { ActionPattern } from "../../policy/action-pattern.js";
import type { ResourcePattern } from "../../policy/arn.js";
import type { PatternElement, Statement } from "../../policy/document.js";

/** A pattern with its place. */
export interface Listed<P> {
  readonly pattern: P;
  readonly pointer: string;
}

/** The patterns of `Action`; none where the element is `NotAction` or cannot be read. */
export function listedActions({ pointer, actions }: Statement): readonly Listed<ActionPattern>[] {
  return listed(actions, `${pointer}/Action`);
}

/** The patterns of `Resource`; none where the element is `NotResource`, is left out or cannot be read. */
export function listedResources({ pointer, resources }: Statement): readonly Listed<ResourcePattern>[] {
  return listed(resources, `${pointer}/Resource`);
}

function listed<P>(element: PatternElement<P> | "UNREADABLE", pointer: string): readonly Listed<P>[] {
  if (element === "UNREADABLE" || element.isNegated) return [];
  return element.patterns.map((pattern, index) => ({ pattern, pointer: `${pointer}/${index}` }));
}

/** Statements that allow, or whose effect cannot be read and may. */
export function mayAllow({ effect }: Statement): boolean {
  return effect !== "DENY";
}
