import { describe, expect, it } from 'vitest';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { adviceOn } from '#shared/domain/round-file-advice.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const { rubric, raters, interviews, blind } = aRoundFile();
const text = (said: string) => ({ kk: said, ru: said, en: said });
const described = [
  { points: 0, label: text('none') },
  { points: 4, label: text('more than once') },
];

type Scale = RoundFile['rubric']['criteria'][number]['scale'];
type Like = { scale?: Scale; independent?: true };

/** So many criteria in the rubric, all alike. */
const withCriteria = (count: number, { scale = described, independent }: Like = {}): RoundFile => {
  const [first] = rubric.criteria;
  if (!first) throw new Error('The sample has criteria.');
  const { independent: _, markedBy: __, ...criterion } = first;
  const criteria = Array.from({ length: count }, (_unused, index) => ({
    ...criterion,
    code: `c${index}`,
    scale,
    ...(independent && index > 0 && { independent, weight: 0 }),
  }));
  return aRoundFile({ rubric: { ...rubric, criteria }, raters: linked, ...looked });
};

const { source, confidence, verifiedOn } = raters;
const provenance = { source, confidence, verifiedOn };
const linked = { ...raters, perApplication: 3, links: { atLeastPercent: 5, ...provenance } };
const shown = { texts: ['motivation' as const], documents: [], missing: 'warn' as const };
/** Raters read something, two refuse, and conflicts of interest are searched. */
const looked = {
  blind: { ...blind, shown },
  screeningCheck: { of: 'refusals' as const, ...provenance },
  conflicts: {
    grounds: [{ ground: 'school' as const, effect: 'bars' as const, ...provenance }],
    commonFrom: 5,
    ...provenance,
  },
};

const station = (code: string, codes: string[]) => ({
  code,
  title: text(code),
  minutes: 15,
  scorecards: 3,
  criteria: codes,
});

const said = (file: RoundFile) => adviceOn(file).map(({ code, place }) => [code, place]);

describe('advice on the design of a round', () => {
  it.for([
    [2, [['criteria-few', '/rubric/criteria']]],
    [3, []],
    [7, []],
    [8, [['criteria-many', '/rubric/criteria']]],
  ] as const)('of %s criteria that count is %j', ([count, expected]) => {
    expect(said(withCriteria(count))).toEqual(expected);
  });

  it('counts those alone that raters give and that count', () => {
    expect(adviceOn(withCriteria(5, { independent: true }))).toEqual([
      { code: 'criteria-few', place: '/rubric/criteria', facts: { count: 1, fewest: 3, most: 7 } },
    ]);
    const marked = withCriteria(9);
    const criteria = marked.rubric.criteria.map((one, index) =>
      index < 3 ? Object.assign({ markedBy: 'import' as const }, one) : one,
    );
    expect(said(aRoundFile({ ...marked, rubric: { ...rubric, criteria } }))).toEqual([]);
  });

  it('names points without words, in any language, and words or points that stand twice', () => {
    const bare = [...described, { points: 2, label: { ...text('once'), kk: '2,0' } }];
    expect(adviceOn(withCriteria(3, { scale: bare }))[0]).toEqual({
      code: 'scale-bare',
      place: '/rubric/criteria/0/scale',
      facts: { criterion: 'c0', points: '2' },
    });
    const alike = [...described, { points: 2, label: { ...text('once'), ru: 'none' } }];
    expect(said(withCriteria(3, { scale: alike }))[0]).toEqual(['scale-alike', '/rubric/criteria/0/scale']);
    const twice = [...described, { points: 4, label: text('often') }];
    expect(said(withCriteria(3, { scale: twice }))[2]).toEqual([
      'scale-same-points',
      '/rubric/criteria/2/scale',
    ]);
  });
});

