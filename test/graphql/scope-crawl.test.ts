import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execute, getOperationAST, parse, validate } from "graphql";
import { type App, buildApp } from "../../src/app/build-app.js";
import { buildRamgraphSchema } from "../../src/app/build-schema.js";
import { silentLog } from "../../src/app/log.js";
import { openStore } from "../../src/app/open-store.js";
import { importAccountFolder } from "../../src/app/run-import.js";
import { encodeId } from "../../src/graphql/global-id.js";
import { demoExports } from "../../src/importers/demo/demo-exports.js";
import { roleKey, userKey } from "../../src/inventory/keys.js";
import { compileOperation } from "../../src/server/execute/compile-operation.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { allFields, type CrawlArguments, crawlQueries, fieldsSelected, lookThrough, type Seen } from "./crawler.js";

/** Two accounts whose users, groups, roles and policies bear the same names; ids, the alias and buckets differ. */
const KESTREL = {
  id: "1200000000000012",
  markers: ["1200000000000012", "kestrel-shop", "220000000000", "i-kestreltill01"],
};
const MERLIN = { id: "1500000000000015", markers: ["1500000000000015", "merlin", "250000000000"] };

let folder: string;
let database: TestDatabase;
let app: App;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-crawl-"));
  database = await createTestDatabase();
  const config = { databaseUrl: database.url, dataDir: "" };
  const store = await openStore(config, silentLog);
  await (await buildApp(config, silentLog)).close();
  for (const path of [await writeTwin("kestrel", KESTREL.id), await writeTwin("merlin", MERLIN.id)]) {
    await importAccountFolder(store.db, path, { allowShrink: false, onProgress: () => undefined });
  }
  await store.close();
  app = await buildApp(config, silentLog);
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function writeTwin(company: string, accountId: string): Promise<string> {
  const path = join(folder, company);
  await mkdir(path);
  const files = demoExports().find(({ folder: name }) => name === "kestrel-shop")?.files ?? new Map<string, string>();
  for (const [name, text] of files) {
    const rewrite = (part: string) =>
      part
        .replaceAll(KESTREL.id, accountId)
        .replaceAll("2200000000", `2${accountId.slice(1, 10)}`)
        .replaceAll("kestrel", company);
    await writeFile(join(path, rewrite(name)), rewrite(text));
  }
  return path;
}

async function askAs(
  accountIds: readonly string[],
  query: string,
): Promise<{ data: unknown; errors: readonly string[] }> {
  const document = parse(query);
  const problems = validate(app.schema, document);
  if (problems.length > 0) return { data: null, errors: problems.map(({ message }) => message) };
  const viewer = { name: "crawler", seesAllAccounts: false, accountIds, mayExplore: true };
  const result = await execute({ schema: app.schema, document, contextValue: app.createContext(viewer) });
  return { data: result.data, errors: (result.errors ?? []).map(({ message }) => message) };
}

/** What the cloud would say of a stop that it denied to the role. */
function denialOf(accountId: string): object {
  const principal = {
    AuthPrincipalType: "AssumedRoleUser",
    AuthPrincipalOwnerId: accountId,
    AuthPrincipalDisplayName: "operator:s",
  };
  return {
    DecodedDiagnosticMessage: {
      AuthAction: "ecs:StopInstance",
      AuthResource: `acs:ecs:cn-hangzhou:${accountId}:instance/i-1`,
      AuthPrincipal: principal,
      ExplicitDeny: false,
      NoPermissionPolicyType: "AccountLevelIdentityBasedPolicy",
    },
  };
}

function argumentsFor(accountId: string): CrawlArguments {
  const [role, user] = [`acs:ram::${accountId}:role/operator`, `acs:ram::${accountId}:user/dmitri`];
  const machines = '{ pattern: "acs:mq:*:*:*" }';
  const stop = `{ principal: "${user}", actions: { name: "ecs:DeleteSecurityGroup" }, resource: { anyOf: { pattern: "acs:ecs:*:*:*" } } }`;
  return {
    "Query.action": '(name: "mq:RegisterCa")',
    "Query.byArn": `(arn: "${role}")`,
    "Query.can": `(request: ${stop})`,
    "Query.canMany": `(requests: [${stop}, { principal: "${role}", actions: { operation: "mq:RegisterCaCertificate" }, resource: { anyOf: ${machines} } }])`,
    "Query.compare": `(base: { principal: "${role}" }, head: { principal: "${user}" })`,
    "Query.explainDenial": `(message: ${JSON.stringify(JSON.stringify(denialOf(accountId)))})`,
    "Query.group": '(name: "oncall")',
    "Query.lint":
      '(document: "{\\"Version\\":\\"1\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"ram:*\\",\\"Resource\\":\\"*\\"}]}")',
    "Query.node": `(id: "${encodeId(roleKey(accountId, "operator"))}")`,
    "Query.nodes": `(ids: ["${encodeId(roleKey(accountId, "deployer"))}", "${encodeId(userKey(accountId, "dmitri"))}"])`,
    "Query.policy": '(name: "RunMachines")',
    "Query.requirements": '(operations: ["mq:RegisterCaCertificate"])',
    "Query.role": '(name: "db-admin")',
    "Query.search": '(query: "o", first: 3)',
    "Query.service": '(code: "mq")',
    "Query.user": '(name: "robot")',
    "Query.whoCan": `(actions: { name: "rds:DeleteDBInstance" }, resource: { anyOf: { pattern: "acs:rds:*:*:*" } }, reach: ASSUMED, first: 3)`,
    "User.resources": '(action: "ecs:StopInstance", first: 2)',
    "Role.resources": '(action: "ecs:StopInstance", first: 2)',
    "RequirementSet.checkedFor": `(principal: "${role}")`,
  };
}

