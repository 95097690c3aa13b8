/** A JSON text read with nothing lost: every member of an object, also the repeated ones, and where each value stands. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonLiteral;

interface Placed {
  /** Offset of the first character, in UTF-16 code units. */
  readonly at: number;
}
export interface JsonObject extends Placed {
  readonly type: "object";
  /** Offset behind the closing bracket. */
  readonly end: number;
  /** In the order of the text; a key may stand twice. */
  readonly members: readonly JsonMember[];
}
export interface JsonMember {
  readonly key: string;
  readonly keyAt: number;
  readonly value: JsonNode;
}
export interface JsonArray extends Placed {
  readonly type: "array";
  /** Offset behind the closing bracket. */
  readonly end: number;
  readonly items: readonly JsonNode[];
}
export interface JsonString extends Placed {
  readonly type: "string";
  readonly value: string;
}
export interface JsonNumber extends Placed {
  readonly type: "number";
  /** As written: converting would round long account ids. */
  readonly raw: string;
}
export interface JsonLiteral extends Placed {
  readonly type: "literal";
  readonly value: true | false | null;
}

/** What is wrong with a JSON text, and where. */
export interface JsonProblem {
  readonly code: "SYNTAX" | "TOO_DEEP" | "DUPLICATE_KEY" | "LONE_SURROGATE" | "NUL_CHARACTER";
  readonly message: string;
  /** Offset in UTF-16 code units. */
  readonly at: number;
  /** RFC 6901 pointer to the value concerned. */
  readonly pointer: string;
}

/** Appends one step to an RFC 6901 pointer. */
export function pointerStep(pointer: string, step: string | number): string {
  const text = typeof step === "number" ? String(step) : step.replace(/~/g, "~0").replace(/\//g, "~1");
  return `${pointer}/${text}`;
}

/** Plain values for display. Objects have no prototype, so a key `__proto__` is a key; of repeated keys the first counts. */
export function toPlainValue(node: JsonNode): unknown {
  switch (node.type) {
    case "object": {
      const plain: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const { key, value } of node.members) {
        if (!(key in plain)) plain[key] = toPlainValue(value);
      }
      return plain;
    }
    case "array":
      return node.items.map(toPlainValue);
    case "number":
      return Number(node.raw);
    default:
      return node.value;
  }
}
