import { z } from "zod";

/** For each statement its effect, actions, resources and how many condition keys it has. Texts as the page has them, trimmed. */
const statements = z.array(
  z.tuple([z.enum(["Allow", "Deny"]), z.array(z.string()), z.array(z.string()), z.number().int()]),
);

/**
 * What a documentation page holds, written down by a person who read it; one file for each page, named after the page's
 * SHA-256 digest. Facts only: names, codes, levels, templates, counts. A list that is absent is empty, and every list is
 * compared as a whole, without regard to order: what the importer finds beyond it is as wrong as what it misses.
 */
export const pageExpectation = z.strictObject({
  /** A few words of ours, so that a person knows which page is meant. */
  label: z.string(),
  /** Part of the sentence with which the importer refuses the page; then nothing else is stated. */
  refusal: z.string().optional(),
  /** The product that the page's title names. */
  product: z.string().optional(),
  /** Address that the page gives for itself. */
  uri: z.string().optional(),
  /** ISO 8601 date. */
  updatedAt: z.string().optional(),
  services: z
    .array(
      z.strictObject({
        code: z.string(),
        name: z.string().optional(),
        granularity: z.enum(["SERVICE", "OPERATION", "RESOURCE"]).optional(),
      }),
    )
    .default([]),
  /**
   * Rows of authorization tables: action, operation, access level (`-` where the page gives none), resources, condition
   * keys, dependent actions. A resource is `Type template`, with `*` in front where it is required; all resources are `*`
   * or, required, `* *`. The last two may be left off when empty.
   */
  rows: z
    .array(
      z.tuple([
        z.string(),
        z.string(),
        z.enum(["CREATE", "GET", "LIST", "UPDATE", "DELETE", "NONE", "-"]),
        z.array(z.string()),
        z.array(z.string()).default([]),
        z.array(z.string()).default([]),
      ]),
    )
    .default([]),
  /** `service Type template` */
  resourceTypes: z.array(z.string()).default([]),
  conditionKeys: z.array(z.string()).default([]),
  /** Actions that the page's words ask for, outside of tables and policies. */
  actions: z.array(z.string()).default([]),
  roles: z
    .array(
      z.strictObject({
        name: z.string(),
        /** Absent where the page does not give it. */
        principal: z.string().optional(),
        /** Where the page names one. */
        policy: z.string().optional(),
        /** Statements of the role's own document; absent where the page prints none. */
        statements: statements.optional(),
        /** Which of these the page states. */
        states: z.array(z.enum(["createdWhen", "purpose", "creationPolicy"])).default([]),
        /** Labels of the services that the page gives a purpose for. */
        purposesOf: z.array(z.string()).default([]),
        /** How many things are to be deleted first, and how many stop working. */
        prerequisites: z.number().int().default(0),
        consequences: z.number().int().default(0),
      }),
    )
    .default([]),
  systemPolicies: z
    .array(
      z.strictObject({
        name: z.string(),
        isHighRisk: z.boolean().default(false),
        isDescribed: z.boolean().default(false),
        statements: statements.optional(),
      }),
    )
    .default([]),
  /** `CODE line`, one for each finding. */
  findings: z.array(z.string()).default([]),
});

export type PageExpectation = z.output<typeof pageExpectation>;
