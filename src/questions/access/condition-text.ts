import type { Literal, Solution } from "../../policy/logic/solve.js";

/** A condition in words: alternatives joined by "or", terms by "and". */
export function conditionText({ outcome, alternatives, isTruncated }: Solution): string {
  if (outcome === "ALWAYS") return "always";
  if (alternatives.length === 0) return outcome === "UNDETERMINED" ? "not known" : "never";
  const texts = alternatives.map((literals) => literals.map(literalText).join(" and "));
  const joined =
    texts.length === 1 ? texts[0] : texts.map((text) => (text.includes(" and ") ? `(${text})` : text)).join(" or ");
  return isTruncated ? `${joined} or …` : (joined ?? "never");
}

function literalText({ test, isNegated }: Literal): string {
  const values = test.values.map((value) => `\`${value}\``).join(" or ");
  const text = `${test.key} ${test.operator} ${values === "" ? "nothing" : values}`;
  return isNegated ? `not (${text})` : text;
}
