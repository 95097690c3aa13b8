import type { GraphQLResolveInfo } from "graphql";
import type { JsonSink } from "./json-sink.js";

export type Values = Readonly<Record<string, unknown>>;

/** One execution of an operation. */
export interface Run {
  readonly context: object;
  readonly variables: Values;
  /** What fields are called with, by their numbers, as far as they were called. */
  readonly calls: Call[];
}

/** What a field is called with, wherever it stands in an answer. */
export interface Call {
  readonly args: Values;
  readonly info: GraphQLResolveInfo;
}

/** Writes a value as JSON. Whatever does not go well is thrown, and left to the plain way to tell. */
export type Write = (value: unknown, run: Run, sink: JsonSink) => void;

/** A field did not give what its type promises. */
export class Unfit extends Error {}
