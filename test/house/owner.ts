import { saveSection, viewApplication } from '#functions/commands/applications.ts';
import { enterPerson } from '#functions/commands/assistance.ts';
import { askCorrection } from '#functions/commands/data-requests.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { saveReference } from '#functions/commands/reference-answer.ts';
import { writeToReferee } from '#functions/commands/reference-letters.ts';
import { askReferee, nameReferee } from '#functions/commands/references.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { SectionId, type Typed } from '#shared/domain/application-form.ts';
import type { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { OutgoingLetter } from '#shared/ports/mail.ts';
import { sectionsWell, typedWell } from '#test/builders/application.ts';
import { withElsewhere } from '#test/builders/elsewhere.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aLetterKeptIn } from '#test/builders/kept-letter.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRoundFile, asUpload, withExchange } from '#test/builders/round-file.ts';
import { aCallIn, aCompleteIn, aWorld, granted, uploaded, type World } from '#test/builders/scenes.ts';
import { anIin } from '#test/builders/selection.ts';
import { admit, doorsOf, origin, type Places, personOf } from './doors.ts';
import { goOnTo, markup, typedOnTheWay, type Way } from './owners-way.ts';
import { markers, typedInARequest, type Visitor, visitors } from './visitors.ts';

/** The stages in which the owner has something new. */
export const stagesOfTheOwner = [
  'call',
  'screening',
  'interviews',
  'claims',
  'offers',
  'onboarding',
] as const;

/** What a spreadsheet would compute. */
const formula = '=HYPERLINK("https://evil.example")';

const theReferee = { name: 'Мұғалімов Ұсынған', mail: 'usyngan@example.kz', position: markup };
const another = { name: 'Басқаұлы Ұстаз', mail: 'ustaz@example.kz', position: 'Директор' };
const recommendation = 'Оны он жылдан бері білемін';
const atDesk = { name: 'Үстелова Қағазбен', phone: '87010000099', address: 'Қағаз көшесі, 7', locale: 'kk' };

/** What the owner, and somebody who applied at the desk, typed, sent and are called; all of it is nobody else's. */
export const planted: readonly string[] = [
  personOf('owner'),
  typedWell.fullName,
  typedWell.iin,
  '+77010000013',
  typedWell.phone,
  typedWell.institution,
  'Ауыл балаларына математиканы үйреткім келеді.',
  ...markers,
  ...Object.values(typedOnTheWay),
  theReferee.name,
  theReferee.mail,
  recommendation,
  atDesk.name,
  '+77010000099',
  atDesk.address,
];

const references: RoundFile['references'] = {
  count: 1,
  confidential: true,
  remindAfterWorkingDays: 3,
  source: 'A sample',
  confidence: 'unverified',
  verifiedOn: '2022-08-01',
};

/** What the neighbour typed instead, who is somebody else. */
const unlikeTheOwner: Partial<Record<SectionId, Typed>> = {
  identity: {
    ...sectionsWell.identity,
    fullName: 'Көршиева Басқа',
    latinName: 'Baska Korshieva',
    iin: anIin(7),
  },
  contacts: { ...sectionsWell.contacts, phone: '8 701 000 00 77' },
  education: { ...sectionsWell.education, institution: 'Басқа университет' },
  motivation: { motivation: 'Кіші сыныптарда сабақ бергім келеді. '.repeat(8) },
};

/** What the owner typed: in every box that takes words also what would be markup, and a formula, somewhere else. */
const asTheOwner: Partial<Record<SectionId, Typed>> = {
  identity: { ...sectionsWell.identity, fullName: `${typedWell.fullName} ${markup}` },
  contacts: { ...sectionsWell.contacts, address: `${typedWell.address} ${markup}` },
  education: {
    ...sectionsWell.education,
    institution: `${typedWell.institution} ${markup}`,
    speciality: markup,
  },
  work: { ...sectionsWell.work, employer: markup, position: formula, languageCertificates: markup },
  test: { ...sectionsWell.test, testNumber: markup },
  achievements: { achievements: [{ kind: 'pupils-prize', year: '2021', text: markup }] },
  motivation: { motivation: `${typedWell.motivation} ${markup}` },
  adjustments: { ...sectionsWell.adjustments, adjustments: `${typedWell.adjustments} ${markup}` },
};

const completed = async (
  world: World,
  roundId: RoundId,
  by: Applicant,
  instead: Partial<Record<SectionId, Typed>> = {},
): Promise<{ by: Applicant; applicationId: ApplicationId }> => {
  const own = { by, applicationId: await aCompleteIn(world, roundId, by) };
  for (const [name, typed] of Object.entries(instead)) {
    const section = SectionId.parse(name);
    const { sections } = granted(await viewApplication(world, own));
    granted(await saveSection(world, { ...own, section, basedOn: sections[section].version, typed }));
  }
  return own;
};

/** Names a referee and writes to them. @returns the token of the letter’s link */
const refereeOf = async (
  world: World,
  own: { by: Applicant; applicationId: ApplicationId },
  who: typeof theReferee,
): Promise<string> => {
  const contact = { ...who, relation: markup, locale: 'kk' } as const;
  const { state } = granted(await nameReferee(world, { ...own, slot: 1, contact }));
  const referee = nth(state.referees, 0).id;
  granted(await askReferee(world, { ...own, referee }));
  const sent: OutgoingLetter[] = [];
  const mail = { send: async (letter: OutgoingLetter) => void sent.push(letter) };
  const sender = { origin, region: 'KZ-19' } as const;
  for (const [id, { body }] of Array.from(world.records.outbox)) {
    if (body.kind !== 'write-to-referee') continue;
    world.records.outbox.delete(id);
    await writeToReferee({ ...world, mail, sender }, id, body);
  }
  return /#(\S+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? '';
};

const worker = { kind: 'person', id: personOf('desk-passkey'), role: 'desk' } as const satisfies Person;
const assisted: PersonId = personOf('assisted');

/** Beside those who hold roles: who holds one without a seat, and who was asked for a reference, by the owner and by somebody else. */
const further = (tokens: readonly string[]): Visitor[] => [
  {
    name: 'a member of no committee',
    token: 'seatless-passkey',
    role: 'member',
    strength: 'passkey',
    seatless: true,
  },
  ...['the owner’s referee', 'the neighbour’s referee'].map((name, index) => ({
    name,
    cookie: `__Host-irikteu-reference=${tokens[index]}`,
  })),
];

/**
 * Pages and API in a stage, where everything that the owner has by then stands under its real name. `stranger` has applied as well; at the
 * desk there is somebody without a mailbox.
 */
export const theOwnersBuilding = async (stage: Stage) => {
  const world = aWorld();
  const people = memoryPeople();
  const { exchange } = withExchange();
  const { elsewhere } = withElsewhere();
  const round = await aCallIn(world, asUpload(aRoundFile({ references, exchange, elsewhere })));
  const own = await completed(world, round, { personId: personOf('owner') }, asTheOwner);
  const neighbour = await completed(world, round, { personId: personOf('stranger') }, unlikeTheOwner);
  const document = await uploaded(world, own);
  const tokens = [await refereeOf(world, own, theReferee), await refereeOf(world, neighbour, another)];
  granted(
    await saveReference(world, {
      token: tokens[0] ?? '',
      answer: { known: markup, recommends: 'yes', text: `${recommendation} ${markup}` },
    }),
  );
  const desk = { by: worker, personId: assisted };
  granted(await enterPerson({ ...world, people }, { ...desk, typed: atDesk }));
  const entered = await aCompleteIn(world, round, { personId: assisted, assistant: worker.id });
  await aLetterKeptIn(world, entered);

  const way: Way = { world, roundId: round, applied: [own, neighbour], places: {} };
  await goOnTo(way, stage);
  const visiting = [...visitors, ...further(tokens)];
  await admit(world, people, visiting);
  const asked = granted(await askCorrection(world, { ...own, text: `${typedInARequest} ${markup}` }));
  const places: Partial<Record<string, string>> = {
    round,
    application: own.applicationId,
    document,
    request: asked.id,
    section: 'motivation',
    code: 'MAT-001',
    requirement: 'diploma',
    file: 'kk',
    person: assisted,
    letter: '1',
    stage: 'claims',
    half: '2022-2',
    ...way.places,
  };
  const placeOf: Places = (name, of) => {
    if (of.includes('/desk/') && name === 'application') return entered;
    return name === 'slot' && of.includes('/references/') ? '1' : places[name];
  };
  return { ...doorsOf(world, people, placeOf), visiting };
};
