import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Answer, type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD, NEXT_WORLD } from "./browsing-world.js";

let ask: Ask;
let askLater: Ask;

beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD);
  askLater = await askOver(BROWSING_WORLD, NEXT_WORLD);
});

interface Page {
  readonly nodes: readonly { readonly name: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: Readonly<Record<"hasNextPage" | "hasPreviousPage", boolean>> &
    Readonly<Record<"startCursor" | "endCursor", string | null>>;
  readonly totalCount: number;
}

const PAGE =
  "{ nodes { name } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }";
const NAMES = ["AcmeQueueReadOnly", "AcmeRoleForQueue", "Everything", "Keeper", "Keeper"];

function pageOf(answer: Answer): Page {
  expect(answer.errors).toEqual([]);
  return (answer.data as { readonly list: Page }).list;
}

async function page(args: string, by: Ask = ask): Promise<Page> {
  return pageOf(await by(`{ list: policies${args === "" ? "" : `(${args})`} ${PAGE} }`));
}

const names = ({ nodes }: Page) => nodes.map(({ name }) => name);

describe("a list", () => {
  test.each([1, 2, 3, 4, 5, 6, 100])("comes whole and in order by pages of %d", async (size) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const next: Page = await page(`first: ${size}${after === null ? "" : `, after: "${after}"`}`);
      expect(next.totalCount).toBe(NAMES.length);
      expect(next.pageInfo.hasPreviousPage).toBe(seen.length > 0);
      expect(next.pageInfo.startCursor).toBe(next.edges[0]?.cursor);
      seen.push(...names(next));
      after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(NAMES);
  });

  test.each([1, 2, 3, 4, 5, 6, 100])("comes whole from its end by pages of %d", async (size) => {
    let seen: string[] = [];
    let before: string | null = null;
    do {
      const next: Page = await page(`last: ${size}${before === null ? "" : `, before: "${before}"`}`);
      expect(next.pageInfo.hasNextPage).toBe(seen.length > 0);
      seen = [...names(next), ...seen];
      before = next.pageInfo.hasPreviousPage ? next.pageInfo.startCursor : null;
    } while (before !== null);
    expect(seen).toEqual(NAMES);
  });

  test("stands between two cursors", async () => {
    const { edges } = await page("first: 100");
    const between = `after: "${edges[0]?.cursor}", before: "${edges[3]?.cursor}"`;
    expect(names(await page(`first: 5, ${between}`))).toEqual(NAMES.slice(1, 3));
    expect(names(await page(`last: 1, ${between}`))).toEqual(NAMES.slice(2, 3));
    expect(names(await page(`first: 5, after: "${edges[3]?.cursor}", before: "${edges[0]?.cursor}"`))).toEqual([]);
  });

  test("that is empty has no cursors", async () => {
    const { pageInfo, totalCount } = await page('filterBy: { nameContains: "nobody" }');
    expect(totalCount).toBe(0);
    expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });

  test("holds 25 entries at first, and takes `last` beside the default of `first`", async () => {
    expect(names(await page(""))).toEqual(NAMES);
    expect(names(await page("last: 1"))).toEqual(["Keeper"]);
  });
});

describe("a size out of range is refused", () => {
  test.each([
    ["first: 0", "first", "`0` is out of range; ask for 1 to 100 at once"],
    ["first: -1", "first", "`-1` is out of range; ask for 1 to 100 at once"],
    ["first: 101", "first", "`101` is out of range; ask for 1 to 100 at once"],
    ["first: 2147483647", "first", "`2147483647` is out of range; ask for 1 to 100 at once"],
    ["last: 0", "last", "`0` is out of range; ask for 1 to 100 at once"],
    ["first: 1, last: 1", "last", "`first` and `last` exclude each other; leave one out"],
    [
      "first: 99999999999",
      "first",
      "Int cannot represent non 32-bit signed integer value: 99999999999; ask for a whole number from 1 to 100",
    ],
    ['first: "1"', "first", 'Int cannot represent non-integer value: "1"; ask for a whole number from 1 to 100'],
  ])("%s", async (args, argument, message) => {
    expect((await ask(`{ policies(${args}) { totalCount } }`)).errors).toEqual([
      { message: `${argument}: ${message}`, extensions: { code: "BAD_USER_INPUT", argument } },
    ]);
  });

  test("also when it comes by a variable", async () => {
    const query = "query Q($n: Int) { policies(first: $n) { totalCount } }";
    expect((await ask(query, { n: 99999999999 })).errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT", argument: "first" } },
    ]);
    expect(
      (await ask("query Q($n: Int, $m: Int) { policies(first: $n, last: $m) { totalCount } }", { m: 1 })).errors,
    ).toEqual([]);
  });
});