describe('advice on raters and interviews', () => {
  it('asks for more scores behind a finalist, and says what the mean of these is worth', () => {
    const few = aRoundFile({ ...withCriteria(3), raters: { ...linked, perApplication: 2 } });
    expect(adviceOn(few)).toEqual([
      // Spearman–Brown by hand: 5 × 0.28 / (1 + 4 × 0.28) = 1.4 / 2.12.
      { code: 'scores-few', place: '/raters/perApplication', facts: { scores: 5, percent: 66, wanted: 6 } },
    ]);
    const more = aRoundFile({ ...few, interviews: { ...interviews, scorecards: 4 } });
    expect(adviceOn(more)).toEqual([]);
  });

  it('says where committees cannot be compared', () => {
    const { links: _, ...unlinked } = linked;
    expect(said(aRoundFile({ ...withCriteria(3), raters: unlinked }))).toEqual([
      ['raters-unlinked', '/raters'],
    ]);
    const anchors = { applications: 10, source, confidence, verifiedOn };
    expect(said(aRoundFile({ ...withCriteria(3), raters: { ...unlinked, anchors } }))).toEqual([]);
  });

  it('looks at the stations of an interview one by one, where few criteria are no fault', () => {
    const [first] = interviews.criteria;
    if (!first) throw new Error('The sample has criteria.');
    const { scale: _, ...criterion } = first;
    const criteria = Array.from({ length: 9 }, (_unused, index) =>
      Object.assign({ ...criterion, scale: described }, { code: `i${index}` }),
    );
    const codes = criteria.map(({ code }) => code);
    const held = (at: number) => [station('a', codes.slice(0, at)), station('b', codes.slice(at))];
    const file = withCriteria(3);
    const ofStations = (at: number) =>
      said(
        aRoundFile({ ...file, interviews: { ...interviews, criteria, scorecards: 6, stations: held(at) } }),
      );

    expect(ofStations(2)).toEqual([]);
    expect(ofStations(1)).toEqual([['criteria-many', '/interviews/stations/1/criteria']]);
    expect(said(aRoundFile({ ...file, interviews: { ...interviews, criteria } }))).toEqual([
      ['criteria-many', '/interviews/criteria'],
    ]);
  });
});

describe('advice on who judges what they see', () => {
  const file = withCriteria(3);

  it('says where blind raters give points for what they cannot see', () => {
    expect(adviceOn({ ...file, blind })).toEqual([
      { code: 'blind-unseen', place: '/blind/shown', facts: { criteria: 3 } },
    ]);
    const empty = { ...blind, shown: { ...shown, texts: [] } };
    expect(said({ ...file, blind: empty })).toEqual([['blind-unseen', '/blind/shown']]);
  });

  const seeing: [string, RoundFile['blind']][] = [
    ['a document', { ...blind, shown: { ...shown, texts: [], documents: ['diploma'] } }],
    ['what applicants answered', { ...blind, shown: { ...shown, texts: [], answers: true } }],
    ['what referees wrote', { ...blind, shown: { ...shown, texts: [], references: true } }],
    ['everything, since scoring is not blind', { ...blind, stages: ['screening'] }],
  ];
  it.for(seeing)('says nothing where raters see %s', ([, seen]) => {
    expect(said({ ...file, blind: seen })).toEqual([]);
  });

  it('says nothing where there is nothing to see, and nothing to give points for', () => {
    const questions = file.questions.filter(({ code }) => code === 'iin');
    expect(said({ ...file, blind, questions, documents: [] })).toEqual([]);
    expect(said({ ...file, blind, questions })).toEqual([['blind-unseen', '/blind/shown']]);
    const criteria = file.rubric.criteria.map((one) => ({ ...one, markedBy: 'import' as const }));
    expect(said({ ...file, blind, rubric: { ...rubric, criteria } })).toEqual([
      ['criteria-few', '/rubric/criteria'],
    ]);
  });

  it('says where one person alone refuses, and where nobody compares', () => {
    const { screeningCheck: _, conflicts: __, ...alone } = file;
    expect(said(alone)).toEqual([
      ['refused-by-one', '/screeningCheck'],
      ['conflicts-uncompared', '/conflicts'],
    ]);
  });
});
