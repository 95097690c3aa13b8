import { describe, expect, test } from "@jest/globals";
import { findPageAddress } from "../../src/importers/docs/page-address.js";
import { readPage } from "../../src/importers/docs/read-page.js";
import { type ReadPage, tellPagesApart } from "../../src/importers/docs/tell-pages-apart.js";

const TABLE = "|Action|ARN|\n|-|-|\n|acme:GetBox|acs:acme:*:*:box/*|\n";
const ADDRESS = "https://help.aliyun.com/zh/acme/ram";

function page(path: string, text: string): ReadPage {
  const reading = readPage(Buffer.from(text), { fileName: path.split("/").at(-1) ?? "" });
  if ("refusal" in reading) throw new Error(reading.refusal.reason);
  return { path, batch: reading.batch };
}

const keysOf = (pages: readonly ReadPage[]): string[] =>
  pages.map(({ batch }) => batch.source.key.replace("source:DOCUMENTATION_PAGE:", ""));

describe("the address of a page", () => {
  test.each([
    ["a canonical link", `<html><head><link rel="canonical" href="${ADDRESS}"></head>`, ADDRESS],
    ["a canonical link, its parts turned round", `<link href='${ADDRESS}/?spm=a2c4g#x' rel='canonical'>`, ADDRESS],
    ["what is shared of it", `<meta property="og:url" content="http://help.aliyun.com/zh/acme/ram">`, ADDRESS],
    ["front matter", `---\ntitle: x\nurl: ${ADDRESS}\n---\n# Acme`, ADDRESS],
    ["quoted front matter", `---\n"source_url": "${ADDRESS}?x=1"\n---`, ADDRESS],
    ["a line of its own", `# Source: ${ADDRESS}\n\ntext`, ADDRESS],
    ["a Chinese line", `来源：${ADDRESS}\n`, ADDRESS],
    ["a link among words", `See ${ADDRESS} for more.`, undefined],
    ["two addresses", `Source: ${ADDRESS} and https://help.aliyun.com/zh/acme/other`, undefined],
    ["an address that was cut", "Source: https://help.aliyun.com/zh/acme/...", undefined],
    ["a host alone", "Source: https://help.aliyun.com/", undefined],
    ["a line far below", `${"\n".repeat(30)}Source: ${ADDRESS}`, undefined],
  ])("%s", (_, text, address) => {
    expect(findPageAddress(text)).toBe(address);
  });
});

describe("pages of one import", () => {
  test("are known by title and service, whatever their files are called", () => {
    const [one] = keysOf([page("old/a.md", `# Rights\n\n${TABLE}`)]);
    expect(keysOf([page("new/b.txt", `# Rights\n\n${TABLE}`)])).toEqual([one]);
    expect(one).toBe("Rights (acme)");
  });

  test("with one title and service are told apart by where they lie", () => {
    const left = page("docs/left/page.md", `# Rights\n\n${TABLE}`);
    const right = page("docs/right/page.md", `# Rights\n\n${TABLE.replace("GetBox", "ListBoxes")}`);
    const { pages, problems } = tellPagesApart([left, right]);
    expect(keysOf(pages)).toEqual(["Rights (acme)", "Rights (acme) right/page.md"]);
    expect(problems).toEqual([]);
  });

  test("that are the same bytes are one page", () => {
    const text = `# Rights\n\n${TABLE}`;
    expect(tellPagesApart([page("a.md", text), page("b.md", text)]).pages).toHaveLength(1);
  });

  test("with one address are one page, of which the newest counts", () => {
    const copy = (date: string) => `Source: ${ADDRESS}\n\n# Rights\n\nLast Updated: ${date}\n\n${TABLE}`;
    const { pages } = tellPagesApart([page("a.md", copy("2024-01-01")), page("b.md", copy("2025-01-01"))]);
    expect(keysOf(pages)).toEqual([ADDRESS]);
    expect(pages[0]?.batch.source.updatedAt).toBe("2025-01-01");
    expect(pages[0]?.batch.findings[0]).toMatchObject({
      code: "OLDER_COPY_LEFT_OUT",
      message: expect.stringContaining("a.md"),
    });
  });

  test("with one address and no dates are refused together", () => {
    const copy = (name: string) => `Source: ${ADDRESS}\n\n# Rights\n\n${TABLE.replace("GetBox", name)}`;
    const { pages, problems } = tellPagesApart([page("a.md", copy("GetBox")), page("b.md", copy("ListBoxes"))]);
    expect(pages).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^b\.md: it gives the same address as a\.md/)]);
  });
});
