import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fields } from '#shared/domain/application-form-fields.ts';
import { isMessageKey } from '#shared/i18n/index.ts';

const folder = new URL('../../../shared/domain/', import.meta.url);
const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));

const unknown = (keys: readonly string[]): string[] => keys.filter((key) => !isMessageKey(key));

describe('what people are told', () => {
  it('about a round file, a register and a form has a text in the catalogues', () => {
    const keys = sources.flatMap((source) =>
      Array.from(
        source.matchAll(/'((?:round-file|vacancies|application-form)\.[\w.-]+)'/g),
        (match) => match[1] ?? '',
      ),
    );

    expect(keys.length).toBeGreaterThan(20);
    expect(unknown(keys)).toEqual([]);
  });

  it('about every kind of broken JSON has a text', () => {
    const table = /syntaxMessages: Record<string, string> = \{([^}]+)\}/.exec(sources.join('\n'))?.[1] ?? '';
    const kinds = Array.from(table.matchAll(/: '([\w-]+)'/g), (match) => match[1] ?? '');

    expect(kinds).toContain('comma');
    expect(unknown([...kinds, 'character'].map((kind) => `round-file.json.${kind}`))).toEqual([]);
  });

  it('about every cell of a register has a text', () => {
    const source = sources.find((text) => text.includes('export const readVacancies')) ?? '';
    const kinds = Array.from(
      source.matchAll(/(?:note|fault)\([^()]*?, '([a-z-]+)'/g),
      (match) => match[1] ?? '',
    );

    expect(kinds).toEqual(expect.arrayContaining(['formula', 'doubled-code', 'missing-column']));
    expect(unknown(kinds.map((kind) => `vacancies.${kind}`))).toEqual([]);
  });

  it('of every field has a label, a text for when it is missing, and a name for each option', () => {
    const options = fields.flatMap((field) =>
      'options' in field ? field.options.map((option) => `${field.name}.${option}`) : [],
    );
    const named = options.filter((key) => !/\.(yes|no)$/.test(key));
    const keys = named.concat(fields.flatMap(({ name }) => [`${name}.label`, `${name}.missing`]));

    expect(unknown(keys.map((key) => `application-form.${key}`))).toEqual([]);
  });

  it('about every answer that is not one has a text', () => {
    const source = sources.find((text) => text.includes('export const readField')) ?? '';
    const kinds = Array.from(source.matchAll(/'([\w-]+\.[a-z-]+)'/g), (match) => match[1] ?? '');
    const ofIin = ['shape', 'date', 'checksum'].map((kind) => `iin.${kind}`);

    expect(kinds).toEqual(
      expect.arrayContaining(['number.invalid', 'sex.not-iin', 'consentVersion.changed']),
    );
    expect(unknown([...kinds, ...ofIin].map((key) => `application-form.${key}`))).toEqual([]);
  });
});
