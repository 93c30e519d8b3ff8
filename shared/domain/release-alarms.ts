import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * What looks wrong in numbers that are about to be told, before anybody is told (ANCHORS F5). An alarm stops nothing by itself: a
 * person looks, and releases in spite of it with a reason. The same facts give the same alarms in the same order.
 */

/**
 * So many people make a share that says something: of fewer, one or two decisions move it by more than the thresholds below, and an
 * alarm that comes every time is one that nobody reads.
 */
const countedShare = 20;

/** So many people of a subject or a language make a group: of fewer, that nobody goes on is chance. */
const countedGroup = 5;

/** Percent. Fewer than one in four going on: even the hard knowledge test of 2025 let nearly one in two through. */
const fewThrough = 25;

/** Percent. Preliminary and final results decide on the same people, and claims change few of them. */
const sharesApart = 10;

/** Over one in ten, and three people or more: somebody should know why they left before the others read their letters. */
const manyWithdrawn = { percent: 10, people: 3 };

/** Fewer than half of the offers that there are both posts and people for. */
const farFewer = { percent: 50, offers: 10 };

/** Over half of the answers, and of five or more: people rank these posts themselves, so most of them want what they are offered. */
const manyRefused = { percent: 50, answers: 5 };

/** Over one letter in ten, and three or more: who has an offer and does not know it lets it lapse. */
const manyReturned = { percent: 10, people: 3 };

const AlarmCode = z.enum([
  'few-go-on',
  'share-differs',
  'group-shut-out',
  'many-withdrawn',
  'contradicts-letter',
  'offers-beyond-posts',
  'offers-far-fewer',
  'offers-refused',
  'offers-unreached',
]);

/** `count` of `of`; `before` is the same of the list that it is compared with. */
export const Alarm = z.strictObject({
  code: AlarmCode,
  group: z.strictObject({ kind: z.enum(['subject', 'language']), code: z.string().max(40) }).optional(),
  count: z.int().min(0),
  of: z.int().min(0),
  before: z.strictObject({ count: z.int().min(0), of: z.int().min(0) }).optional(),
});
export type Alarm = z.infer<typeof Alarm>;

/** Applications by which somebody finds what an alarm counts. */
type Counted = { applicationId: ApplicationId; number: ApplicationNumber };

/** An alarm while it is looked at, with whom it counts where looking at each says something. What is noted of it are its numbers alone. */
export type RaisedAlarm = Alarm & { whom?: readonly Counted[] };

/** What people teach and in which languages, by application. */
export type Taught = ReadonlyMap<
  ApplicationId,
  { subjects: readonly string[]; languages: readonly string[] }
>;

export type Telling = {
  about: GatedStage;
  /** Everyone whom the decision concerns. */
  concerned: readonly Standing[];
  /** Those of them who get a letter. */
  recipients: readonly Standing[];
  /** Everyone on the list that was decided. */
  decided: readonly Standing[];
  /** Earlier decisions that people had letters about, the earliest first. */
  told: readonly { about: GatedStage; standings: readonly Standing[] }[];
  taught: Taught;
};

/** Alarms over letters about a decision. The end of the offers tells only who was left over, so shares say nothing there. */
export const tellingAlarms = (telling: Telling): RaisedAlarm[] => [
  ...(telling.about === 'offers' ? [] : outcomeAlarms(telling)),
  ...withdrawnAlarm(telling),
];

const outcomeAlarms = (telling: Telling): RaisedAlarm[] => [
  ...fewAlarm(telling),
  ...differingAlarm(telling),
  ...shutOut(telling.concerned, new Set(goers(telling.concerned).map(idOf)), telling.taught),
  ...contradictionAlarm(telling),
];

const fewAlarm = ({ concerned }: Telling): Alarm[] => {
  const [count, of] = [goers(concerned).length, concerned.length];
  return of >= countedShare && count * 100 < of * fewThrough ? [{ code: 'few-go-on', count, of }] : [];
};

