import { expect, test } from "@jest/globals";
import { type PastRun, standingRuns } from "../../src/store/standing-runs.js";

const import_ = (id: string): PastRun => ({ id, kind: "IMPORT", targetId: null });
const revert = (id: string, targetId: string): PastRun => ({ id, kind: "REVERT", targetId });
const forget = (id: string): PastRun => ({ id, kind: "FORGET", targetId: null });

const CASES: readonly (readonly [string, readonly PastRun[], readonly string[]])[] = [
  ["none", [], []],
  ["imports", [import_("1"), import_("2")], ["1", "2"]],
  ["the last taken back", [import_("1"), import_("2"), revert("3", "2")], ["1"]],
  ["all taken back at once", [import_("1"), import_("2"), revert("3", "1")], []],
  ["one more after that", [import_("1"), import_("2"), revert("3", "2"), import_("4")], ["1", "4"]],
  ["a return taken back", [import_("1"), import_("2"), revert("3", "2"), revert("4", "3")], ["1", "2"]],
  ["that taken back in turn", [import_("1"), import_("2"), revert("3", "1"), revert("4", "3"), revert("5", "4")], []],
  ["an account forgotten", [import_("1"), forget("2")], ["1", "2"]],
  ["a return whose target is unknown", [import_("1"), revert("3", "2")], ["1"]],
];

test.each(CASES)("standing runs: %s", (_, runs, ids) => {
  expect(standingRuns(runs).map(({ id }) => id)).toEqual(ids);
});
