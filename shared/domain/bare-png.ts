import { orientationIn, turned } from '#shared/domain/exif-orientation.ts';
import { bytesOf, type Part, replaced } from '#shared/domain/picture-parts.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const isPng = (file: Uint8Array): boolean => signature.every((byte, index) => file[index] === byte);

/** Chunks by which a picture is shown (PNG, third edition): its data, colours, transparency, size and movement. */
const shown: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(
    ' ',
  ),
);

/** Undefined where it has no end. */
export const partsOfPng = (file: Uint8Array): Part[] | undefined => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts: Part[] = [{ keeps: file.subarray(0, signature.length) }];
  let at = signature.length;
  while (at + 12 <= file.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > file.length) return undefined;
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    parts.push(partOf(name, file.subarray(at, end)));
    at = end;
    if (name === 'IEND') return at === file.length ? parts : [...parts, { takes: file.subarray(at) }];
  }
  return undefined;
};

const partOf = (name: string, whole: Uint8Array): Part => {
  if (shown.has(name)) return { keeps: whole };
  const orientation = name === 'eXIf' ? orientationIn(whole.subarray(8, -4)) : undefined;
  return replaced(whole, orientation === undefined ? undefined : chunk(name, turned(orientation)));
};

const chunk = (name: string, data: readonly number[]): Uint8Array => {
  const named = [...bytesOf(name), ...data];
  return Uint8Array.from([...fourBytes(data.length), ...named, ...fourBytes(crc(named))]);
};

const fourBytes = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

/** CRC-32 as PNG asks for (its annex D). */
const crc = (bytes: readonly number[]): number => {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest >>> 0;
};
