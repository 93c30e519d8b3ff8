import { log } from '#functions/log.ts';
import { OutboxMessage } from '#shared/domain/outbox.ts';
import { renderLetter, type Sender } from '#shared/letters.ts';
import type { Machines } from '#shared/ports/machines.ts';
import type { Mail } from '#shared/ports/mail.ts';
import type { OutboxRow } from '#shared/ports/outbox.ts';
import type { Records } from '#shared/ports/records.ts';
import type { People } from '#shared/ports/sign-in.ts';

type Body<Kind extends OutboxMessage['body']['kind']> = Extract<OutboxMessage['body'], { kind: Kind }>;

/** What delivering needs besides the rows themselves. */
export type DeliveryDeps = {
  records: Pick<Records, 'taskToken'>;
  /** Turns one row about a round into a letter for each applicant. */
  writeLetters: (message: Body<'letters-to-round'>) => Promise<void>;
  /** The same for the letters about a decision. */
  writeDecision: (message: Body<'letters-of-decision'>) => Promise<void>;
  /** The same for those whom a correction concerns. */
  writeCorrection: (message: Body<'letters-of-correction'>) => Promise<void>;
  /** The same for members of a committee. */
  writeMembers: (message: Body<'letters-to-members'>) => Promise<void>;
  /** The same for those with a final result. */
  writeContenders: (message: Body<'letters-to-contenders'>) => Promise<void>;
  /** Makes the next page of a round's offers. */
  makeOffers: (message: Body<'make-offers'>) => Promise<void>;
  /** Keeps a letter to somebody without a mailbox, for the desk to hand over. */
  keepLetter: (letterId: string, letter: Body<'letter'>) => Promise<void>;
  askReferees: (message: Body<'ask-referees'>) => Promise<void>;
  writeToReferee: (letterId: string, message: Body<'write-to-referee'>) => Promise<void>;
  writeToGuest: (letterId: string, message: Body<'write-to-guest'>) => Promise<void>;
  /** Reminds of a question that is still open. */
  remindOfInquiry: (message: Body<'remind-inquiry'>) => Promise<void>;
  /** Reminds a committee of a claim that is still open, and tells administrators once its time is over. */
  remindOfClaim: (message: Body<'remind-claim'>) => Promise<void>;
  /** Tells whoever can see to it that the checker holds parts of offers. */
  remindOfHeld: (message: Body<'remind-held'>) => Promise<void>;
  remindOfEngaged: (message: Body<'remind-engaged'>) => Promise<void>;
  /** Reminds of interviews that come, and of times that were not chosen. */
  remindOfInterviews: (message: Body<'remind-interviews'>) => Promise<void>;
  /** Publishes what was decided, unless it was. */
  publishResults: (message: Body<'publish-results'>) => Promise<void>;
  /** Signs a file for other regions, and seals one for another region. */
  signOpenPosts: (message: Body<'sign-open-posts'>) => Promise<void>;
  makePacket: (message: Body<'make-packet'>) => Promise<void>;
  makeOutcome: (message: Body<'make-outcome'>) => Promise<void>;
  makeStatement: (message: Body<'make-statement'>) => Promise<void>;
  /** Tells people what came of posts of another region. */
  tellElsewhere: (message: Body<'tell-elsewhere'>) => Promise<void>;
  eraseHanded: (message: Body<'erase-handed'>) => Promise<void>;
  /** Looks for conflicts of interest on a round's committee. */
  findConflicts: (message: Body<'find-conflicts'>) => Promise<void>;
  /** Finds raters for places that were left open. */
  findRaters: (message: Body<'find-raters'>) => Promise<void>;
  /** Tells whoever screens or scores how much waits for them. */
  tellJudges: (message: Body<'tell-judges'>) => Promise<void>;
  /** Removes an account or an application for good. */
  erase: (message: Body<'erase'>) => Promise<void>;
  profiles: Pick<People['profiles'], 'find'>;
  mail: Mail;
  machines: Machines;
  sender: Sender;
};

/** Does what a row asks for. Throws when it could not be done and should be tried again. */
export const deliver = async (deps: DeliveryDeps, row: OutboxRow): Promise<void> => {
  const { id, body } = OutboxMessage.parse(row.message);
  if (isForMany(body)) return writeMany(deps, body);
  if (isReminder(body)) return remind(deps, body);
  if (isForRegions(body)) return carry(deps, body);
  if (isForRaters(body)) return find(deps, body);
  switch (body.kind) {
    case 'letter':
      return sendLetter(deps, id, body);
    case 'start-execution':
      return deps.machines.start(body);
    case 'erase':
      return deps.erase(body);
    case 'make-offers':
      return deps.makeOffers(body);
    case 'ask-referees':
      return deps.askReferees(body);
    case 'write-to-referee':
      return deps.writeToReferee(id, body);
    case 'write-to-guest':
      return deps.writeToGuest(id, body);
    case 'publish-results':
      return deps.publishResults(body);
    case 'resume-task':
      return resumeTask(deps, row, body);
    default:
      return body satisfies never;
  }
};

/** Rows that become a page of letters and perhaps a row for the next page. */
type ForMany = Body<
  | 'letters-to-round'
  | 'letters-of-decision'
  | 'letters-to-contenders'
  | 'letters-of-correction'
  | 'letters-to-members'
