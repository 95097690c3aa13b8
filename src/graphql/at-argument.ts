import { Arg } from "type-graphql";
import { SnapshotInput } from "./snapshot.input.js";

/** The argument `at` of a root field. */
export function At() {
  return Arg("at", () => SnapshotInput, {
    nullable: true,
    description: "Which state of the world is asked about; left out, the newest.",
  });
}
