import { asciiLower } from "../../policy/ascii.js";
import type { Primitive } from "./primitive.js";
import { type Means, PRIMITIVES } from "./primitives.js";

/** A row of the table of means, with what follows from it. */
export interface KindOfStep {
  readonly means: Means;
  readonly primitive: Primitive;
  /** Where it stands in the table. */
  readonly index: number;
  /** The actions of every call in lower case, of which one suffices. */
  readonly calls: readonly (readonly string[])[];
}

/** In the order of the table. */
export const KINDS_OF_STEPS: readonly KindOfStep[] = kindsIn(PRIMITIVES);

function kindsIn(table: Readonly<Record<Means, Primitive>>): readonly KindOfStep[] {
  const isMeans = (name: string): name is Means => Object.hasOwn(table, name);
  return Object.keys(table)
    .filter(isMeans)
    .map((means, index) => {
      const primitive = table[means];
      return { means, primitive, index, calls: primitive.calls.map(({ anyOf }) => anyOf.map(asciiLower)) };
    });
}

/** Every action of the table, in lower case. */
export const PRIMITIVE_ACTIONS: readonly string[] = [...new Set(KINDS_OF_STEPS.flatMap(({ calls }) => calls.flat()))];
