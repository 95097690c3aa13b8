import type { BatchFinding } from "../../inventory/batch.js";
import { findBlemishes } from "./blemishes.js";
import type { Page } from "./page.js";
import type { PolicyBlock } from "./policy-blocks.js";

export interface RoleDocument {
  readonly document?: string;
  readonly originalText?: string;
  readonly findings: readonly BatchFinding[];
}

/** Makes one document of statements that a page prints one by one. */
export function wrapStatements(statements: readonly string[]): string {
  return `{\n"Version": "1",\n"Statement": [\n${statements.join(",\n")}\n]\n}`;
}

/** The role's document: the one that the page prints whole, else its bare statements in the order of the page. */
export function assembleDocument(role: string, blocks: readonly PolicyBlock[], page: Page): RoleDocument {
  const whole = blocks.filter(({ kind }) => kind === "document");
  const bare = blocks.filter(({ kind }) => kind === "statement");
  const first = whole[0];
  if (first !== undefined) {
    const others = [...whole.slice(1).filter(({ text }) => squeeze(text) !== squeeze(first.text)), ...bare];
    return {
      ...textsOf(first),
      findings: [...findBlemishes(first, page), ...others.map((block) => leftOut(role, block, page))],
    };
  }
  return bare.length === 0 ? { findings: [] } : wrapBare(role, bare, page);
}

const squeeze = (text: string): string => text.replace(/\s+/g, "");

function textsOf(block: PolicyBlock): Pick<RoleDocument, "document" | "originalText"> {
  return { document: block.text, ...(block.originalText === undefined ? {} : { originalText: block.originalText }) };
}

function leftOut(role: string, block: PolicyBlock, page: Page): BatchFinding {
  const message = `a further ${block.kind} stands under role \`${role}\`, which has its document already; it was left out`;
  return { code: "SECOND_DOCUMENT", severity: "WARNING", message, ...page.placeOf(block.start) };
}

function wrapBare(role: string, bare: readonly PolicyBlock[], page: Page): RoleDocument {
  const count = bare.length === 1 ? "one bare statement" : `${bare.length} bare statements`;
  const message = `role \`${role}\` has ${count} in place of a document; wrapped into one`;
  const place = page.placeOf(bare[0]?.start ?? 0);
  return {
    document: wrapStatements(bare.map(({ text }) => text)),
    originalText: bare.map(({ start, end }) => page.text.slice(start, end)).join("\n\n"),
    findings: [
      { code: "STATEMENTS_WRAPPED", severity: "WARNING", message, ...place },
      ...bare.flatMap((block, index) => findBlemishes(block, page, index)),
    ],
  };
}
