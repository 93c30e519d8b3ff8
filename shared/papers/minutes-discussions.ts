import * as z from 'zod';
import { Noted } from '#shared/domain/discussion-attendance.ts';
import { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { Turn } from '#shared/domain/tenure.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Minutes, MinutesGate } from './minutes.ts';
import { nameOf } from './minutes-committee.ts';
import { CountedCards, countedText } from './minutes-ratings.ts';
import type { PaperBlock } from './paper.ts';
import { turnText } from './turn-text.ts';
import type { PaperTranslator } from './words.ts';

/** `why`: with a place in the room that they took or gave up meanwhile; absent where they only came or went. */
const missing = {
  personId: PersonId,
  at: Instant,
  why: Turn.optional(),
  missed: z.array(ApplicationNumber),
};

/** Applications that a meeting discussed, in the order in which it came to them. */
export const MinutesDiscussion = z.strictObject({
  openedAt: Instant,
  closedAt: Instant,
  /** Where no meeting was recorded for it. */
  present: z.array(PersonId).optional(),
  /** Who came later, and what was begun before they did; absent where nobody did. */
  late: z.array(z.strictObject(missing)).min(1).optional(),
  /** Who went before the end, and what was discussed without them until they came back; absent where nobody did. */
  left: z
    .array(z.strictObject({ ...missing, back: Instant.optional(), backWhy: Turn.optional() }))
    .min(1)
    .optional(),
  /** Who held the chair when; absent where one person held it throughout. */
  chairs: z
    .array(z.strictObject({ personId: PersonId, from: Instant, until: Instant.optional() }))
    .min(1)
    .optional(),
  /** Notes of who was there that were made by mistake and taken back. */
  undone: z
    .array(z.strictObject({ personId: PersonId, what: Noted, noted: Instant, at: Instant }))
    .min(1)
    .optional(),
  /** What was discussed though cards were awaited, how many, and why; absent where nothing was, and the reason once it was erased. */
  despite: z
    .array(
      z.strictObject({
        by: PersonId,
        at: Instant,
        awaited: CountedCards,
        reason: z.string().optional(),
      }),
    )
    .min(1)
    .optional(),
  /** How many cards of what was talked about came after that began; absent where none did. */
  after: CountedCards.optional(),
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

const blocksOf = (discussion: MinutesDiscussion, minutes: Minutes, t: PaperTranslator): PaperBlock[] => {
  const { openedAt, closedAt, items } = discussion;
  const from = t.moment(openedAt, minutes.zone);
  const until = t.moment(closedAt, minutes.zone);
  return [
    { kind: 'text', text: t('papers.discussion', { from, until }), strong: true },
    ...[...attendanceTexts(discussion, minutes, t), ...despiteTexts(discussion, minutes, t)].map((text) => ({
      kind: 'text' as const,
      text,
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
        away.length > 0 ? namesOf(minutes, away, t) : t('papers.none'),
      ]),
    },
  ];
};

const namesOf = (minutes: Minutes, ids: readonly PersonId[], t: PaperTranslator): string =>
  ids.map((id) => nameOf(minutes, id, t)).join(', ');

/** Who came where no meeting was recorded, who came later, who went before the end and why, who chaired, and which of that was noted by mistake. */
const attendanceTexts = (
  { present, late = [], left = [], chairs = [], undone = [] }: MinutesDiscussion,
  minutes: Minutes,
  t: PaperTranslator,
): string[] => {
  const when = (at: Instant, why: Turn | undefined): string =>
    [t.moment(at, minutes.zone), ...(why ? [turnText(t, why, (id) => nameOf(minutes, id, t))] : [])].join(
      ', ',
    );
  const whoAndWhen = ({
    personId,
    at,
    why,
  }: {
    personId: PersonId;
    at: Instant;
    why?: Turn | undefined;
  }) => ({
    name: nameOf(minutes, personId, t),
    at: when(at, why),
  });
  return [
    ...(present ? [t('papers.discussion.present', { names: namesOf(minutes, present, t) })] : []),
    ...late.map(({ missed, ...one }) => {
      const facts = { ...whoAndWhen(one), numbers: missed.join(', ') };
      if (!one.why) return t(`papers.discussion.late${missed.length > 0 ? '.missed' : ''}`, facts);
      const before = missed.length > 0 ? [t('papers.discussion.seat.missed', facts)] : [];
      return [t('papers.discussion.seat.began', facts), ...before].join(' ');
    }),
    ...left.map(({ missed, back, backWhy, ...one }) =>
      [
        t(one.why ? 'papers.discussion.seat.ended' : 'papers.discussion.left', whoAndWhen(one)),
        ...(back ? [t('papers.discussion.back', { at: when(back, backWhy) })] : []),
        ...(missed.length > 0 ? [t('papers.discussion.left.missed', { numbers: missed.join(', ') })] : []),
      ].join(' '),
    ),
    ...(chairs.length > 0 ? [chairsText(chairs, minutes, t)] : []),
    ...undone.map(({ what, noted, ...one }) =>
      t(`papers.discussion.undone.${what}`, {
        ...whoAndWhen(one),
        noted: t.moment(noted, minutes.zone),
      }),
    ),
  ];
};

const chairsText = (
  chairs: NonNullable<MinutesDiscussion['chairs']>,
  minutes: Minutes,
  t: PaperTranslator,
): string => {
  const held = chairs.map(({ personId, from, until }) => {
    const times = [from, ...(until ? [until] : [])].map((at) => t.moment(at, minutes.zone));
    return `${nameOf(minutes, personId, t)} (${times.join(' – ')}${until ? '' : ' –'})`;
  });
  return t('papers.discussion.chairs', { names: held.join(', ') });
};

const despiteTexts = (
  { despite = [], after = [] }: MinutesDiscussion,
  minutes: Minutes,
  t: PaperTranslator,
): string[] => [
  ...despite.map(({ by, at, awaited, reason }) =>
    [
      t('papers.discussion.despite', {
        name: nameOf(minutes, by, t),
        at: t.moment(at, minutes.zone),
        numbers: countedText(awaited, t),
      }),
      ...(reason === undefined ? [] : [t('papers.gates.reason', { reason })]),
    ].join(' '),
  ),
  ...(after.length > 0 ? [t('papers.discussion.after', { numbers: countedText(after, t) })] : []),
];
