import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barePicture } from '#shared/domain/bare-picture.ts';
import { aTellingJpeg, aTellingPng } from '#test/builders/telling-files.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const text = (file: Uint8Array | undefined): string => Buffer.from(file ?? []).toString('latin1');
const bare = (file: string): string => text(barePicture(bytes(file))?.bytes);

describe('a bare JPEG', () => {
  it('names nobody, not in a preview nor behind its end, and shows the same, turned the same', () => {
    const file = bare(aTellingJpeg('MARKER', 6));

    expect(aTellingJpeg('MARKER').split('MARKER')).toHaveLength(8);
    expect(file).not.toContain('MARKER');
    for (const kept of [
      'ICC_PROFILE\0colours',
      'Adobe\0transform',
      'tables',
      'picture\xff\0\xff\xd0more\xff\0',
    ]) {
      expect(file).toContain(kept);
    }
    expect(file).toContain('\x01\x12\0\x03\0\0\0\x01\0\x06');
    expect(file.endsWith('\xff\xd9')).toBe(true);
    expect(bare(aTellingJpeg('MARKER', 1))).not.toContain('Exif');
  });

  it('is bare already: nothing more is taken out of it', () => {
    const once = barePicture(bytes(aTellingJpeg('MARKER')));
    const again = barePicture(once?.bytes ?? bytes(''));

    expect(text(once?.taken)).toContain('MARKER');
    expect(again?.taken).toHaveLength(0);
    expect(text(again?.bytes)).toBe(text(once?.bytes));
  });

  it('is not made of one that breaks off or is none', () => {
    const whole = aTellingJpeg('MARKER');
    const end = whole.lastIndexOf('\xff\xd9');

    for (const broken of [
      whole.slice(0, end),
      whole.slice(0, 40),
      '\xff\xd8',
      '\xff\xd8nothing',
      '%PDF-1.7',
      '',
    ]) {
      expect(barePicture(bytes(broken))).toBeUndefined();
    }
  });
});

describe('a bare PNG', () => {
  it('holds what is shown and nothing else', () => {
    const file = bare(aTellingPng('MARKER'));

    expect(file).not.toMatch(/MARKER|tEXt|iTXt|zTXt|eXIf|tIME|prVt/);
    for (const kept of ['IHDRsize', 'pHYsdensity', 'IDATpicture', 'IEND']) expect(file).toContain(kept);
    expect(barePicture(bytes(file))?.taken).toHaveLength(0);
  });

  it('stays turned as it was', () => {
    const file = bare(aTellingPng('MARKER', 8));
    const at = file.indexOf('eXIf');

    expect(file).not.toContain('MARKER');
    expect(file.slice(at, at + 32)).toContain('\x01\x12\0\x03\0\0\0\x01\0\x08');
    expect(Buffer.from(file, 'latin1').readUInt32BE(at + 30)).toBe(crc32(bytes(file.slice(at, at + 30))));
    expect(barePicture(bytes(file))?.taken).toHaveLength(0);
  });

  it('is not made of one without an end', () => {
    const whole = aTellingPng('MARKER');

    expect(barePicture(bytes(whole.slice(0, whole.indexOf('IEND'))))).toBeUndefined();
  });
});

it('no bytes are too broken to be looked at', () => {
  const begun = fc.constantFrom(aTellingJpeg('M'), aTellingPng('M'));
  const broken = fc.tuple(begun, fc.nat(400), fc.uint8Array({ maxLength: 40 }));
  fc.assert(
    fc.property(broken, ([file, at, noise]) => {
      const wrong = bytes(file.slice(0, at) + text(noise) + file.slice(at + noise.length));
      const made = barePicture(wrong);
      if (made) expect(barePicture(made.bytes)?.taken ?? []).toHaveLength(0);
    }),
  );
});
