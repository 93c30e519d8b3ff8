import { crc32, deflateSync } from 'node:zlib';

/* Files as programs and cameras make them, with names planted beside what is shown. A character of a text is a byte. */

const two = (value: number): string => String.fromCharCode(value >> 8, value & 0xff);
const four = (value: number): string => two(value >>> 16) + two(value & 0xffff);

/** Cyrillic as UTF-8, a character for each byte. */
export const asBytes = (text: string): string => Buffer.from(text).toString('latin1');

const segment = (marker: number, body: string): string =>
  `\xff${String.fromCharCode(marker)}${two(body.length + 2)}${body}`;

/** Exif with who took the picture, and how the camera was held. */
const exif = (artist: string, orientation: number): string => {
  const value = `${artist}\0`;
  const entry = (tag: number, type: number, count: number, at: string) =>
    two(tag) + two(type) + four(count) + at;
  return [
    `MM\0*${four(8)}${two(2)}`,
    entry(0x0112, 3, 1, `${two(orientation)}\0\0`),
    entry(0x013b, 2, value.length, four(38)),
    four(0),
    value,
  ].join('');
};

/** What is drawn: tables and a scan with bytes in it that only look like markers. */
const drawn = `${segment(0xdb, 'tables')}${segment(0xda, 'scan')}picture\xff\0\xff\xd0more\xff\0`;

export const aTellingJpeg = (name: string, orientation = 6): string =>
  [
    '\xff\xd8',
    segment(0xe0, `JFIF\0${'\x01'.repeat(7)}\x01\x01${name}`),
    segment(0xe1, `Exif\0\0${exif(name, orientation)}`),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<dc:creator>${name}</dc:creator>`),
    segment(0xe2, 'ICC_PROFILE\0colours'),
    segment(0xe2, `MPF\0${name}`),
    segment(0xed, `Photoshop 3.0\0${name}`),
    segment(0xee, 'Adobe\0transform'),
    segment(0xfe, `by ${name}`),
    drawn,
    '\xff\xd9',
    `second picture of ${name}`,
  ].join('');

const chunk = (name: string, data: string): string => {
  const named = Buffer.from(name + data, 'latin1');
  return four(data.length) + name + data + four(crc32(named));
};

export const aTellingPng = (name: string, orientation = 1): string =>
  [
    '\x89PNG\r\n\x1a\n',
    chunk('IHDR', 'size'),
    chunk('tEXt', `Author\0${name}`),
    chunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${name}`),
    chunk('zTXt', `Comment\0\0${name}`),
    chunk('eXIf', exif(name, orientation)),
    chunk('tIME', 'moment1'),
    chunk('prVt', name),
    chunk('pHYs', 'density'),
    chunk('IDAT', 'picture'),
    chunk('IEND', ''),
    `behind the end: ${name}`,
  ].join('');

/** A PDF of objects as they are given. */
export const aPdf = (...objects: readonly string[]): string =>
  [
    '%PDF-1.7',
    ...objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj`),
    'trailer\n<<>>',
    '%%EOF',
  ].join('\n');

export const aStream = (dictionary: string, body: string): string =>
  `<< ${dictionary} /Length ${body.length} >>\nstream\n${body}\nendstream`;

export const packed = (dictionary: string, text: string): string =>
  aStream(`${dictionary} /Filter /FlateDecode`, deflateSync(Buffer.from(text, 'latin1')).toString('latin1'));

/** As PDF writes what is not Latin: UTF-16 with its mark. */
export const inUtf16 = (text: string): string =>
  `<FEFF${Array.from(text, (sign) => sign.charCodeAt(0).toString(16).padStart(4, '0')).join('')}>`;
