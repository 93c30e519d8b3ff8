import * as z from 'zod';
import { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Minutes, MinutesGate } from './minutes.ts';
import { nameOf } from './minutes-committee.ts';
import type { PaperBlock } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Applications that a meeting discussed, in the order in which it came to them. */
export const MinutesDiscussion = z.strictObject({
  openedAt: Instant,
  closedAt: Instant,
  /** Where no meeting was recorded for it. */
  present: z.array(PersonId).optional(),
  /** Who came later, and what was begun before they did; absent where nobody did. */
  late: z
    .array(z.strictObject({ personId: PersonId, at: Instant, missed: z.array(ApplicationNumber) }))
    .min(1)
    .optional(),
  items: z
    .array(z.strictObject({ number: ApplicationNumber, seconds: z.int().min(0), away: z.array(PersonId) }))
    .min(1),
});
export type MinutesDiscussion = z.infer<typeof MinutesDiscussion>;

/** Which applications a meeting discussed, for how long, and who took no part; in the order in which it did. */
export const discussionBlocks = (
  { discussions = [] }: MinutesGate,
  minutes: Minutes,
  t: PaperTranslator,
): PaperBlock[] => discussions.flatMap((one) => blocksOf(one, minutes, t));

const blocksOf = (
  { openedAt, closedAt, present, late = [], items }: MinutesDiscussion,
  minutes: Minutes,
  t: PaperTranslator,
): PaperBlock[] => {
  const namesOf = (ids: MinutesDiscussion['items'][number]['away']): string =>
    ids.map((id) => nameOf(minutes, id, t)).join(', ');
  const from = t.moment(openedAt, minutes.zone);
  const until = t.moment(closedAt, minutes.zone);
  return [
    { kind: 'text', text: t('papers.discussion', { from, until }), strong: true },
    ...(present
      ? [{ kind: 'text' as const, text: t('papers.discussion.present', { names: namesOf(present) }) }]
      : []),
    ...late.map(({ personId, at, missed }) => ({
      kind: 'text' as const,
      text: t(missed.length > 0 ? 'papers.discussion.late.missed' : 'papers.discussion.late', {
        name: nameOf(minutes, personId, t),
        at: t.moment(at, minutes.zone),
        numbers: missed.join(', '),
      }),
    })),
    {
      kind: 'table',
      columns: [
        { title: t('papers.applications.number'), width: 'fit', align: 'start' },
        { title: t('papers.discussion.minutes'), width: 'fit', align: 'end' },
        { title: t('papers.discussion.away'), width: 'rest', align: 'start' },
      ],
      rows: items.map(({ number, seconds, away }) => [
        number,
        t.number(Math.max(1, Math.round(seconds / 60))),
        away.length > 0 ? namesOf(away) : t('papers.none'),
      ]),
    },
  ];
};
