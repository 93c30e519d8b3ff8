/** The little XML that the S3 API needs: answers are written, and two kinds of small documents are read. */
import { S3Error } from './errors.ts';

export type Element = { name: string; children: (Element | string)[] };

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Markup, and control characters, which the parsers of XML change or refuse when they stand bare. */
const escape = (text: string): string =>
  text.replaceAll(
    /[^\u0020-\u007e\u0080-\u{10ffff}]|[&<>"]/gu,
    (sign) => named[sign] ?? `&#x${sign.charCodeAt(0).toString(16)};`,
  );

/** An element; a child that is undefined is left out, a number or truth value becomes its text. */
export const element = (
  name: string,
  ...children: (Element | string | number | boolean | undefined)[]
): Element => ({
  name,
  children: children
    .filter((child) => child !== undefined)
    .map((child) => (typeof child === 'object' ? child : String(child))),
});

const write = ({ name, children }: Element): string =>
  `<${name}>${children.map((child) => (typeof child === 'string' ? escape(child) : write(child))).join('')}</${name}>`;

/** An answer in the S3 namespace; errors have none. */
export const xmlDocument = (root: Element): string => {
  const text = write(root);
  const opened = root.name === 'Error' ? text : text.replace('>', ` xmlns="${namespace}">`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${opened}`;
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name)] ?? whole;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
  });

const malformed = (): S3Error =>
  new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate.');

const token = /<\?[^>]*\?>|<(\/?)([A-Za-z][\w.:-]*)(?:\s[^<>]*?)?(\/?)>|([^<]+)/gy;

/** Reads elements and text. Comments, CDATA and document types are no part of what the SDK sends and are refused. */
export const readXml = (text: string): Element => {
  const top: Element = { name: '', children: [] };
  const open = [top];
  let position = 0;
  for (const match of text.matchAll(token)) {
    position = match.index + match[0].length;
    place(match, open);
  }
  const root = top.children.find((child) => typeof child === 'object' || child.trim() !== '');
  if (position !== text.length || open.length !== 1 || typeof root !== 'object') throw malformed();
  return root;
};

/** Puts one token where it belongs; `open` are the elements around it, the innermost last. */
const place = ([, closing, name, empty, characters]: RegExpMatchArray, open: Element[]): void => {
  const parent = open.at(-1);
  if (!parent) throw malformed();
  if (characters !== undefined) parent.children.push(unescape(characters));
  if (name === undefined) return;
  if (closing) {
    if (parent.name !== name || open.length === 1) throw malformed();
    open.pop();
    return;
  }
  const child = { name, children: [] };
  parent.children.push(child);
  if (!empty) open.push(child);
};

export const childrenOf = (parent: Element, name: string): Element[] =>
  parent.children.filter((child) => typeof child === 'object').filter((child) => child.name === name);

/** The text directly inside the first child of that name. */
export const textOf = (parent: Element, name: string): string | undefined => {
  const [child] = childrenOf(parent, name);
  return child?.children.filter((part) => typeof part === 'string').join('');
};
