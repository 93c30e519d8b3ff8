import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sha256Of } from '#shared/domain/hash.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aSite, begin, type Page, type Site, type Visitor } from '../site.ts';

const scan = '%PDF-1.7 '.padEnd(150_000, 'a recommendation ');
const whole = { bytes: String(scan.length), sha256: sha256Of(scan) };

let site: Site;
let applicant: Visitor;
let address: string;

beforeEach(async () => {
  site = aSite();
  applicant = site.applicant();
  address = await begin(applicant, await site.openCall());
});

const uploadPage = async (): Promise<Page> =>
  await applicant.get((await applicant.post(`${address}/documents/recommendation`, {})).location);

const policy = ({ headers }: Page): string => headers.get('content-security-policy') ?? '';

const told = ({ text }: Page, name: string): string =>
  new RegExp(`data-${name}="([^"]*)"`).exec(text)?.[1] ?? '';

const Answer = z.object({
  arrived: z.int(),
  slices: z.array(
    z.object({ from: z.int(), to: z.int(), upload: z.object({ fields: z.object({ key: z.string() }) }) }),
  ),
});

const asked = async (page: Page, size = '65536') =>
  Answer.parse(JSON.parse((await applicant.post(told(page, 'slices'), { ...whole, size })).text));

describe('the page that takes a file', () => {
  it('lets its script send it in slices, and finds what had arrived by an earlier page', async () => {
    const broken = await asked(await uploadPage());
    const [first] = broken.slices;
    site.stored.set(first?.upload.fields.key ?? '', Buffer.from(scan.slice(0, 65_536)));

    const page = await uploadPage();
    const { arrived, slices } = await asked(page);
    for (const { from, to, upload } of slices) {
      site.stored.set(upload.fields.key, Buffer.from(scan.slice(from, to)));
    }
    const joined = await applicant.post(told(page, 'join'), whole);

    expect(arrived).toBe(65_536);
    expect(joined.text).toBe('{"whole":true}');
    const [, application = '', document = ''] = /value="quarantine\/(\w+)\/(\w+)"/.exec(page.text) ?? [];
    const stored = site.stored.get(`quarantine/${application}/${document}`);
    expect(Buffer.from(stored ?? []).toString()).toBe(scan);
    expect(told(page, 'done')).toBe(`${address}/documents?done=apply.done.uploaded`);
  });

  it('lets its script post to the storage, which no other page may', async () => {
    expect(policy(await uploadPage())).toContain("connect-src 'self' https://storage.example;");
    expect(policy(await applicant.get(`${address}/documents`))).toContain("connect-src 'self';");
  });

  it('takes the file in one piece where no script runs', async () => {
    expect((await uploadPage()).text).toContain('action="https://storage.example/documents"');
  });

  it.for([{ bytes: '' }, { sha256: 'x' }, { size: '7' }])('is not asked for %j', async (wrong) => {
    const answer = await applicant.post(told(await uploadPage(), 'slices'), { ...whole, ...wrong });

    expect(answer.status).toBe(400);
  });

  it('shows nobody else what has arrived', async () => {
    const page = await uploadPage();
    const stranger = site.applicant('stranger');

    expect((await stranger.post(told(page, 'slices'), whole)).status).toBe(404);
    expect((await stranger.post(told(page, 'join'), whole)).status).toBe(404);
  });
});

it.for(locales)('says in %s that an upload which broke off goes on', async (locale) => {
  const t = translator(locale);
  await applicant.post(`${address}/documents/recommendation`, {});

  const { text } = await applicant.get(`${address.replace('/en/', `/${locale}/`)}/documents`);

  expect(text).toContain(t('apply.document.again'));
});
