import type { Statement } from "../../../policy/document.js";
import type { LintRule } from "../lint-rule.js";

export const federationWithoutAudience: LintRule = {
  code: "FEDERATION_WITHOUT_AUDIENCE",
  severity: "SECURITY_WARNING",
  why: "An identity provider vouches for everybody it knows; without a condition on `oidc:aud` and `oidc:sub`, or `saml:recipient`, any of them may assume the role.",
  mend: "Add a condition on `oidc:aud` and `oidc:sub` for OIDC, on `saml:recipient` for SAML.",
  example: {
    type: "TRUST",
    document: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Federated: "acs:ram::1234567890123456:oidc-provider/ci" },
      },
    ],
  },
  find: ({ statements, type }) =>
    statements
      .filter(({ effect }) => type === "TRUST" && effect === "ALLOW")
      .flatMap((statement) => {
        const missing = missingKeys(statement);
        if (missing.length === 0) return [];
        const message = `no condition on ${missing.map((key) => `\`${key}\``).join(" and ")} bounds whom the identity provider vouches for`;
        return [{ message, pointer: `${statement.pointer}/Principal` }];
      }),
};

const WANTED: ReadonlyMap<string, readonly string[]> = new Map([
  ["oidc-provider", ["oidc:aud", "oidc:sub"]],
  ["saml-provider", ["saml:recipient"]],
]);

function missingKeys({ principals, conditions, unreadable }: Statement): readonly string[] {
  if (principals === undefined || principals === "UNREADABLE" || unreadable.length > 0) return [];
  const providers = principals
    .filter(({ kind }) => kind === "FEDERATED")
    .map(({ text }) => /:((?:oidc|saml)-provider)\//i.exec(text)?.[1] ?? "");
  const wanted = providers.flatMap((provider) => WANTED.get(provider.toLowerCase()) ?? []);
  const given = new Set(conditions.filter(({ isNegated }) => !isNegated).map(({ foldedKey }) => foldedKey));
  return [...new Set(wanted)].filter((key) => !given.has(key));
}
