import type { Key } from "../../inventory/keys.js";
import type { Source } from "../../inventory/source.js";
import type { Snapshot } from "../snapshot.js";

/** Key of the source of what is only supposed. */
export const SUPPOSED_SOURCE: Key = "source:HYPOTHETICAL:changes";

/** @param sha256 of the changes, in lower-case hex digits */
export function supposedSource({ committedAt }: Snapshot, sha256: string): Source {
  return {
    key: SUPPOSED_SOURCE,
    kind: "HYPOTHETICAL",
    title: "changes that the question supposes",
    sha256,
    importedAt: committedAt,
  };
}
