import type { Answer } from "../app/ask.js";
import type { Question } from "../app/take-question.js";
import { onInterrupt } from "./on-interrupt.js";

/**
 * Asks a running server, or the database where none is given.
 *
 * @param url of the server
 * @throws Failure when it cannot be reached; what buildApp throws
 */
export async function askQuestion(question: Question, url: string | undefined): Promise<Answer> {
  if (url === undefined) return await askDatabase(question);
  const [{ askServer }, { readToken }] = await Promise.all([import("../app/ask.js"), import("../app/read-token.js")]);
  return await askServer(url, question, readToken(process.env));
}

async function askDatabase(question: Question): Promise<Answer> {
  const [{ askApp }, { buildApp }, { readConfig }, { silentLog }] = await Promise.all([
    import("../app/ask.js"),
    import("../app/build-app.js"),
    import("../app/config.js"),
    import("../app/log.js"),
  ]);
  const { databaseUrl, dataDir } = readConfig(process.env);
  const building = buildApp({ databaseUrl, dataDir }, silentLog);
  const close = async () => await (await building).close();
  return await onInterrupt(close, async () => {
    const app = await building;
    try {
      return await askApp(app, question);
    } finally {
      await close();
    }
  });
}
