import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Answer, askApp } from "../../src/app/ask.js";
import { buildApp } from "../../src/app/build-app.js";
import type { Example } from "../../src/app/example.js";
import { silentLog } from "../../src/app/log.js";
import { openStore } from "../../src/app/open-store.js";
import { readExamples } from "../../src/app/read-examples.js";
import { importDemo } from "../../src/app/run-demo.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { questionsPage } from "./questions-page.js";

const ROOT = join(import.meta.dirname, "../..");
const EXAMPLES = await readExamples(join(ROOT, "schema/operations"));
/** The comment at the head of an example says whom it is about. */
const isOfDemo = ({ description }: Example) => description.includes("ramgraph demo");
const isUpdating = process.env.UPDATE_GOLDEN === "1";

let database: TestDatabase;
const answers = new Map<string, Answer>();
const secondAnswers = new Map<string, Answer>();

beforeAll(async () => {
  database = await createTestDatabase();
  const config = { databaseUrl: database.url, dataDir: "" };
  await askAll(
    config,
    EXAMPLES.filter((example) => !isOfDemo(example)),
  );
  const store = await openStore(config, silentLog);
  try {
    await importDemo(store.db, { allowShrink: false, onProgress: () => undefined });
  } finally {
    await store.close();
  }
  await askAll(config, EXAMPLES.filter(isOfDemo));
});

afterAll(async () => await database.drop());

async function askAll(config: Parameters<typeof buildApp>[0], examples: readonly Example[]): Promise<void> {
  const app = await buildApp(config, silentLog);
  try {
    for (const { name, query, variables } of examples) {
      const ask = async () => withoutTimes(await askApp(app, { query, operationName: name, variables }));
      answers.set(name, await ask());
      secondAnswers.set(name, await ask());
    }
  } finally {
    await app.close();
  }
}

/** When facts were imported differs from run to run. */
function withoutTimes(answer: Answer): Answer {
  const text = JSON.stringify(answer, (key, value: unknown) =>
    (key === "importedAt" || key === "committedAt") && value !== null ? "2026-01-01T00:00:00.000Z" : value,
  );
  return JSON.parse(text) as Answer;
}

test.each(EXAMPLES.map(({ name }) => name))("%s gets the answer written down for it", async (name) => {
  const path = join(ROOT, `test/fixtures/answers/${name}.json`);
  const answer = answers.get(name);
  if (isUpdating) await writeFile(path, `${JSON.stringify(answer, null, 2)}\n`);
  expect(answer?.errors ?? []).toEqual([]);
  expect(answer).toEqual(JSON.parse(await readFile(path, "utf8")));
});

test("whoever asks again gets the same answer, remembered or not", () => {
  expect(secondAnswers).toEqual(answers);
});

test("docs/questions.md shows them all", async () => {
  const path = join(ROOT, "docs/questions.md");
  const page = questionsPage(
    EXAMPLES.map((example) => ({ example, data: answers.get(example.name)?.data, isOfDemo: isOfDemo(example) })),
  );
  if (isUpdating) await writeFile(path, page);
  expect(await readFile(path, "utf8")).toBe(page);
});