describe("a cursor", () => {
  let cursor: string;
  beforeAll(async () => {
    cursor = (await page("first: 2")).pageInfo.endCursor ?? "";
  });

  const forged = (text: string) => Buffer.from(text, "latin1").toString("base64url");
  const edited = (change: (parts: string[]) => void) => {
    const parts = Buffer.from(cursor, "base64url").toString("latin1").split(" ");
    change(parts);
    return forged(parts.join(" "));
  };

  test.each<[string, () => string]>([
    ["empty", () => ""],
    ["no base64", () => "%%%"],
    ["truncated", () => cursor.slice(0, -2)],
    ["padded", () => `${cursor}=`],
    ["with a blank", () => ` ${cursor}`],
    ["of no form", () => forged("hello")],
    ["of another version", () => edited((parts) => parts.splice(0, 1, "2"))],
    ["of another list", () => edited((parts) => parts.splice(2, 1, "0123456789abcdef"))],
    ["behind the end", () => edited((parts) => parts.splice(3, 1, "5"))],
    ["far behind the end", () => edited((parts) => parts.splice(3, 1, "999999999"))],
    ["of a negative place", () => edited((parts) => parts.splice(3, 1, "-1"))],
    ["with a longer number", () => edited((parts) => parts.splice(3, 1, "01"))],
    ["with more parts", () => edited((parts) => parts.push("0"))],
    ["with SQL", () => forged("1 7 ' OR 1=1 -- 0")],
    ["of 10,000 characters", () => "A".repeat(10_000)],
  ])("that is %s is refused", async (_what, make) => {
    for (const argument of ["after", "before"]) {
      const { errors } = await ask(`query Q($c: String) { policies(${argument}: $c) { totalCount } }`, { c: make() });
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument } }]);
    }
  });

  test("of other arguments or another field is refused, page sizes do not matter", async () => {
    for (const list of ['policies(filterBy: { nameContains: "e" }', "roles(first: 2", "users(first: 2"]) {
      const { errors } = await ask(`{ ${list}, after: "${cursor}") { totalCount } }`);
      expect(errors).toMatchObject([{ extensions: { argument: "after" } }]);
      expect(errors[0]?.message).toContain("another list or other arguments");
    }
    expect(names(await page(`first: 1, after: "${cursor}"`))).toEqual(["Everything"]);
  });

  test("of a nested list belongs to its parent", async () => {
    const user = (name: string, args: string) =>
      ask(`{ user(name: "${name}", accountId: "111") { groups(${args}) { pageInfo { endCursor } } } }`);
    const { data } = await user("alice", "first: 1");
    const { endCursor } = (data as { user: { groups: { pageInfo: { endCursor: string } } } }).user.groups.pageInfo;
    expect((await user("ALICE", `after: "${endCursor}"`)).errors).toEqual([]);
    expect((await user("bob", `after: "${endCursor}"`)).errors).toMatchObject([{ extensions: { argument: "after" } }]);
  });

  test("goes on in its own revision though a newer one is there", async () => {
    const before = pageOf(await ask(`{ list: users(first: 1) ${PAGE} }`));
    const later = pageOf(await askLater(`{ list: users(first: 1) ${PAGE} }`));
    expect([before.totalCount, later.totalCount]).toEqual([4, 5]);
    const on = pageOf(await askLater(`{ list: users(first: 1, after: "${before.pageInfo.endCursor}") ${PAGE} }`));
    expect(on.totalCount).toBe(4);
  });

  test.each([
    ["{ revision: 8 }", 'the cursor is of revision 7; ask again with `at: { revision: "7" }`'],
    ["{ revision: 7 }", undefined],
    ["{ minRevision: 7 }", undefined],
    ["{ minRevision: 8 }", 'the cursor is of revision 7; ask again with `at: { revision: "7" }`'],
    ["{}", undefined],
  ])("of revision 7 under `at: %s`", async (at, problem) => {
    const { errors } = await askLater(`{ policies(at: ${at}, after: "${cursor}") { totalCount } }`);
    expect(errors.map(({ message }) => message)).toEqual(problem === undefined ? [] : [`after: ${problem}`]);
  });

  test("of another revision in a nested list is refused with the mend", async () => {
    const query = (args: string) =>
      `{ service(code: "queue") { actions(first: 1${args}) { pageInfo { endCursor } } } }`;
    const { data } = await ask(query(""));
    const { endCursor } = (data as { service: { actions: { pageInfo: { endCursor: string } } } }).service.actions
      .pageInfo;
    const { errors } = await askLater(query(`, after: "${endCursor}"`));
    expect(errors[0]?.message).toBe('after: the cursor is of revision 7; ask again with `at: { revision: "7" }`');
  });
});

describe("`at`", () => {
  test.each([
    ['{ revision: "8" }', "8"],
    ['{ revision: "7" }', "7"],
    ["{}", "8"],
  ])("%s asks about revision %s", async (at, revision) => {
    expect((await askLater(`{ snapshot(at: ${at}) { revision } }`)).data).toEqual({ snapshot: { revision } });
  });

  test.each([
    ['{ revision: "7", asOf: "2026-01-01T00:00:00Z" }', "BAD_USER_INPUT"],
    ['{ revision: "seven" }', "BAD_USER_INPUT"],
    ['{ minRevision: "-1" }', "BAD_USER_INPUT"],
    ['{ asOf: "yesterday" }', "BAD_USER_INPUT"],
    ['{ asOf: "2026-02-31" }', "BAD_USER_INPUT"],
    ['{ revision: "9" }', "REVISION_NOT_AVAILABLE"],
  ])("%s is refused", async (at, code) => {
    expect((await askLater(`{ snapshot(at: ${at}) { revision } }`)).errors).toMatchObject([{ extensions: { code } }]);
  });
});
