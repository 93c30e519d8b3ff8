import { Application, type ApplicationIn } from '#shared/domain/application.ts';
import type { SectionId, Typed, TypedValue } from '#shared/domain/application-form.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, DocumentId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { at } from '#test/builders/worlds.ts';

/** A teacher with some years at a school: everything that `aRoundFile` asks of one, typed rightly. Nobody living was born in 1880. */
export const typedWell = {
  fullName: 'Сапарова Айгүл Ерланқызы',
  latinName: 'Aigul Saparova',
  iinHeld: 'yes',
  iin: '800315200013',
  birthDate: '1880-03-15',
  sex: 'female',
  phone: '8 (701) 000-00-13',
  address: 'Талдықорған қаласы, Абай көшесі, 13',
  path: 'teacher',
  education: 'bachelor',
  institution: 'Абай атындағы университет',
  speciality: 'Математика мұғалімі',
  studyForm: 'full-time',
  graduationYear: '2015',
  honours: 'yes',
  subjects: ['mathematics'],
  category: 'expert',
  experienceYears: '7',
  totalYears: '8',
  employer: '№ 12 орта мектеп',
  pastEmployers: '№ 4 мектеп, 2012–2014',
  position: 'Математика мұғалімі',
  languages: ['kk', 'ru'],
  languageCertificates: 'KAZTEST C1, 2021',
  testTaken: 'yes',
  testSubject: '82',
  testPedagogy: '71',
  testDate: '2022-05-14',
  testNumber: 'SAMPLE-13',
  achievements: [{ kind: 'pupils-prize', year: '2021', text: 'Облыстық олимпиаданың II орны, бұйрық № 12' }],
  motivation: 'Ауыл балаларына математиканы үйреткім келеді. '.repeat(8),
  familyMoves: 'yes',
  familySize: '3',
  children0to2: '0',
  children3to5: '1',
  children6to9: '1',
  children10to17: '0',
  housingNeeded: 'yes',
  adjustmentsNeeded: 'yes',
  accessNeeds: ['step-free', 'other'],
  adjustments: 'Баспалдақсыз кіру керек.',
  consent: 'yes',
  consentVersion: '2022-3.2',
} satisfies Typed;

/** What is asked otherwise of somebody who comes straight from a pedagogical programme. */
export const graduateWell = {
  path: 'graduate',
  graduationYear: '2022',
  experienceYears: '0',
  studyResults: '3,6 / 4',
  thesis: 'Ауыл мектебіндегі математика сабағы',
  practice: 'excellent',
} satisfies Typed;

/** What is asked otherwise of somebody from abroad without an IIN. */
export const fromAbroadWell = {
  iinHeld: 'no',
  citizenship: 'Өзбекстан',
  identityDocument: 'passport',
  documentNumber: 'AA 0000013',
} satisfies Typed;

/** What is asked beside the form and kept apart from it. */
export const equalityWell = {
  equalityGender: 'woman',
  equalityDisability: 'not-said',
  equalityOrigin: 'village',
} satisfies Typed;

const ofSection = (section: SectionId): Typed =>
  Object.fromEntries(
    fields.flatMap(({ name, section: own }): [string, TypedValue][] => {
      const value: TypedValue | undefined = Reflect.get(typedWell, name);
      return own === section && value !== undefined ? [[name, value]] : [];
    }),
  );

/** The same, section by section, as the pages save it. */
export const sectionsWell = {
  identity: ofSection('identity'),
  contacts: ofSection('contacts'),
  education: ofSection('education'),
  work: ofSection('work'),
  test: ofSection('test'),
  achievements: ofSection('achievements'),
  motivation: ofSection('motivation'),
  household: ofSection('household'),
  adjustments: ofSection('adjustments'),
  equality: equalityWell,
  consent: ofSection('consent'),
} as const;

/** A document of a requirement that has arrived. */
export const aReceivedDocument = (requirement: string, id = 'D0CVMENT000000000000') => ({
  id: DocumentId.parse(id),
  requirement,
  announcedAt: at('2022-09-20T04:00'),
  status: 'received' as const,
  receivedAt: at('2022-09-20T04:01'),
  sha256: sha256Of(requirement),
  bytes: 40_000,
  mediaType: 'application/pdf',
});

const form = {
  owner: 'application#APP11CAT100000000000',
  kind: 'form',
  version: 6,
  digest: sha256Of('form'),
} as const;

const everyApplication = {
  id: ApplicationId.parse('APP11CAT100000000000'),
  number: ApplicationNumber.parse('KZ19-7Q4M-0C2X'),
  roundId: RoundId.parse('R0VND000000000000000'),
  personId: PersonId.parse('PERS0N00000000000000'),
  startedAt: at('2022-09-19T04:00'),
  sections: {},
  formVersions: 0,
  documents: [],
  choices: [],
};

const defaults = {
  draft: {},
  submitted: {
    submittedAt: at('2022-09-25T04:00'),
    form,
    formVersions: 6,
    consentVersion: '2022-3.2',
    receipt: sha256Of('receipt'),
  },
  withdrawn: { withdrawnAt: at('2022-09-26T04:00'), reasonCode: 'personal' },
};

/** `anApplication('draft', { choices })`: valid by construction, says only what the test is about. */
export const anApplication = <S extends Application['stage']>(
  stage: S,
  over: Partial<ApplicationIn<S>> = {},
): ApplicationIn<S> => {
  const application = Application.parse({ ...everyApplication, ...defaults[stage], ...over, stage });
  if (!isIn(application, stage)) throw new Error(`The application is ${application.stage}.`);
  return application;
};

const isIn = <S extends Application['stage']>(
  application: Application,
  stage: S,
): application is ApplicationIn<S> => application.stage === stage;
