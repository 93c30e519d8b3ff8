import { isPng, partsOfPng } from '#shared/domain/bare-png.ts';
import { orientationIn, turned } from '#shared/domain/exif-orientation.ts';
import { bytesOf, type Part, replaced } from '#shared/domain/picture-parts.ts';

/** A picture as it is shown, without what was said in it beside, which is `taken`. */
export type Bare = { bytes: Uint8Array; taken: Uint8Array };

/**
 * A JPEG or PNG that shows the same picture: how it is turned and its colours stay; names, comments, places, cameras, small previews of
 * what was not redacted yet, and whatever lies behind its end do not. Bare ones come back as they are. Undefined where the file cannot
 * be followed to its end.
 */
export const barePicture = (file: Uint8Array): Bare | undefined => {
  const parts = isPng(file) ? partsOfPng(file) : partsOfJpeg(file);
  return (
    parts && {
      bytes: joined(parts.map((part) => ('keeps' in part ? part.keeps : (part.leaves ?? none)))),
      taken: joined(parts.map((part) => ('takes' in part ? part.takes : none))),
    }
  );
};

const none = new Uint8Array();

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

const [startOfImage, endOfImage, startOfScan] = [0xd8, 0xd9, 0xda];

const partsOfJpeg = (file: Uint8Array): Part[] | undefined => {
  if (file[0] !== 0xff || file[1] !== startOfImage) return undefined;
  const parts: Part[] = [{ keeps: file.subarray(0, 2) }];
  let at = 2;
  while (at < file.length) {
    const segment = segmentAt(file, at);
    if (!segment) return undefined;
    const { marker, body, end } = segment;
    parts.push(partOf(marker, file.subarray(at, end), file.subarray(body, end)));
    at = end;
    if (marker !== endOfImage) continue;
    // Cameras put second pictures and their own notes behind the end.
    return at === file.length ? parts : [...parts, { takes: file.subarray(at) }];
  }
  return undefined;
};

/** Where a segment begins with its content, and where it ends; of a scan, where its picture does. */
const segmentAt = (file: Uint8Array, at: number) => {
  if (file[at] !== 0xff) return undefined;
  let code = at + 1;
  while (file[code] === 0xff) code += 1;
  const marker = file[code] ?? 0;
  if (marker === 0) return undefined;
  if (marker === endOfImage || isRestart(marker)) return { marker, body: code + 1, end: code + 1 };
  const length = (file[code + 1] ?? 0) * 256 + (file[code + 2] ?? 0);
  const end = code + 1 + length;
  if (length < 2 || end > file.length) return undefined;
  return { marker, body: code + 3, end: marker === startOfScan ? endOfScan(file, end) : end };
};

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** The next marker that is not part of the picture itself. */
const endOfScan = (file: Uint8Array, from: number): number => {
  let at = file.indexOf(0xff, from);
  while (at >= 0) {
    const next = file[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at = file.indexOf(0xff, at + 1);
  }
  return file.length;
};

const comment = 0xfe;
const [app0, app1, app2, app14, app15] = [0xe0, 0xe1, 0xe2, 0xee, 0xef];

/** Of what applications and people add to a picture only what it cannot be shown rightly without stays. */
const partOf = (marker: number, whole: Uint8Array, body: Uint8Array): Part => {
  const isAdded = marker === comment || (marker >= app0 && marker <= app15);
  if (!isAdded) return { keeps: whole };
  if (marker === app2 && beginsWith(body, 'ICC_PROFILE\0')) return { keeps: whole };
  if (marker === app14 && beginsWith(body, 'Adobe')) return { keeps: whole };
  if (marker === app0 && beginsWith(body, 'JFIF\0')) return withoutPreview(whole, body);
  if (marker === app1 && beginsWith(body, 'Exif\0\0')) {
    const orientation = orientationIn(body.subarray(6));
    return replaced(
      whole,
      orientation === undefined ? undefined : segment(app1, [...bytesOf('Exif\0\0'), ...turned(orientation)]),
    );
  }
  return { takes: whole };
};

/** Version, unit and density; the small picture behind them may be of the original. */
const withoutPreview = (whole: Uint8Array, body: Uint8Array): Part =>
  replaced(whole, segment(app0, [...body.subarray(0, 12), 0, 0]));

const segment = (marker: number, body: readonly number[]): Uint8Array =>
  Uint8Array.from([0xff, marker, 0, body.length + 2, ...body]);

const beginsWith = (body: Uint8Array, text: string): boolean =>
  bytesOf(text).every((code, index) => body[index] === code);
