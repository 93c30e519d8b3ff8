import { beforeEach, describe, expect, it } from 'vitest';
import { ReceiptOrder } from '#shared/papers/on-demand.ts';
import { aSite, begin, fillIn, type Site, type Visitor } from './site.ts';

let site: Site;
let applicant: Visitor;
let address: string;

beforeEach(async () => {
  site = aSite();
  applicant = site.applicant();
  address = await begin(applicant, await site.openCall());
});

/** What the function with the fonts was asked to draw. */
const orderIn = (text: string) => ReceiptOrder.parse(JSON.parse(text));

describe('a receipt on paper', () => {
  it.for(['kk', 'ru', 'en'])('is drawn from the record when its owner asks, in %s', async (locale) => {
    await fillIn(site, applicant, address);
    await applicant.post(`${address}/submit`, {});
    const here = address.replace('/en/', `/${locale}/`);

    const page = await applicant.get(`${here}/receipt`);
    const paper = await applicant.get(`${here}/receipt.pdf`);

    expect(page.text).toContain(`href="${here}/receipt.pdf"`);
    expect(paper.status).toBe(200);
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    expect(paper.headers.get('cache-control')).toBe('no-store');
    const { data, ...order } = orderIn(paper.text);
    expect(order.locale).toBe(locale);
    expect(paper.headers.get('content-disposition')).toBe(
      `inline; filename="${data.receipt.number}-${locale}.pdf"`,
    );
    const file = await applicant.get(`${address}/receipt.json`);
    expect(data.receipt).toEqual(JSON.parse(file.text));
    expect(data).toMatchObject({ zone: 'Asia/Almaty', consentVersion: expect.stringMatching(/./) });
    expect(data.vacancies.map(({ code }) => code).toSorted()).toEqual(data.receipt.choices.toSorted());
    expect(data.requirements.map(({ code }) => code)).toEqual(
      expect.arrayContaining(data.receipt.files.map(({ requirement }) => requirement)),
    );
  });

  it('names nothing that was typed, since the paper would outlive its erasure', async () => {
    await fillIn(site, applicant, address);
    await applicant.post(`${address}/submit`, {});

    const { text } = await applicant.get(`${address}/receipt.pdf`);

    expect(text).not.toContain('Айгүл');
    expect(text).not.toMatch(/\b\d{12}\b/);
  });

  it('says so when the application was withdrawn since', async () => {
    await fillIn(site, applicant, address);
    await applicant.post(`${address}/submit`, {});
    await applicant.post(`${address}/withdraw`, { reason: 'personal' });

    const { data } = orderIn((await applicant.get(`${address}/receipt.pdf`)).text);

    expect(data.withdrawnAt).toBe(site.clock.now());
  });

  it('does not exist before there is a receipt, nor for anybody else', async () => {
    const draft = await applicant.get(`${address}/receipt.pdf`);
    await fillIn(site, applicant, address);
    await applicant.post(`${address}/submit`, {});
    const strange = await site.applicant('stranger').get(`${address}/receipt.pdf`);
    const nobody = await site.anonymous.get(`${address}/receipt.pdf`);

    expect([draft.status, strange.status, nobody.status]).toEqual([404, 404, 303]);
    expect(strange.text).not.toContain('KZ19-');
  });
});
