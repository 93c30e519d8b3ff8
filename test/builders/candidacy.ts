import { Candidacy } from '#shared/domain/candidacy.ts';
import { PersonId } from '#shared/domain/ids.ts';

export const rater = (letter: string): PersonId => PersonId.parse(letter.repeat(20));

const everyCandidacy = {
  applicationId: 'APP11CAT100000000000',
  roundId: 'R0VND000000000000000',
  number: 'KZ19-7Q4M-0C2X',
  facts: {
    education: 'bachelor',
    category: 'expert',
    experienceYears: 7,
    subjects: ['mathematics'],
    languages: ['kk', 'ru'],
    choices: ['MAT-001'],
  },
  screened: { rules: [], missing: [], sameIin: [], proposal: 'admitted' },
  raters: [],
  scores: [],
  missedInterview: false,
  scorecards: [],
  corrected: {},
  offers: [],
};

/** `aCandidacy({ raters })`: valid by construction, says only what the test is about. */
export const aCandidacy = (over: Partial<Candidacy> = {}): Candidacy =>
  Candidacy.parse({ ...everyCandidacy, ...over });
