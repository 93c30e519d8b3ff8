import { describe, expect, it } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { castBallotOn, openPollOf } from '#functions/commands/polls.ts';
import type { ApplicationId, ApplicationNumber, RoundId } from '#shared/domain/ids.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { pressed } from '#test/builders/pressed.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { chair, dana, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { aPdf } from '#test/builders/telling-files.ts';
import { aBlindRound, identity, pastDays, typed } from './blind-round.ts';
import { everyAddress } from './every-address.ts';
import { readable } from './readable.ts';

/*
 * Who judges without names is told nothing by which a person is known, by any address that answers them: markers are planted in
 * names, contacts, places of work and study, texts and file contents, and looked for in every page, operation and exported file.
 */

type Asked = { address: string; text: string; location: string; status: number };

/** The list lies on the table, and a ballot on all of it is open that the chair has cast. */
const ranked = async (
  world: World,
  roundId: RoundId,
  applications: readonly { id: ApplicationId; number: ApplicationNumber }[],
) => {
  granted(await drawUpProposal(world, { by: secretary, roundId }));
  const numbers = applications.map(({ number }) => number);
  granted(await openPollOf(world, { by: secretary, roundId, group: false, numbers }));
  const ranks = applications.map(({ id: applicationId }, index) => ({ applicationId, rank: index + 1 }));
  granted(await castBallotOn(world, { by: chair, roundId, poll: 1, seen: 0, ranks }));
};

describe('whoever judges without names', () => {
  it('finds nobody in any page, operation or file, before the own score and after all', {
    timeout: 120_000,
  }, async () => {
    const { world, site, roundId, application, applications, diploma, formula } = await aBlindRound();
    const [rater = dana] = await ratersOf(world, application.id);
    const seat = await site.signIn(rater);
    const ids = {
      round: roundId,
      application: application.id,
      document: diploma.id,
      item: diploma.id,
      formula,
      poll: '1',
    };
    const asked: Asked[] = [];
    const askAll = async (): Promise<void> => {
      for (const address of everyAddress(world, ids, [...pastDays, world.clock.now()])) {
        const { bytes, ...answer } = await seat.get(address);
        const led = /storage\.example\/([^?]+)/.exec(answer.location)?.[1] ?? '';
        const file = world.files.stored.get(led) ?? new Uint8Array();
        asked.push({ address, ...answer, text: `${answer.headers}\n${readable(bytes)}${readable(file)}` });
      }
    };

    await askAll();
    for (const { id } of applications) {
      for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
    }
    await askAll();
    await ranked(world, roundId, applications);
    await askAll();

    expect(asked.filter(({ status }) => status >= 500)).toEqual([]);
    const ballots = asked.filter(({ address }) => address.endsWith('/ballots/1'));
    expect(ballots.map(({ status }) => status)).toEqual([404, 404, 200]);
    expect(asked.filter(({ status }) => status === 200).length).toBeGreaterThan(40);
    const past = asked.filter(({ address, status }) => status === 200 && address.includes('/replay/2022'));
    expect(new Set(past.map(({ address }) => /\/replay\/([^/]+)/.exec(address)?.[1])).size).toBe(3);
    const told = asked.filter(({ text, location }) =>
      identity.some((one) => one.test(text) || one.test(location)),
    );
    expect(told.map(({ address }) => address)).toEqual([]);
    // The stored file of the applicant lies under their application, the copy elsewhere.
    const led = asked.filter(
      ({ location }) => location.includes('storage.example') || location.includes('clean/'),
    );
    expect(led.map(({ address }) => address.split('/').slice(-2)[0])).toEqual(['copies', 'copies', 'copies']);
    expect(led.filter(({ text }) => text.includes('ICC_PROFILE'))).toHaveLength(3);
    for (const { location } of led) expect(location).toContain(`clean/redacted-${application.id}/`);
  });

  it('finds nobody in what is drawn for the chair, who has given every score', async () => {
    const { world, site, roundId, applications } = await aBlindRound();
    for (const { id } of applications) {
      for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
    }
    const sheets = `/en/committee/rounds/${roundId}/evaluation-sheets/1-en.pdf`;
    for (const by of [chair, secretary]) {
      const { status, text, headers } = await (await site.signIn(by)).get(sheets);
      expect([status, headers]).toEqual([200, expect.stringContaining('application/pdf')]);
      expect(text).toContain(applications[0]?.number);
      for (const one of identity) expect(text + headers).not.toMatch(one);
    }
  });

  it('reads the released copies, named as such, on the page of the scorecard', async () => {
    const { site, roundId, application, applications, world } = await aBlindRound();
    const [rater = dana] = await ratersOf(world, application.id);
    const seat = await site.signIn(rater);
    const page = (id: string) => seat.get(`/en/committee/rounds/${roundId}/scoring/${id}`);

    const [own, other] = await Promise.all([page(application.id), page(applications[1]?.id ?? '')]);

    expect(own.text).toContain('Redacted copies');
    expect(own.text).toContain('To teach is my wish.');
    expect(own.text).toContain('Open the redacted copy');
    expect(other.text).toContain('Withheld by the secretary.');
    expect(other.text).not.toContain('MARKER seal');
  });
});

