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
  const SIZE = 32 << 10;
  const creates =
    '{"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Condition":{"StringEquals":{"ram:ServiceName":"a.aliyuncs.com"}}}';
  const many =
    (part: (n: number) => string, before = "", after = "") =>
    (size: number): string =>
      `${before}${Array.from({ length: Math.ceil(size / part(0).length) }, (_, n) => part(n)).join("")}${after}`;
  const fill = (part: string, before = "", after = ""): ((size: number) => string) => many(() => part, before, after);
  const cpuOf = (text: string): number => {
    const before = process.cpuUsage();
    const reading = read(text);
    const { user, system } = process.cpuUsage(before);
    expect(reading).not.toMatchObject({ refusal: { reason: expect.stringContaining("more than") } });
    return (user + system) / 1000;
  };
  test.each([
    ["opening braces", fill("{")],
    ["opening braces with quotes", fill('{"')],
    ["odd quotes that never close", fill("{「")],
    ["nested objects", fill('{"a":')],
    ["an object and blank lines", fill("   \n", '{"Effect":')],
    ["commas", fill(",", '{"Effect":"Allow","Action":[', "]}")],
    ["commas and blanks", fill(",    ", '{"Effect":"Allow","Action":[', "]}")],
    ["strings without commas", fill('"a:B"\n', '{"Effect":"Allow","Action":[', "]}")],
    ["no-break spaces", fill("\u00a0", '{"Effect":"Allow",', '"Action":"a:B"}')],
    ["comments", fill("// x\n", '{"Effect":"Allow",\n', '"Action":"a:B"}')],
    ["opening brackets", fill("[")],
    ["links that never close", fill("[a](")],
    ["hashes and blanks", fill(" ", "# ", "x")],
    ["bars", fill("|")],
    ["lines of bars", fill("|a\n")],
    ["table rows", fill("|a|b|\n")],
    ["role names", fill("AliyunServiceRoleForAcme ")],
    ["headings of many roles", many((n) => `AliyunServiceRoleForAcme${n}\n\n`)],
    ["rows of many roles", many((n) => `AliyunServiceRoleForAcme${n}Xy\n`, "RolePurpose\n")],
    ["many policies of one role", fill('{"Effect":"Allow","Action":"a:B"}\n', "AliyunServiceRoleForAcme\n\n")],
    ["many policies to create roles", many((n) => `AliyunServiceRoleForAcme${n}\n${creates}\n`)],
    ["a role name without end", fill("Acme", "AliyunServiceRoleFor")],
    ["glued rows by service", fill("AbCdEfGh iJkLm NoPq\n", "ServicePermissionsPurpose\n")],
    ["glued headers", fill("RolePurpose\n")],
    ["words about deletion", fill("delete ")],
    ["Chinese words about deletion", fill("删除")],
    ["RamCode sentences", fill("RAM code (RamCode) for ")],
    ["list marks", fill("- a -- b\n")],
    ["links to operations", fill("https://api.aliyun.com/api/")],
    ["blanks in a resource name", fill(" ", "|Action|ARN|\n|-|-|\n|a:B|acs", "x|\n")],
    ["colons", fill("a:b ")],
    ["actions", fill("mq:Grant ")],
    ["blanks", fill(" ", "x", "x")],
    ["full stops", fill(". ")],
    ["conditions", fill("When a, b ", "", ".")],
    ["HTML attributes", fill("a=b ", "<p ")],
    ["unclosed paragraphs", fill("<p>a")],
    ["angle brackets", fill("< ", "<html>")],
    ["rows that go on", many((n) => `||acs:a:::x${n}/*|\n`, "|Action|ARN|\n|-|-|\n|a:B|acs:a:::x|\n")],
    ["rows of one action", many((n) => `|a:B|acs:a:::x${n}/*|\n`, "|Action|ARN|\n|-|-|\n")],
    ["policies in one line", many((n) => `AliyunDemo${n}FullAccess `)],
    ["sentences about one role", fill("When it. ", "AliyunServiceRoleForAcme ")],
    ["Chinese full stops", fill("。")],
    ["lines of colons", fill("a: b\n")],
    ["cells that cover all rows", fill("<tr><td rowspan=999 colspan=60>a", "<table>")],
    ["cells in HTML", fill("<td>a</td>", "<table><tr>")],
  ])("%s", (_, textOf) => {
    // Compiling and the collection of garbage cost what they like; the square would double on top of the doubling.
    const isLinear = () => {
      const twice = cpuOf(textOf(2 * SIZE));
      return twice < 400 || twice < 3 * cpuOf(textOf(SIZE)) + 400;
    };
    // A busy host is charged to whoever runs on it, but seldom three times in a row.
    expect([1, 2, 3].some(isLinear)).toBe(true);
  });

  test.each([
    ["characters", "a ".repeat((1 << 19) + 1)],
    ["lines", "a\n".repeat(50_002)],
    ["tags", `<html>${"<p>a".repeat(100_000)}`],
    ["lines", `<html>${"<p>a".repeat(50_002)}`],
    ["characters", `<html>${"a ".repeat((1 << 19) + 1)}`],
  ])("what has too many %s is refused before it is read", (what, text) => {
    expect(read(text)).toMatchObject({ refusal: { reason: expect.stringMatching(`more than \\d+ ${what}`) } });
  });
});
