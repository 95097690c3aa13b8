import { sentencesOf, withoutReferences } from "./clean-text.js";
import type { PageLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { roleMentions } from "./role-names.js";
import type { RoleOutline } from "./role-outline.js";
import { isLabelledLine } from "./role-properties.js";
import { readDeletionSteps } from "./role-steps.js";
import {
  isDefinition,
  isPrerequisite,
  leansOnSentenceBefore,
  saysWhatFor,
  saysWhatIsLost,
  saysWhenCreated,
  saysWhenEachIsCreated,
} from "./role-words.js";

/** What sentences say of one role. */
export interface RoleProse {
  readonly createdWhen?: string;
  /** As a section on scenarios or on the background tells it. */
  readonly purpose?: string;
  /** As a sentence beside the role's name tells it. */
  readonly aim?: string;
  readonly prerequisites: readonly string[];
  readonly consequences: readonly string[];
}

interface PlacedSentence {
  readonly text: string;
  /** With the sentence before it, where it means nothing without. */
  readonly whole: string;
  /** Roles that the sentence itself names, each once. */
  readonly named: readonly string[];
  readonly line: PlacedLine;
  readonly isPrerequisite: boolean;
  readonly isLoss: boolean;
}

/** What the sentences of one line share. */
interface PlacedLine {
  /** Roles that the line names. */
  readonly named: readonly string[];
  /** The role that the place speaks of. */
  readonly role: string | undefined;
  readonly heading: string;
  readonly isLabelled: boolean;
}

/** Words that tie a sentence without a role's name to the role spoken of, not to all roles of the page. */
const THIS_ROLE = /\bthis (?:service[- ]linked )?role\b|(?:该|此|本)(?:服务关联)?角色/i;
const SCENARIO = /^(?:(?:application |use )?scenarios?|应用场景|使用场景)$/i;
const BACKGROUND = /^(?:background(?: information)?|背景信息)$/i;
/** No sentence that says something of a role is shorter, in Chinese either. */
const SHORTEST = 5;
const STEP = /^\d+[.)]\s|^(?:[-•*]\s+)?(?:for (?:more|information)|see )/i;
const LEAD = /^(?:[-•*]\s+)?(?:(?:note|notice|important|warning|说明|注意|重要|警告)\s*[:：]\s*)?/i;

/** Sentences by the role that they are about, and those that hold for every role of the page. */
interface SortedSentences {
  readonly byRole: ReadonlyMap<string, readonly PlacedSentence[]>;
  readonly forAll: readonly PlacedSentence[];
  readonly createsEach?: PlacedSentence;
  readonly steps: ReadonlyMap<string, readonly string[]>;
}

/** More sentences than this about deletion are no longer advice; it bounds what each of many roles repeats. */
const MOST_ADVICE = 50;

/** Reads the sentences of a page for one role after another. */
export function readRoleProse(parts: PageParts, outline: RoleOutline): (role: string) => RoleProse {
  const sentences = sortSentences(placeSentences(parts, outline), readDeletionSteps(parts, outline));
  const isSole = outline.names.length === 1;
  return (role) => proseOf(role, sentences, isSole);
}

function sortSentences(
  sentences: readonly PlacedSentence[],
  steps: ReadonlyMap<string, readonly string[]>,
): SortedSentences {
  const byRole = new Map<string, PlacedSentence[]>();
  const forAll: PlacedSentence[] = [];
  for (const sentence of sentences) {
    const { named, line, isLoss, text } = sentence;
    for (const one of named.length > 0 ? named : line.role === undefined ? [] : [line.role]) {
      const own = byRole.get(one) ?? [];
      own.push(sentence);
      byRole.set(one, own);
    }
    const isGeneral = named.length === 0 && (sentence.isPrerequisite || isLoss) && !THIS_ROLE.test(text);
    if (isGeneral && forAll.length < MOST_ADVICE) forAll.push(sentence);
  }
  const createsEach = sentences.find(({ named, text }) => named.length === 0 && saysWhenEachIsCreated(text));
  return { byRole, forAll, steps, ...(createsEach === undefined ? {} : { createsEach }) };
}