describe('the secretary', () => {
  it('sees what is missing, the original beside the proposal, and releases it on the page', async () => {
    const { world, roundId, application, seen } = await aRedactionScene('stop', [typed]);
    const seat = await aCommitteeSite(world).signIn(secretary);
    const round = `/en/committee/rounds/${roundId}`;
    const at = `${round}/redaction/${application.id}`;

    const gate = await seat.get(round);
    const overview = await seat.get(`${round}/redaction`);
    const page = await seat.get(at);
    const refused = await seat.post(`${at}/text`, {
      item: 'motivation',
      copy: 'Маркерова',
      press: 'redacted',
    });
    const released = await seat.post(`${at}/text`, {
      item: 'motivation',
      copy: 'A wish.',
      press: 'redacted',
    });

    expect(gate.text).toContain(`${round}/redaction`);
    expect(overview.text).toContain('Ready: 0 of 1 application');
    expect(page.text).toContain('<mark>Маркерова</mark>');
    expect(page.text).toContain('[…]');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('1 place in it may still tell who wrote it');
    expect(refused.text).toContain('href="#copy-motivation"');
    expect(released).toMatchObject({
      status: 303,
      location: `${at}?done=redaction.done.released#motivation`,
    });
    expect((await seen())[0]?.text).toBe('A wish.');
    const listed = await seat.get(`${round}/redaction?show=all`);
    expect(listed.text).toContain('1 still open');
  });

  it('who is sure of one text has not said so of the other, nor meant the original by a wrong button', async () => {
    const { world, roundId, application, seen } = await aRedactionScene('stop', [typed]);
    const seat = await aCommitteeSite(world).signIn(secretary);
    const at = `/en/committee/rounds/${roundId}/redaction/${application.id}/text`;
    const press = (sent: Record<string, string>) => seat.post(at, { item: 'motivation', ...sent });

    const asked = await press({ copy: 'Маркерова', press: 'redacted' });
    const other = await press({ copy: 'Маркерова', press: 'whole', sure: 'redacted' });
    const meant = await press({ copy: 'A wish.', press: 'whole', sure: 'whole' });

    expect(asked.text).toContain('value="redacted"');
    expect(other).toMatchObject({ status: 422 });
    expect(other.text).toContain('I read the original');
    expect(meant.status).toBe(303);
    expect((await seen())[0]?.text).toBe(typed.motivation);
  });

  it('sends a redacted file straight to storage, and withholds with what was typed coming back', async () => {
    const { world, roundId, application, diploma } = await aRedactionScene('warn', [typed]);
    const seat = await aCommitteeSite(world).signIn(secretary);
    const at = `/en/committee/rounds/${roundId}/redaction/${application.id}`;

    const upload = await pressed(seat, `${at}/upload`, { item: diploma.id });
    const nothing = await seat.post(`${at}/withholding`, { item: diploma.id, reason: ' ' });
    const withheld = await seat.post(`${at}/withholding`, { item: diploma.id, reason: 'A seal.' });
    const page = await seat.get(at);
    const back = await seat.post(`${at}/taking-back`, { item: diploma.id });

    expect(upload.text).toContain(`quarantine/redacted-${application.id}/`);
    expect(nothing.status).toBe(422);
    expect([withheld.status, back.status]).toEqual([303, 303]);
    expect(page.text).toContain('A seal.');
    expect((await seat.post(`${at}/text`, { item: 'nothing', copy: 'x' })).status).toBe(404);
    expect((await (await aCommitteeSite(world).signIn(chair)).get(at)).status).toBe(403);
  });

  it('is asked about properties that name people, and looks once more', async () => {
    const { world, roundId, application, diploma, send, seen } = await aRedactionScene('stop', [typed]);
    const seat = await aCommitteeSite(world).signIn(secretary);
    const at = `/en/committee/rounds/${roundId}/redaction/${application.id}/file`;
    const sent = await send(aPdf('<< /Author (MARKER) /Encrypt 1 0 R >>'));
    const press = (sure?: string) => seat.post(at, { item: diploma.id, sent, ...(sure && { sure }) });

    const asked = await press();
    const other = await press(diploma.id);
    const released = await press(sent);

    expect([asked.status, other.status, released.status]).toEqual([422, 422, 303]);
    expect(asked.text).toContain('may tell whose it is: Author «MARKER»');
    expect(asked.text).toContain('cannot be looked into');
    expect(asked.text).toContain(`href="#properties-${diploma.id}"`);
    expect(asked.text).toContain(`id="properties-${diploma.id}"`);
    expect(asked.text).toContain(`name="sure" type="checkbox" value="${sent}"`);
    expect((await seen())[1]).toMatchObject({ standing: 'released' });
  });

  it('does the same through the API', async () => {
    const { world, roundId, application, diploma } = await aRedactionScene('stop', [typed]);
    const site = aCommitteeSite(world);
    const seat = await site.signIn(secretary);
    const api = `/api/rounds/${roundId}/candidacies/${application.id}`;

    const read = JSON.parse((await seat.get(`${api}/redaction`)).text);
    const told = await seat.send('PUT', `${api}/redaction/motivation/text`, { text: 'Маркерова' });
    const sent = await seat.send('PUT', `${api}/redaction/motivation/text`, { text: 'A wish.' });
    const withheld = await seat.send('PUT', `${api}/redaction/${diploma.id}/withholding`, {
      reason: 'A seal.',
    });
    const form = await seat.send('POST', `${api}/redaction/${diploma.id}/uploads`);

    expect(read.items[0]).toMatchObject({ standing: 'missing', text: { original: typed.motivation } });
    expect(read.items[0].text.proposal).not.toMatch(/MARKER|Маркеров/);
    expect([told.status, sent.status, withheld.status, form.status]).toEqual([422, 204, 204, 409]);
    const copies = JSON.parse((await (await site.signIn(dana)).get(`${api}/copies`)).text);
    expect(copies.copies).toMatchObject([
      { item: 'motivation', standing: 'released', text: 'A wish.' },
      { item: diploma.id, standing: 'withheld' },
    ]);
    expect(JSON.parse((await seat.get(`/api/rounds/${roundId}/redactions`)).text)).toMatchObject({
      ready: 1,
      totals: { wanted: 2, open: 0 },
    });
  });
});
