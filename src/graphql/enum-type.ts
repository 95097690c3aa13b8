import { registerEnumType } from "type-graphql";

/**
 * Makes an enum of the API from the core's words. The compiler demands a description for every word and no other.
 * @returns the enum, for type functions: `@Field(() => EffectEnum)`
 */
export function enumType<Word extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Word, string>>,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const valuesConfig: Record<string, { description: string }> = {};
  for (const [word, meaning] of Object.entries<string>(words)) {
    values[word] = word;
    valuesConfig[word] = { description: meaning };
  }
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}
