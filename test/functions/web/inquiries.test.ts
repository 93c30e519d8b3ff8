import { describe, expect, it } from 'vitest';
import { checkDocument } from '#functions/commands/document-checking.ts';
import { receiveDocument } from '#functions/commands/documents.ts';
import { DocumentId, InquiryId } from '#shared/domain/ids.ts';
import { fileKey } from '#shared/ports/files.ts';
import { pressed } from '#test/builders/pressed.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { anApplicant, aScreeningIn, candidacyOf, dana, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

const question = 'Please send the diploma <b>with</b> its supplement.';

const scene = async (locale = 'en') => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world);
  const applicationId = applications[0]?.id;
  if (!applicationId) throw new Error('Nobody applied.');
  const site = aSelectionSite(world);
  const candidate = `/${locale}/committee/rounds/${roundId}/screening/${applicationId}`;
  const asked = { question, requirement: 'diploma', workingDays: '2' };
  return {
    world,
    site,
    applicationId,
    candidate,
    asked,
    api: `/api/rounds/${roundId}/candidacies/${applicationId}`,
    own: `/${locale}/applications/${applicationId}`,
    inquiry: async () => InquiryId.parse((await candidacyOf(world, applicationId)).inquiries?.at(-1)?.id),
  };
};

describe('asking an applicant on the pages', () => {
  it.for(['kk', 'ru', 'en'])('leads to an answer, with a file and a text, in %s', async (locale) => {
    const { world, site, applicationId, candidate, asked, own, inquiry } = await scene(locale);
    const desk = await site.staff(secretary);
    const applicant = await site.applicant(anApplicant(0));

    const made = await desk.post(`${candidate}/inquiries`, asked);
    const id = await inquiry();
    const page = `${own}/inquiries/${id}`;
    const progress = await applicant.get(own);
    const open = await applicant.get(page);
    const upload = await pressed(applicant, `${page}/files`, { basedOn: '0', text: 'Here it is' });
    const [, document = ''] = /value="quarantine\/\w+\/(\w+)"/.exec(upload.text) ?? [];
    const kept = await applicant.get(page);
    const early = await applicant.post(page, { text: 'Here it is', press: 'send' });
    const documentId = DocumentId.parse(document);
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 a supplement');
    granted(await receiveDocument(world, { applicationId, documentId, scanning: false }));
    const sent = await applicant.post(page, { text: 'Here it is', press: 'send' });
    const after = await applicant.get(own);
    const read = await desk.get(`${candidate}/answers`);

    expect([made.status, upload.status, early.status, sent.status]).toEqual([303, 200, 409, 303]);
    expect(progress.text.indexOf(page)).toBeLessThan(progress.text.indexOf('class="timeline"'));
    expect(open.text).toContain('Please send the diploma &lt;b&gt;with&lt;/b&gt; its supplement.');
    expect(open.text).toContain(`<html lang="${locale}"`);
    expect(kept.text).toContain('Here it is');
    expect(early.text).toContain('Here it is');
    expect(after.text).not.toContain('class="card"');
    expect(read.text).toContain('Here it is');
    expect(read.text).toContain(`${candidate}/files/${documentId}`);
  });

  it('shows the committee whether a file waits for the scanner or was thrown away', async () => {
    const { world, site, applicationId, candidate, asked, own, inquiry } = await scene();
    const desk = await site.staff(secretary);
    const applicant = await site.applicant(anApplicant(0));
    await desk.post(`${candidate}/inquiries`, asked);
    const page = `${own}/inquiries/${await inquiry()}`;
    const upload = await pressed(applicant, `${page}/files`, { basedOn: '0', text: '' });
    const [, document = ''] = /value="quarantine\/\w+\/(\w+)"/.exec(upload.text) ?? [];
    const documentId = DocumentId.parse(document);
    world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 a supplement');
    granted(await receiveDocument(world, { applicationId, documentId, scanning: true }));
    await applicant.post(page, { text: 'Here it is', press: 'send' });

    const waits = await desk.get(`${candidate}/answers`);
    await checkDocument({ ...world, scanner: async () => 'infected' }, { applicationId, documentId });
    const gone = await desk.get(`${candidate}/answers`);
    const told = await applicant.get(page);

    expect(waits.text).toContain('Waits for the virus check');
    expect(gone.text).toContain('Malware found');
    for (const { text } of [waits, gone]) expect(text).not.toContain(`/files/${documentId}`);
    expect(told.text).toContain('A harmful program was found in this file after you submitted it');
  });

  it('gives back what was typed where something is wrong with it', async () => {
    const { site, candidate, asked, own, inquiry } = await scene();
    const desk = await site.staff(secretary);
    const applicant = await site.applicant(anApplicant(0));

    const wrong = await desk.post(`${candidate}/inquiries`, { ...asked, workingDays: 'three' });
    await desk.post(`${candidate}/inquiries`, asked);
    const page = `${own}/inquiries/${await inquiry()}`;
    const empty = await applicant.post(page, { text: ' ', press: 'send' });
    const long = await applicant.post(page, { text: 'x'.repeat(4001), press: 'keep', basedOn: '0' });
    await applicant.post(page, { text: 'One window', press: 'keep', basedOn: '0' });
    const other = await applicant.post(page, { text: 'Other window', press: 'keep', basedOn: '0' });
    const sent = await applicant.post(page, { text: 'Sent window', press: 'send', basedOn: '0' });

    expect([wrong.status, empty.status, long.status, other.status]).toEqual([422, 422, 422, 409]);
    expect([sent.status, sent.text.includes('One window'), sent.text.includes('Sent window')]).toEqual([
      409,
      true,
      true,
    ]);
    expect(wrong.text).toContain('value="three"');
    expect(wrong.text).toContain('Please send the diploma');
    expect(empty.text).toContain('Write a text or add a file');
    expect(long.text).toContain('x'.repeat(4001));
    expect(other.text).toContain('One window');
    expect(other.text).toContain('Other window');
  });

  it('keeps what is typed beside a file that is taken out, and leads to the form of one that has not come', async () => {
    const { site, candidate, asked, own, inquiry } = await scene();
    await (await site.staff(secretary)).post(`${candidate}/inquiries`, asked);
    const page = `${own}/inquiries/${await inquiry()}`;
    const applicant = await site.applicant(anApplicant(0));
    const upload = await pressed(applicant, `${page}/files`, { basedOn: '0', text: 'First' });
    const [, document = ''] = /value="quarantine\/\w+\/(\w+)"/.exec(upload.text) ?? [];

    const shown = await applicant.get(page);
    const [, basedOn = ''] = /name="basedOn" value="(\d+)"/.exec(shown.text) ?? [];
    const stale = await applicant.post(`${page}/removal`, { basedOn: '0', text: 'Other', remove: document });
    const removed = await applicant.post(`${page}/removal`, {
      basedOn,
      text: 'First, and more',
      remove: document,
    });
    const after = await applicant.get(page);

    expect(shown.text).toContain(`href="${page}/files?file=${document}">Send the file`);
    expect([stale.status, removed.status]).toEqual([409, 303]);
    expect(stale.text).toContain('Other');
    expect(after.text).toContain('First, and more');
    expect(after.text).not.toContain(document);
  });

  it('gives back an answer that comes too late', async () => {
    const { world, site, candidate, asked, own, inquiry } = await scene();
    await (await site.staff(secretary)).post(`${candidate}/inquiries`, asked);
    world.clock.to(at('2022-10-06T18:00'));
    const applicant = await site.applicant(anApplicant(0));
    const page = `${own}/inquiries/${await inquiry()}`;

    const late = await applicant.post(page, { text: 'Two hours of typing', press: 'send' });

    expect(late.status).toBe(409);
    expect(late.text).toContain('Two hours of typing');
    expect((await applicant.get(page)).text).toContain('Not answered in time');
  });

  it('takes it back, and shows neither question nor answer to anybody else', async () => {
    const { site, candidate, asked, own, inquiry } = await scene();
    const desk = await site.staff(secretary);
    await desk.post(`${candidate}/inquiries`, asked);
    const id = await inquiry();

    const others = [await site.applicant(anApplicant(1)), site.anonymous];
    for (const other of others) {
      const looked = await other.get(`${own}/inquiries/${id}`);
      expect(looked.status).toBeGreaterThan(300);
      expect(looked.text).not.toContain('supplement');
    }
    const blind = await (await site.staff(dana)).get(candidate);
    expect(blind.text).toContain('Answer awaited');
    expect(blind.text).not.toContain('supplement');
    expect((await desk.post(`${candidate}/inquiries/withdrawal`, { inquiry: id })).status).toBe(303);
    expect((await desk.get(candidate)).text).toContain('Question taken back');
  });
});

