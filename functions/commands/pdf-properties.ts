import { inflateSync } from 'node:zlib';
import { type NamedText, namedTexts } from '#functions/commands/pdf-strings.ts';
import { packetTexts } from '#functions/commands/xmp-texts.ts';
import { barePicture } from '#shared/domain/bare-picture.ts';

/** What a PDF says beside its pages. */
export type PdfProperties = {
  texts: NamedText[];
  /** Another file lies within it, or somebody signed it: their certificate names them. */
  attached: boolean;
  /** Locked by a password, or packed in a way that is not read here: its properties are not known. */
  closed: boolean;
};

/** As much as the properties of a file may unpack to, in bytes. */
const mostUnpacked = 32 * 1024 * 1024;

/** Packets of a longer text are not read through. */
const longestPacket = 1024 * 1024;

/** Of every state that the file was ever saved in: a PDF that is saved again keeps the older one. What is drawn on pages is not read. */
export const pdfProperties = (file: Uint8Array): PdfProperties => {
  const { outline, streams } = partsOf(Buffer.from(file).toString('latin1'));
  const texts: NamedText[] = [];
  let [closed, unpacked, structure] = [isLocked(outline), 0, outline];
  for (const { says, body } of streams) {
    if (says.includes('/DCTDecode')) texts.push(...pictureTexts(body));
    const isObjects = /\/Type\s*\/ObjStm\b/.test(says);
    if (!isObjects && !/\/Type\s*\/Metadata\b/.test(says)) continue;
    const plain = unpack(says, body, mostUnpacked - unpacked);
    if (plain === undefined || (!isObjects && plain.length > longestPacket)) closed = true;
    else if (isObjects) structure += `\n${plain}`;
    else texts.push(...packetTexts(plain));
    unpacked += plain?.length ?? 0;
  }
  texts.push(...namedTexts(structure).filter(({ name }) => !unread.has(name)));
  return { texts, attached: /\/EmbeddedFiles?\b|\/ByteRange\s*\[/.test(structure), closed };
};

/** Dates, keys and tables of letters; read as texts they would look like telephone numbers and names. */
const unread: ReadonlySet<string> = new Set(
  'CreationDate ModDate M ID O U OE UE Perms DA DS Cert Lang Panose CharSet Registry Ordering'.split(' '),
);

const isLocked = (outline: string): boolean => /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(outline);

/** A stream of bytes, and the dictionary that says what it is. */
type Stream = { says: string; body: string };

/** Longer dictionaries before a stream do not occur. */
const longestDictionary = 4096;

const partsOf = (pdf: string): { outline: string; streams: Stream[] } => {
  const streams: Stream[] = [];
  const outline: string[] = [];
  let at = 0;
  const opening = />>\s{0,16}stream\r?\n/g;
  for (let found = opening.exec(pdf); found; found = opening.exec(pdf)) {
    const before = pdf.slice(Math.max(at, found.index - longestDictionary), found.index);
    const says = before.slice(Math.max(before.lastIndexOf(' obj'), before.lastIndexOf('\nobj'), 0));
    const start = opening.lastIndex;
    const end = endOf(pdf, start, says);
    streams.push({ says, body: pdf.slice(start, end) });
    outline.push(pdf.slice(at, start));
    at = end;
    opening.lastIndex = end;
  }
  return { outline: [...outline, pdf.slice(at)].join('\n'), streams };
};

const endOf = (pdf: string, start: number, says: string): number => {
  const length = Number(/\/Length\s+(\d{1,10})\b(?!\s+\d+\s+R)/.exec(says)?.[1] ?? -1);
  if (length >= 0 && /^\s{0,2}endstream/.test(pdf.slice(start + length, start + length + 12)))
    return start + length;
  const end = pdf.indexOf('endstream', start);
  return end < 0 ? pdf.length : end;
};

/** Undefined where it is packed otherwise than nearly all programs do it, or unpacks to too much. */
const unpack = (says: string, body: string, most: number): string | undefined => {
  const filters = says.match(/\/\w+Decode\b/g) ?? [];
  if (filters.length === 0) return body;
  if (filters.join('') !== '/FlateDecode' || /\/Predictor\s+(?!1\b)/.test(says)) return undefined;
  try {
    return inflateSync(Buffer.from(body, 'latin1'), { maxOutputLength: Math.max(1, most) }).toString(
      'latin1',
    );
  } catch {
    return undefined;
  }
};

/** What a photograph that was laid into the file as it came from the camera says beside; only words, for the rest is no text. */
const pictureTexts = (body: string): NamedText[] => {
  const taken = barePicture(Buffer.from(body, 'latin1'))?.taken;
  if (!taken || taken.length === 0) return [];
  const words = new TextDecoder().decode(taken).match(/[\p{L}\p{M}\p{N}\p{Zs}@.,_:-]{6,}/gu) ?? [];
  return words.map((text) => ({ name: 'JPEG', text }));
};
