import type { Writable } from "node:stream";
import { pino } from "pino";
import type { Config } from "../app/config.js";
import type { Log } from "../app/log.js";

/**
 * Writes what happens to a stream, one line each: JSON for machines, plain words on a terminal. Line ends and control
 * characters in what others sent are escaped in both.
 */
export function createLog(level: Config["logLevel"], stream: Writable & { readonly isTTY?: boolean }): Log {
  const destination = stream.isTTY === true ? { write: (line: string) => stream.write(toPlainLine(line)) } : stream;
  const logger = pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, destination);
  return {
    debug: (facts, message) => logger.debug(facts, message),
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
  };
}

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
