import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Answer } from "./ask.js";
import { Failure } from "./failure.js";
import { type Question, takeQuestion } from "./take-question.js";

/** A denial to be explained, by files. */
export interface DenialSource {
  /** Text of the decoded message. */
  readonly message: string;
  /** Path of the policy that the session was narrowed with. */
  readonly sessionPolicy?: string | undefined;
  /** RFC 3339 instant at which the facts are looked at. */
  readonly asOf?: string | undefined;
}

/**
 * The question that explains a denial, as any client of the API asks it.
 *
 * @throws Failure for a file that cannot be read
 */
export async function denialQuestion({ message, sessionPolicy, asOf }: DenialSource): Promise<Question> {
  const question = await takeQuestion({ operation: "ExplainADenial", file: undefined, assignments: [] });
  const session = sessionPolicy === undefined ? {} : { sessionPolicy: await readText(sessionPolicy) };
  return { ...question, variables: { message, ...session, ...(asOf !== undefined && { at: { asOf } }) } };
}

/**
 * The text of a file.
 * @throws Failure when it cannot be read
 */
export async function readText(path: string): Promise<string> {
  return await readFile(path, "utf8").catch((error: unknown) => {
    throw new Failure(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  });
}

const explanation = z.object({
  sentence: z.string(),
  agreement: z.string(),
  layers: z.array(
    z.object({ layer: z.string(), theirs: z.string(), ours: z.string(), agrees: z.boolean().nullable() }),
  ),
  reasons: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** What the answer says, for people. */
export type Explanation = z.infer<typeof explanation>;

/** @returns undefined where the question was refused */
export function readExplanation({ data }: Answer): Explanation | undefined {
  return z.object({ explainDenial: explanation }).safeParse(data).data?.explainDenial;
}
