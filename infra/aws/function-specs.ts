import type { MachineName } from '#shared/domain/outbox.ts';
import type { FunctionSpec } from './function.ts';
import { applying, delivering, opening, personKeeping, recordKeeping, sweeping } from './grant-groups.ts';
import type { Names } from './names.ts';
import { personSteps } from './person-steps.ts';
import type { Region } from './regions.ts';
import type { RegionStack } from './stack.ts';

export type FunctionId = keyof ReturnType<typeof functionSpecs>;

/**
 * Every function of a region: what it may do, what it is told and what people notice when it fails. A grant or a
 * variable that is missing here is missing in both homes.
 */
export const functionSpecs = (
  region: Region,
  names: Names,
  place: { stack: RegionStack; origin: string },
) => {
  const told = variables(region, names, place);
  return {
    ...forPeople(told),
    ...behindTheScenes(told),
    ...drawing(told),
    ...steps(told),
    ...closingSteps(told),
    ...personSteps({ step: stepIn(told), writing: writingStepIn(told) }),
  };
};

/** The variables that functions read, in groups that go together. */
const variables = (
  region: Region,
  names: Names,
  { stack, origin }: { stack: RegionStack; origin: string },
) => ({
  base: { REGION_CODE: region.code, RECORDS_TABLE: names.recordsTable },
  persons: { PERSONS_TABLE: names.personsTable },
  nudge: { OUTBOX_FUNCTION: names.function('outbox') },
  drawing: { PAPERS_FUNCTION: names.function('papers') },
  joining: { DOCUMENTS_FUNCTION: names.function('documents') },
  origin: { PUBLIC_ORIGIN: origin },
  mail: { MAIL_FROM: region.mailFrom, MAIL_EVENTS: names.mailEvents },
  documents: { DOCUMENTS_BUCKET: names.documentsBucket },
  signing: { SIGNING_KEY: names.resultsKeyAlias },
  scanning: { SCANNING: region.scanning },
  machines: {
    SELECTION_ROUND_ARN: machineArn(stack, names, 'selection-round'),
    OFFER_ARN: machineArn(stack, names, 'offer'),
    ONBOARDING_ARN: machineArn(stack, names, 'onboarding'),
  },
});

/** By its name, since the machines in turn name the functions. */
const machineArn = (stack: RegionStack, names: Names, name: MachineName): string =>
  `arn:${stack.partition}:states:${stack.region}:${stack.account}:stateMachine:${names.machine(name)}`;

type Variables = ReturnType<typeof variables>;

const forPeople = ({ base, persons, nudge, drawing, joining, origin, mail, documents }: Variables) => {
  const environment = {
    ...base,
    ...persons,
    ...documents,
    ...nudge,
    ...drawing,
    ...joining,
    ...origin,
    ...mail,
  };
  return {
    Web: {
      id: 'Web',
      bundle: 'web',
      description: 'Pages for applicants, committees and administrators.',
      timeoutSeconds: 28,
      memoryMegabytes: 1024,
      grants: [...recordKeeping, 'release-claims', ...personKeeping, ...applying, ...opening],
      environment,
      harm: 'People see an error page instead of their application.',
    },
    Api: {
      id: 'Api',
      bundle: 'api',
      description: 'The JSON API for tools of committees and administrators.',
      timeoutSeconds: 28,
      memoryMegabytes: 1024,
      grants: [...recordKeeping, 'release-claims', ...personKeeping, ...applying, ...opening],
      environment,
      harm: 'Tools of committees get errors, and imports of vacancies fail.',
    },
  } as const satisfies Record<string, FunctionSpec>;
};

const behindTheScenes = ({
  base,
  persons,
  nudge,
  origin,
  mail,
  documents,
  scanning,
  machines,
  signing,
}: Variables) =>
  ({
    Outbox: {
      id: 'Outbox',
      bundle: 'outbox',
      description: 'Hands over letters, signals workflows, erases, and publishes results after a commit.',
      timeoutSeconds: 120,
      // The published results of 20,000 people, with their history, as one text.
      memoryMegabytes: 1024,
      grants: [...recordKeeping, ...delivering],
      environment: { ...base, ...persons, ...machines, ...origin, ...mail, ...documents, ...signing },
      // Rows are found again every minute; that a letter came back is told by this call only.
      retries: 2,
      harm: 'Letters are late, opened calls do not start, and decided gates stay shut.',
    },
    Sweep: {
      id: 'Sweep',
      bundle: 'sweep',
      description: 'Starts again what has no execution; checks all records each night and signs it.',
      timeoutSeconds: 300,
      memoryMegabytes: 512,
      grants: [...recordKeeping, ...sweeping],
      environment: { ...base, ...documents, ...nudge, ...machines, ...signing },
      retries: 0,
      harm: 'A round whose execution failed stays where it is, and nobody notices a damaged record.',
    },
    Documents: {
      id: 'Documents',
      bundle: 'documents',
      description: 'Puts slices together; measures, hashes and records each uploaded document.',
      timeoutSeconds: 120,
      memoryMegabytes: 1024,
      grants: [...recordKeeping, 'sort-documents', 'nudge-outbox'],
      environment: { ...base, ...documents, ...nudge, ...scanning },
      retries: 2,
      harm: 'Uploaded documents do not appear in applications.',
    },
    Invite: {
      id: 'Invite',
      bundle: 'invite',
      description: 'Answers a one-time enrolment link to the deployer, who invokes it by hand.',
      timeoutSeconds: 20,
      memoryMegabytes: 512,
      grants: [...recordKeeping, ...personKeeping],
      environment: { ...base, ...persons, ...origin },
      retries: 0,
      harm: 'The first administrator of the region cannot be enrolled.',
    },
  }) as const satisfies Record<string, FunctionSpec>;

