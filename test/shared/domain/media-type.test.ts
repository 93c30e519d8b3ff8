import { describe, expect, it } from 'vitest';
import { sniffMediaType } from '#shared/domain/media-type.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('what a file is', () => {
  it.for([
    ['%PDF-1.7', 'application/pdf'],
    ['\xff\xd8\xff\xe0\0\x10JF', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
  ] as const)('is told by its first bytes: %j is %s', ([start, mediaType]) => {
    expect(sniffMediaType(bytes(start))).toBe(mediaType);
  });

  it.for(['', '%PDF', 'PK\x03\x04\x14\0', 'MZ\x90\0', '<html>', ' %PDF-1.7', '\x89PNG'])(
    '%j is nothing that we take',
    (start) => {
      expect(sniffMediaType(bytes(start))).toBeUndefined();
    },
  );
});