>;

const forMany: ReadonlySet<string> = new Set<ForMany['kind']>([
  'letters-to-round',
  'letters-of-decision',
  'letters-to-contenders',
  'letters-of-correction',
  'letters-to-members',
]);

const isForMany = (body: OutboxMessage['body']): body is ForMany => forMany.has(body.kind);

const writeMany = async (deps: DeliveryDeps, body: ForMany): Promise<void> => {
  if (body.kind === 'letters-to-round') return deps.writeLetters(body);
  if (body.kind === 'letters-of-decision') return deps.writeDecision(body);
  if (body.kind === 'letters-of-correction') return deps.writeCorrection(body);
  if (body.kind === 'letters-to-members') return deps.writeMembers(body);
  return deps.writeContenders(body);
};

/** Rows about what crosses between regions. */
type ForRegions = Body<
  'sign-open-posts' | 'make-packet' | 'make-outcome' | 'make-statement' | 'tell-elsewhere' | 'erase-handed'
>;

const forRegions: ReadonlySet<string> = new Set<ForRegions['kind']>([
  'sign-open-posts',
  'make-packet',
  'make-outcome',
  'make-statement',
  'tell-elsewhere',
  'erase-handed',
]);

const isForRegions = (body: OutboxMessage['body']): body is ForRegions => forRegions.has(body.kind);

const carry = async (deps: DeliveryDeps, body: ForRegions): Promise<void> => {
  switch (body.kind) {
    case 'sign-open-posts':
      return deps.signOpenPosts(body);
    case 'make-packet':
      return deps.makePacket(body);
    case 'make-outcome':
      return deps.makeOutcome(body);
    case 'make-statement':
      return deps.makeStatement(body);
    case 'tell-elsewhere':
      return deps.tellElsewhere(body);
    case 'erase-handed':
      return deps.eraseHanded(body);
    default:
      return body satisfies never;
  }
};

/** Rows that look whether somebody still has to be reminded. */
type Reminder = Body<
  'remind-inquiry' | 'remind-claim' | 'remind-held' | 'remind-engaged' | 'remind-interviews'
>;

const reminders: ReadonlySet<string> = new Set<Reminder['kind']>([
  'remind-inquiry',
  'remind-claim',
  'remind-held',
  'remind-engaged',
  'remind-interviews',
]);

const isReminder = (body: OutboxMessage['body']): body is Reminder => reminders.has(body.kind);

const remind = async (deps: DeliveryDeps, body: Reminder): Promise<void> => {
  if (body.kind === 'remind-held') return deps.remindOfHeld(body);
  if (body.kind === 'remind-engaged') return deps.remindOfEngaged(body);
  if (body.kind === 'remind-interviews') return deps.remindOfInterviews(body);
  return body.kind === 'remind-inquiry' ? deps.remindOfInquiry(body) : deps.remindOfClaim(body);
};

/** Rows about who may score an application, who does, and who is told of it. */
type ForRaters = Body<'find-conflicts' | 'find-raters' | 'tell-judges'>;

const forRaters: ReadonlySet<string> = new Set<ForRaters['kind']>([
  'find-conflicts',
  'find-raters',
  'tell-judges',
]);

const isForRaters = (body: OutboxMessage['body']): body is ForRaters => forRaters.has(body.kind);

const find = async (deps: DeliveryDeps, body: ForRaters): Promise<void> => {
  if (body.kind === 'find-conflicts') return deps.findConflicts(body);
  if (body.kind === 'tell-judges') return deps.tellJudges(body);
  return deps.findRaters(body);
};

/** Name and address are looked up only here; someone who has been erased meanwhile gets no letter. */
const sendLetter = async (deps: DeliveryDeps, letterId: string, body: Body<'letter'>): Promise<void> => {
  const profile = await deps.profiles.find(body.personId);
  if (profile && profile.mail === undefined) return await deps.keepLetter(letterId, body);
  const to = body.to === 'former-mailbox' ? profile?.formerMail : profile?.mail;
  if (!profile || to === undefined) {
    log.warn('LETTER_TO_NOBODY', { outboxId: letterId, personId: body.personId });
    return;
  }
  const letter = renderLetter(body, profile.locale, deps.sender);
  await deps.mail.send({ to, letterId, template: body.template, ...letter });
};

/**
 * Lets the machine continue. When it no longer waits, an earlier attempt may have resumed it before the row was
 * marked; on the first attempt nobody else can have, so that is an alarm. The machine then reads the record again.
 */
const resumeTask = async (
  deps: DeliveryDeps,
  row: OutboxRow,
  { awaited, output }: Body<'resume-task'>,
): Promise<void> => {
  const token = await deps.records.taskToken(awaited);
  const answer = token === undefined ? 'not-waiting' : await deps.machines.signal(token, output);
  if (answer !== 'not-waiting' || row.attempts > 1) return;
  const facts = { outboxId: row.id, attempt: row.attempts };
  // An offer's machine wakes by itself for the reminder and the deadline, and reads the answer then.
  if (awaited.kind === 'offer') log.warn('OFFER_SIGNAL_LOST', { ...facts, offerId: awaited.id });
  else log.error('GATE_SIGNAL_LOST', { ...facts, gateId: awaited.id });
};
