import { consentRules } from '#shared/domain/consent.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { beaconRules } from '#shared/domain/round-file-beacon.ts';
import { blindRules } from '#shared/domain/round-file-blind.ts';
import { committeeRules } from '#shared/domain/round-file-committee.ts';
import { conflictRules } from '#shared/domain/round-file-conflicts.ts';
import { independenceRules } from '#shared/domain/round-file-criteria.ts';
import { kitRules } from '#shared/domain/round-file-kit.ts';
import { minimumRules } from '#shared/domain/round-file-minimums.ts';
import { postRules } from '#shared/domain/round-file-posts.ts';
import { practiceRules } from '#shared/domain/round-file-practice.ts';
import { questionRules } from '#shared/domain/round-file-questions.ts';
import { raterRules } from '#shared/domain/round-file-raters.ts';
import { siteRules } from '#shared/domain/round-file-sites.ts';
import { stationRules } from '#shared/domain/round-file-stations.ts';
import { gatedStages } from '#shared/domain/stage.ts';
import { readInstant } from '#shared/domain/time.ts';
import { offsetAt } from '#shared/domain/zone.ts';

/** A rule between fields that was broken, at a path of the file. */
export type Broken = {
  path: readonly (string | number)[];
  message: string;
  facts?: Record<string, string | number>;
};

/** The members of a round file that are well-formed; rules look at what is there, so one fault does not hide another. */
export type Readable = { [K in keyof RoundFile]?: RoundFile[K] | undefined };

/** Everything that a round file may not say although its shape is right. */
export const brokenRules = (file: Readable, region: string): Broken[] => [
  ...callRules(file, region),
  ...offsetRules(file),
  ...stageRules(file),
  ...codeRules(file),
  ...questionRules(file),
  ...consentRules(file),
  ...postRules(file),
  ...scoringRules(file),
  ...minimumRules(file),
  ...beaconRules(file),
  ...raterRules(file),
  ...practiceRules(file),
  ...calendarRules(file),
  ...committeeRules(file),
  ...interviewRules(file),
  ...kitRules(file),
  ...stationRules(file),
  ...siteRules(file),
  ...incentiveRules(file),
  ...conditionRules(file),
  ...blindRules(file),
  ...conflictRules(file),
  ...retentionRules(file),
];

/** Nothing goes in the moment in which a round ends: people could neither look at it nor ask. Files that were pinned before still read. */
const retentionRules = ({ retention = [] }: Readable): Broken[] =>
  retention.flatMap(({ months }, index) =>
    months === 0 ? [{ path: ['retention', index, 'months'], message: 'round-file.retention-none' }] : [],
  );

/** A condition ends no earlier than the offer would: its machine looks then. */
const conditionRules = ({ answer }: Readable): Broken[] => [
  ...doubled(answer?.conditions, ['answer', 'conditions']),
  ...(answer?.conditions ?? []).flatMap(({ workingDays }, index) =>
    answer && workingDays < answer.workingDays
      ? [
          {
            path: ['answer', 'conditions', index, 'workingDays'],
            message: 'round-file.condition-days',
            facts: { days: answer.workingDays },
          },
        ]
      : [],
  ),
];

const callRules = ({ region, call, motivation }: Readable, expected: string): Broken[] => {
  const broken: Broken[] = [];
  if (region && region !== expected) {
    broken.push({ path: ['region'], message: 'round-file.region', facts: { expected, found: region } });
  }
  if (call?.opensAt && timeOf(call.opensAt) >= timeOf(call.closesAt)) {
    broken.push({ path: ['call', 'closesAt'], message: 'round-file.closes-before-opens' });
  } else if (call?.opensAt && timeOf(call.closesAt) - timeOf(call.opensAt) < call.minimumDays * dayLength) {
    broken.push({
      path: ['call', 'closesAt'],
      message: 'round-file.call-too-short',
      facts: { days: call.minimumDays },
    });
  }
  if (motivation && motivation.minWords > motivation.maxWords) {
    broken.push({ path: ['motivation', 'maxWords'], message: 'round-file.words' });
  }
  return broken;
};

/** A deadline written with yesterday's offset would be an hour off. UTC (`Z`) cannot be mistaken for local time. */
const offsetRules = ({ timeZone, call, stages }: Readable): Broken[] => {
  if (!timeZone) return [];
  return [...callMoments(call), ...stageMoments(stages)].flatMap(({ path, moment }) => {
    const instant = readInstant(moment);
    if (!instant || moment.endsWith('Z')) return [];
    const expected = offsetAt(timeZone, instant);
    return moment.endsWith(expected)
      ? []
      : [{ path, message: 'round-file.offset', facts: { expected, timeZone } }];
  });
};

const stageRules = ({ call, stages }: Readable): Broken[] => {
  let previous = call ? timeOf(call.closesAt) : 0;
  return stageMoments(stages).flatMap(({ path, moment }) => {
    const early = timeOf(moment) <= previous;
    previous = Math.max(previous, timeOf(moment));
    return early ? [{ path, message: 'round-file.stage-order' }] : [];
  });
};

const codeRules = ({
  documents,
  eligibility,
  rubric,
  posts,
  questions,
  interviews,
  checklist,
  practice,
  retention,
  minimums,
}: Readable): Broken[] => [
  ...doubled(documents, ['documents']),
  ...doubled(eligibility, ['eligibility']),
  ...doubled(rubric?.criteria, ['rubric', 'criteria']),
  ...doubled(posts?.quotas, ['posts', 'quotas']),
  ...doubled(questions, ['questions']),
  ...doubled(retention, ['retention']),
  ...doubled(interviews?.criteria, ['interviews', 'criteria']),
  ...doubled(interviews?.stations, ['interviews', 'stations']),
  ...doubled(checklist?.items, ['checklist', 'items']),
  ...doubled(minimums, ['minimums']),
  ...doubled(practice?.texts, ['practice', 'texts']),
  ...unknownCodes(eligibility ?? []),
];

