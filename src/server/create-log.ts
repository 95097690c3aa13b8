import { pino } from "pino";
import type { Config } from "../app/config.js";
import type { Log } from "../app/log.js";
import { gather } from "./gather.js";

/** E.g. `process.stderr`. */
export interface LogStream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
}

/** What happened, before it is put into words. */
interface Entry {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/**
 * Writes what happens to a stream, one line each: JSON for machines, plain words on a terminal. Line ends and control
 * characters in what others sent are escaped in both. Machines get many lines in one write, which costs as much as an answer:
 * what waits is written when the process ends, but not when it is killed.
 */
export function createLog(level: Config["logLevel"], stream: LogStream): Log {
  const [toLine, plenty] = stream.isTTY === true ? [toPlainLine, 1] : [asItIs];
  let lines = "";
  let time = 0;
  const logger = pino(
    { level, base: null, timestamp: () => `,"time":${time}`, formatters: { level: (label) => ({ level: label }) } },
    { write: (line) => (lines += toLine(line)) },
  );
  const write = (entries: readonly Entry[]) => {
    for (const entry of entries) {
      time = entry.time;
      logger[entry.level](entry.facts, entry.message);
    }
    stream.write(lines);
    lines = "";
  };
  const { take, flush } = gather(write, plenty);
  process.once("exit", flush);
  const writer = (level: Entry["level"]) => (facts: Entry["facts"], message: string) => {
    if (logger.isLevelEnabled(level)) take({ level, facts, message, time: Date.now() });
  };
  const error = writer("error");
  return {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: (facts, message) => {
      error(facts, message);
      // Whatever comes next may end the process.
      flush();
    },
  };
}

const asItIs = (line: string) => line;

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
