import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Browser, Locator, Page, Request } from "playwright-core";
import type { Example } from "../../src/app/example.js";
import { openBrowser, startVisit, type Visit } from "./open-browser.js";
import { type StartedServer, startServer } from "./start-server.js";

/** As many examples as a first visit opens. */
const maxFirstTabs = 3;

let server: StartedServer | undefined;
let browser: Browser | undefined;
let examples: readonly Example[];

beforeAll(async () => {
  browser = await openBrowser();
  server = await startServer();
  const response = await fetch(`${server.origin}/playground/examples.json`);
  examples = (await response.json()) as readonly Example[];
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each(["light", "dark"] as const)("the playground in %s mode", (mode) => {
  let visit: Visit | undefined;
  let page: Page;

  beforeEach(async () => {
    if (!browser || !server) throw new Error("the browser or the server did not start");
    visit = await startVisit(browser, server.origin, mode);
    page = visit.page;
    await showPlayground(page, server.origin);
  });

  afterEach(async () => {
    if (!visit) return;
    const { complaints, foreignRequests } = visit;
    await visit.context.close();
    expect({ complaints, foreignRequests }).toEqual({ complaints: [], foreignRequests: [] });
  });

  test("opens with the examples as tabs", async () => {
    expect(await page.title()).toBe("ramgraph playground");
    expect(page.url()).toMatch(/\/playground\/$/);
    expect(await readTabs(page)).toEqual(examples.slice(0, maxFirstTabs).map(({ name }) => name));
    expect(await page.getByRole("region", { name: "Examples" }).getByRole("listitem").count()).toBe(examples.length);
  });

  test("runs the first example and shows its rows", async () => {
    const { answer } = await runOperation(page);
    expect(answer).not.toHaveProperty("errors");
    expect(countRows(answer)).toBeGreaterThan(0);
    await page.locator(".graphiql-response").getByText('"data"').waitFor();
    const screenshot = process.env.SCREENSHOT_FILE;
    if (screenshot === undefined || mode !== "light") return;
    // The editors colour their words, and hide their scroll bars, a little later.
    await page.waitForTimeout(3_000);
    await page.screenshot({ path: screenshot });
  });

  test("runs every example from the list, each in a tab of its own with its variables", async () => {
    for (const example of examples) {
      const entry = page
        .getByRole("region", { name: "Examples" })
        .getByRole("button", { name: example.name, exact: true });
      await entry.click();
      await waitUntilStored(page, "graphiql:query", example.query);
      expect(await readActiveTab(page)).toBe(example.name);
      const { sent, answer } = await runOperation(page);
      expect(sent).toEqual(asSent(example));
      // Without the demonstration company, what asks about its accounts may be told that they are not there.
      const isOfDemo = example.description.includes("the demonstration company");
      const codes = codesIn(answer).filter((code) => !isOfDemo || !ABSENT.has(code));
      expect(codes).toEqual([]);
    }
    expect(await readTabs(page)).toEqual(examples.map(({ name }) => name));
  });

  test("shows the tab in front, wherever it stands, and types into a new one", async () => {
    const region = page.getByRole("region", { name: "Examples" });
    for (const { name } of examples.slice(0, 9)) await region.getByRole("button", { name, exact: true }).click();
    await page.getByRole("button", { name: "New tab" }).click();
    await expectWithin(page.locator(".graphiql-tab-active"), page.getByRole("tablist"));
    await page.keyboard.type("query Typed { viewer { name } }");
    await waitUntilStored(page, "graphiql:query", "query Typed");
  });

  test("wraps lines that are wider than their editor", async () => {
    await page.setViewportSize({ width: 900, height: 900 });
    const query = page.locator(".graphiql-query-editor");
    await expectWithin(query.locator(".view-line > span").first(), query);
    const variables = page.locator(".graphiql-editor-tool").first();
    await expectWithin(variables.getByText('"acs:ecs:').first(), variables);
  });

  test("shows commands in descriptions as code", async () => {
    const pane = page.getByRole("region", { name: "Examples" });
    expect(await pane.locator("code").first().textContent()).toBe("npm run -s ramgraph -- demo");
    expect(await pane.getByText("`").count()).toBe(0);
  });

  test("explains what can be asked", async () => {
    await page.getByRole("button", { name: "what can be asked" }).click();
    await page.getByRole("link", { name: "Query", exact: true }).click();
    await page.getByRole("link", { name: "whoCan", exact: true }).waitFor();
  });

  test("remembers the tabs with their variables, and what was run, over a reload", async () => {
    const [first, second] = examples;
    if (!first || !second) throw new Error("this test needs two examples");
    await runOperation(page);
    await waitUntilStored(page, "graphiql:tabState", '"activeTabIndex":0');
    await showPlayground(page, new URL(page.url()).origin);
    expect((await runOperation(page)).sent).toEqual(asSent(first));

    await page.locator(".graphiql-tab-button").nth(1).click();
    await waitUntilStored(page, "graphiql:tabState", '"activeTabIndex":1');
    await showPlayground(page, new URL(page.url()).origin);
    expect(await readTabs(page)).toEqual(examples.slice(0, maxFirstTabs).map(({ name }) => name));
    expect(await readActiveTab(page)).toBe(second.name);
    expect((await runOperation(page)).sent).toEqual(asSent(second));

    await page.getByRole("button", { name: "Show History" }).click();
    const history = page.locator(".graphiql-history-item-label");
    await history.first().waitFor();
    expect(await history.allTextContents()).toEqual([second.name, first.name]);
  });
});

async function showPlayground(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/playground`);
  await page.locator(".graphiql-query-editor .view-line").first().waitFor();
}

/** Waits until one lies between the left and the right edge of the other. */
async function expectWithin(inner: Locator, outer: Locator): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const [box, frame] = [await inner.boundingBox(), await outer.boundingBox()];
    if (box && frame && box.x >= frame.x - 1 && box.x + box.width <= frame.x + frame.width + 1) return;
    await inner.page().waitForTimeout(50);
  }
  throw new Error("it did not come into view");
}

/** Runs the tab in front: what went to the API, and what came back. */
async function runOperation(page: Page): Promise<{ readonly sent: unknown; readonly answer: unknown }> {
  const [response] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/graphql") && !isIntrospection(response.request())),
    page.getByRole("button", { name: /^Execute query/ }).click(),
  ]);
  return { sent: response.request().postDataJSON(), answer: await response.json() };
}

/** The playground reads the schema by itself, on a busy machine perhaps while an operation runs. */
function isIntrospection(request: Request): boolean {
  return request.postData()?.includes("IntrospectionQuery") ?? false;
}

async function readTabs(page: Page): Promise<readonly string[]> {
  return page.locator(".graphiql-tab-button").allTextContents();
}

async function readActiveTab(page: Page): Promise<string | null> {
  return page.getByRole("tab", { selected: true }).locator(".graphiql-tab-button").textContent();
}

/** The length of the longest list anywhere in an answer. */
function countRows(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const here = Array.isArray(value) ? value.length : 0;
  return Math.max(here, ...Object.values(value).map(countRows));
}

/** An example as it must reach the API: GraphiQL sends no variables where the editor is empty. */
function asSent({ name, query, variables }: Example) {
  return { operationName: name, query, ...(Object.keys(variables).length > 0 && { variables }) };
}

/** GraphiQL takes note of an edit after a pause, and then stores it. */
async function waitUntilStored(page: Page, key: string, text: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const { origins } = await page.context().storageState();
    const entry = origins.flatMap(({ localStorage }) => localStorage).find(({ name }) => name === key);
    if (entry?.value.includes(text)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`\`${key}\` was not stored with \`${text}\``);
}

/** An account, or a revision, that is not there. */
const ABSENT: ReadonlySet<unknown> = new Set(["BAD_USER_INPUT", "REVISION_NOT_AVAILABLE"]);

function codesIn(answer: unknown): readonly unknown[] {
  const { errors = [] } = answer as {
    readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
  };
  return errors.map(({ extensions }) => extensions?.code);
}
