import { describe, expect, it } from 'vitest';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { endGuest } from '#functions/commands/guests.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Seat } from '#test/builders/committee-site.ts';
import { guest, hosting, secretaryHolds } from '#test/builders/guest-scene.ts';
import type { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { anApplicant, chair, dana, ratersOf, secretary } from '#test/builders/selection.ts';
import { aBlindRound, aBlindScreening, answered, identity, pastDays, typed } from './blind-round.ts';
import { everyAddress, everyChange } from './every-address.ts';
import { readable } from './readable.ts';

/*
 * What is answered to who judges without names and sends something that is wrong, or may not be sent: the pages and problem documents
 * of refusals tell as little as pages that are read. The chair, a rater, a guest of another region, and such a guest once it has ended.
 */

type Round = Pick<
  Awaited<ReturnType<typeof aRedactionScene>>,
  'world' | 'roundId' | 'application' | 'diploma'
>;
type Told = { asked: string; status: number; says: string };

const idsOf = ({ roundId, application, diploma }: Round) => ({
  round: roundId,
  application: application.id,
  document: diploma.id,
  item: diploma.id,
  person: anApplicant(0).personId,
  member: dana.id,
  guest: '1',
  stage: 'scoring',
});

/** What belongs in forms, all of it together, and wrong: nothing of it is an identity. */
const wrongFields = ({ application, diploma }: Round): Record<string, string> => ({
  applicationId: application.id,
  applications: application.number,
  number: application.number,
  personId: anApplicant(0).personId,
  memberId: dana.id,
  item: diploma.id,
  documentId: diploma.id,
  proposal: '0'.repeat(64),
  choice: 'against',
  outcome: 'stops',
  reason: ' ',
  points: '-1',
});

/** These keep whoever sends them away from the application or sign them out, so that later ones would be answered by that alone. */
const keepsAway = (address: string): boolean => /conflict|declin|disclosure|session|sign-out/.test(address);

const sends = (seat: Seat, round: Round) => {
  const wrong = wrongFields(round);
  return async (method: 'POST' | 'PUT' | 'DELETE', address: string) =>
    address.startsWith('/api/')
      ? [
          await seat.send(method, address),
          await seat.send(method, address, []),
          await seat.send(method, address, { ...wrong, points: { nothing: -1 } }),
        ]
      : [await seat.post(address), await seat.post(address, wrong)];
};

/** Everything that one person is answered: what they send wrongly, and what they may not read. */
const answersTo = async (by: Person, seat: Seat, round: Round): Promise<Told[]> => {
  const told: Told[] = [];
  const note = (asked: string, { status, bytes, headers }: Awaited<ReturnType<Seat['get']>>) =>
    told.push({ asked: `${by.role}: ${asked}`, status, says: `${headers}\n${readable(bytes)}` });
  const ids = idsOf(round);
  const moments = [...pastDays, round.world.clock.now()];
  for (const address of everyAddress(round.world, ids, moments))
    note(`GET ${address}`, await seat.get(address));
  const send = sends(seat, round);
  const changes = everyChange(round.world, ids);
  const last = changes.filter(({ address }) => keepsAway(address));
  for (const { method, address } of [...changes.filter((one) => !last.includes(one)), ...last]) {
    for (const answer of await send(method, address)) note(`${method} ${address}`, answer);
  }
  return told;
};

const telling = (told: readonly Told[]) =>
  told.filter(({ says }) => identity.some((one) => one.test(says))).map(({ asked }) => asked);

const failing = (told: readonly Told[]) =>
  told.filter(({ status }) => status >= 500).map(({ asked, status }) => `${asked}: ${status}`);

/** How many were refused because of what was sent, not only because of who sent it. */
const refusedForContent = (told: readonly Told[]) =>
  told.filter(({ asked, status }) => !asked.includes(': GET') && [400, 409, 422].includes(status)).length;

const aGuestIn = async (world: World, { roundId, application }: Round) => {
  await secretaryHolds(world);
  const host = hosting(world, roundId);
  granted(await host.invite({ atMost: '', applications: application.number }));
  granted(await host.join());
  granted(await reassignOpen(world, { by: secretary, roundId }));
};

/** A meeting is at the first application, so that its page says something. */
const discussed = async (world: World, { roundId, application: { number } }: Round) => {
  const opening = { by: chair, roundId, suggested: false, numbers: [number], absent: [] };
  const reason = 'The guest is late.';
  const { version: seen } = granted(await openDiscussionOf(world, { ...opening, reason }));
  const move = { kind: 'take-up', place: 1 } as const;
  granted(await moveDiscussionOf(world, { by: secretary, roundId, seen, move }));
};

describe('whoever judges without names and sends what is wrong', () => {
  it('is told nobody in scoring, nor by an address that is closed to them', {
    timeout: 240_000,
  }, async () => {
    const round = await aBlindRound();
    const { world, site, application } = round;
    await aGuestIn(world, round);
    await discussed(world, round);
    const [rater = dana] = await ratersOf(world, application.id);
    for (const by of new Set([guest, rater, chair])) {
      const told = await answersTo(by, await site.signIn(by), round);

      expect([telling(told), failing(told)]).toEqual([[], []]);
      // Else refusals would say nothing about what they are for.
      expect([by.role, refusedForContent(told) > 100]).toEqual([by.role, true]);
    }
  });

  it('is told nobody as a guest whose time has ended', { timeout: 240_000 }, async () => {
    const round = await aBlindRound();
    await aGuestIn(round.world, round);
    granted(await endGuest(round.world, { by: secretary, roundId: round.roundId, guest: 1 }));
    const told = await answersTo(guest, await round.site.signIn(guest), round);

    expect([telling(told), failing(told)]).toEqual([[], []]);
    const card = `/scoring/${round.application.id}`;
    const cards = told.filter(({ asked }) => asked.endsWith(card)).map(({ status }) => status);
    expect(new Set(cards)).toEqual(new Set([404]));
  });

  it('is told nobody while screening goes on', { timeout: 240_000 }, async () => {
    const { site, ...scene } = await aBlindScreening();
    await discussed(scene.world, scene);
    for (const by of [dana, chair]) {
      const told = await answersTo(by, await site.signIn(by), scene);

      expect([telling(told), failing(told)]).toEqual([[], []]);
      expect([by.role, refusedForContent(told) > 100]).toEqual([by.role, true]);
    }
  });

  it('would find what is told to the secretary', { timeout: 240_000 }, async () => {
    const round = await aBlindRound();
    const told = await answersTo(secretary, await round.site.signIn(secretary), round);

    expect(telling(told).some((asked) => asked.includes(': GET'))).toBe(true);
    expect(telling(told).some((asked) => asked.includes(': POST'))).toBe(true);
    // What was never told would prove nothing where it is not found. What somebody needs, only whoever arranges interviews reads, later.
    const read = told.map(({ says }) => says).join('\n');
    const stored = JSON.stringify([...round.world.records.documents.values()]);
    const words = [typed.fullName, typed.employer, ...answered];
    expect(words.filter((word) => !read.includes(word))).toEqual([]);
    expect([typed.adjustments, 'large-print'].filter((word) => !stored.includes(word))).toEqual([]);
  });
});