describe('the API', () => {
  it('asks, keeps, sends and tells how it stands', async () => {
    const { site, api, applicationId, inquiry } = await scene();
    const desk = await site.staff(secretary);
    const applicant = await site.applicant(anApplicant(0));
    const own = `/api/applications/${applicationId}/inquiries`;

    expect((await desk.json('POST', `${api}/inquiries`, { question })).status).toBe(204);
    const id = await inquiry();
    const kept = await applicant.json('PUT', `${own}/${id}/text`, { text: 'So far', basedOn: 0 });
    const listed = JSON.parse((await applicant.get(own)).text);
    const upload = await applicant.json('POST', `${own}/${id}/documents`, {});
    const sent = await applicant.json('POST', `${own}/${id}/answer`, { text: 'All of it' });
    const again = await applicant.json('POST', `${own}/${id}/answer`, { text: 'Something else' });

    expect([kept.status, sent.status, again.status]).toEqual([204, 204, 409]);
    expect(listed.inquiries).toMatchObject([{ id, standing: 'open', question, text: 'So far' }]);
    expect(JSON.parse(upload.text)).toMatchObject({ type: '/problems/unknown-requirement' });
    expect(JSON.parse(again.text)).toMatchObject({ type: '/problems/inquiry-ended' });
    expect(JSON.parse((await desk.get(api)).text).inquiries).toMatchObject([{ standing: 'answered' }]);
    expect(JSON.parse((await desk.get(`${api}/answers`)).text).inquiries).toMatchObject([
      { question, answer: 'All of it' },
    ]);
  });
});
