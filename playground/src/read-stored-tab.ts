/** The tab that was in front when the visitor left, as GraphiQL keeps it. */
export interface StoredTab {
  readonly query: string;
  readonly variables: string;
}

/** Undefined on a first visit, or when what is stored cannot be read. */
export function readStoredTab(): StoredTab | undefined {
  const state = readState();
  const tab = getField(getField(state, "tabs"), String(getField(state, "activeTabIndex")));
  return tab === undefined ? undefined : { query: getText(tab, "query"), variables: getText(tab, "variables") };
}

function readState(): unknown {
  try {
    return JSON.parse(localStorage.getItem("graphiql:tabState") ?? "null");
  } catch {
    return undefined;
  }
}

function getField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function getText(value: unknown, name: string): string {
  const text = getField(value, name);
  return typeof text === "string" ? text : "";
}
