import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { SourceText } from '#functions/web/parts.tsx';

const shown = async (source: string): Promise<string> => {
  const app = new Hono().get('/', (c) => c.html(<SourceText source={source} />));
  return await (await app.request('/')).text();
};

describe('an address in a text', () => {
  it('is a link of its host, without what closes the sentence after it', async () => {
    expect(await shown('See https://meet.example.kz/abc-1, at ten.')).toBe(
      'See <a href="https://meet.example.kz/abc-1">meet.example.kz</a>, at ten.',
    );
    expect(await shown('(https://x.example/a).')).toBe('(https://x.example/a).');
  });

  it('is no link where it is none, or would run something', async () => {
    expect(await shown('https: javascript:alert(1) http://')).toBe('https: javascript:alert(1) http://');
    expect(await shown('<b>204</b>')).toBe('&lt;b&gt;204&lt;/b&gt;');
  });
});
