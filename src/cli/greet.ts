import type { Config } from "../app/config.js";
import type { RunningServer } from "../server/start-server.js";
import { describeCommand } from "./describe-command.js";

/**
 * What whoever starts a server is told: where things are, and what to try.
 *
 * @param example the name of one that the playground offers
 */
export function greet(
  { origin, metricsOrigin }: Pick<RunningServer, "origin" | "metricsOrigin">,
  config: Pick<Config, "databaseUrl" | "dataDir" | "hasPlayground">,
  example: string | undefined,
): string {
  const lines = [
    ...(config.hasPlayground ? [`playground  ${origin}/playground/`] : []),
    `GraphQL API ${origin}/graphql`,
    ...(metricsOrigin === undefined ? [] : [`metrics     ${metricsOrigin}/metrics`]),
    ...(example === undefined ? [] : [`try         ${describeCommand(`ask ${example}`, origin, config)}`]),
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join("")}\n`;
}
