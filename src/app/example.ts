/** A named operation that the playground offers and that `ask` runs. */
export interface Example {
  /** The operation's own name, e.g. `WhoCanDeleteSecurityGroup`. */
  readonly name: string;
  /** What it answers, from the comment at the head of its file; empty when the file has none. */
  readonly description: string;
  /** The file's text as it stands, comment included. */
  readonly query: string;
  /** Values for the operation's variables; empty when it takes none. */
  readonly variables: Readonly<Record<string, unknown>>;
}