const differingAlarm = ({ about, concerned, told }: Telling): Alarm[] => {
  const last = about === 'claims' ? told.find((one) => one.about === 'preliminary') : undefined;
  if (!last) return [];
  const same = new Set(concerned.map(idOf));
  const earlier = last.standings.filter((standing) => same.has(idOf(standing)));
  const before = { count: goers(earlier).length, of: earlier.length };
  const [count, of] = [goers(concerned).length, concerned.length];
  if (of < countedShare || before.of < countedShare) return [];
  const apart = Math.abs(count * before.of - before.count * of) * 100;
  return apart > of * before.of * sharesApart ? [{ code: 'share-differs', count, of, before }] : [];
};

/**
 * Whoever goes on although a letter said that they stop, and whoever stops although their preliminary result said that they go on.
 * After claims somebody may come back: that is what a claim is for.
 */
const contradictionAlarm = ({ about, decided, told }: Telling): RaisedAlarm[] => {
  const outcomes = new Map<ApplicationId, { about: GatedStage; outcome: Standing['outcome'] }>();
  for (const letter of told) {
    for (const { applicationId, outcome } of letter.standings) {
      outcomes.set(applicationId, { about: letter.about, outcome });
    }
  }
  const against = decided.filter(({ applicationId, outcome, reasons }) => {
    const before = outcomes.get(applicationId);
    if (!before || before.outcome === outcome || reasons.includes('withdrawn')) return false;
    return about === 'claims' ? before.about === 'preliminary' && outcome === 'stops' : outcome === 'goes-on';
  });
  const count = against.length;
  return count > 0
    ? [{ code: 'contradicts-letter', count, of: decided.length, whom: against.map(countedOf) }]
    : [];
};

const withdrawnAlarm = ({ concerned, recipients }: Telling): RaisedAlarm[] => {
  const reached = new Set(recipients.map(idOf));
  const gone = concerned.filter((standing) => !reached.has(idOf(standing)));
  const [count, of] = [gone.length, concerned.length];
  const isMany = count >= manyWithdrawn.people && count * 100 > of * manyWithdrawn.percent;
  return isMany ? [{ code: 'many-withdrawn', count, of, whom: gone.map(countedOf) }] : [];
};

/** Subjects and languages of which nobody goes on, though others do. Whoever teaches two counts in both. */
const shutOut = (
  among: readonly Counted[],
  through: ReadonlySet<ApplicationId>,
  taught: Taught,
): RaisedAlarm[] => {
  if (through.size === 0) return [];
  return (['subject', 'language'] as const).flatMap((kind) => {
    const groups = new Map<string, Counted[]>();
    for (const person of among) {
      for (const code of new Set(taught.get(person.applicationId)?.[`${kind}s`])) {
        const group = groups.get(code) ?? [];
        if (group.length === 0) groups.set(code, group);
        group.push(person);
      }
    }
    return [...groups]
      .filter(([, group]) => group.length >= countedGroup && !group.some((one) => through.has(idOf(one))))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([code, group]): RaisedAlarm => ({
          code: 'group-shut-out',
          group: { kind, code },
          count: 0,
          of: group.length,
          whom: group.map(countedOf),
        }),
      );
  });
};

export type Offering = {
  /** Offers about to go out. */
  wave: readonly Counted[];
  /** Whoever waits for one, without those of the wave. */
  waiting: readonly Counted[];
  /** Whoever has a post or an offer. */
  served: readonly Counted[];
  /** Posts that the round file lets be offered, and those of them that somebody has or was offered. */
  posts: number;
  taken: number;
  /** Posts that nobody has or was offered before this wave. */
  free: readonly { subject: string; language: string }[];
  taught: Taught;
};

/**
 * Alarms over offers about to go out. That posts stay empty is normal in this programme; that they do while people wait for such posts
 * is not. With nobody to ask, nothing is told.
 */
