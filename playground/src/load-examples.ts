import type { Example } from "../../src/app/example.js";

/** The server's examples in its order; none when they cannot be had, so that the playground still opens. */
export async function loadExamples(): Promise<readonly Example[]> {
  try {
    const response = await fetch("examples.json");
    return response.ok ? ((await response.json()) as readonly Example[]) : [];
  } catch {
    return [];
  }
}

/** The variables as the text of the variables editor; empty for none. */
export function printVariables(example: Example): string {
  return Object.keys(example.variables).length === 0 ? "" : JSON.stringify(example.variables, null, 2);
}
