import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { InterviewRule } from '#shared/domain/interview-rule.ts';
import { RaterRule } from '#shared/domain/rater-rule.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { readRoundFile } from '#shared/domain/round-file-reading.ts';

/** The sample of the Almaty region's third intake of 2022, whose interviews have two stations. */
const sampleText: string = readFileSync(
  new URL('../../infra/data/almaty-2022-3.round.json', import.meta.url),
  'utf8',
);

/** The same for raters who have said nothing of what they can score: whoever is asked is a matter of loads and lots alone. */
const unmatched = (): z.infer<typeof Sample> => {
  const { raters, ...file } = Sample.parse(JSON.parse(sampleText));
  const { match: _match, load: _load, ...rule } = raters;
  return { ...file, raters: rule };
};

const Sample = z.looseObject({ interviews: InterviewRule, raters: RaterRule });

/** The same with interviews in one piece of half an hour, as most rounds of the tests have them. */
const inOnePiece = (): unknown => {
  const { interviews, ...file } = unmatched();
  const { stations: _, ...rule } = interviews;
  return { ...file, interviews: { ...rule, minutes: 30, scorecards: 3 } };
};

export const roundFileText: string = `${JSON.stringify(inOnePiece(), null, 2)}\n`;

/** The bytes that a region would upload. */
export const roundFileBytes: Uint8Array = new TextEncoder().encode(roundFileText);

export const vacancyBytes: Uint8Array = readFileSync(
  new URL('../../infra/data/almaty-2022.vacancies.csv', import.meta.url),
);

/** A round file that is right, changed where the test is about something. */
export const aRoundFile = (over: Partial<RoundFile> = {}): RoundFile =>
  RoundFile.parse({ ...JSON.parse(roundFileText), ...over });

/** The same where an offer may be accepted while a diploma is still to come, for ten working days. */
export const withConditions = (): RoundFile => {
  const { answer } = aRoundFile();
  const { source, confidence, verifiedOn } = answer;
  const title = { kk: 'Диплом берілмеген', ru: 'Диплом ещё не выдан', en: 'The diploma is not issued yet' };
  const condition = { code: 'diploma', title, workingDays: 10, source, confidence, verifiedOn };
  return aRoundFile({ answer: { ...answer, conditions: [condition] } });
};

/** The same where who has a post may ask to begin later, until the end of January; `release` says whether the post may go to the next. */
export const withDeferral = (release?: { always: boolean; entryUntil: string }): RoundFile => {
  const { answer } = aRoundFile();
  const { source, confidence, verifiedOn } = answer;
  return aRoundFile({
    answer: {
      ...answer,
      deferral: { until: '2023-01-31', ...(release && { release }), source, confidence, verifiedOn },
    },
  });
};

/** The same where people without a post may choose, for three working days, among the posts that stay empty. */
export const withExchange = (over: Partial<NonNullable<RoundFile['exchange']>> = {}): RoundFile => {
  const { answer } = aRoundFile();
  const { source, confidence, verifiedOn } = answer;
  const consent = { kk: 'Келісемін.', ru: 'Согласен.', en: 'I agree.' };
  const exchange = { workingDays: 3, limit: 5, consent, source, confidence, verifiedOn, ...over };
  return aRoundFile({ exchange });
};

/** With the interviews of the sample: a demo lesson of 20 minutes, then a conversation of 25, each with three scorecards. */
export const withStations = (): RoundFile => RoundFile.parse(unmatched());

/** The lesson wants two scorecards and the conversation three: five who vote can hold both at once. */
export const twoAndThree = (): RoundFile => {
  const file = withStations();
  const stations = file.interviews.stations?.map((one) =>
    one.code === 'lesson' ? { ...one, scorecards: 2 } : one,
  );
  return { ...file, interviews: { ...file.interviews, stations, scorecards: 5 } };
};

/** A rule's sample provenance, for rules that no act names. */
const sampled = { source: 'The test', confidence: 'unverified' as const, verifiedOn: '2022-10-01' };

/** Two sites, forty minutes from each other; two of whoever hears an applicant work at no school that they want. */
export const withSites = (file: RoundFile): RoundFile => ({
  ...file,
  conflicts: { grounds: [{ ground: 'school', effect: 'bars', ...sampled }], commonFrom: 5, ...sampled },
  interviews: {
    ...file.interviews,
    travel: {
      sites: [
        { code: 'lyceum', title: { kk: 'Лицей', ru: 'Лицей', en: 'Lyceum' } },
        { code: 'college', title: { kk: 'Колледж', ru: 'Колледж', en: 'College' } },
      ],
      minutes: 40,
      ...sampled,
    },
    outsiders: { atLeast: 2, ...sampled },
  },
});

/** The same as the bytes of an upload. */
export const asUpload = (file: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(file, null, 2));

/** The sample round in which so many applications are scored by everybody. */
export const anAnchoredFile = (applications: number): Uint8Array => {
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.raters;
  const anchors = { applications, source, confidence, verifiedOn };
  return asUpload({ ...file, raters: { ...file.raters, anchors } });
};

/** The faults of a text, as `pointer message` or `pointer message {facts}` in the order of their places. */
export const faultsOf = (text: string): string[] => {
  const read = readRoundFile(text, 'KZ-19');
  if (read.ok) return [];
  return read.error.map(
    ({ place, message, facts }) =>
      `${place} ${message.replace('round-file.', '')}${facts ? ` ${JSON.stringify(facts)}` : ''}`,
  );
};