export const offerAlarms = ({
  wave,
  waiting,
  served,
  posts,
  taken,
  free,
  taught,
}: Offering): RaisedAlarm[] => {
  if (wave.length === 0) return [];
  const left = Math.max(0, posts - taken);
  const possible = Math.min(left, wave.length + waiting.length);
  const isFar = possible >= farFewer.offers && wave.length * 100 < possible * farFewer.percent;
  const through = new Set([...wave, ...served].map(idOf));
  return [
    ...alarmIf(wave.length > left, { code: 'offers-beyond-posts', count: wave.length, of: left }),
    ...alarmIf(isFar, { code: 'offers-far-fewer', count: wave.length, of: possible }),
    ...shutOut([...wave, ...served, ...waiting], through, taught).filter(({ group }) =>
      free.some((post) => group && post[group.kind] === group.code),
    ),
  ];
};

/** Offers that were made in the parts before, those who had them, and those of anybody whom letters do not reach. */
export type Asked = {
  offers: readonly { status: string; condition?: unknown }[];
  asked: readonly Counted[];
  unreached: ReadonlySet<ApplicationId>;
};

/** Alarms over what became of the offers of earlier parts, before the next one goes out. What was closed was not answered. */
export const toldAlarms = ({ offers, asked, unreached }: Asked): RaisedAlarm[] => {
  const refused = offers.filter(({ status }) => status === 'declined' || status === 'lapsed').length;
  const taken = offers.filter(
    ({ status, condition }) => status === 'accepted' || (status === 'open' && condition),
  );
  const answers = refused + taken.length;
  const isRefused = answers >= manyRefused.answers && refused * 100 > answers * manyRefused.percent;
  const gone = asked.filter((one) => unreached.has(idOf(one)));
  const [count, of] = [gone.length, asked.length];
  const isGone = count >= manyReturned.people && count * 100 > of * manyReturned.percent;
  return [
    ...alarmIf(isRefused, { code: 'offers-refused', count: refused, of: answers }),
    ...(isGone ? [{ code: 'offers-unreached' as const, count, of, whom: gone.map(countedOf) }] : []),
  ];
};

const alarmIf = (holds: boolean, alarm: Alarm): Alarm[] => (holds ? [alarm] : []);

/** An alarm with its numbers as one short text: what somebody saw is what holds only while these are the same. */
export const alarmId = ({ code, group, count, of, before }: Alarm): string =>
  [
    code,
    ...(group ? [`${group.kind}:${group.code}`] : []),
    `${count}/${of}`,
    ...(before ? [`${before.count}/${before.of}`] : []),
  ].join('#');

/** The alarms that hold now, those that somebody ticked by their ids, and why it goes out in spite of them. */
export type Heeding = {
  alarms: readonly RaisedAlarm[];
  ticked: readonly string[];
  reason: DocumentRef | undefined;
};

/** Alarms in spite of which something was released, and why. */
export const Heeded = z.object({ alarms: z.array(Alarm).min(1), reason: DocumentRef });
export type Heeded = z.infer<typeof Heeded>;

/**
 * Refused as `alarms-not-acknowledged` where the ticked ones are not those that hold now (one more, one fewer, other numbers), and
 * as `reason-needed` without one. Nothing to note where none holds.
 */
export const heed = ({ alarms, ticked, reason }: Heeding): Result<{ heeded?: Heeded }, Refusal> => {
  const seen = new Set(ticked);
  const areSeen = seen.size === alarms.length && alarms.every((alarm) => seen.has(alarmId(alarm)));
  if (!areSeen) return refuse({ kind: 'alarms-not-acknowledged', alarms: alarms.map(alarmId) });
  if (alarms.length === 0) return ok({});
  const noted = alarms.map(({ whom: _whom, ...alarm }) => alarm);
  return reason ? ok({ heeded: { alarms: noted, reason } }) : refuse({ kind: 'reason-needed' });
};

const goers = (standings: readonly Standing[]): Standing[] =>
  standings.filter(({ outcome }) => outcome === 'goes-on');

const countedOf = ({ applicationId, number }: Counted): Counted => ({ applicationId, number });

const idOf = ({ applicationId }: { applicationId: ApplicationId }): ApplicationId => applicationId;
