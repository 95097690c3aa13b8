/** Why a call brought no response that can be used. */
export type CallFailure =
  /** The API answered with an error. */
  | {
      readonly kind: "REFUSED";
      readonly code: string;
      /** HTTP status. */
      readonly status: number;
      readonly message: string;
      /** The response's JSON. */
      readonly body: string;
      /** Milliseconds that the API asks to wait. */
      readonly retryAfter?: number | undefined;
    }
  /** Something answered that is no response of the API. */
  | { readonly kind: "UNREADABLE"; readonly problem: string }
  /** Nothing answered, or not in time, or not to the end. */
  | { readonly kind: "UNREACHABLE"; readonly problem: string };

/** What the SDK throws, by what it means. */
export function readCallFailure(error: unknown): CallFailure {
  const { code, name, statusCode, data, retryAfter, hostname } = fieldsOf(error);
  if (typeof statusCode === "number") {
    if (typeof code !== "string" || code === "undefined" || !isRecord(data)) {
      return { kind: "UNREADABLE", problem: `HTTP status ${statusCode} without an error code` };
    }
    const message = [data.Message, data.message].find((one) => typeof one === "string") ?? "";
    const wait = typeof retryAfter === "number" ? retryAfter : undefined;
    return { kind: "REFUSED", code, status: statusCode, message, body: JSON.stringify(data), retryAfter: wait };
  }
  if (typeof name === "string" && /Timeout/.test(name)) return { kind: "UNREACHABLE", problem: "no answer in time" };
  if (typeof code === "string") {
    return { kind: "UNREACHABLE", problem: typeof hostname === "string" ? `${code} ${hostname}` : code };
  }
  return { kind: "UNREADABLE", problem: "the answer is not JSON" };
}

/** Whether the same call may well succeed a little later. */
export function isPassing(failure: CallFailure): boolean {
  if (failure.kind !== "REFUSED") return true;
  return failure.status >= 500 || failure.status === 429 || PASSING_CODES.test(failure.code);
}

/** Whether every further call would fail alike, because of the credentials. */
export function isOfCredentials(failure: CallFailure): boolean {
  return failure.kind === "REFUSED" && CREDENTIAL_CODES.test(failure.code);
}

const PASSING_CODES = /^(Throttling|ServiceUnavailable|InternalError|SignatureNonceUsed)/;
const CREDENTIAL_CODES =
  /^(InvalidSecurityToken|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp|Forbidden\.AccessKeyDisabled)/;

function fieldsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(error)) return {};
  return Object.fromEntries(
    ["code", "name", "statusCode", "data", "retryAfter", "hostname"].map((key) => [key, error[key]]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
