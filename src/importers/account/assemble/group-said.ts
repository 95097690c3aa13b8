import type { Said } from "../said.js";

/** Everything said, by what it is about. */
export type SaidByKind = { readonly [Kind in Said["kind"]]: readonly Extract<Said, { kind: Kind }>[] };

export function groupSaid(said: readonly Said[]): SaidByKind {
  return {
    caller: said.filter((one) => one.kind === "caller"),
    domain: said.filter((one) => one.kind === "domain"),
    user: said.filter((one) => one.kind === "user"),
    group: said.filter((one) => one.kind === "group"),
    member: said.filter((one) => one.kind === "member"),
    role: said.filter((one) => one.kind === "role"),
    policy: said.filter((one) => one.kind === "policy"),
    version: said.filter((one) => one.kind === "version"),
    attachment: said.filter((one) => one.kind === "attachment"),
    directory: said.filter((one) => one.kind === "directory"),
    folder: said.filter((one) => one.kind === "folder"),
    directoryMember: said.filter((one) => one.kind === "directoryMember"),
    controlPolicy: said.filter((one) => one.kind === "controlPolicy"),
    controlAttachment: said.filter((one) => one.kind === "controlAttachment"),
    resourceGroup: said.filter((one) => one.kind === "resourceGroup"),
    resource: said.filter((one) => one.kind === "resource"),
    groupSupport: said.filter((one) => one.kind === "groupSupport"),
    tag: said.filter((one) => one.kind === "tag"),
    bucketPolicy: said.filter((one) => one.kind === "bucketPolicy"),
  };
}
