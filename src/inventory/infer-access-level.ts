import { asciiLower } from "../policy/ascii.js";
import type { AccessLevel } from "./catalog.js";

/** Only verbs that mean one level wherever Alibaba Cloud documents them; `Put` or `Open` mean several and are left out. */
const VERBS: ReadonlyMap<string, AccessLevel> = new Map([
  ...verbs("GET", "describe get query check read head lookup search"),
  ...verbs("LIST", "list"),
  ...verbs("CREATE", "create add register insert allocate clone import"),
  ...verbs("DELETE", "delete remove deregister unregister release destroy drop purge"),
  ...verbs("UPDATE", "update modify set reset change edit enable disable start stop restart reboot pause resume"),
  ...verbs("UPDATE", "attach detach bind unbind associate disassociate authorize revoke tag untag upgrade move rename"),
]);

function verbs(level: AccessLevel, words: string): readonly (readonly [string, AccessLevel])[] {
  return words.split(" ").map((word) => [word, level] as const);
}

/**
 * The level that the verb of an action `service:Name` suggests, for actions that no authorization page lists. `Batch`
 * before the verb is passed over; an unknown verb gives `NONE`, never a guess.
 */
export function inferAccessLevel(action: string): AccessLevel {
  const name = action.slice(action.indexOf(":") + 1).replace(/^Batch(?=[A-Z])/, "");
  const word = asciiLower(/^(?:[A-Z]?[a-z]+|[A-Z]+)/.exec(name)?.[0] ?? "");
  return VERBS.get(word) ?? (word.length === name.length ? levelOfPrefix(word) : "NONE");
}

/** Policies also write names without inner capitals (`kms:Listkeys`): there, and only there, a long verb is a prefix. */
function levelOfPrefix(word: string): AccessLevel {
  for (const [verb, level] of VERBS) {
    if (verb.length >= 4 && word.startsWith(verb)) return level;
  }
  return "NONE";
}