const unknownCodes = (rules: RoundFile['eligibility']): Broken[] =>
  rules.flatMap((rule, index) => {
    if (!('codes' in rule)) return [];
    const others = new Set(rules.filter((other) => other !== rule).map(({ code }) => code));
    return rule.codes.flatMap((code, place) =>
      others.has(code)
        ? []
        : [
            {
              path: ['eligibility', index, 'codes', place],
              message: 'round-file.unknown-code',
              facts: { code },
            },
          ],
    );
  });

const scoringRules = ({ rubric, ties }: Readable): Broken[] => {
  const broken = independenceRules(rubric?.criteria, ['rubric', 'criteria']);
  const sum = (rubric?.criteria ?? []).reduce((all, { weight }) => all + weight, 0);
  if (rubric && sum !== 100)
    broken.push({ path: ['rubric', 'criteria'], message: 'round-file.weights', facts: { sum } });
  if (rubric?.criteria.every(({ markedBy }) => markedBy === 'import'))
    broken.push({ path: ['rubric', 'criteria'], message: 'round-file.all-imported' });
  const order = ties?.order ?? [];
  const again = order.findIndex((step, index) => order.indexOf(step) !== index);
  if (again >= 0) {
    broken.push({
      path: ['ties', 'order', again],
      message: 'round-file.same-code',
      facts: { code: order[again] ?? '' },
    });
  }
  const lot = order.indexOf('drawn-lot');
  if (lot >= 0 && lot < order.length - 1)
    broken.push({ path: ['ties', 'order', lot], message: 'round-file.lot-last' });
  return broken;
};

const calendarRules = ({ calendar }: Readable): Broken[] =>
  (calendar?.transferred ?? []).flatMap((moved, index) =>
    moved.off === moved.worked
      ? [{ path: ['calendar', 'transferred', index, 'worked'], message: 'round-file.moved-to-itself' }]
      : [],
  );

const interviewRules = ({ interviews, committee }: Readable): Broken[] => {
  if (!interviews) return [];
  const sum = interviews.criteria.reduce((all, { weight }) => all + weight, 0);
  const minimum = committee?.minimum;
  return [
    ...fairnessRules(interviews),
    ...independenceRules(interviews.criteria, ['interviews', 'criteria']),
    ...(sum === 100
      ? []
      : [{ path: ['interviews', 'criteria'], message: 'round-file.weights', facts: { sum } }]),
    ...(minimum !== undefined && !interviews.stations && interviews.scorecards > minimum
      ? [{ path: ['interviews', 'scorecards'], message: 'round-file.scorecards', facts: { minimum } }]
      : []),
  ];
};

/** An interview never decides alone, and at least three judge it: of several stations, at one of them (ANCHORS F20). */
const fairnessRules = ({ weight, scorecards, stations }: RoundFile['interviews']): Broken[] => {
  const most = stations ? Math.max(...stations.map((station) => station.scorecards)) : scorecards;
  return [
    ...(weight === 100 ? [{ path: ['interviews', 'weight'], message: 'round-file.interview-alone' }] : []),
    ...(most < 3 ? [{ path: ['interviews', 'scorecards'], message: 'round-file.interview-raters' }] : []),
  ];
};

/** An incentive is granted by one rule; examples may be many. */
const incentiveRules = ({ incentives = [] }: Readable): Broken[] => {
  const granted = new Set<string>();
  const broken: Broken[] = [];
  for (const [index, { of, worth, standing }] of incentives.entries()) {
    const again = standing === 'rule' ? of.find((incentive) => granted.has(incentive)) : undefined;
    if (again) {
      broken.push({
        path: ['incentives', index, 'of'],
        message: 'round-file.same-code',
        facts: { code: again },
      });
    }
    if (standing === 'rule') for (const incentive of of) granted.add(incentive);
    if (worth.unit === 'tenge' && (worth.to ?? worth.from) < worth.from) {
      broken.push({ path: ['incentives', index, 'worth', 'to'], message: 'round-file.range' });
    }
  }
  return broken;
};

const dayLength = 86_400_000;

const timeOf = (moment: string): number => new Date(moment).getTime();

type Moments = { path: readonly (string | number)[]; moment: string }[];

const callMoments = (call: Readable['call']): Moments =>
  call
    ? [
        ...(call.opensAt ? [{ path: ['call', 'opensAt'], moment: call.opensAt }] : []),
        { path: ['call', 'closesAt'], moment: call.closesAt },
      ]
    : [];

const stageMoments = (stages: Readable['stages']): Moments =>
  gatedStages.flatMap((stage) => {
    const plan = stages?.[stage];
    return plan && 'endsAt' in plan ? [{ path: ['stages', stage, 'endsAt'], moment: plan.endsAt }] : [];
  });

const doubled = (items: readonly { code: string }[] | undefined, at: readonly string[]): Broken[] => {
  const seen = new Set<string>();
  return (items ?? []).flatMap(({ code }, index) => {
    const again = seen.has(code);
    seen.add(code);
    return again ? [{ path: [...at, index, 'code'], message: 'round-file.same-code', facts: { code } }] : [];
  });
};
