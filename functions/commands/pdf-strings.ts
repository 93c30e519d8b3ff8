/** A text that stands behind a name in a PDF: `Author` and who that is. */
export type NamedText = { name: string; text: string };

/** Longer ones are no property that somebody reads. */
const longest = 4000;

/** Every text that stands directly behind a name, in either way of writing it (ISO 32000, 7.3.4). `pdf`: a character for each byte. */
export const namedTexts = (pdf: string): NamedText[] => {
  const texts: NamedText[] = [];
  const opening = /\/([A-Za-z]\w{0,40})\s{0,8}(?:\(|<(?!<))/g;
  for (let found = opening.exec(pdf); found; found = opening.exec(pdf)) {
    const { 0: whole, 1: name = '' } = found;
    const { bytes, end } = (whole.endsWith('(') ? literal : hexadecimal)(pdf, opening.lastIndex);
    texts.push(...readings(bytes).map((text) => ({ name, text })));
    // What looks like a name within a text is none.
    opening.lastIndex = end;
  }
  return texts;
};

/** The bytes of a text, and where it ends. */
type Read = { bytes: string; end: number };

const escapes: Partial<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\n': '',
  '\r': '',
};

const literal = (pdf: string, start: number): Read => {
  let bytes = '';
  let depth = 1;
  const end = Math.min(pdf.length, start + longest);
  for (let at = start; at < end; at += 1) {
    const sign = pdf.charAt(at);
    if (sign === '\\') {
      const octal = /^[0-7]{1,3}/.exec(pdf.slice(at + 1, at + 4))?.[0];
      const next = pdf.charAt(at + 1);
      bytes += octal ? String.fromCharCode(Number.parseInt(octal, 8) & 0xff) : (escapes[next] ?? next);
      at += octal?.length ?? 1;
      continue;
    }
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return { bytes, end: at };
    bytes += sign;
  }
  return { bytes, end };
};

const hexadecimal = (pdf: string, start: number): Read => {
  const [digits = ''] = /^[\s0-9a-f]*/i.exec(pdf.slice(start, start + longest)) ?? [];
  const bytes = Buffer.from(digits.replaceAll(/\s/g, ''), 'hex').toString('latin1');
  return { bytes, end: start + digits.length };
};

/**
 * What the bytes of a text may say. Without a mark of its encoding it should be Latin, and where letters of other alphabets are in it
 * programs wrote it as Windows does in Cyrillic, or as UTF-8.
 */
const readings = (bytes: string): string[] => {
  const raw = Buffer.from(bytes, 'latin1');
  if (bytes.startsWith('\xfe\xff')) return [new TextDecoder('utf-16be').decode(raw)];
  if (bytes.startsWith('\xff\xfe')) return [new TextDecoder('utf-16le').decode(raw)];
  const marked = new TextDecoder().decode(raw);
  if (!marked.includes('\ufffd')) return [marked];
  return ['windows-1251', 'windows-1252'].map((name) => new TextDecoder(name).decode(raw));
};
