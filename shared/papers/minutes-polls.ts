import * as z from 'zod';
import { rounded } from '#shared/analysis/rounding.ts';
import { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Minutes, MinutesGate } from './minutes.ts';
import { nameOf } from './minutes-committee.ts';
import type { PaperBlock } from './paper.ts';
import type { PaperTranslator } from './words.ts';

const ended = { at: Instant, by: PersonId };

/** Applications that a committee ranked by ballot, and what its ballots came to; nobody's ballot. */
export const MinutesPoll = z.strictObject({
  /** 1 for the first of the round. */
  number: z.int().min(1),
  openedAt: Instant,
  openedBy: PersonId,
  applications: z.array(ApplicationNumber).min(2),
  /** `lapsed`: the stage was decided before anybody closed it. */
  end: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('closed'),
      ...ended,
      /** That counted, of so many who could rank. */
      ballots: z.int().min(1),
      voters: z.int().min(1),
      /** Best first; by the Schulze method with winning votes, Borda's mean beside it: null of whom nobody compared. */
      order: z.array(
        z.strictObject({
          number: ApplicationNumber,
          place: z.int().min(1),
          beats: z.int().min(0),
          beatenBy: z.int().min(0),
          borda: z.number().nullable(),
        }),
      ),
      /** Withdrawn by then. */
      left: z.array(ApplicationNumber).min(1).optional(),
    }),
    /** The reason is absent once it was erased. */
    z.strictObject({ kind: z.literal('annulled'), ...ended, reason: z.string().optional() }),
    z.strictObject({ kind: z.literal('lapsed') }),
  ]),
});
export type MinutesPoll = z.infer<typeof MinutesPoll>;

/** What the committee ranked by ballot at a gate, in the order in which it was opened. */
export const pollBlocks = ({ polls = [] }: MinutesGate, minutes: Minutes, t: PaperTranslator): PaperBlock[] =>
  polls.flatMap((poll) => [
    { kind: 'text', text: t('papers.ballot', { number: poll.number }), strong: true },
    { kind: 'text', text: openingText(poll, minutes, t) },
    ...endBlocks(poll, minutes, t),
  ]);

const openingText = (
  { openedAt, openedBy, applications }: MinutesPoll,
  minutes: Minutes,
  t: PaperTranslator,
): string =>
  t('papers.ballot.opened', {
    at: t.moment(openedAt, minutes.zone),
    name: nameOf(minutes, openedBy, t),
    numbers: applications.join(', '),
  });

const endBlocks = ({ end }: MinutesPoll, minutes: Minutes, t: PaperTranslator): PaperBlock[] => {
  if (end.kind === 'lapsed') return [{ kind: 'text', text: t('papers.ballot.lapsed') }];
  const facts = { at: t.moment(end.at, minutes.zone), name: nameOf(minutes, end.by, t) };
  if (end.kind === 'annulled') {
    const why = end.reason === undefined ? [] : [t('papers.gates.reason', { reason: end.reason })];
    return [{ kind: 'text', text: [t('papers.ballot.annulled', facts), ...why].join(' ') }];
  }
  const { ballots, voters, order, left } = end;
  return [
    { kind: 'text', text: t('papers.ballot.closed', { ...facts, ballots, voters }) },
    {
      kind: 'table',
      columns: [
        { title: t('papers.applications.number'), width: 'fit', align: 'start' },
        { title: t('ballots.place'), width: 'fit', align: 'end' },
        { title: t('ballots.beats'), width: 'fit', align: 'end' },
        { title: t('ballots.beaten'), width: 'fit', align: 'end' },
        { title: t('ballots.borda'), width: 'rest', align: 'end' },
      ],
      rows: order.map(({ number, place, beats, beatenBy, borda }) => [
        number,
        t.number(place),
        t.number(beats),
        t.number(beatenBy),
        borda === null ? t('papers.none') : t.number(rounded(borda)),
      ]),
    },
    ...(left ? [{ kind: 'text' as const, text: t('ballots.left', { numbers: left.join(', ') }) }] : []),
    { kind: 'text', text: t('papers.ballot.rule') },
  ];
};
