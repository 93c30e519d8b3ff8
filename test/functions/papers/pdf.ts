import { inflateSync } from 'node:zlib';

export type ReadPdf = {
  /** What each page says, in the order in which it was drawn and without any space: see `bare`. */
  pages: string[];
  /** How many letters were drawn as the empty box, because the font has none for them. */
  boxes: number;
  /** `D:20221215060000Z` */
  createdAt: string | undefined;
};

/** A text as `readPdf` answers it: where a line ends or a column begins is not written in a PDF. */
export const bare = (text: string): string => text.replaceAll(/\s+/g, '');

/** Reads the text of a PDF as pdfmake writes it: one compressed stream a page, fonts with a map to Unicode. */
export const readPdf = (bytes: Uint8Array): ReadPdf => {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const letters = new Map([...objects].flatMap(([id, body]) => fontOf(id, body, objects)));
  const pages = [...objects.values()]
    .filter((body) => body.includes('/Type /Page\n'))
    .map((page) => {
      const resources = objects.get(refOf(page, 'Resources')) ?? '';
      return drawnOn(streamOf(objects.get(refOf(page, 'Contents')) ?? ''), (font) =>
        letters.get(refOf(resources, font)),
      );
    });
  return {
    pages: pages.map(({ text }) => bare(text)),
    boxes: pages.reduce((sum, { boxes }) => sum + boxes, 0),
    createdAt: /\((D:\d{14}Z)\)/.exec([...objects.values()].join('\n'))?.[1],
  };
};

type Objects = ReadonlyMap<string, string>;

const objectsOf = (file: string): Objects =>
  new Map([...file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]));

const refOf = (body: string, name: string): string => new RegExp(`/${name} (\\d+) 0 R`).exec(body)?.[1] ?? '';

const streamOf = (body: string): string => {
  const start = body.indexOf('stream\n') + 'stream\n'.length;
  const length = Number(/\/Length (\d+)/.exec(body)?.[1]);
  return inflateSync(Buffer.from(body.slice(start, start + length), 'latin1')).toString('latin1');
};

/** A font's glyphs as the letters that they stand for. */
const fontOf = (id: string, body: string, objects: Objects): [string, Map<number, string>][] => {
  if (!body.includes('/Subtype /Type0')) return [];
  const letters = new Map<number, string>();
  const map = streamOf(objects.get(refOf(body, 'ToUnicode')) ?? '');
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g)) {
    for (const [offset, [, code = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const units = code.match(/[0-9a-f]{4}/g) ?? [];
      letters.set(
        Number.parseInt(first, 16) + offset,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    }
  }
  return [[id, letters]];
};

const drawnOn = (
  stream: string,
  lettersOf: (font: string) => ReadonlyMap<number, string> | undefined,
): { text: string; boxes: number } => {
  let letters: ReadonlyMap<number, string> | undefined;
  let text = '';
  let boxes = 0;
  for (const [, font, shown = ''] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
    if (font !== undefined) letters = lettersOf(font);
    const glyphs = [...shown.matchAll(/<([0-9a-f]+)>/g)].flatMap(
      ([, codes = '']) => codes.match(/.{4}/g) ?? [],
    );
    const codes = glyphs.map((glyph) => Number.parseInt(glyph, 16));
    // Glyph 0 of every font is the box for what it does not have.
    boxes += codes.filter((code) => code === 0).length;
    text += codes.map((code) => (code === 0 ? '' : (letters?.get(code) ?? '\uFFFD'))).join('');
  }
  return { text, boxes };
};
