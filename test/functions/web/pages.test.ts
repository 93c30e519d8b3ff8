import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWeb } from '#functions/web/app.tsx';
import type { Assets } from '#functions/web/assets.ts';
import { locales } from '#shared/i18n/index.ts';
import { aSite, begin, type Page, posted, type Site } from './site.ts';

let site: Site;
let roundId: string;

beforeAll(async () => {
  site = aSite();
  roundId = await site.openCall();
});

const publicPages = ['/', '/programme', '/personal-data', '/calls', '/vacancies', '/calls/ROUND'];
const morePages = [
  '/calls/ROUND/rules',
  '/calls/ROUND/vacancies',
  '/calls/ROUND/vacancies/MAT-001',
  '/calls/ROUND/apply',
  '/sign-in',
  '/nowhere',
];

const open = (locale: string, path: string): Promise<Page> =>
  site.anonymous.get(`/${locale}${path.replace('ROUND', roundId)}`);

describe('every public page', () => {
  const cases = locales.flatMap((locale) =>
    [...publicPages, ...morePages].map((path) => [locale, path] as const),
  );

  it.for(cases)(
    'in %s at %s names its language, itself, and the same page in the others',
    async ([locale, path]) => {
      const { text } = await open(locale, path);

      const title = /<title>(.+?) – /.exec(text)?.[1] ?? '';
      expect(text).toContain(`<html lang="${locale}"`);
      expect(text.match(/<h1/g)).toHaveLength(1);
      expect(title).not.toBe('');
      for (const other of locales.filter((one) => one !== locale)) {
        expect(text).toContain(`href="/${other}${path.replace('ROUND', roundId)}" lang="${other}"`);
      }
    },
  );

  it.for(cases)('in %s at %s needs no inline script or style', async ([locale, path]) => {
    const { text, headers } = await open(locale, path);

    expect(text).not.toMatch(/<style|<script(?![^>]* src=)| style=| on[a-z]+="/);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('answers the same question differently in each language', async () => {
    const texts = await Promise.all(locales.map(async (locale) => (await open(locale, '/calls/ROUND')).text));

    expect(new Set(texts.map((text) => /<h1.*?<\/h1>/s.exec(text)?.[0])).size).toBe(3);
  });
});

describe('the call', () => {
  it('shows its deadline with the zone, and that an unverified rule is only a sample', async () => {
    const { text } = await open('en', '/calls/ROUND');

    expect(text).toContain('4 October 2022 at 18:00 (UTC+06:00)');
    expect(text).toContain('Asia/Almaty');
    expect(text).toContain('Unverified sample');
    expect(text).toContain('A sample, not an official rule.');
  });

  it('shows what comes with a vacancy', async () => {
    const { text } = await open('en', '/calls/ROUND/vacancies/MAT-001');

    expect(text).toContain('150% surcharge: ');
    expect(text).toContain('18 (1.13 of a full load)');
  });

  it('filters and sorts vacancies by a plain address, and counts what is left', async () => {
    const { text } = await open('en', '/calls/ROUND/vacancies?subject=physics&order=district');

    const rows = text.match(/<th scope="row"/g) ?? [];
    const count = Number(/(\d+) vacancies found/.exec(text)?.[1]);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(438);
    expect(rows.length).toBe(Math.min(count, 30));
    expect(text).toContain('<option value="physics" selected="">');
  });

  it('does not mind a query that makes no sense', async () => {
    const { status, text } = await open(
      'en',
      '/calls/ROUND/vacancies?subject=alchemy&page=-4&order=x&language=',
    );

    expect(status).toBe(200);
    expect(text).toContain('438 vacancies found');
  });
});

describe('whoever comes without a language', () => {
  it.for([
    ['ru-RU,ru;q=0.9', '/ru/'],
    ['de,en;q=0.5', '/en/'],
    ['', '/kk/'],
  ] as const)('and asks for “%s” is led to %s', async ([header, target]) => {
    const answer = await site.app.request('/', { headers: { 'accept-language': header } });

    expect(answer.headers.get('location')).toBe(target);
  });
});

describe('a page that nobody has', () => {
  it('is answered in the language of its address', async () => {
    const { status, text } = await open('kk', '/nowhere');

    expect(status).toBe(404);
    expect(text).toContain('Табылмады');
  });
});

describe('a fault of ours', () => {
  it('shows a number and not a word of the fault', async () => {
    const broken = {
      ...site.deps,
      records: { ...site.records, list: () => Promise.reject(new Error('secret')) },
    };
    const app = createWeb(broken, {
      stylesheet: '/a.css',
      script: undefined,
      passkeyScript: undefined,
      answer: () => undefined,
    } satisfies Assets);

    const answer = await app.request('/en/calls', {}, { lambdaContext: { awsRequestId: 'request-7' } });
    const text = await answer.text();

    expect(answer.status).toBe(500);
    expect(text).toContain('Request number: request-7');
    expect(text).not.toContain('secret');
  });
});

describe('what a person typed', () => {
  it('is never taken for markup', async () => {
    const fresh = aSite();
    const applicant = fresh.applicant();
    const address = await begin(applicant, await fresh.openCall());
    const piece = fc.constantFrom('<', '>', '"', "'", '&', '</textarea>', '<script>', '-->', 'Ә', ' ');
    let version = 0;

    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        const typed = `start${pieces.join('')}end`;
        const form = { basedOn: String(version), ...posted('education'), institution: typed, next: 'leave' };
        const saved = await applicant.post(`${address}/sections/education`, form);
        const { text } = await applicant.get(`${address}/sections/education`);
        version = Number(/name="basedOn" value="(\d+)"/.exec(text)?.[1]);

        const value = /name="institution"[^>]*? value="(start[^"]*end)"/.exec(text)?.[1];
        expect(saved.status).toBe(303);
        expect(value).toBeDefined();
        expect(value).not.toMatch(/[<>"]/);
      }),
      { numRuns: 30 },
    );
  });

  it('in an address is never taken for markup either', async () => {
    const { text } = await open('en', '/calls/ROUND/vacancies?district=%22%3E%3Cscript%3E&done=%3Cb%3E');

    expect(text).not.toContain('"><script>');
    expect(text).not.toContain('<b>');
  });
});

describe('caches', () => {
  it('keep nothing that somebody signed in sees', async () => {
    const mine = await site.applicant().get('/en/applications');
    const everyone = await open('en', '/calls');

    expect(mine.headers.get('cache-control')).toBe('no-store');
    expect(everyone.headers.get('cache-control')).toBe('no-cache');
  });
});
