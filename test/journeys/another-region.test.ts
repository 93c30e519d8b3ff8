import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mostResultsBytes } from '#functions/commands/brought-results.ts';
import { sealName } from '#functions/commands/elsewhere-list.ts';
import { enrol } from '#infra/rehearsal/sign-in.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { Instant } from '#shared/domain/time.ts';
import { readPacketOutcome } from '#shared/elsewhere/outcome.ts';
import { mostHanded } from '#shared/elsewhere/packet.ts';
import { translator } from '#shared/i18n/index.ts';
import { aRegionWithPosts, listedIn } from '#test/builders/elsewhere.ts';
import { everybodyOf } from '#test/builders/many-handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';
import { enterHome, recorded, recordsIn, storeIn } from './inside-home.ts';
import { type Page, visitor } from './visitor.ts';

/*
 * People of another region in a whole home: as many as a packet may hold, and results that no request of ours may be as large as. They go by way of storage, with the grants, limits
 * and redirects of the template.
 */

const t = translator('ru');

let home: HomeProcess;

beforeAll(async () => {
  home = await homeProcess({ region: 'KZ-61' });
  await home.start();
  enterHome(home);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

const now = async (): Promise<Instant> => Instant.parse((await home.operator.health()).now);

/** A round in the home that has listed its posts just now, and a packet with results for it. */
const listed = async () => {
  const world = aWorld();
  const played = recorded(world);
  const there = await aRegionWithPosts(world);
  world.clock.to(await now());
  await listedIn(there);
  const records = recordsIn(home);
  await storeIn(records, played);
  // What opens packets for this list is no part of any commit.
  const seal = sealName(there.scene.roundId);
  await records.secret(seal, await world.records.secret(seal, ''));
  const { files, key } = await everybodyOf(there, {
    length: mostHanded,
    choices: [vacancyCode('T-MAT'), vacancyCode('T-PHY')],
    ranked: 10_000,
  });
  return { roundId: there.scene.roundId, files, key };
};

const administrator = async (name: string) => {
  const person = { mail: `${name}@example.kz`, locale: 'ru', role: 'administrator' };
  const { client } = await enrol(home.operator, home.origin, person);
  return visitor(home.origin, client);
};

const file = (text: string | Uint8Array<ArrayBuffer>): Blob => new Blob([text], { type: 'application/json' });

/** The form that goes to the bucket of the home. */
const storage = 'documents-000000000000';

const faultsOn = ({ document }: Page): string => document.querySelector('.govuk-error-summary')?.text ?? '';

const outcomeIn = async (roundId: string): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    const record = await recordsIn(home).find(elsewhereAggregate, roundId);
    if (record?.state.arrivals?.[0]?.outcome) return;
    await sleep(200);
  }
  throw new Error('No outcome was signed.');
};

describe('people of another region, in a home', () => {
  it('come with results of any size by way of storage, are confirmed and given posts', async () => {
    const { roundId, files, key } = await listed();
    const page = `/ru/manage/rounds/${roundId}/elsewhere`;
    const [first, second] = [await administrator('first'), await administrator('second')];
    await first.press(await first.open(page), '/elsewhere/keys', { region: 'KZ-19', key });

    expect(files.bundle.length).toBeGreaterThan(4 * 1024 * 1024);
    const bringing = await first.open(`${page}/people`);
    const large = await first.press(bringing, storage, {
      file: file(new Uint8Array(mostResultsBytes + 1)),
    });
    expect([large.status, large.path]).toEqual([422, expect.stringContaining('results=')]);
    expect(large.text).toContain(t('elsewhere.fault.largeResults', { megabytes: 32 }));

    const sent = await first.press(large, storage, { file: file(files.bundle) });
    expect(sent.text).toContain(t('elsewhere.done.resultsSent'));
    const brought = await first.press(sent, '/people', { packet: file(files.packet) });
    expect(faultsOn(brought)).toBe('');
    expect(brought.text).toContain(t('elsewhere.done.peopleBrought'));
    expect(brought.text).toContain(t('elsewhere.secondPerson.packet'));

    const confirmed = await second.press(await second.open(`${page}/people`), '/people/1/confirmation');
    expect(confirmed.text).toContain(t('elsewhere.done.peopleConfirmed'));

    const record = await recordsIn(home).find(elsewhereAggregate, roundId);
    await home.operator.setClock(record?.state.own?.handingUntil ?? '');
    // The session ended meanwhile: whoever asks anew signs in.
    await first.client.ask('/api/session');
    const given = await first.press(await first.open(`${page}/people`), '/people/posts');
    expect(given.text).toContain(t('elsewhere.done.given'));

    await outcomeIn(roundId);
    const outcome = await first.client.ask(`${page}/people/1/outcome`);
    const text = await (await fetch(outcome.headers.get('location') ?? '')).text();
    const read = await readPacketOutcome(text);
    if (!read.ok) throw new Error('The outcome does not hold.');
    expect(read.value.outcome.people).toHaveLength(mostHanded);
  });
});
