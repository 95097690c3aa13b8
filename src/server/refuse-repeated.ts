import { type DocumentNode, parse, visit } from "graphql";
import { maxTokens } from "./create-apollo.js";
import { HttpRefusal } from "./reply.js";

/** Five times what the introspection query needs, and twelve times what any example does. */
const most = 50;

/**
 * Refuses a text that asks for more of one field over and over. GraphQL's own rules hold every two fields of a name against each other,
 * with all that is below them, before anything else can refuse the document: a few hundred took a fifth of a second in one piece.
 *
 * @throws HttpRefusal (400)
 */
export function refuseRepeated(text: string): void {
  const counts = new Map<string, number>();
  const document = read(text);
  if (document === undefined) return;
  visit(document, {
    Field({ name, alias, selectionSet }) {
      const { value } = alias ?? name;
      if (selectionSet !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    },
  });
  const [name, count] = [...counts].find(([, each]) => each > most) ?? [];
  if (count === undefined) return;
  const message = `the document asks for \`${name}\` ${count} times, and ${most} are allowed: ask in several operations`;
  throw new HttpRefusal(400, message, {}, "GRAPHQL_VALIDATION_FAILED");
}

/** What is wrong with a text that cannot be read is for Apollo Server to say. */
function read(text: string): DocumentNode | undefined {
  try {
    return parse(text, { maxTokens, noLocation: true });
  } catch {
    return undefined;
  }
}
