/**
 * Tells of letters that the mail server refused for good, as SES tells EventBridge ("Email Bounced"). What was told is written
 * down; what was not, because a function failed or the home was killed, is told again, also at the next start.
 */
import type { HomeClock, HomeLog } from '#infra/local/ports.ts';
import type { LetterView } from './mime.ts';
import type { Entry } from './outbox.ts';

export type Bounced = {
  version: '0';
  id: string;
  'detail-type': 'Email Bounced';
  source: 'aws.ses';
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: {
    eventType: 'Bounce';
    bounce: {
      bounceType: 'Permanent' | 'Transient';
      bouncedRecipients: { emailAddress: string; status: string }[];
      timestamp: string;
    };
    mail: {
      messageId: string;
      destination: string[];
      headers: { name: string; value: string }[];
      tags: Tags;
    };
  };
};
type Tags = { 'ses:configuration-set': string[] };

export type Returns = {
  tell: (entry: Entry) => void;
  /** Lets what was told be written down: it is not told again at the next start. */
  close: () => Promise<void>;
};

type Options = {
  account: string;
  region: string;
  clock: HomeClock;
  log: HomeLog;
  view: (entry: Entry) => Promise<LetterView>;
  /** Letters that were refused and not told of yet. */
  untold: () => Promise<Entry[]>;
  /** Writes down that it was told. */
  told: (entry: Entry) => Promise<void>;
  /** Ends when it is noted; a promise that rejects is asked again. */
  onReturned: (event: Bounced) => Promise<void>;
};

const pause = 15 * 60_000;

/** A reply of the server about mailbox or letter; anything else (its file is gone, its sender is not wanted) is no return. */
const isReply = ({ lastCode = '' }: Entry): boolean => /^[45]\d\d$/.test(lastCode);

export const startReturns = (options: Options): Returns => {
  const { clock, log, untold, told, onReturned } = options;
  const waiting = new Set<() => void>();
  const marks = new Set<Promise<void>>();
  let closed = false;

  const mark = async (entry: Entry): Promise<void> => {
    const writing = told(entry);
    marks.add(writing);
    await writing.finally(() => marks.delete(writing));
  };

  const tell = async (entry: Entry): Promise<void> => {
    if (!isReply(entry) || entry.configurationSet === undefined) return;
    try {
      await onReturned(await eventOf(options, entry));
      await mark(entry);
    } catch (error) {
      if (closed) return;
      log('LETTER_RETURN_NOT_TAKEN', 'That a letter came back could not be told; it is told again.', {
        letter: entry.id,
        reason: error instanceof Error ? error.name : 'unknown',
      });
      const cancel = clock.at(clock.now() + pause, () => {
        waiting.delete(cancel);
        void tell(entry);
      });
      waiting.add(cancel);
    }
  };

  const recover = async (): Promise<void> => {
    for (const entry of await untold()) await tell(entry);
  };
  recover().catch((error: unknown) =>
    log('OUTBOX_FAILED', 'Letters that came back could not be read.', {
      reason: error instanceof Error ? error.name : 'unknown',
    }),
  );
  return {
    tell: (entry) => void tell(entry),
    close: async () => {
      closed = true;
      for (const cancel of waiting) cancel();
      await Promise.allSettled(marks);
    },
  };
};

const eventOf = async ({ account, region, clock, view }: Options, entry: Entry): Promise<Bounced> => {
  const { headers } = await view(entry);
  const { id, to, lastCode = '', endedAt = clock.now(), configurationSet = '' } = entry;
  const time = new Date(endedAt).toISOString();
  return {
    version: '0',
    id,
    'detail-type': 'Email Bounced',
    source: 'aws.ses',
    account,
    time,
    region,
    resources: [`arn:aws:ses:${region}:${account}:configuration-set/${configurationSet}`],
    detail: {
      eventType: 'Bounce',
      bounce: {
        bounceType: lastCode.startsWith('5') ? 'Permanent' : 'Transient',
        bouncedRecipients: to.map((emailAddress) => ({ emailAddress, status: lastCode })),
        timestamp: time,
      },
      mail: {
        messageId: id,
        destination: to,
        headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
        tags: { 'ses:configuration-set': [configurationSet] },
      },
    },
  };
};
