/** A list of statements, the text of a document, or null where it is not known. */
export type Content = readonly unknown[] | string | null;

export const OWN_ACCOUNT = "111";

/** `bob` is of account 111, `222/bob` of account 222. */
export function owned(name: string): readonly [account: string, name: string] {
  const slash = name.indexOf("/");
  return slash === -1 ? [OWN_ACCOUNT, name] : [name.slice(0, slash), name.slice(slash + 1)];
}

/** Statements wrapped to a document; text as it is. */
export function documentText(content: readonly unknown[] | string): string {
  return typeof content === "string" ? content : JSON.stringify({ Version: "1", Statement: content });
}
