import type { PageLine } from "./page.js";
import { isoDate, type PageHead } from "./page-head.js";
import type { PolicyBlock } from "./policy-blocks.js";
import { isKeptPolicyName } from "./policy-names.js";
import { lastIndexUpTo } from "./sorted.js";

/** A policy of the cloud with the document that a page prints for it. */
export interface PrintedPolicy {
  readonly name: string;
  readonly block: PolicyBlock;
  readonly description?: string;
  readonly versionId?: string;
  /** ISO 8601 days. The page gives a time without its zone, so the time is left out. */
  readonly createdOn?: string;
  readonly updatedOn?: string;
}

const VERSION = /^(?:[-•*]\s+)?(?:current version|当前版本)\s*[:：]\s*(v\d{1,9})\b/i;
const CREATED = /^(?:[-•*]\s+)?(?:creation time|创建时间)\s*[:：]\s*(\S.*)$/i;
const UPDATED = /^(?:[-•*]\s+)?(?:update time|更新时间)\s*[:：]\s*(\S.*)$/i;
const OPENING = /^(\w+)\s*(?:is (?:a|an|the)\b|是)/;
const PURPOSE = /\bpolicy:\s*(\S.*)$|本策略(定义了\S.*)$/i;

/**
 * Reads a page that is about one policy: its name, in the title or at the start of the first sentence, then type, times,
 * version, and the one document. Undefined for other pages.
 */
export function readPolicyDetails(
  prose: readonly PageLine[],
  blocks: readonly PolicyBlock[],
  head: PageHead,
): PrintedPolicy | undefined {
  const versionLine = prose.findIndex(({ text }) => VERSION.test(text));
  const [block, ...others] = blocks;
  if (versionLine < 0 || block?.kind !== "document" || others.length > 0) return undefined;
  if (lineBefore(prose, block) < versionLine) return undefined;
  const about = prose.slice(0, versionLine);
  const name = nameIn(about, head);
  if (name === undefined) return undefined;
  const createdOn = dayIn(about, CREATED);
  const updatedOn = dayIn(about, UPDATED);
  const description = descriptionIn(about);
  const versionId = VERSION.exec(prose[versionLine]?.text ?? "")?.[1];
  return {
    name,
    block,
    ...(description === undefined ? {} : { description }),
    ...(versionId === undefined ? {} : { versionId }),
    ...(createdOn === undefined ? {} : { createdOn }),
    ...(updatedOn === undefined ? {} : { updatedOn }),
  };
}

function lineBefore(prose: readonly PageLine[], { start }: PolicyBlock): number {
  return lastIndexUpTo(prose.length, (index) => prose[index]?.start ?? 0, start);
}

/** The title and the first sentence must not contradict each other. */
function nameIn(about: readonly PageLine[], { title }: PageHead): string | undefined {
  const titled = [title, title.replace(/^.*[:：]\s*/, "")].filter(isKeptPolicyName);
  const alone = about.map(({ text }) => text).filter(isKeptPolicyName);
  const opened = about.flatMap(({ text }) => OPENING.exec(text)?.[1] ?? []).filter(isKeptPolicyName);
  const [name, ...others] = new Set([...titled, ...alone, ...opened]);
  return others.length === 0 ? name : undefined;
}

/** The last one before the version: the page's own date may stand further up. */
function dayIn(about: readonly PageLine[], label: RegExp): string | undefined {
  const text = about.flatMap((line) => label.exec(line.text)?.[1] ?? []).at(-1);
  return text === undefined ? undefined : isoDate(text.replace(/^\d{2}:\d{2}:\d{2} on /, ""));
}

function descriptionIn(about: readonly PageLine[]): string | undefined {
  const found = about.flatMap(({ text }) => {
    const match = PURPOSE.exec(text);
    return match?.[1] ?? match?.[2] ?? [];
  });
  return found[0];
}
