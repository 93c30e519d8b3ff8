import { describe, expect, it } from 'vitest';
import { pdfProperties } from '#functions/commands/pdf-properties.ts';
import { aPdf, aStream, asBytes, aTellingJpeg, inUtf16, packed } from '#test/builders/telling-files.ts';

const read = (pdf: string) => pdfProperties(Buffer.from(pdf, 'latin1'));
const texts = (pdf: string) => read(pdf).texts.map(({ name, text }) => `${name}: ${text}`);
const name = 'Сапарова Айгүл';

describe('properties of a PDF', () => {
  it.each([
    ['in brackets', '<< /Author (Saparova \\(Aigul\\)) >>', 'Author: Saparova (Aigul)'],
    ['in octal numbers', '<< /Author (\\376\\377\\004\\010) >>', 'Author: Ј'.replace('Ј', '\u0408')],
    ['in UTF-16', `<< /Author ${inUtf16(name)} >>`, `Author: ${name}`],
    ['in UTF-8', `<< /Title (${asBytes(name)}) >>`, `Title: ${name}`],
    ['as Windows writes Cyrillic', '<< /Author (\xd1\xe0\xef\xe0\xf0\xee\xe2\xe0) >>', 'Author: Сапарова'],
    [
      'packed with other objects',
      packed('/Type /ObjStm', `1 0 << /Author ${inUtf16(name)} >>`),
      `Author: ${name}`,
    ],
    [
      'in an XMP packet',
      aStream(
        '/Type /Metadata',
        `<dc:creator><rdf:Seq><rdf:li>${asBytes(name)}</rdf:li></rdf:Seq></dc:creator>`,
      ),
      `creator: ${name}`,
    ],
    [
      'in an attribute of a packed one',
      packed('/Type/Metadata', `<r pdf:Author="&#x410;&amp;b"/>`),
      'Author: А&b',
    ],
    ['in the name of an attached file', '<< /Type /Filespec /F (saparova.docx) >>', 'F: saparova.docx'],
    [
      'in a photograph within it',
      aStream('/Filter /DCTDecode', aTellingJpeg('Saparova A.')),
      'JPEG: Saparova A.',
    ],
  ])('are read %s', (_, object, told) => {
    expect(texts(aPdf(object))).toContain(told);
  });

  it('are read of every state that it was saved in', () => {
    expect(texts(`${aPdf('<< /Author (First) >>')}\n${aPdf('<< /Author () >>')}`)).toContain('Author: First');
  });

  it('are neither what is drawn on its pages nor dates and numbers of the file', () => {
    const page = aStream('', 'BT /Name (Saparova) Tj ET');
    const packet = aStream('/Type /Metadata', '<a:b>uuid:1234567890</a:b><a:c>2024-01-01T10:00:00</a:c>');

    expect(texts(aPdf('<< /CreationDate (D:20240101100000) >>', page, packet))).toEqual([]);
  });

  it('are not known where a password or another way of packing closes them', () => {
    const other = aStream('/Type /ObjStm /Filter /LZWDecode', 'packed');
    const broken = aStream('/Type /ObjStm /Filter /FlateDecode', 'packed');

    const locked = `${aPdf()}<< /Encrypt 5 0 R >>`;
    const closed = [aPdf(other), aPdf(broken), locked].map((pdf) => read(pdf).closed);
    expect(closed).toEqual([true, true, true]);
    expect(read(aPdf('<< /EncryptMetadata false >>'))).toMatchObject({ closed: false, attached: false });
  });

  it('tell of files within it and of a signature', () => {
    expect(read(aPdf(packed('/Type /ObjStm', '<< /EmbeddedFiles 3 0 R >>'))).attached).toBe(true);
    expect(read(aPdf('<< /Type /Sig /ByteRange [0 1 2 3] >>')).attached).toBe(true);
  });

  it('are read in a moment, however the file is made', () => {
    const long = 1_000_000;
    const odd = ['/A', '(', '<', '>>stream\n', '\\', '<a b="', '/A(\\', "a='", '/A('].map((piece) =>
      piece.repeat(long / piece.length),
    );
    const began = performance.now();
    for (const one of odd) {
      read(aPdf(one, aStream('/Type /Metadata', one)));
    }
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
