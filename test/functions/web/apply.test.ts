import { beforeEach, describe, expect, it } from 'vitest';
import { sectionsWell, typedWell } from '#test/builders/application.ts';
import { pressed } from '#test/builders/pressed.ts';
import { at } from '#test/builders/worlds.ts';
import { aSite, begin, fillIn, origin, posted, type Site, uploadTo, type Visitor } from './site.ts';

let site: Site;
let applicant: Visitor;
let roundId: string;

beforeEach(async () => {
  site = aSite();
  roundId = await site.openCall();
  applicant = site.applicant();
});

describe('an applicant without JavaScript', () => {
  it.for(['kk', 'ru', 'en'])('applies from the call to the receipt, in %s', async (locale) => {
    const address = await begin(applicant, roundId, locale);
    await fillIn(site, applicant, address);

    const check = await applicant.get(`${address}/check`);
    const submitted = await applicant.post(`${address}/submit`, {});
    const receipt = await applicant.get(submitted.location);

    expect(check.text).toContain(sectionsWell.identity.fullName);
    expect(check.text).toContain(`action="${address}/submit"`);
    expect(submitted.status).toBe(303);
    expect(receipt.text).toContain(`<html lang="${locale}"`);
    expect(receipt.text).toMatch(/KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    // Of the whole, of the form, and of each of three files.
    expect(receipt.text.match(/[0-9a-f]{64}/g)).toHaveLength(5);
  });

  it('begins one application however often the button is pressed', async () => {
    const addresses = [await begin(applicant, roundId), await begin(applicant, roundId)];

    expect(addresses[0]).toBe(addresses[1]);
  });

  it('gets the same receipt when submitting is pressed twice', async () => {
    const address = await begin(applicant, roundId);
    await fillIn(site, applicant, address);

    const first = await applicant.post(`${address}/submit`, {});
    const second = await applicant.post(`${address}/submit`, {});

    const digest = /[0-9a-f]{64}/;
    const receipts = await Promise.all([first, second].map(({ location }) => applicant.get(location)));
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(digest.exec(receipts[1]?.text ?? '')?.[0]).toBe(digest.exec(receipts[0]?.text ?? '')?.[0]);
  });

  it('can download exactly the bytes that the receipt vouches for', async () => {
    const address = await begin(applicant, roundId);
    await fillIn(site, applicant, address);
    await applicant.post(`${address}/submit`, {});

    const file = await applicant.get(`${address}/receipt.json`);
    const page = await applicant.get(`${address}/receipt`);

    const { createHash } = await import('node:crypto');
    expect(page.text).toContain(createHash('sha256').update(file.text).digest('hex'));
  });

  it('finds everything again on the next visit', async () => {
    const address = await begin(applicant, roundId);
    await applicant.post(`${address}/sections/identity`, {
      basedOn: '0',
      ...posted('identity'),
      latinName: '',
      next: 'leave',
    });

    const later = await applicant.get(`${address}/sections/identity`);
    const list = await applicant.get('/en/applications');

    expect(later.text).toContain(`value="${typedWell.fullName}"`);
    expect(later.text).toContain(
      'name="birthDate-year" type="text" inputmode="numeric" autocomplete="bday-year" value="1880"',
    );
    expect(list.text).toContain(address);
  });

  it('sees that a file is arriving, received, or of a wrong kind', async () => {
    const address = await begin(applicant, roundId);
    const form = await pressed(applicant, `${address}/documents/diploma`);
    const arriving = await applicant.get(`${address}/documents`);
    await uploadTo(site, applicant, address, 'employment-record');
    const received = await applicant.get(`${address}/documents`);

    expect(form.text).toContain('action="https://storage.example/documents"');
    expect(form.text).toContain(`value="${origin}${address}/documents?done=apply.done.uploaded"`);
    expect(form.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://storage.example",
    );
    expect(arriving.text).toContain('Expected');
    expect(received.text).toContain('Received');
  });

  it('ranks vacancies by buttons', async () => {
    const address = `${await begin(applicant, roundId)}/choices`;
    await applicant.post(address, { order: '', filter: '', press: 'add MAT-001' });
    await applicant.post(address, { order: 'MAT-001', filter: '', press: 'add MAT-002' });

    const moved = await applicant.post(address, {
      order: 'MAT-001 MAT-002',
      filter: 'subject=mathematics',
      press: 'up MAT-002',
    });
    const page = await applicant.get(address);

    expect(moved.location).toBe(`${address}?subject=mathematics#chosen`);
    expect(page.text).toContain('name="order" value="MAT-002 MAT-001"');
  });

  it('withdraws with a reason and cannot press it away by accident', async () => {
    const address = await begin(applicant, roundId);

    const without = await applicant.post(`${address}/withdraw`, {});
    const withdrawn = await applicant.post(`${address}/withdraw`, { reason: 'personal' });
    const page = await applicant.get(withdrawn.location);

    expect(without.status).toBe(422);
    expect(withdrawn.status).toBe(303);
    expect(page.text).toContain('The application is withdrawn');
  });
});

describe('a refusal', () => {
  it('gives back what was typed, with every fault beside its field', async () => {
    const address = await begin(applicant, roundId);

    const answer = await applicant.post(`${address}/sections/identity`, {
      basedOn: '0',
      ...posted('identity'),
      fullName: 'Сапарова <b>Айгүл</b>',
      iin: '800315200014',
      sex: '',
    });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="Сапарова &lt;b&gt;Айгүл&lt;/b&gt;"');
    expect(answer.text).toContain('value="800315200014"');
    expect(answer.text).toContain('<a href="#iin">There is a slip in the IIN');
    expect(answer.text).toContain('<a href="#sex">Choose an answer: it shows a slip');
    expect(answer.text).toContain('<title>Error: About you');
  });

  it('shows both versions when another tab saved first, and lets the person decide', async () => {
    const address = `${await begin(applicant, roundId)}/sections/education`;
    await applicant.post(address, { basedOn: '0', ...posted('education'), institution: 'First tab' });

    const second = await applicant.post(address, {
      basedOn: '0',
      ...posted('education'),
      institution: 'Second tab',
    });
    const version = /name="basedOn" value="(\d+)"/.exec(second.text)?.[1] ?? '';
    const decided = await applicant.post(address, {
      basedOn: version,
      ...posted('education'),
      institution: 'Second tab',
    });

    expect(second.status).toBe(409);
    expect(second.text).toContain('First tab');
    expect(second.text).toContain('value="Second tab"');
    expect(decided.status).toBe(303);
  });

  it('notices that the order of choices was changed in another tab', async () => {
    const address = `${await begin(applicant, roundId)}/choices`;
    await applicant.post(address, { order: '', filter: '', press: 'add MAT-001' });

    const stale = await applicant.post(address, { order: '', filter: '', press: 'add MAT-002' });

    expect(stale.status).toBe(409);
    expect(stale.text).toContain('name="order" value="MAT-001"');
  });

  it('shows what stands when another tab was a moment faster', async () => {
    const address = `${await begin(applicant, roundId)}/choices`;
    const add = (code: string) => applicant.post(address, { order: '', filter: '', press: `add ${code}` });
    site.records.interfere(() => add('MAT-001'));

    const second = await add('MAT-002');

    expect(second.status).toBe(409);
    expect(second.text).toContain('name="order" value="MAT-001"');
  });

  it('stops at the limit of choices and keeps the list', async () => {
    const address = `${await begin(applicant, roundId)}/choices`;
    const codes = ['MAT-001', 'MAT-002', 'MAT-003', 'MAT-004', 'MAT-005'];
    for (const [index, code] of codes.entries()) {
      await applicant.post(address, {
        order: codes.slice(0, index).join(' '),
        filter: '',
        press: `add ${code}`,
      });
    }

    const sixth = await applicant.post(address, { order: codes.join(' '), filter: '', press: 'add MAT-006' });

    expect(sixth.status).toBe(422);
    expect(sixth.text).toContain(`value="${codes.join(' ')}"`);
  });

  it('says what is missing before anything is submitted', async () => {
    const address = await begin(applicant, roundId);

    const answer = await applicant.post(`${address}/submit`, {});
    const after = await applicant.get(address);

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`href="${address}/sections/identity#birthDate"`);
    expect(answer.text).toContain(`href="${address}/choices#choices"`);
    expect(after.text).toContain('4 of 14 sections are complete');
  });

  it('closes at the deadline to the second, and what was typed before stands', async () => {
    const address = await begin(applicant, roundId);
    await fillIn(site, applicant, address);
    site.clock.to(at('2022-10-04T12:00'));

    const fresh = site.applicant();
    const late = await fresh.post(`${address}/submit`, {});
    const other = await site.applicant('another').post(`/en/calls/${roundId}/apply`, {});

    expect(late.status).toBe(409);
    expect(late.text).toContain('4 October 2022 at 18:00 (UTC+06:00)');
    expect(other.status).toBe(409);
  });

  it.for([
    '',
    '/sections/identity',
    '/documents',
    '/choices',
    '/check',
    '/receipt',
    '/receipt.pdf',
    '/withdraw',
  ])('never shows another person an application%s', async (part) => {
    const address = await begin(applicant, roundId);
    const stranger = site.applicant('stranger');

    const answer = await stranger.get(address + part);

    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('KZ19-');
  });

  it('never changes an application for another person', async () => {
    const address = await begin(applicant, roundId);
    const stranger = site.applicant('stranger');
    const before = site.records.commits.length;

    const answers = [
      await stranger.post(`${address}/sections/identity`, { basedOn: '0', ...posted('identity') }),
      await stranger.post(`${address}/choices`, { order: '', filter: '', press: 'add MAT-001' }),
      await stranger.post(`${address}/documents/diploma`, {}),
      await stranger.post(`${address}/submit`, {}),
      await stranger.post(`${address}/withdraw`, { reason: 'personal' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(site.records.commits).toHaveLength(before);
  });

  it('sends whoever is not signed in to sign in, and back again', async () => {
    const address = await begin(applicant, roundId);

    const answer = await site.anonymous.get(`${address}/check`);

    expect(answer.status).toBe(303);
    expect(answer.location).toBe(`/en/sign-in?next=${encodeURIComponent(`${address}/check`)}`);
  });
});
