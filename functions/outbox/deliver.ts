import { log } from '#functions/log.ts';
import { GateId } from '#shared/domain/ids.ts';
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
  records: Pick<Records, 'gateToken'>;
  /** Turns one row about a round into a letter for each applicant. */
  writeLetters: (message: Body<'letters-to-round'>) => Promise<void>;
  /** The same for the letters about a decision. */
  writeDecision: (message: Body<'letters-of-decision'>) => Promise<void>;
  profiles: Pick<People['profiles'], 'find'>;
  mail: Mail;
  machines: Machines;
  sender: Sender;
};

/** Does what a row asks for. Throws when it could not be done and should be tried again. */
export const deliver = async (deps: DeliveryDeps, row: OutboxRow): Promise<void> => {
  const { id, body } = OutboxMessage.parse(row.message);
  switch (body.kind) {
    case 'letter':
      return sendLetter(deps, id, body);
    case 'letters-to-round':
      return deps.writeLetters(body);
    case 'letters-of-decision':
      return deps.writeDecision(body);
    case 'start-execution':
      return deps.machines.start(body);
    case 'signal-gate':
      return signalGate(deps, row, body);
    default:
      return body satisfies never;
  }
};

/** Name and address are looked up only here; someone who has been erased meanwhile gets no letter. */
const sendLetter = async (deps: DeliveryDeps, letterId: string, body: Body<'letter'>): Promise<void> => {
  const profile = await deps.profiles.find(body.personId);
  if (!profile) {
    log.warn('LETTER_TO_NOBODY', { outboxId: letterId, personId: body.personId });
    return;
  }
  const letter = renderLetter(body, profile.locale, deps.sender);
  await deps.mail.send({ to: profile.mail, letterId, template: body.template, ...letter });
};

/**
 * Lets the machine continue. When it no longer waits, an earlier attempt may have resumed it before the row was
 * marked; on the first attempt nobody else can have, so that is an alarm. The machine then reads the record again.
 */
const signalGate = async (
  deps: DeliveryDeps,
  row: OutboxRow,
  { gateId, output }: Body<'signal-gate'>,
): Promise<void> => {
  const token = await deps.records.gateToken(GateId.parse(gateId));
  const answer = token === undefined ? 'not-waiting' : await deps.machines.signal(token, output);
  if (answer === 'not-waiting' && row.attempts <= 1) {
    log.error('GATE_SIGNAL_LOST', { outboxId: row.id, gateId, attempt: row.attempts });
  }
};
