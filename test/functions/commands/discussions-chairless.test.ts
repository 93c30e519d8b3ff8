import { describe, expect, it } from 'vitest';
import { recordAbsence } from '#functions/commands/chairing.ts';
import { allowItemOf } from '#functions/commands/discussion-allowing.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, dana, members, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from '#test/functions/web/selection-site.ts';

const reason = 'Сарапшы науқас, отырысты кейінге қалдыруға болмайды.';
const notAllowed = { ok: false, error: { kind: 'not-allowed' } };

const electing = (): Uint8Array => {
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.committee;
  const absentChair = { replacedBy: 'elected' as const, source, confidence, verifiedOn };
  return asUpload({ ...file, committee: { ...file.committee, absentChair } });
};

type Options = { file?: Uint8Array; closedTo?: Person[] };

/** A discussion without these people, of one application that still waits for cards. */
const without = async (absent: readonly Person[], { file, closedTo = [] }: Options = {}) => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScoringIn(world, [{}], file);
  const { id, number } = nth(applications, 0);
  await inConflictWith(
    world,
    roundId,
    id,
    closedTo.map((one) => one.id),
  );
  const ids = absent.map((one) => one.id);
  const opening = { roundId, suggested: false, numbers: [number], absent: ids };
  granted(await openDiscussionOf(world, { ...opening, by: secretary }));
  const view = async (by: Person) => granted(await discussionView(world, { by, roundId }));
  return {
    world,
    roundId,
    view,
    allows: (by: Person) => allowItemOf(world, { by, roundId, number, reason }),
    comes: async ({ id: personId }: Person) => {
      const move = { kind: 'arrive', personId } as const;
      granted(
        await moveDiscussionOf(world, { by: secretary, roundId, seen: (await view(secretary)).seen, move }),
      );
    },
  };
};

describe('a discussion whose chair is not there', () => {
  it('is presided over by nobody: what waits for cards waits, until the chair comes', async () => {
    const { view, allows, comes } = await without([chair]);

    expect((await view(secretary)).meeting?.chairless).toBe('waits');
    for (const by of [chair, ...members]) expect(await allows(by)).toEqual(notAllowed);
    expect((await view(chair)).meeting?.waiting.some(({ opens }) => opens)).toBe(false);
    await comes(chair);

    expect((await view(secretary)).meeting?.chairless).toBeUndefined();
    expect((await allows(chair)).ok).toBe(true);
  });

  it('is presided over by whom those who came elected, from when that is recorded', async () => {
    const { world, roundId, view, allows } = await without([chair], { file: electing() });
    expect((await view(secretary)).meeting?.chairless).toBe('elected');
    expect(await allows(dana)).toEqual(notAllowed);

    granted(await recordAbsence(world, { by: secretary, roundId, standIn: dana.id, reason }));

    const { meeting } = await view(secretary);
    expect(meeting?.chairless).toBeUndefined();
    expect((await allows(dana)).ok).toBe(true);
  });

  it.for(locales)('says so in %s', async (locale) => {
    const { world, roundId } = await without([chair], { file: electing() });
    const { get } = await aSelectionSite(world).staff(secretary);

    const { text } = await get(`/${locale}/committee/rounds/${roundId}/discussion`);

    expect(text).toContain(translator(locale)('discussion.chairless.elected'));
  });
});

it('an application that is closed to the chair is presided over by the next member who is there', async () => {
  const [first, second] = [nth(members, 0), nth(members, 1)];
  const { view, allows } = await without([first], { closedTo: [chair] });

  expect(await allows(first)).toEqual(notAllowed);
  expect((await view(second)).meeting?.waiting).toMatchObject([{ opens: true }]);
  expect((await allows(second)).ok).toBe(true);
});
