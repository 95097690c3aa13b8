import { ignoresCase, type RequestResource, type ResourcePattern } from "../arn.js";
import { asciiLower } from "../ascii.js";
import { matchesText, type TextMatcher, textMatcher } from "./text-matcher.js";

/** A resource pattern, looked at once. */
export interface ResourceMatcher {
  readonly form: ResourcePattern["form"];
  /** The pattern as a whole text, in the spelling for services that mind letter case and for those that do not. */
  readonly whole: TextMatcher;
  readonly wholeFolded: TextMatcher;
  readonly service: TextMatcher;
  readonly region: TextMatcher;
  readonly account: TextMatcher;
  readonly relativeId: TextMatcher;
  readonly relativeIdFolded: TextMatcher;
}

const NOTHING: TextMatcher = { form: "EXACT", text: "" };

/** Prepares a pattern of a `Resource` element. */
export function resourceMatcher({ form, text, segments }: ResourcePattern): ResourceMatcher {
  const isArn = form === "ARN" && segments !== undefined;
  const [whole, relativeId] = isArn ? [NOTHING, textMatcher(segments[4])] : [textMatcher(text), NOTHING];
  return {
    form,
    whole,
    wholeFolded: folded(whole, text),
    service: isArn ? textMatcher(segments[1]) : NOTHING,
    region: isArn ? textMatcher(segments[2]) : NOTHING,
    account: isArn ? textMatcher(segments[3]) : NOTHING,
    relativeId,
    relativeIdFolded: folded(relativeId, segments?.[4] ?? ""),
  };
}

function folded(matcher: TextMatcher, text: string): TextMatcher {
  const lower = asciiLower(text);
  return matcher === NOTHING || lower === text ? matcher : textMatcher(lower);
}

/** The same answer as `coversResource` gives for the pattern. */
export function matchesResource(matcher: ResourceMatcher, { segments, folded: text }: RequestResource): boolean {
  if (matcher.form === "ANY") return true;
  if (segments === undefined) return matcher.form === "WHOLE" && matchesText(matcher.whole, text);
  const isFolded = ignoresCase(segments[1]);
  if (matcher.form === "WHOLE") return matchesText(isFolded ? matcher.wholeFolded : matcher.whole, text);
  return (
    matchesText(isFolded ? matcher.relativeIdFolded : matcher.relativeId, segments[4]) &&
    matchesText(matcher.service, segments[1]) &&
    matchesText(matcher.region, segments[2]) &&
    matchesText(matcher.account, segments[3])
  );
}
