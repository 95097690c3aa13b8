import type { Layers } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";

/** Every statement that a request was weighed against, layer by layer. */
export function grantsIn({ bounds, identity, resource }: Layers): readonly Grant[] {
  return [
    ...bounds.flatMap(({ grants }) => grants),
    ...(typeof identity === "string" ? [] : identity),
    ...(resource?.grants ?? []),
  ];
}
