import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { KeptText } from '#functions/web/kept-text.tsx';
import { translator } from '#shared/i18n/index.ts';

const cwd = fileURLToPath(new URL('../../functions/web', import.meta.url));

/** Copied from a public place, where it can be copied again. */
const copied = new Set(['value']);

/** Names of the boxes for long texts, wherever a page writes one down. */
const longTexts = (): string[] => {
  const sources = globSync('**/*.tsx', { cwd }).map((path) => readFileSync(`${cwd}/${path}`, 'utf8'));
  const names = sources.flatMap((source) =>
    [...source.matchAll(/<TextArea\b[^>]*?\bname="([\w.]+)"/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)].filter((name) => !copied.has(name)).toSorted();
};

describe('what somebody typed into a long text', () => {
  it('is looked for in every page', () => {
    expect(longTexts().length).toBeGreaterThan(8);
  });

  it.for(longTexts())('is given back where the form is refused: %s', async (name) => {
    const kept = await KeptText({ t: translator('en'), typed: { [name]: 'An hour of work' } });

    expect(String(kept)).toContain('An hour of work');
  });
});
