import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { Provenance } from '#shared/domain/provenance.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { partName, partPoints } from '#shared/reason-texts.ts';
import { textIn } from '../words.ts';
import { Group } from './rule-group.tsx';

type Props = { t: Translator; file: RoundFile };
type Said = readonly [string, Provenance];

/** What an interview weighs, by what it is scored, and who hears it where. The questions of its kit are nobody's before it. */
export const InterviewRules = ({ t, file: { interviews } }: Props) => {
  const { weight, stations = [], outsiders } = interviews;
  const rules: Said[] = [
    [t('call.rules.interviews.weight', { weight, rest: 100 - weight }), interviews],
    [lengthText(t, interviews), interviews],
    ...stations.map(({ title, minutes, scorecards: count }): Said => {
      const station = { title: textIn(t, title), minutes, count };
      return [t('call.rules.interviews.station', station), interviews];
    }),
    [t('call.rules.interviews.criteria', { criteria: criteriaText(t, interviews) }), interviews],
    ...(outsiders
      ? [[t('call.rules.interviews.outsiders', { minimum: outsiders.atLeast }), outsiders] as const]
      : []),
    ...travelRules(t, interviews),
  ];
  return <Group t={t} title={t('call.rules.interviews')} rules={rules} />;
};

const lengthText = (t: Translator, { stations, minutes, scorecards: count }: InterviewRule): string =>
  t(stations ? 'call.rules.interviews.stationed' : 'call.rules.interviews.cards', { minutes, count });

const criteriaText = (t: Translator, { criteria }: InterviewRule): string =>
  criteria
    .map(({ title, weight, independent }) =>
      independent ? textIn(t, title) : t('call.rules.criterion', { title: textIn(t, title), weight }),
    )
    .join('; ');

/** Where panels sit, and which ways take longer or shorter than the others. */
const travelRules = (t: Translator, { travel }: InterviewRule): Said[] => {
  if (!travel) return [];
  const nameOf = (code: string): string => {
    const site = travel.sites.find((one) => one.code === code);
    return site ? textIn(t, site.title) : code;
  };
  const sites = travel.sites.map(({ title }) => textIn(t, title)).join(', ');
  return [
    [t('call.rules.interviews.travel', { sites, minutes: travel.minutes }), travel],
    ...(travel.between ?? []).map(({ sites: pair, minutes }): Said => {
      const way = pair.map(nameOf).join(' – ');
      return [t('call.rules.interviews.way', { sites: way, minutes }), travel];
    }),
  ];
};

/** From which points on somebody is invited, and may get an offer, and how long that can be answered. */
export const PassingRules = ({ t, file }: Props) => {
  const { shortlist, results, minimums = [], answer } = file;
  const percent = (points: number): string => t('results.percent', { value: t.number(points) });
  const invited = { value: percent(shortlist.minimumPoints) };
  return (
    <Group
      t={t}
      title={t('call.rules.passing')}
      rules={[
        [
          shortlist.atMost === undefined
            ? t('call.rules.passing.shortlist', invited)
            : t('call.rules.passing.most', { ...invited, count: shortlist.atMost }),
          shortlist,
        ],
        [t('call.rules.passing.results', { value: percent(results.minimumPoints) }), results],
        ...minimums.map((one): Said => {
          const { code, atLeast } = one;
          const part = { title: partName(t, code, file), minimum: partPoints(t, code, atLeast) };
          return [t('call.rules.passing.part', part), one];
        }),
        [t('call.rules.answer', { count: answer.workingDays }), answer],
      ]}
    />
  );
};
