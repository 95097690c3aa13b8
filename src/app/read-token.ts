import { expandFiles } from "./expand-files.js";
import { ConfigurationRefused } from "./failure.js";

/**
 * The token that questions to a server carry: `RAMGRAPH_TOKEN`, or what the file of `RAMGRAPH_TOKEN_FILE` holds.
 *
 * @returns undefined where none is given
 * @throws ConfigurationRefused for a file that cannot be read
 */
export function readToken({
  RAMGRAPH_TOKEN,
  RAMGRAPH_TOKEN_FILE,
}: Readonly<Record<string, string | undefined>>): string | undefined {
  const { settings, problems } = expandFiles({ RAMGRAPH_TOKEN, RAMGRAPH_TOKEN_FILE });
  if (problems.length > 0) throw new ConfigurationRefused(problems);
  return settings.RAMGRAPH_TOKEN || undefined;
}