const drawing = ({ documents }: Variables) =>
  ({
    Papers: {
      id: 'Papers',
      bundle: 'papers',
      description: 'Draws papers as PDF: minutes in three languages, a receipt for whoever asks.',
      timeoutSeconds: 300,
      // The fonts and the layout of a long table; more memory is also more processor.
      memoryMegabytes: 1769,
      grants: ['write-papers'],
      environment: { ...documents },
      retries: 2,
      harm: 'A closed round has no minutes to sign, and receipts cannot be printed.',
    },
  }) as const satisfies Record<string, FunctionSpec>;

const stepIn = ({ base }: Variables) =>
  ({ timeoutSeconds: 30, memoryMegabytes: 512, grants: recordKeeping, environment: base }) as const;

/** Steps that write letters wake the outbox. */
const writingStepIn = (told: Variables) =>
  ({
    ...stepIn(told),
    grants: [...recordKeeping, 'nudge-outbox'],
    environment: { ...told.base, ...told.nudge },
  }) as const;

/** All applications of a round in one go, within the minute that the machine gives a step: one whole processor. */
const largeStepIn = (told: Variables) =>
  ({ ...stepIn(told), timeoutSeconds: 50, memoryMegabytes: 1792 }) as const;

const steps = (told: Variables) => {
  const step = stepIn(told);
  const { base, persons } = told;
  const large = largeStepIn(told);
  return {
    ReadRound: {
      id: 'ReadRound',
      bundle: 'read-round',
      description: 'Step: where does the round stand?',
      ...step,
      grants: ['read-records'],
      harm: 'A round cannot go on, because its stage cannot be read.',
    },
    CloseCall: {
      id: 'CloseCall',
      bundle: 'close-call',
      description: 'Step: close the call if its deadline has passed.',
      ...step,
      harm: 'A call stays in the call stage after its deadline (late applications are refused all the same).',
    },
    PrepareScreening: {
      id: 'PrepareScreening',
      bundle: 'prepare-screening',
      description: 'Step: give the committee what it may know of each application.',
      ...large,
      grants: [...recordKeeping, 'read-persons'],
      environment: { ...base, ...persons },
      harm: 'A committee has no applications to screen, and its gate does not open.',
    },
    AssignRaters: {
      id: 'AssignRaters',
      bundle: 'assign-raters',
      description: 'Step: ask raters for each admitted application.',
      ...large,
      harm: 'Nobody is asked to score applications, and the gate of scoring does not open.',
    },
    OpenGate: {
      id: 'OpenGate',
      bundle: 'open-gate',
      description: 'Step: store the token of a gate, then let people decide.',
      ...step,
      harm: 'A committee has no gate to decide at.',
    },
  } as const satisfies Record<string, FunctionSpec>;
};

/** What happens once a round is closed; the paper itself is drawn by `Papers`. */
const closingSteps = (told: Variables) =>
  ({
    GatherMinutes: {
      id: 'GatherMinutes',
      bundle: 'gather-minutes',
      description: 'Step: keep what the minutes of a closed round say, names of the committee included.',
      ...largeStepIn(told),
      grants: ['read-records', 'read-persons', 'keep-minutes'],
      environment: { ...told.base, ...told.persons, ...told.documents },
      harm: 'A round is closed and has no minutes to sign.',
    },
    RecordMinutes: {
      id: 'RecordMinutes',
      bundle: 'record-minutes',
      description: 'Step: note in the round which minutes were drawn.',
      ...stepIn(told),
      harm: 'Minutes were drawn, but the pages say that they are still being drawn.',
    },
  }) as const satisfies Record<string, FunctionSpec>;
