import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Example } from "../../src/app/example.js";
import { type AnswerPlayground, createPlayground, type PlaygroundResponse } from "../../src/server/playground.js";

const page = "<!doctype html><title>ramgraph playground</title>";
const script = "console.log('playground');".repeat(20);
const examples: readonly Example[] = [
  { name: "WhoCan", description: "Who can?", query: "query WhoCan { whoCan }", variables: { resource: "</script>" } },
];

let folder: string;
let answer: AnswerPlayground;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-playground-"));
  const assetsDir = join(folder, "built");
  await mkdir(join(assetsDir, "_graphiql"), { recursive: true });
  await writeFile(join(folder, "secret.js"), "secret");
  await writeFile(join(assetsDir, "index.html"), page);
  await writeFile(join(assetsDir, "_graphiql/index-1a2b.js"), script);
  await writeFile(join(assetsDir, "_graphiql/index-1a2b.js.gz"), gzipSync(script));
  await writeFile(join(assetsDir, "_graphiql/index-1a2b.js.br"), brotliCompressSync(script));
  await writeFile(join(assetsDir, "_graphiql/icon-3c4d.svg"), "<svg/>");
  await writeFile(join(assetsDir, "_graphiql/notes.txt"), "not of the page");
  answer = await createPlayground({ assetsDir, examples });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function get(url: string, headers: Record<string, string> = {}, method = "GET"): PlaygroundResponse {
  const response = answer({ method, url, headers });
  if (!response) throw new Error(`${url} was left to others`);
  return response;
}

describe("what is served", () => {
  test.each([
    ["/playground/", "text/html; charset=utf-8", "no-cache", page],
    ["/playground/?query=x", "text/html; charset=utf-8", "no-cache", page],
    ["/playground/index.html", "text/html; charset=utf-8", "no-cache", page],
    ["/playground/examples.json", "application/json; charset=utf-8", "no-cache", JSON.stringify(examples)],
    [
      "/playground/_graphiql/index-1a2b.js",
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
      script,
    ],
    ["/playground/_graphiql/icon-3c4d.svg", "image/svg+xml", "public, max-age=31536000, immutable", "<svg/>"],
  ])("%s is %s, %s", (url, contentType, cacheControl, body) => {
    const response = get(url);
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({ "content-type": contentType, "cache-control": cacheControl });
    expect(response.headers["content-length"]).toBe(String(response.body?.length));
    expect(response.body?.toString()).toBe(body);
  });

  test("the address without a slash leads to the page, by a path that holds behind a proxy's prefix", () => {
    const { status, headers } = get("/playground");
    expect({ status, location: headers.location }).toEqual({ status: 308, location: "playground/" });
  });

  test.each(["/", "/graphql", "/playgrounds", "/Playground/", "//playground/", "/x/playground/"])(
    "%s is not the playground's",
    (url) => expect(answer({ method: "GET", url, headers: {} })).toBeUndefined(),
  );

  test.each([
    "/playground/../secret.js",
    "/playground/%2e%2e/secret.js",
    "/playground/%252e%252e/secret.js",
    "/playground/..%2fsecret.js",
    "/playground/..\\secret.js",
    "/playground/_graphiql/../../secret.js",
    "/playground/_graphiql/..;/secret.js",
    "/playground/_graphiql/",
    "/playground/_graphiql/index-1a2b.js%00.html",
    "/playground/_graphiql/index-1a2b.js.gz",
    "/playground/_graphiql/notes.txt",
    "/playground//etc/passwd",
    "/playground/.env",
    "/playground/.git/config",
    "/playground/package.json",
    "/playground/__proto__",
    "/playground/constructor",
  ])("%s is not found, and not repeated", (url) => {
    const { status, body, headers } = get(url);
    expect(status).toBe(404);
    expect(body?.toString()).toBe("the playground has no such file\n");
    expect(headers).not.toHaveProperty("location");
  });
});

describe("how it is served", () => {
  test.each(["/playground", "/playground/", "/playground/examples.json", "/playground/nothing"])(
    "%s closes every door that the page does not need",
    (url) => {
      expect(get(url).headers).toMatchObject({
        "content-security-policy": expect.stringMatching(/^default-src 'none'; .*script-src 'self'; .*frame-ancestors/),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      });
      expect(get(url).headers["content-security-policy"]).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
    },
  );

  test.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["GZIP;q=0.5", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["br;q=0.0, gzip; q=0", undefined],
    ["deflate", undefined],
    ["", undefined],
  ])("a client that takes `%s` gets %s", (accepted, coding) => {
    const { headers, body } = get("/playground/_graphiql/index-1a2b.js", { "accept-encoding": accepted });
    const decode = { br: brotliDecompressSync, gzip: gunzipSync, none: (bytes: Buffer) => bytes };
    expect(headers["content-encoding"]).toBe(coding);
    expect(headers.vary).toBe("accept-encoding");
    expect(decode[coding === "br" || coding === "gzip" ? coding : "none"](body ?? Buffer.alloc(0)).toString()).toBe(
      script,
    );
  });

  test.each(["/playground/", "/playground/_graphiql/index-1a2b.js", "/playground/examples.json"])(
    "%s is sent once to a client that keeps it",
    (url) => {
      const etag = get(url).headers.etag ?? "";
      for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
        const again = get(url, { "if-none-match": condition });
        expect({ status: again.status, body: again.body, etag: again.headers.etag }).toEqual({ status: 304, etag });
      }
      expect(get(url, { "if-none-match": '"other"' }).status).toBe(200);
    },
  );

  test("each coding has a version of its own", () => {
    const versions = ["", "gzip", "br"].map(
      (accepted) => get("/playground/_graphiql/index-1a2b.js", { "accept-encoding": accepted }).headers.etag,
    );
    expect(new Set(versions).size).toBe(3);
  });

  test("HEAD gives the headers of GET and no body", () => {
    const head = get("/playground/", {}, "HEAD");
    expect(head).toEqual({ ...get("/playground/"), body: undefined });
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])("%s is refused", (method) => {
    const { status, headers } = get("/playground/", {}, method);
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: "GET, HEAD" });
  });
});

test("a playground that was never built says what to do", async () => {
  const unbuilt = await createPlayground({ assetsDir: join(folder, "missing"), examples });
  const response = unbuilt({ method: "GET", url: "/playground/", headers: {} });
  expect(response?.status).toBe(503);
  expect(response?.body?.toString()).toContain("npm run build");
});
