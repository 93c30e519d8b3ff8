import { Application, type ApplicationIn } from '#shared/domain/application.ts';
import type { Typed } from '#shared/domain/application-form.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, DocumentId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { at } from '#test/builders/worlds.ts';

/** Everything that `aRoundFile` asks for, typed rightly. Nobody living was born in 1880. */
export const typedWell: Required<Typed> = {
  fullName: 'Сапарова Айгүл Ерланқызы',
  iin: '800315200013',
  birthDate: '1880-03-15',
  phone: '8 (701) 000-00-13',
  education: 'bachelor',
  institution: 'Абай атындағы университет',
  graduationYear: '2015',
  subjects: ['mathematics'],
  category: 'expert',
  experienceYears: '7',
  languages: ['kk', 'ru'],
  motivation: 'Ауыл балаларына математиканы үйреткім келеді. '.repeat(8),
  consent: 'yes',
  consentVersion: '2022-3.1',
};

/** The same, section by section, as the pages save it. */
export const sectionsWell = {
  identity: pick('fullName', 'iin', 'birthDate', 'phone'),
  education: pick('education', 'institution', 'graduationYear'),
  work: pick('subjects', 'category', 'experienceYears', 'languages'),
  motivation: pick('motivation'),
  consent: pick('consent', 'consentVersion'),
} as const;

function pick(...names: (keyof Typed)[]): Typed {
  return Object.fromEntries(names.map((name) => [name, typedWell[name]]));
}

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
    consentVersion: '2022-3.1',
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
