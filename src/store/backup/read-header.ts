import { BackupRefused } from "./backup-refused.js";
import {
  type BackupEnd,
  type BackupHeader,
  type CountedTable,
  formatVersion,
  type SequenceState,
  type TableEnd,
} from "./format.js";

/** @throws BackupRefused for anything but the first line of a backup that this version can read */
export function readHeader(text: string): BackupHeader {
  const value = parse(text);
  if (!isRecord(value) || value.format !== "ramgraph backup") throw new BackupRefused("it is no backup of ramgraph");
  if (typeof value.version === "number" && value.version > formatVersion) {
    throw new BackupRefused(
      `a newer ramgraph made it (${String(value.ramgraph)}): restore it with that one or a newer`,
    );
  }
  if (!isHeader(value)) throw new BackupRefused("its header is damaged");
  return value;
}

/** @throws BackupRefused */
export function readTableEnd(text: string): TableEnd {
  const value = parse(text);
  if (isRecord(value) && isText(value.table) && isCount(value.rows) && isText(value.sha256)) {
    return { table: value.table, rows: value.rows, sha256: value.sha256 };
  }
  throw new BackupRefused("what follows a table's rows is damaged");
}

/** @throws BackupRefused */
export function readEnd(text: string): BackupEnd {
  const value = parse(text);
  if (isRecord(value) && value.end === "ramgraph backup" && isText(value.sha256)) {
    return { end: value.end, sha256: value.sha256 };
  }
  throw new BackupRefused("its last line is damaged");
}

function isHeader(value: object): value is BackupHeader {
  if (!isRecord(value)) return false;
  const texts = [value.ramgraph, value.postgres, value.createdAt, value.revision];
  return (
    value.version === formatVersion &&
    texts.every(isText) &&
    isList(value.migrations, isText) &&
    isList(value.tables, isTable) &&
    isList(value.sequences, isSequence)
  );
}

const isTable = (value: unknown): value is CountedTable =>
  isRecord(value) && isText(value.name) && isList(value.columns, isText) && isCount(value.rows);

const isSequence = (value: unknown): value is SequenceState =>
  isRecord(value) && isText(value.name) && isDigits(value.value) && typeof value.isCalled === "boolean";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isDigits = (value: unknown): value is string => isText(value) && /^\d{1,18}$/.test(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isList = <T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isOne);
