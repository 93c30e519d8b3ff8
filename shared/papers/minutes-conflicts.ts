import type { Minutes, MinutesConflict } from './minutes.ts';
import { nameOf } from './minutes-committee.ts';
import type { PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Who took no part in what, since when, and what the secretary said of it; nothing in minutes of before there was such a list. */
export const conflictsSection = (minutes: Minutes, t: PaperTranslator): PaperSection[] => {
  const { conflicts, zone } = minutes;
  if (!conflicts) return [];
  const heading = t('papers.conflicts.heading');
  if (conflicts.length === 0) {
    return [{ heading, blocks: [{ kind: 'text', text: t('papers.conflicts.none') }] }];
  }
  return [
    {
      heading,
      blocks: [
        { kind: 'text', text: t('papers.conflicts.intro') },
        {
          kind: 'table',
          columns: [
            { title: t('papers.applications.number'), width: 'fit', align: 'start' },
            { title: t('papers.committee.name'), width: 'rest', align: 'start' },
            { title: t('papers.conflicts.since'), width: 'fit', align: 'start' },
            { title: t('papers.conflicts.because'), width: 'rest', align: 'start' },
            { title: t('papers.conflicts.outcome'), width: 'rest', align: 'start' },
          ],
          rows: conflicts.map((one) => [
            one.number,
            nameOf(minutes, one.personId, t),
            t.day(one.since, zone),
            t(`papers.conflict.${one.because}`),
            outcomeOf(one, t),
          ]),
        },
      ],
    },
  ];
};

const outcomeOf = ({ ruling }: MinutesConflict, t: PaperTranslator): string => {
  if (!ruling) return t('papers.conflict.notRuled');
  const outcome = t(`papers.conflict.${ruling.ruling}`);
  const { reason } = ruling;
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
};
