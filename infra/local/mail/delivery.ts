/**
 * Sends waiting letters by SMTP, one after the other. A letter is marked before and after: after a kill it is sent again
 * under the same Message-ID, and that is the only way in which one can arrive twice. A server that is out of reach loses
 * nothing: the letters wait, also for days.
 */
import { setTimeout } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { HomeClock, HomeLog } from '#infra/local/ports.ts';
import type { Entry, Outbox } from './outbox.ts';
import { judge, type Outcome, outcomeOf, type ServerState } from './outcome.ts';

export type Delivery = {
  /** Looks at once; a new letter is there. */
  wake: () => void;
  /** Lets the letter that is being handed over come to its end. */
  close: () => Promise<void>;
};

type Options = {
  outbox: Outbox;
  smtpUrl: string;
  clock: HomeClock;
  log: HomeLog;
  /** A letter was refused for good. */
  onRefused: (entry: Entry) => void;
};

/** How long a stop waits for the letter that is being handed over. Milliseconds. */
const graceful = 5000;
/** After a disk that could not be written. Milliseconds. */
const pauseAfterFault = 60_000;

export const startDelivery = ({ outbox, smtpUrl, clock, log, onRefused }: Options): Delivery => {
  const { send, close } = smtpSender(outbox, smtpUrl);
  const loop: Loop = { server: { failures: 0, openAt: 0 }, closed: false, again: false, cancelTimer: idle };
  let running: Promise<void> | undefined;

  const wake = (): void => {
    loop.again = true;
    if (loop.closed || running) return;
    loop.cancelTimer();
    running = deliverDue({ outbox, clock, log, onRefused, send }, loop)
      .catch((error: unknown) => {
        // The letters are as they were; the next look goes on.
        loop.server = { ...loop.server, openAt: clock.now() + pauseAfterFault };
        log('OUTBOX_FAILED', 'The state of a letter could not be written; it is tried again.', {
          reason: error instanceof Error ? error.name : 'unknown',
        });
      })
      .finally(() => {
        running = undefined;
        sleep();
      });
  };

  /** Until the first letter may be tried. */
  const sleep = (): void => {
    const waiting = outbox.waiting();
    if (loop.closed || waiting.length === 0) return;
    const first = waiting.reduce((earliest, { nextAt }) => Math.min(earliest, nextAt), Infinity);
    loop.cancelTimer = clock.at(Math.max(first, loop.server.openAt), wake);
  };

  wake();
  return {
    wake,
    close: async () => {
      loop.closed = true;
      loop.cancelTimer();
      // A server that does not answer must not keep the home from stopping; the letter is marked and is sent again.
      await Promise.race([running, setTimeout(graceful, undefined, { ref: false })]);
      close();
    },
  };
};

type Loop = { server: ServerState; closed: boolean; again: boolean; cancelTimer: () => void };

const idle = (): void => undefined;

type Work = Omit<Options, 'smtpUrl'> & { send: (entry: Entry) => Promise<Outcome> };

const deliverDue = async (work: Work, loop: Loop): Promise<void> => {
  while (loop.again && !loop.closed) {
    loop.again = false;
    for (const entry of work.outbox.waiting()) {
      const now = work.clock.now();
      if (loop.closed || now < loop.server.openAt) return;
      if (entry.nextAt <= now) await deliver(work, loop, entry);
    }
  }
};

const deliver = async (
  { outbox, clock, log, onRefused, send }: Work,
  loop: Loop,
  entry: Entry,
): Promise<void> => {
  if (entry.startedAt !== undefined) {
    log(
      'LETTER_MAY_REPEAT',
      'A stop cut the sending of a letter; it is sent again under the same Message-ID.',
      {
        letter: entry.id,
      },
    );
  }
  const started = { ...entry, startedAt: clock.now() };
  await outbox.update(started);
  const outcome = await send(started);
  const { server } = loop;
  const verdict = judge(started, outcome, server, clock.now());
  loop.server = verdict.server;
  if (verdict.end) await outbox.finish(verdict.entry, verdict.end);
  else await outbox.update(verdict.entry);
  const code = outcome.kind === 'sent' ? '' : outcome.code;
  if (verdict.end === 'refused') {
    log('LETTER_REFUSED', 'The mail server will not take a letter; it stays in the outbox.', {
      letter: entry.id,
      code,
    });
    onRefused(verdict.entry);
  }
  if (server.failures === 0 && verdict.server.failures > 0) {
    log('SMTP_DOWN', 'The mail server is out of reach; letters wait.', { code });
  }
  if (server.failures > 0 && verdict.server.failures === 0)
    log('SMTP_BACK', 'The mail server answers again.');
};

const smtpSender = (
  outbox: Outbox,
  url: string,
): { send: (entry: Entry) => Promise<Outcome>; close: () => void } => {
  const transport = createTransport({
    pool: true,
    url,
    maxConnections: 1,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ id, from, to }) => {
      try {
        await transport.sendMail({ envelope: { from, to }, raw: await outbox.mime(id) });
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
};
