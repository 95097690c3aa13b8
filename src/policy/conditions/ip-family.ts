import type { OperatorFamily } from "./operator.js";

/**
 * A block of addresses; a single address is a block of full length. IPv4 stands in the mapped range of IPv6, which a
 * larger block of IPv6 does not hold: `::/0` is every IPv6 address and no IPv4 one.
 */
export interface AddressBlock {
  readonly first: bigint;
  readonly last: bigint;
  readonly isMapped: boolean;
}

const MAPPED = 0xffffn << 32n;
const MAPPED_END = MAPPED + 0xffffffffn;

/** Reads `192.0.2.1`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`. Host bits behind the prefix are let pass. */
export function readAddressBlock(text: string): AddressBlock | undefined {
  const [address = "", length, ...more] = text.trim().split("/");
  if (more.length > 0 || (length !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(length))) return undefined;
  const four = readFour(address);
  if (four !== undefined) return block(MAPPED | four, length, 96, 32);
  const six = readSix(address);
  return six === undefined ? undefined : block(six, length, 0, 128);
}

function block(address: bigint, length: string | undefined, offset: number, width: number): AddressBlock | undefined {
  const bits = length === undefined ? width : Number(length);
  if (bits > width) return undefined;
  const shift = BigInt(128 - offset - bits);
  const first = (address >> shift) << shift;
  const last = first + (1n << shift) - 1n;
  return { first, last, isMapped: first >= MAPPED && last <= MAPPED_END };
}

function readFour(text: string): bigint | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  let address = 0n;
  for (const part of text.split(".")) {
    if (Number(part) > 255 || (part.length > 1 && part.startsWith("0"))) return undefined;
    address = (address << 8n) | BigInt(part);
  }
  return address;
}

function readSix(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = readGroups(halves[0] ?? "");
  const tail = readGroups(halves[1] ?? "");
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((address, group) => (address << 16n) | group, 0n);
}

/** The 16-bit groups of one side of `::`; the last may be a dotted IPv4 address, which makes two. */
function readGroups(text: string): bigint[] | undefined {
  if (text === "") return [];
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const four = index === parts.length - 1 ? readFour(part) : undefined;
    if (four !== undefined) groups.push(four >> 16n, four & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function contains(range: AddressBlock, one: AddressBlock): boolean {
  return range.isMapped === one.isMapped && range.first <= one.first && one.last <= range.last;
}

function readAddress(text: string): AddressBlock | undefined {
  return text.includes("/") ? undefined : readAddressBlock(text);
}

/** IPv6 is not documented; it is read because addresses of that form reach the same key. */
export const IP_FAMILY: OperatorFamily<AddressBlock> = {
  name: "IP",
  readPolicyValue: readAddressBlock,
  readRequestValue: readAddress,
  positive: { IpAddress: contains },
  negated: { NotIpAddress: "IpAddress" },
  representatives: (tests) => {
    const blocks = tests.flatMap(({ values }) => values.flatMap((value) => readAddressBlock(value) ?? []));
    // Between two addresses where a block begins or has just ended, all are in the same blocks.
    const edges = blocks.flatMap(({ first, last }) => [first, last + 1n]);
    const addresses = [0n, MAPPED, MAPPED_END + 1n, ...edges].filter((address) => address >> 128n === 0n);
    return [...new Set(addresses)].map(writeAddress);
  },
};

function writeAddress(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => (address >> BigInt(16 * (7 - i))) & 0xffffn);
  return groups.map((group) => group.toString(16)).join(":");
}
