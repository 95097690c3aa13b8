import type { CredentialsProvider } from "@alicloud/credentials";
import { CollectFailed } from "./collect-failed.js";
import type { Secrets } from "./secrets.js";

/**
 * Credentials as the SDK finds them: its default chain, or the named profile of the `aliyun` command's settings or of
 * the SDK's own file. What is found is told to `secrets` before it is used.
 */
export async function openCredentials(profile: string | undefined, secrets: Secrets): Promise<CredentialsProvider> {
  const sdk = await import("@alicloud/credentials");
  const providers =
    profile === undefined
      ? [sdk.DefaultCredentialsProvider.builder().build()]
      : [
          sdk.CLIProfileCredentialsProvider.builder().withProfileName(profile).build(),
          sdk.ProfileCredentialsProvider.builder().withProfileName(profile).build(),
        ];
  return {
    getProviderName: () => "ramgraph",
    getCredentials: async () => {
      const reasons: string[] = [];
      for (const provider of providers) {
        try {
          const found = await provider.getCredentials();
          secrets.keep([found.accessKeyId, found.accessKeySecret, found.securityToken]);
          return found;
        } catch (error) {
          reasons.push(error instanceof Error ? error.message : "");
        }
      }
      throw new CollectFailed("CREDENTIALS", describeLack(profile, reasons.join("\n")));
    },
  };
}

/** The SDK's own words are not passed on: they quote files and answers, keys and tokens among them. */
function describeLack(profile: string | undefined, reasons: string): string {
  const known = HINTS.find(({ words }) => words.test(reasons))?.hint;
  const code = /"(?:Code|error)"\s*:\s*"([\w.-]{1,80})"/.exec(reasons)?.[1];
  const what = profile === undefined ? "no credentials are found" : `profile \`${profile}\` gives no credentials`;
  const details = [known, code === undefined ? undefined : `the answer was \`${code}\``].filter(Boolean);
  return [
    `${what}${details.length === 0 ? "" : `: ${details.join(", ")}`}`,
    profile === undefined ? SOURCES : PROFILES,
  ].join("\n");
}

const SOURCES =
  "looked in the environment (ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ALIBABA_CLOUD_SECURITY_TOKEN), ~/.aliyun/config.json, ~/.alibabacloud/credentials, the instance's role and ALIBABA_CLOUD_CREDENTIALS_URI; run `aliyun configure`, or name a profile with --profile";
const PROFILES =
  "profiles stand in ~/.aliyun/config.json, which `aliyun configure --profile NAME` writes, and in ~/.alibabacloud/credentials";

const HINTS = [
  { words: /parse aliyun cli config/, hint: "~/.aliyun/config.json is not JSON" },
  { words: /CloudSSO access token is empty or expired/, hint: "its CloudSSO session has ended, log in again" },
  { words: /refresh (session|RoleArn|OAuth)|get s(ts|ession) token/i, hint: "its role or session cannot be renewed" },
  { words: /unsupported profile mode|Invalid type option/, hint: "its mode is not one that the SDK knows" },
  { words: /unable to get profile/, hint: "there is no such profile" },
];
