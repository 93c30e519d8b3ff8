import * as z from 'zod';

/** What applicants may upload: scans and photographs. Office files are refused, they can carry programs. */
export const MediaType = z.enum(['application/pdf', 'image/jpeg', 'image/png']);
export type MediaType = z.infer<typeof MediaType>;

/** How many bytes of a file's beginning `sniffMediaType` looks at. */
export const sniffedBytes = 8;

/** What a file is by its first bytes; what its sender calls it proves nothing. */
export const sniffMediaType = (start: Uint8Array): MediaType | undefined =>
  signatures.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte))?.mediaType;

const signatures: readonly { mediaType: MediaType; bytes: readonly number[] }[] = [
  // %PDF-
  { mediaType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];
