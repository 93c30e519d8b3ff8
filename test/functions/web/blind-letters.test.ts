import { describe, expect, it } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { inviteGuest } from '#functions/commands/guests.ts';
import { openPollOf } from '#functions/commands/polls.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { lettersAboutScan } from '#functions/commands/scan-letters.ts';
import { LetterTemplate } from '#shared/domain/letter-template.ts';
import type { OutgoingLetter } from '#shared/ports/mail.ts';
import { mailOf } from '#test/builders/committee-site.ts';
import { guest, hosting, secretaryHolds, typedGuest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { candidacyOf, chair, members, score, secretary } from '#test/builders/selection.ts';
import { aBlindRound, identity, remindAll } from './blind-round.ts';

/*
 * What is written to who judges without names tells them nobody either: every letter to a mailbox of the committee or of a guest, from
 * screening until the ranking is voted on.
 */

type Round = Awaited<ReturnType<typeof aBlindRound>>;

/** About stages in which names are open. */
const later = new Set<LetterTemplate>([
  'committee-interview-moved',
  'committee-times-engaged',
  'committee-scorecards-reminder',
  'committee-letters-wait',
  'committee-claim-due',
  'committee-claim-overdue',
  'committee-score-reported',
  'committee-offers-held',
]);

const writtenBlind = [
  ...LetterTemplate.options.filter((one) => one.startsWith('committee-') && !later.has(one)),
  'guest-invited',
];

const everybody = [chair, secretary, ...members, guest];

/** Invited by a letter, joined by its link, and given the application to score. */
const hostGuest = async ({ world, roundId, application, mailbag }: Round): Promise<void> => {
  await secretaryHolds(world);
  const own = { atMost: '', applications: application.number, mail: mailOf(guest.id) };
  granted(await inviteGuest(world, { by: secretary, roundId, typed: { ...typedGuest, ...own } }));
  await mailbag.deliverDue();
  const host = hosting(world, roundId);
  granted(await host.join(guest.id, host.tokenIn(mailbag.letters.at(-1))));
  granted(await reassignOpen(world, { by: secretary, roundId }));
};

const scoreAll = async ({ world, roundId, applications }: Round): Promise<void> => {
  for (const { id } of applications) {
    const { raters } = await candidacyOf(world, id);
    for (const by of everybody.filter((one) => raters.includes(one.id)))
      granted(await score({ world, roundId }, by, id));
  }
};

/** What is written where a file that was handed in turns out to be broken or infected only now, or is clean and somebody has judged without it. */
const breakFile = async (
  { world, application }: Round,
  type: 'document-unreadable' | 'document-infected' | 'document-cleared',
): Promise<void> => {
  const { id: documentId } = nth(application.documents, 0);
  const found = {
    documentId,
    events: [{ type }],
    at: world.clock.now(),
    outdated: type === 'document-cleared',
  };
  const outbox = await lettersAboutScan(world, application, found);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [], outbox }));
};

const telling = (letters: readonly OutgoingLetter[]): string[] =>
  letters
    .filter(({ subject, text, html }) => identity.some((one) => one.test(`${subject}\n${text}\n${html}`)))
    .map(({ template }) => template);

describe('whoever judges without names', () => {
  it('is written nothing that tells whom they judge, by any letter of these stages', async () => {
    const round = await aBlindRound();
    const { world, roundId, applications, mailbag } = round;
    const by = secretary;
    await hostGuest(round);
    await breakFile(round, 'document-unreadable');
    await breakFile(round, 'document-infected');
    await breakFile(round, 'document-cleared');
    // What was handed over lately is told once an hour.
    world.clock.pass(3600);
    await mailbag.deliverDue();
    await remindAll(round);
    await scoreAll(round);
    granted(await drawUpProposal(world, { by, roundId }));
    await remindAll(round);
    const numbers = applications.map(({ number }) => number);
    granted(await openPollOf(world, { by, roundId, group: false, numbers }));
    await remindAll(round);
    await mailbag.deliverDue();

    const mailboxes = new Set(everybody.map(({ id }) => String(mailOf(id))));
    const theirs = mailbag.letters.filter(({ to }) => mailboxes.has(to));
    expect(telling(theirs)).toEqual([]);
    expect([...new Set(theirs.map(({ template }) => template))].toSorted()).toEqual(writtenBlind.toSorted());
    const toGuest = theirs.filter(({ to }) => to === mailOf(guest.id)).map(({ template }) => template);
    expect(toGuest).toContain('committee-scores-given');
    // A referee is told whom the reference is for: the search would find it.
    expect(new Set(telling(mailbag.letters))).toEqual(new Set(['reference-asked']));
  });
});
