/**
 * The mail service of the home, behind SESv2's SendEmail. Every letter is written to a folder before the call is answered,
 * once, however often it is handed in; with an SMTP server it is then sent from there, without one it stays for the operator.
 */
import type { Hold } from '#infra/local/hold.ts';
import type { Authorize, HomeClock, HomeLog, ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';
import type { OpenTemporary } from '#infra/local/s3/disk.ts';
import { type Delivery, startDelivery } from './delivery.ts';
import type { Released } from './held.ts';
import { type Composed, compose, type LetterView, readLetter } from './mime.ts';
import { type Entry, ifThere, type LetterState, type Outbox, openOutbox } from './outbox.ts';
import { BadLetter, readSendEmail } from './request.ts';
import { type Bounced, startReturns } from './returned.ts';

export type MailOptions = {
  folder: string;
  clock: HomeClock;
  log: HomeLog;
  authorize: Authorize;
  /** Of the sender's identity, which grants name. */
  account: string;
  region: string;
  /** Of a backup, which takes a moment in which no letter is written or released. */
  hold: Hold;
  /** smtp:// or smtps://, with the user and the password in it. Without it letters stay in the outbox. Never in rehearsal. */
  smtpUrl?: string | undefined;
  openTemporary?: OpenTemporary;
  /** Takes what SES would tell EventBridge of a letter that came back. */
  onReturned?: (event: Bounced) => Promise<void>;
};

type StoredLetter = LetterView & { state: LetterState };

export type Mail = {
  handle: (request: ServiceRequest) => Promise<ServiceAnswer>;
  /** The newest first; `to` is a mailbox. */
  letters: (filter?: { to?: string | undefined; most?: number }) => Promise<StoredLetter[]>;
  letter: (id: string) => Promise<StoredLetter | undefined>;
  /** How many letters wait, and since when the oldest does: for the operator's health page. */
  backlog: () => { waiting: number; oldest: number | undefined };
  /** Since when a restore holds letters back until the operator has looked; undefined while none does. */
  heldSince: () => number | undefined;
  /** Lets them go, but for those that arrived before. */
  release: (arrived: readonly string[]) => Promise<Released>;
  close: () => Promise<void>;
};

const path = '/v2/email/outbound-emails';
/** Letters that a list without a limit reads from disk. */
const usualList = 500;

export const openMail = async (options: MailOptions): Promise<Mail> => {
  const { clock, log, hold } = options;
  const outbox = await openOutbox(options.folder, options.openTemporary);
  // A letter whose file somebody took away is still listed, without its words.
  const view = async (entry: Entry): Promise<StoredLetter> => {
    const mime = (await ifThere(outbox.mime(entry.id))) ?? Buffer.alloc(0);
    return {
      ...(await readLetter(entry.id, entry.at, entry.to, mime)),
      state: outbox.stateOf(entry.id),
    };
  };

  const { account, region, smtpUrl, onReturned = async () => undefined } = options;
  const { untold } = outbox;
  const told = (entry: Entry) => outbox.told({ ...entry, returnToldAt: clock.now() });
  const returns = startReturns({ account, region, clock, log, view, untold, told, onReturned });
  const delivery =
    smtpUrl === undefined
      ? undefined
      : startDelivery({ outbox, smtpUrl, clock, log, onRefused: returns.tell });

  return {
    handle: (request) => hold.pass(() => sendEmail({ ...options, outbox, delivery }, request)),
    letters: async ({ to, most = usualList } = {}) => {
      const all = await outbox.all();
      const wanted = to?.toLowerCase();
      const found =
        wanted === undefined
          ? all
          : all.filter((entry) => entry.to.some((each) => each.toLowerCase() === wanted));
      return Promise.all(found.slice(0, most).map(view));
    },
    letter: async (id) => {
      const found = await outbox.find(id);
      return found && view(found.entry);
    },
    backlog: () => {
      const waiting = outbox.waiting();
      return { waiting: waiting.length, oldest: waiting[0]?.at };
    },
    heldSince: outbox.held.since,
    release: (arrived) =>
      hold.pass(async () => {
        const result = await outbox.held.release(arrived, clock.now());
        if ('unknown' in result) return result;
        log('LETTERS_RELEASED', 'Letters that a restore had held leave.', result);
        delivery?.wake();
        return result;
      }),
    close: async () => {
      await returns.close();
      await delivery?.close();
    },
  };
};

type Post = MailOptions & { outbox: Outbox; delivery: Delivery | undefined };

/** SendEmail: the letter is kept before it is answered, once. */
const sendEmail = async (post: Post, request: ServiceRequest): Promise<ServiceAnswer> => {
  const { outbox, delivery, clock, log } = post;
  const url = request.url.split('?')[0];
  if (request.method !== 'POST' || url !== path) {
    return failure(404, 'UnknownOperationException', 'Only SendEmail is hosted here.');
  }
  try {
    const composed = await compose(readSendEmail(request.body), clock.now());
    const refusal = refused(post, request, composed);
    if (refusal) return refusal;
    const { id: letter } = composed;
    if (await outbox.keep(composed, clock.now())) delivery?.wake();
    else log('LETTER_REPEATED', 'A letter was handed in again; the first one stands.', { letter });
    return { status: 200, headers: json, body: JSON.stringify({ MessageId: letter }) };
  } catch (error) {
    if (error instanceof BadLetter) return failure(400, 'BadRequestException', error.message);
    throw error;
  }
};

const json = { 'content-type': 'application/json' };

const failure = (status: number, code: string, message: string): ServiceAnswer => ({
  status,
  headers: { ...json, 'x-amzn-errortype': code },
  body: JSON.stringify({ message }),
});

/** SES checks the sending of raw letters as the older API's action, also through SESv2. */
const actions = { simple: 'ses:SendEmail', raw: 'ses:SendRawEmail' } as const;

const refused = (
  { authorize, account, region }: MailOptions,
  { caller }: ServiceRequest,
  { envelope, kind }: Composed,
): ServiceAnswer | undefined => {
  const domain = envelope.from.slice(envelope.from.lastIndexOf('@') + 1);
  const identity = `arn:aws:ses:${region}:${account}:identity/${domain}`;
  try {
    authorize(caller, actions[kind], identity, { 'ses:FromAddress': envelope.from });
    return undefined;
  } catch (error) {
    return failure(403, 'AccessDeniedException', error instanceof Error ? error.message : 'Access denied');
  }
};
