import * as z from 'zod';
import { alarmText } from '#shared/alarm-texts.ts';
import { Alarm } from '#shared/domain/release-alarms.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Doer, doerOf, doerSaid, Reason } from './doer.ts';
import type { Gathered } from './gathered.ts';
import type { PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Letters or first offers that went out although something looked wrong in them (ANCHORS F5). */
export const HeededRelease = z.strictObject({
  /** The stage whose decision letters told; absent of first offers. */
  about: GatedStage.optional(),
  /** Absent where no person of the round did it. */
  by: Doer.optional(),
  recipients: z.int().min(0),
  alarms: z.array(Alarm).min(1),
  reason: Reason.optional(),
});
export type HeededRelease = z.infer<typeof HeededRelease>;

/** Each in the order in which it went out; nothing where nothing looked wrong. */
export const gatheredReleases = (
  gathered: Pick<Gathered, 'history' | 'names' | 'said'>,
): { releases?: HeededRelease[] } => {
  const releases = gathered.history.flatMap(({ fact, by }): HeededRelease[] => {
    const event = RoundEvent.parse(fact);
    if (event.type !== 'letters-released' && event.type !== 'offers-released') return [];
    const { at, heeded, recipients } = event;
    if (!heeded) return [];
    const reason = gathered.said(heeded.reason);
    return [
      {
        ...(event.type === 'letters-released' && { about: event.about }),
        ...(by.kind === 'person' && { by: doerOf({ by: by.id, at }, gathered) }),
        recipients,
        alarms: heeded.alarms,
        ...(reason && { reason }),
      },
    ];
  });
  return releases.length > 0 ? { releases } : {};
};

export const releasesSection = (
  { releases = [], zone }: { releases?: HeededRelease[] | undefined; zone: string },
  t: PaperTranslator,
): PaperSection[] => {
  if (releases.length === 0) return [];
  const facts = releases.map(({ about, by, recipients, alarms, reason }) => ({
    name: about
      ? t('papers.releases.letters', { stage: t(`codes.stage.${about}`) })
      : t('papers.releases.offers'),
    value: [
      ...(by ? [t('papers.releases.by', doerSaid(by, zone, t))] : []),
      t('papers.releases.recipients', { count: recipients }),
      t('watch.alarms.inSpite', { alarms: alarms.map((alarm) => alarmText(t, alarm)).join('; ') }),
      ...(reason === undefined ? [] : [t('papers.gates.reason', { reason })]),
    ].join('\n'),
  }));
  return [{ heading: t('papers.releases.heading'), blocks: [{ kind: 'facts', facts }] }];
};