async function crawl(accountId: string): Promise<Seen> {
  const seen: Seen[] = [];
  for (const [field, query] of crawlQueries(app.schema, argumentsFor(accountId))) {
    const { data, errors } = await askAs([accountId], query);
    expect([field, errors]).toEqual([field, []]);
    seen.push(lookThrough(data));
  }
  return { texts: seen.flatMap(({ texts }) => texts), fields: new Set(seen.flatMap(({ fields }) => [...fields])) };
}

test("every field is answered to the byte the same by compiled operations, and by methods called through type-graphql", async () => {
  const schema = await buildRamgraphSchema(false);
  const viewer = { name: "crawler", seesAllAccounts: false, accountIds: [KESTREL.id], mayExplore: true };
  for (const [field, query] of crawlQueries(app.schema, argumentsFor(KESTREL.id))) {
    const document = parse(query);
    const operation = getOperationAST(document);
    const compiled = operation && compileOperation(app.schema, document, operation, Number.POSITIVE_INFINITY);
    const plain = await execute({ schema: app.schema, document, contextValue: app.createContext(viewer) });
    const made = await compiled?.answer(app.createContext(viewer), {});
    expect([field, `{"data":${made}}`]).toEqual([field, JSON.stringify(plain)]);
    const roundabout = await execute({ schema, document, contextValue: app.createContext(viewer) });
    expect([field, JSON.stringify(roundabout)]).toEqual([field, JSON.stringify(plain)]);
  }
});

describe("two viewers of accounts whose facts bear the same names", () => {
  let kestrel: Seen;
  let merlin: Seen;

  beforeAll(async () => {
    kestrel = await crawl(KESTREL.id);
    merlin = await crawl(MERLIN.id);
  });

  test("ask for every field that there is, and get values for most", () => {
    const selected = fieldsSelected(crawlQueries(app.schema, argumentsFor(KESTREL.id)).values());
    expect(allFields(app.schema).filter((field) => !selected.has(field))).toEqual([]);
    expect(new Set([...kestrel.fields, ...merlin.fields]).size).toBeGreaterThan(250);
  });

  test("never read a text that tells of the other's account", () => {
    expect(kestrel.texts.filter(([, text]) => MERLIN.markers.some((marker) => text.includes(marker)))).toEqual([]);
    expect(merlin.texts.filter(([, text]) => KESTREL.markers.some((marker) => text.includes(marker)))).toEqual([]);
  });

  test("share no global id of anything that an account has", () => {
    const ids = ({ texts }: Seen) =>
      texts.flatMap(([field, text]) => (ID.test(field) && !isOfCatalog(text) ? [text] : []));
    const shared = new Set(ids(kestrel).filter((id) => ids(merlin).includes(id)));
    expect([...shared]).toEqual([]);
  });

  test.each([
    ["node", (id: string, _arn: string) => `{ node(id: "${id}") { id } nodes(ids: ["${id}"]) { id } }`],
    ["byArn", (_id: string, arn: string) => `{ byArn(arn: "${arn}") { id } }`],
    [
      "can",
      (_id: string, arn: string) =>
        `{ can(request: { principal: "${arn}", actions: { name: "a:B" }, resource: { unscoped: true } }) { verdict sentence warnings { code message } } }`,
    ],
    [
      "lists",
      (_id: string, arn: string) =>
        `{ roles(filterBy: { accountIds: ["${arn.split(":")[3] ?? ""}"] }) { totalCount nodes { id } } }`,
    ],
    [
      "whoCan",
      (_id: string, arn: string) =>
        `{ whoCan(accountIds: ["${arn.split(":")[3] ?? ""}"], actions: { name: "mq:RegisterCa" }, resource: { unscoped: true }) { totalCount coverage { gaps { reason subject detail } } } }`,
    ],
  ])("by %s, what another account has and what is not there get the same answer", async (_, query) => {
    const foreign = `acs:ram::${MERLIN.id}:role/operator`;
    const missing = "acs:ram::1999999999999999:role/operator";
    const idIn = (accountId: string) => encodeId(roleKey(accountId, "operator"));
    const seen = await askAs([KESTREL.id], query(idIn(MERLIN.id), foreign));
    const absent = await askAs([KESTREL.id], query(idIn("1999999999999999"), missing));
    const text = JSON.stringify(seen).replaceAll(MERLIN.id, "1999999999999999");
    expect(text).toBe(JSON.stringify(absent));
  });
});

/** The catalog is for everybody. */
const isOfCatalog = (id: string) => Buffer.from(id.replaceAll('"', ""), "base64url").toString().includes(":catalog");
const ID = /^(Role|User|Group|Account|PolicyAttachment)\.id$/;
