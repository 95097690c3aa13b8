import { sentencesOf, withoutReferences } from "./clean-text.js";
import type { PageLine } from "./page.js";
import type { PageHead } from "./page-head.js";
import { isCreationPolicy, type PolicyBlock } from "./policy-blocks.js";
import { type PrintedPolicy, readPolicyDetails } from "./policy-details.js";
import { policyNamedAlone } from "./policy-names.js";
import { roleMentions } from "./role-names.js";

/** Text between a policy's name and its document: a page says what the policy is for, no more. */
const MOST_LINES = 4;

/**
 * The policies of the cloud whose documents a page prints: the one that the page is about, else those whose names stand
 * alone above a document, with nothing but sentences in between. Any other document is a sample.
 */
export function readPrintedPolicies(
  prose: readonly PageLine[],
  blocks: readonly PolicyBlock[],
  head: PageHead,
): readonly PrintedPolicy[] {
  const details = readPolicyDetails(prose, blocks, head);
  if (details !== undefined) return [details];
  const printed = new Map<string, PrintedPolicy>();
  for (const [index, line] of prose.entries()) {
    const name = policyNamedAlone(line.text);
    if (name === undefined || printed.has(name)) continue;
    const found = documentBelow(prose, index, blocks);
    if (found !== undefined) printed.set(name, { name, ...found });
  }
  return [...printed.values()];
}

function documentBelow(
  prose: readonly PageLine[],
  index: number,
  blocks: readonly PolicyBlock[],
): Omit<PrintedPolicy, "name"> | undefined {
  const start = prose[index]?.start ?? 0;
  const block = blocks.find((one) => one.start > start);
  if (block?.kind !== "document" || isCreationPolicy(block)) return undefined;
  const between = prose.slice(index + 1, index + 2 + MOST_LINES).filter((line) => line.start < block.start);
  if (between.length > MOST_LINES || !between.every(isSentence)) return undefined;
  const sentences = between.flatMap(({ text }) => sentencesOf(withoutReferences(text)));
  const description = sentences.filter((text) => !/[:：]$/.test(text)).join(" ");
  return { block, ...(description === "" ? {} : { description }) };
}

/** An item or heading in between begins something else, and a sentence about a role tells whose document follows. */
function isSentence({ text, isHeading }: PageLine): boolean {
  return !isHeading && !/^(?:[-•*]|\d+[.)])\s/.test(text) && roleMentions(text).length === 0;
}
