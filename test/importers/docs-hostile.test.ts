import { describe, expect, test } from "@jest/globals";
import { readPage } from "../../src/importers/docs/read-page.js";

const read = (text: string): ReturnType<typeof readPage> => readPage(Buffer.from(text), { fileName: "page.txt" });

describe("bytes that are no page are refused in words", () => {
  test.each<readonly [string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /holds no service-linked role/],
    ["UTF-16", Buffer.from("\ufeffAliyun", "utf16le"), /not UTF-8: byte 0 /],
    ["a lone continuation byte", Buffer.from([0x61, 0x80]), /not UTF-8: byte 1 /],
    ["an overlong slash", Buffer.from([0xc0, 0xaf]), /not UTF-8: byte 0 /],
    ["a surrogate in UTF-8", Buffer.from([0x61, 0x62, 0xed, 0xa0, 0x80]), /not UTF-8: byte 2 /],
    ["a character cut off", Buffer.from([0x61, 0xe4, 0xb8]), /not UTF-8: byte 1 /],
    ["above U+10FFFF", Buffer.from([0xf4, 0x90, 0x80, 0x80]), /not UTF-8: byte 0 /],
    ["a NUL", Buffer.from("page\0"), /NUL at byte 4/],
    ["HTML that nests without end", Buffer.from(`<html>${"<div>".repeat(200_000)}`), /nests deeper than 500/],
    ["a page about something else", Buffer.from("# Recipes\n\nTake flour.\n"), /no system policy that could be read$/],
  ])("%s", (_, bytes, reason) => {
    expect(readPage(bytes, { fileName: "page.txt" })).toEqual({
      refusal: { fileName: "page.txt", reason: expect.stringMatching(reason) },
    });
  });

  test("well-formed UTF-8 of every length and a byte order mark are let pass", () => {
    const reading = read("\ufeffé€𐍈 汉 The AliyunDemoFullAccess policy");
    expect(reading).toMatchObject({ batch: { facts: { policies: [{ name: "AliyunDemoFullAccess" }] } } });
  });
});

describe("a policy that cannot be read is left out, never guessed at", () => {
  const page = (json: string): string =>
    `AliyunServiceRoleForAcme\n\nService name: acme.aliyuncs.com\n\n${json}\n\nThe end.\n`;
  test.each([
    ["cut off", '{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "a:B"', "UNBALANCED_BRACES"],
    ["closed wrongly", '{"Statement": [{"Effect": "Allow", "Action": "a:B"}}', "UNBALANCED_BRACES"],
    ["two values without a comma", '{"Effect": "Allow" "Action": "a:B"}', "POLICY_UNREADABLE"],
    ["a key twice", '{"Effect": "Allow", "Effect": "Deny", "Action": "a:B"}', "POLICY_UNREADABLE"],
    ["a lone surrogate", '{"Effect": "Allow", "Action": "a:\\ud800"}', "POLICY_UNREADABLE"],
    ["an escaped NUL", '{"Effect": "Allow", "Action": "a:\\u0000"}', "POLICY_UNREADABLE"],
    ["nested too deep", `{"Effect": "Allow", "Action": ${"[".repeat(100)}${"]".repeat(100)}}`, "POLICY_UNREADABLE"],
  ])("%s", (_, json, code) => {
    const reading = read(page(json));
    expect(reading).toMatchObject({ batch: { facts: { roles: [{ name: "AliyunServiceRoleForAcme" }] } } });
    const batch = "batch" in reading ? reading.batch : undefined;
    expect(batch?.facts.roles[0]).not.toHaveProperty("document");
    expect(batch?.findings.map((finding) => finding.code)).toContain(code);
  });

  test("a policy for users below a role is not the role's", () => {
    const reading = read(
      page(
        'To let a RAM user see boxes, add a custom policy:\n\n{"Effect": "Allow", "Action": "a:B", "Resource": "*"}',
      ),
    );
    const batch = "batch" in reading ? reading.batch : undefined;
    expect(batch?.facts.roles[0]).not.toHaveProperty("document");
    expect(batch?.findings.map((finding) => finding.code)).toContain("UNATTRIBUTED_POLICY");
  });

  test("a policy whose own principal contradicts the page is left out", () => {
    const own =
      '{"Effect": "Allow", "Action": "ram:DeleteServiceLinkedRole", "Resource": "*", "Condition": {"StringEquals": {"ram:ServiceName": "other.aliyuncs.com"}}}';
    const reading = read(page(own));
    const batch = "batch" in reading ? reading.batch : undefined;
    expect(batch?.facts.roles[0]).toMatchObject({ serviceName: "acme.aliyuncs.com" });
    expect(batch?.facts.roles[0]).not.toHaveProperty("document");
    expect(batch?.findings.map((finding) => finding.code)).toContain("UNATTRIBUTED_POLICY");
  });
});

