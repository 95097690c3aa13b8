import { foldContextKey } from "../../../policy/conditions/context-key.js";
import { nameDistance } from "../../../policy/nearest-name.js";
import type { LintRule } from "../lint-rule.js";

export const misspeltConditionKey: LintRule = {
  code: "MISSPELT_CONDITION_KEY",
  severity: "WARNING",
  why: "A key that RAM does not know is absent from every request, so a test of it never passes, or always does.",
  mend: "Write the key as it is documented.",
  example: {
    document: [
      {
        Effect: "Allow",
        Action: "oss:GetObject",
        Resource: "*",
        Condition: { IpAddress: { "acs:SoureIp": "192.0.2.0/24" } },
      },
    ],
  },
  find: ({ statements, catalog }) => {
    const known = [...COMMON_KEYS, ...[...catalog.conditionKeys.values()].map(({ name }) => name)];
    const folded = new Set(known.map(foldContextKey));
    return statements
      .flatMap(({ conditions }) => conditions)
      .flatMap(({ key, foldedKey, pointer }) => {
        // What stands behind a slash is a tag's own name.
        if (folded.has(foldedKey) || foldedKey.includes("/")) return [];
        const [meant, ...others] = known.filter((each) => nameDistance(foldedKey, each) === 1);
        if (meant === undefined) return [];
        const message = `condition key \`${key}\` is not known, \`${meant}\` is`;
        return [{ message, pointer, ...(others.length === 0 && { suggestion: meant }) }];
      });
  },
};

/** Keys that every service's requests may carry, and those of RAM itself. */
const COMMON_KEYS: readonly string[] = [
  ..."acs:CurrentTime acs:SecureTransport acs:SourceIp acs:MFAPresent acs:PrincipalARN acs:PrincipalRDId".split(" "),
  ..."acs:PrincipalRDPath acs:TagKeys acs:Service acs:SourceVpc acs:VpcSourceIp acs:ResourceGroupId".split(" "),
  ..."acs:UserAgent acs:AccessId acs:SourceAccount acs:AccountId acs:SourceVpcId acs:CalledVia".split(" "),
  ..."ram:ServiceName ram:ServiceNames ram:TrustedPrincipalTypes saml:recipient oidc:iss oidc:aud oidc:sub".split(" "),
];
