import { enumType } from "../../graphql/enum-type.js";
import type { Primitive } from "./primitive.js";
import { PRIMITIVES } from "./primitives.js";

const DESCRIPTIONS: Readonly<Record<string, Primitive>> = PRIMITIVES;

export const EscalationMeansEnum = enumType<string>(
  "EscalationMeans",
  "A way to gain rights by calls that one may make.",
  Object.fromEntries(
    Object.entries(DESCRIPTIONS).map(([means, { description, source }]) => [
      means,
      `${description} Source: ${source}.`,
    ]),
  ),
);
