import { pino } from "pino";
import type { Config } from "../app/config.js";
import type { Log } from "../app/log.js";
import { gatherLines, type LineSink } from "./gather-lines.js";

/** E.g. `process.stderr`. */
export interface LogStream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
}

/**
 * Writes what happens to a stream, one line each: JSON for machines, plain words on a terminal. Line ends and control
 * characters in what others sent are escaped in both.
 */
export function createLog(level: Config["logLevel"], stream: LogStream): Log {
  const { write, flush } = stream.isTTY === true ? toTerminal(stream) : gatherLines(stream);
  const logger = pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, { write });
  return {
    debug: (facts, message) => logger.debug(facts, message),
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => {
      logger.error(facts, message);
      // Whatever comes next may end the process.
      flush();
    },
  };
}

const toTerminal = (stream: LogStream): LineSink => ({
  write: (line) => stream.write(toPlainLine(line)),
  flush: () => undefined,
});

/** `12:33:18 warn lost the database revision="12"`. */
function toPlainLine(line: string): string {
  const entry: unknown = JSON.parse(line);
  if (!isRecord(entry)) return line;
  const { level, time, msg, err, ...facts } = entry;
  const clock = new Date(Number(time)).toISOString().slice(11, 19);
  const details = Object.entries(facts).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const reason = isRecord(err) ? [JSON.stringify(err.message)] : [];
  return `${[clock, level, msg, ...details, ...reason].join(" ")}\n`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
