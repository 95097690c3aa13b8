import { sentencesOf, withoutReferences } from "./clean-text.js";
import type { PageLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { roleMentions } from "./role-names.js";
import type { RoleOutline } from "./role-outline.js";

/** What sentences say of one role. */
export interface RoleProse {
  readonly createdWhen?: string;
  readonly purpose?: string;
  readonly prerequisites: readonly string[];
  readonly consequences: readonly string[];
}

interface PlacedSentence {
  readonly text: string;
  /** Roles that the sentence itself names. */
  readonly named: readonly string[];
  /** The role that the place speaks of. */
  readonly role: string | undefined;
  readonly heading: string;
  readonly isPrerequisite: boolean;
  readonly isLoss: boolean;
}

const CREATES = /automatically creat|creat\w* automatically|system creates|role is created|自动创建|自动进行创建/i;
const NEGATED = /cannot|can't|not automatically|only (?:if|by|when)|unable|不能|无法|不会|why|怎么|为什么/i;
/** Words that tie a sentence without a role's name to the role spoken of, not to all roles of the page. */
const THIS_ROLE = /\bthis (?:service[- ]linked )?role\b|(?:该|此|本)(?:服务关联)?角色/i;
const SCENARIO = /^(?:(?:application |use )?scenarios?|background(?: information)?|应用场景|使用场景|背景信息)$/i;
const BEFORE_DELETION = /before you (?:can )?delete|must (?:first )?(?:delete|release|remove)/i;
const BEFORE_DELETION_ZH = /(?:前|需先|需要先|请先|须先)[^，。]{0,40}(?:删除|释放|清理|关闭|断开|暂停|确保)/;
const DELETION = /delet|删除/i;
const LOSS = /stop|prevent|cannot|can no longer|unable|remove|lose|fail|无法|不能|失败|影响/i;
const STEP = /^\d+[.)]\s|^(?:[-•*]\s+)?(?:for (?:more|information)|see )/i;

/** Sentences by the role that they are about, and those that hold for every role of the page. */
interface SortedSentences {
  readonly byRole: ReadonlyMap<string, readonly PlacedSentence[]>;
  readonly forAll: readonly PlacedSentence[];
}

/** More sentences than this about deletion are no longer advice; it bounds what each of many roles repeats. */
const MOST_ADVICE = 50;

/** Reads the sentences of a page for one role after another. */
export function readRoleProse(parts: PageParts, outline: RoleOutline): (role: string) => RoleProse {
  const sentences = sortSentences(placeSentences(parts, outline));
  const isSole = outline.names.length === 1;
  return (role) => proseOf(role, sentences, isSole);
}

function sortSentences(sentences: readonly PlacedSentence[]): SortedSentences {
  const byRole = new Map<string, PlacedSentence[]>();
  const forAll: PlacedSentence[] = [];
  for (const sentence of sentences) {
    const { named, role, isPrerequisite, isLoss, text } = sentence;
    const roles = named.length > 0 ? named : role === undefined ? [] : [role];
    for (const one of new Set(roles)) {
      const own = byRole.get(one) ?? [];
      own.push(sentence);
      byRole.set(one, own);
    }
    const isGeneral = named.length === 0 && (isPrerequisite || isLoss) && !THIS_ROLE.test(text);
    if (isGeneral && forAll.length < MOST_ADVICE) forAll.push(sentence);
  }
  return { byRole, forAll };
}

function placeSentences(parts: PageParts, outline: RoleOutline): PlacedSentence[] {
  let heading = "";
  return parts.prose.flatMap((line: PageLine) => {
    if (line.isHeading) heading = line.text;
    if (line.isHeading || STEP.test(line.text)) return [];
    const role = outline.roleAt(line.start);
    return sentencesOf(line.text.replace(/^[-•*]\s+/, "")).map((text) => ({
      text,
      named: roleMentions(text).map((mention) => mention.role),
      role,
      heading,
      isPrerequisite: BEFORE_DELETION.test(text) || (text.includes("删除") && BEFORE_DELETION_ZH.test(text)),
      isLoss: saysWhatIsLost(text),
    }));
  });
}

function proseOf(role: string, { byRole, forAll }: SortedSentences, isSole: boolean): RoleProse {
  const own = byRole.get(role) ?? [];
  const scenario = own
    .filter(({ heading }) => SCENARIO.test(heading))
    .map(({ text }) => withoutReferences(text))
    .filter((text) => text !== "");
  const created = own.find(
    ({ text, named }) => (named.includes(role) || isSole) && CREATES.test(text) && !NEGATED.test(text),
  );
  const createdWhen = created?.text ?? scenario.map(occasionOf).find((occasion) => occasion !== undefined);
  return {
    ...(createdWhen === undefined ? {} : { createdWhen }),
    ...(scenario.length === 0 ? {} : { purpose: scenario.join(" ") }),
    ...lossesOf([...own, ...forAll]),
  };
}

/** The clause of a scenario that says on which occasion the role is used. */
function occasionOf(sentence: string): string | undefined {
  return /^((?:when|if)\b.*?), (?:it|you|the)\b/i.exec(sentence)?.[1] ?? /^(?:当|如果|在)[^，。]*/.exec(sentence)?.[0];
}

function lossesOf(sentences: readonly PlacedSentence[]): Pick<RoleProse, "prerequisites" | "consequences"> {
  return {
    prerequisites: unique(sentences.filter(({ isPrerequisite, text }) => isPrerequisite && !/[:：]$/.test(text))),
    consequences: unique(sentences.filter(({ isLoss, isPrerequisite }) => isLoss && !isPrerequisite)),
  };
}

const unique = (sentences: readonly PlacedSentence[]): string[] => [...new Set(sentences.map(({ text }) => text))];

function saysWhatIsLost(text: string): boolean {
  const at = text.search(DELETION);
  return /stops? working/i.test(text) || (at !== -1 && LOSS.test(text.slice(at)));
}