function placeSentences(parts: PageParts, outline: RoleOutline): PlacedSentence[] {
  let heading = "";
  return parts.prose.flatMap((line: PageLine) => {
    if (line.isHeading) heading = line.text;
    if (line.isHeading || STEP.test(line.text)) return [];
    const placed = {
      named: rolesIn(line.text),
      role: outline.roleAt(line.start),
      heading,
      isLabelled: isLabelledLine(line.text),
    };
    return placeTexts(sentencesOf(line.text.replace(LEAD, "")), placed);
  });
}

/** Most sentences of a page say nothing of a role: those are dropped here. */
function placeTexts(texts: readonly string[], line: PlacedLine): PlacedSentence[] {
  const tellsPurpose = [SCENARIO, BACKGROUND].some((section) => section.test(line.heading));
  return texts.flatMap((text, index) => {
    if (!tellsPurpose && !speaksOfRoles(text)) return [];
    return {
      text,
      whole: leansOnSentenceBefore(text) ? [texts[index - 1], text].filter(Boolean).join(" ") : text,
      named: line.named.length === 0 ? [] : rolesIn(text),
      line,
      isPrerequisite: isPrerequisite(text),
      isLoss: saysWhatIsLost(text),
    };
  });
}

function speaksOfRoles(text: string): boolean {
  return (
    text.length >= SHORTEST &&
    (saysWhenCreated(text) || saysWhatFor(text) || isPrerequisite(text) || saysWhatIsLost(text))
  );
}

function rolesIn(text: string): string[] {
  return [...new Set(roleMentions(text).map(({ role }) => role))];
}

function proseOf(role: string, sentences: SortedSentences, isSole: boolean): RoleProse {
  const own = sentences.byRole.get(role) ?? [];
  const created =
    own.find(({ text, named }) => (named.includes(role) || isSole) && saysWhenCreated(text)) ?? sentences.createsEach;
  const telling = own.filter(isTelling);
  const purpose = purposeOf(telling);
  const aim = aimOf(role, telling, isSole);
  const losses = lossesOf([...own, ...sentences.forAll]);
  return {
    ...(created === undefined ? {} : { createdWhen: created.whole }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(aim === undefined ? {} : { aim }),
    prerequisites: losses.prerequisites.length > 0 ? losses.prerequisites : (sentences.steps.get(role) ?? []),
    consequences: losses.consequences,
  };
}

/** Labels, leads to what follows, and what such roles are in general say nothing of this role. */
function isTelling({ text, named, line }: PlacedSentence): boolean {
  if (line.isLabelled || /[:：]$/.test(text)) return false;
  return named.length === 1 || (named.length === 0 && !isDefinition(text));
}

function purposeOf(telling: readonly PlacedSentence[]): string | undefined {
  const texts = [SCENARIO, BACKGROUND].map((section) =>
    telling
      .filter(({ line }) => section.test(line.heading))
      .map(({ text }) => withoutReferences(text))
      .filter((text) => text !== "")
      .join(" "),
  );
  return texts.find((text) => text !== "");
}

function aimOf(role: string, telling: readonly PlacedSentence[], isSole: boolean): string | undefined {
  const aims = telling.filter(({ text }) => saysWhatFor(text));
  return (aims.find(({ line }) => line.named.includes(role)) ?? (isSole ? aims[0] : undefined))?.text;
}

function lossesOf(sentences: readonly PlacedSentence[]): Pick<RoleProse, "prerequisites" | "consequences"> {
  const prerequisites = sentences.filter((one) => one.isPrerequisite && !/[:：]$/.test(one.text));
  const consequences = sentences.filter((one) => one.isLoss && !one.isPrerequisite);
  return { prerequisites: unique(prerequisites), consequences: unique(consequences) };
}

const unique = (sentences: readonly PlacedSentence[]): string[] => [...new Set(sentences.map(({ text }) => text))];
