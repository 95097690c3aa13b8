import { beforeAll, describe, expect, test } from "@jest/globals";
import { buildWorld } from "../worlds/build-world.js";
import { type Ask, askOver } from "./ask.js";

let ask: Ask;

beforeAll(async () => {
  ask = await askOver(buildWorld({ policies: {} }, []));
});

const LINT =
  "query ($document: String!, $type: PolicyDocumentType) { lint(document: $document, type: $type) { code subject { id } } }";
const trust = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"*"}}]}';

describe("lint", () => {
  test.each([
    ["TRUST", ["OPEN_TO_ANYONE"]],
    ["IDENTITY", ["MISSING_ELEMENT", "PRINCIPAL_NOT_ALLOWED"]],
    // Somebody's variable that was left out.
    [null, ["MISSING_ELEMENT", "PRINCIPAL_NOT_ALLOWED"]],
  ])("reads a document as what it is for: %s", async (type, codes) => {
    const { data, errors } = await ask(LINT, { document: trust, type });
    expect(errors).toEqual([]);
    expect(data).toEqual({ lint: codes.map((code) => ({ code, subject: null })) });
  });

  test.each(["", "null", "{", '"\\ud800"', "[".repeat(20_000), `{"Statement":${"[".repeat(60)}1${"]".repeat(60)}}`])(
    "gives findings of what is no document: %.20s",
    async (document) => {
      const { data, errors } = await ask(LINT, { document });
      expect(errors).toEqual([]);
      expect(data).toMatchObject({ lint: expect.arrayContaining([{ code: expect.any(String), subject: null }]) });
    },
  );

  test("refuses what no policy comes near", async () => {
    const { errors } = await ask(LINT, { document: " ".repeat(70_000) });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "document" } }]);
  });
});

describe("explainDenial", () => {
  test.each(["", "AQEAAAAAZBgxr0U1MjA1NTM1LUM4BBktMzE5RS1CODgx", "{}", "[]", " ".repeat(70_000)])(
    "refuses what is no decoded message: %.20s",
    async (message) => {
      const { errors } = await ask("query ($message: String!) { explainDenial(message: $message) { sentence } }", {
        message,
      });
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "message" } }]);
    },
  );
});
