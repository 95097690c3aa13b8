import type { Write } from "./run.js";

/** A member of objects: its name, and what writes its value, given the object. */
export interface Member {
  readonly name: string;
  readonly write: Write;
}

/** Writes objects member by member. All are begun, in their order, before any is waited for. */
export function writeMembers(members: readonly Member[]): Write {
  const heads = members.map(({ name }, index) => Buffer.from(`${index === 0 ? "{" : ","}${JSON.stringify(name)}:`));
  const [writers, end] = [members.map(({ write }) => write), Buffer.from(members.length === 0 ? "{}" : "}")];
  return (source, run, sink) => {
    for (let index = 0; index < writers.length; index += 1) {
      sink.writeBytes(heads[index] ?? end);
      writers[index]?.(source, run, sink);
    }
    sink.writeBytes(end);
  };
}
