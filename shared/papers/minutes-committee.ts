import type { PersonId } from '#shared/domain/ids.ts';
import { regionName } from '#shared/domain/region.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Minutes, MinutesSeat } from './minutes.ts';
import type { PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Who sat on the committee, as what, and until when. */
export const committeeSection = (minutes: Minutes, t: PaperTranslator): PaperSection => ({
  heading: t('papers.committee.heading'),
  blocks: [
    {
      kind: 'table',
      columns: [
        { title: t('papers.committee.name'), width: 'rest', align: 'start' },
        { title: t('papers.committee.seat'), width: 'fit', align: 'start' },
        { title: t('papers.committee.note'), width: 'rest', align: 'start' },
      ],
      rows: minutes.seats.map((seat) => [
        seat.name ?? t('papers.nameNotGiven'),
        t(`papers.seat.${seat.seat}`),
        notesOn(seat, minutes, t).join('; '),
      ]),
    },
    ...guestBlocks(minutes, t),
  ],
});

/** Who scored for the committee without sitting on it. */
const guestBlocks = ({ guests = [], zone }: Minutes, t: PaperTranslator): PaperSection['blocks'] =>
  guests.length === 0
    ? []
    : [
        { kind: 'heading', text: t('papers.committee.guests') },
        {
          kind: 'table',
          columns: [
            { title: t('papers.committee.name'), width: 'rest', align: 'start' },
            { title: t('papers.committee.region'), width: 'fit', align: 'start' },
            { title: t('papers.committee.note'), width: 'rest', align: 'start' },
          ],
          rows: guests.map(({ name, region, from, to, asked, scored, certified = [] }) => [
            name ?? t('papers.nameNotGiven'),
            regionName(region)[t.locale],
            [
              t('papers.committee.guestNote', {
                from: t.day(from, zone),
                // What ends at midnight has the day before as its last one.
                to: t.day(addSeconds(to, -1), zone),
                asked: t.number(asked),
                scored: t.number(scored),
              }),
              ...certified.map(({ at }) => t('papers.committee.certified', { day: t.day(at, zone) })),
            ].join('; '),
          ]),
        },
      ];

/** What a member is called in these minutes, or that no name was given. @throws when the minutes name a person who is not in them */
export const nameOf = ({ seats, guests = [] }: Minutes, personId: PersonId, t: PaperTranslator): string => {
  const found = [...seats, ...guests].find((one) => one.personId === personId);
  if (!found) throw new Error(`The minutes name ${personId}, who has no seat in them.`);
  return found.name ?? t('papers.nameNotGiven');
};

const notesOn = (
  { seat, stoodInFor, panels = [], leftAt, certified = [] }: MinutesSeat,
  minutes: Minutes,
  t: PaperTranslator,
): string[] => [
  ...(seat === 'secretary' ? [t('papers.committee.noVote')] : []),
  ...stoodInFor.map((absent) => t('papers.committee.standsIn', { name: nameOf(minutes, absent, t) })),
  ...(seat === 'substitute' && stoodInFor.length === 0 ? [t('papers.committee.notCalled')] : []),
  ...(panels.length > 0 ? [t('papers.committee.panels', { numbers: panels.join(', ') })] : []),
  ...certified.map(({ at }) => t('papers.committee.certified', { day: t.day(at, minutes.zone) })),
  ...(leftAt === undefined ? [] : [t('papers.committee.left', { day: t.day(leftAt, minutes.zone) })]),
];
