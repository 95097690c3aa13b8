import { Refused, type Where } from "../refusal.js";

/** Two responses state one fact differently, as when it changed while the export was made; neither can be trusted. */
export function contradiction(problem: string, earlier: Where, later: Where): Refused {
  const mend = `compare it with \`${earlier.file}\` and export both again`;
  return new Refused("EXPORT_CONTRADICTS_ITSELF", later, problem, mend);
}