describe("time grows with the length of the page, not with its square", () => {
  const MEBIBYTE = 1 << 20;
  const QUARTER = MEBIBYTE >> 2;
  const creates =
    '{"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Condition":{"StringEquals":{"ram:ServiceName":"a.aliyuncs.com"}}}';
  const many = (part: (n: number) => string): string =>
    Array.from({ length: Math.ceil(QUARTER / part(0).length) }, (_, n) => part(n)).join("");
  const fill = (part: string): string => part.repeat(Math.ceil(QUARTER / part.length));
  test.each([
    ["a mebibyte of opening braces", "{".repeat(MEBIBYTE)],
    ["opening braces with quotes", fill('{"')],
    ["odd quotes that never close", fill("{「")],
    ["nested objects", fill('{"a":')],
    ["an object and blank lines", `{"Effect":${"\n".repeat(QUARTER)}`],
    ["commas", `{"Effect":"Allow","Action":[${fill(",")}]}`],
    ["commas and blanks", `{"Effect":"Allow","Action":[${fill(",    ")}]}`],
    ["strings without commas", `{"Effect":"Allow","Action":[${fill('"a:B"\n')}]}`],
    ["no-break spaces", `{"Effect":"Allow",${fill("\u00a0")}"Action":"a:B"}`],
    ["comments", `{"Effect":"Allow",\n${fill("// x\n")}"Action":"a:B"}`],
    ["opening brackets", fill("[")],
    ["links that never close", fill("[a](")],
    ["hashes and blanks", `# ${" ".repeat(QUARTER)}x`],
    ["bars", fill("|")],
    ["lines of bars", fill("|a\n")],
    ["table rows", fill("|a|b|\n")],
    ["role names", fill("AliyunServiceRoleForAcme ")],
    ["headings of many roles", many((n) => `AliyunServiceRoleForAcme${n}\n\n`)],
    ["rows of many roles", `RolePurpose\n${many((n) => `AliyunServiceRoleForAcme${n}Xy\n`)}`],
    ["many policies of one role", `AliyunServiceRoleForAcme\n\n${fill('{"Effect":"Allow","Action":"a:B"}\n')}`],
    ["many policies to create roles", many((n) => `AliyunServiceRoleForAcme${n}\n${creates}\n`)],
    ["a role name without end", `AliyunServiceRoleFor${fill("Acme")}`],
    ["glued rows by service", `ServicePermissionsPurpose\n${fill("AbCdEfGh iJkLm NoPq\n")}`],
    ["glued headers", fill("RolePurpose\n")],
    ["words about deletion", fill("delete ")],
    ["Chinese words about deletion", fill("删除")],
    ["RamCode sentences", fill("RAM code (RamCode) for ")],
    ["list marks", fill("- a -- b\n")],
    ["links to operations", fill("https://api.aliyun.com/api/")],
    ["blanks in a resource name", `|Action|ARN|\n|-|-|\n|a:B|acs${fill(" ")}x|\n`],
    ["colons", fill("a:b ")],
    ["actions", fill("mq:Grant ")],
    ["blanks", `x${" ".repeat(QUARTER)}x`],
    ["full stops", fill(". ")],
    ["conditions", `${fill("When a, b ")}.`],
    ["HTML attributes", `<p ${fill("a=b ")}`],
    ["unclosed paragraphs", fill("<p>a")],
    ["angle brackets", `<html>${fill("<")}`],
  ])("%s", (_, text) => {
    const start = performance.now();
    read(text);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
