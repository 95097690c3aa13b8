/** How `ask` prints an answer. */
export const ANSWER_FORMATS = ["json", "table", "csv", "mermaid", "dot"] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];
