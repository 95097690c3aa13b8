import { asciiLower } from "../../../policy/ascii.js";
import type { PageMark } from "../read-file.js";

/** Whether an operation was answered, for a name where one is given; names ignore the letter case. */
export type HasAnswer = (operation: string, name?: string) => boolean;

export function indexAnswers(pages: readonly PageMark[]): HasAnswer {
  const answered = new Set<string>();
  for (const page of pages) {
    answered.add(page.operation);
    answered.add([page.operation, ...page.arguments].join(" "));
  }
  return (operation, name) => answered.has(name === undefined ? operation : `${operation} ${asciiLower(name)}`);
}
