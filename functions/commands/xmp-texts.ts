import type { NamedText } from '#functions/commands/pdf-strings.ts';

/** The texts of an XMP packet by the element or attribute that they stand in; addresses, dates and identifiers are left out. */
export const packetTexts = (bytes: string): NamedText[] => {
  const packet = new TextDecoder().decode(Buffer.from(bytes, 'latin1'));
  const within = [...packet.matchAll(/<([\w:-]{1,80})(?:\s[^<>]*)?>([^<]+)</g)].map(
    ({ index, 1: name = '', 2: text = '' }) => ({
      name: name.startsWith('rdf:') ? ownerOf(packet, index) : name,
      text,
    }),
  );
  const attributes = [...packet.matchAll(/\s([\w:-]{1,80})\s?=\s?(?:"([^"]*)"|'([^']*)')/g)].map(
    ({ 1: name = '', 2: double, 3: single }) => ({ name, text: double ?? single ?? '' }),
  );
  return [...within, ...attributes]
    .map(({ name, text }) => ({ name: name.split(':').at(-1) ?? '', text: plain(text).trim() }))
    .filter(({ text }) => text !== '' && !/:\/\/|^(?:uuid|xmp\.\w+):|^\d{4}-\d\d/.test(text));
};

/** Lists stand in `rdf:Seq` and `rdf:li`; what they are of is the element around those. */
const ownerOf = (packet: string, before: number): string =>
  packet
    .slice(Math.max(0, before - 500), before)
    .match(/<(?!rdf:)[\w-]+:[\w-]+/g)
    ?.at(-1)
    ?.slice(1) ?? '';

const named: Partial<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
