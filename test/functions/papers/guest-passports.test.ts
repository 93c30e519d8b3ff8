import { describe, expect, it } from 'vitest';
import { gatherRound } from '#functions/commands/minutes-gathering.ts';
import { changed } from '#functions/commands/storing.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { type PassportEvent, passportAggregate, passportId } from '#shared/domain/passport.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { translator } from '#shared/i18n/index.ts';
import { gatheredGuests } from '#shared/papers/gathered-guests.ts';
import { committeeSection } from '#shared/papers/minutes-committee.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { committeeChangedIn, secretary, stranger } from '#test/builders/selection.ts';

describe('the minutes of a round in which a guest practised', () => {
  it('say when the guest was certified, as they do of members', { timeout: 60_000 }, async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId } = await aClosedRoundIn(world);
    const round = (await world.records.find(roundAggregate, roundId))?.state;
    if (round?.stage !== 'closed') throw new Error('The round is not closed.');
    const { endedAt } = round;
    const [invitedAt, certifiedAt] = [addSeconds(endedAt, -20), addSeconds(endedAt, -10)];
    const contact = {
      owner: `round#${roundId}#1`,
      kind: 'guest',
      version: 1,
      digest: sha256Of('guest'),
    } as const;
    await committeeChangedIn(world, roundId, [
      {
        type: 'guest-invited',
        at: invitedAt,
        guest: 1,
        region: 'KZ-35',
        contact,
        items: { kind: 'drawn', atMost: 1 },
        invitedBy: secretary.id,
        until: endedAt,
      },
      { type: 'guest-joined', at: invitedAt, guest: 1, personId: stranger.id },
    ]);
    const sheet = { text: 'text-1', points: {}, distance: 1, lean: 0, at: invitedAt };
    const events: PassportEvent[] = [
      { type: 'practice-scored', at: invitedAt, roundId, personId: stranger.id, sheet },
      { type: 'rater-certified', at: certifiedAt, until: endedAt, distance: 1, lean: 0 },
    ];
    const { change } = changed(passportAggregate, passportId(roundId, stranger.id), undefined, events);
    granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));

    const { guests = [] } = gatheredGuests(await gatherRound(world, round));

    expect(guests).toMatchObject([{ personId: stranger.id, certified: [{ at: certifiedAt }] }]);
    const t = withPaperTexts(translator('kk'));
    const minutes = someMinutes({ guests });
    const day = t.day(certifiedAt, minutes.zone);
    expect(JSON.stringify(committeeSection(minutes, t))).toContain(t('papers.committee.certified', { day }));
  });
});
