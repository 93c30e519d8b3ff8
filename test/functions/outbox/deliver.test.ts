import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { dynamoPeople } from '#functions/adapters/sign-in/people.ts';
import { type DeliveryDeps, deliver } from '#functions/outbox/deliver.ts';
import { GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import type { OutgoingLetter } from '#shared/ports/mail.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

const roundId = RoundId.parse('R00000000000000000R1');
const gateId = GateId.parse('G00000000000000000G1');

const submitted = (personId: PersonId) => ({
  id: `letter-to-${personId}`,
  attempts: 1,
  message: {
    id: `letter-to-${personId}`,
    at: noon,
    body: {
      kind: 'letter',
      template: 'application-submitted',
      personId,
      facts: {
        zone: 'Asia/Almaty',
        roundId,
        intake: '2022-3',
        number: 'KZ19-AAAA-BBBB',
        submittedAt: noon,
        receipt: 'a'.repeat(64),
      },
    },
  },
});
const signal = (attempts: number, id = gateId) => ({
  id: 'signal',
  attempts,
  message: {
    id: 'signal',
    at: noon,
    body: { kind: 'signal-gate', gateId: id, output: { outcome: 'cancelled' } },
  },
});

describe('delivering a row of the outbox', () => {
  let engine: Engine;
  let deps: DeliveryDeps;
  let letters: OutgoingLetter[];
  let signals: { token: string; output: unknown }[];
  let kept: string[];
  let answer: 'resumed' | 'not-waiting';

  const register = async (personId: PersonId, locale: Locale) => {
    const mail = MailAddress.parse(`${personId.toLowerCase()}@example.kz`);
    await dynamoPeople(engine).profiles.register({ personId, mail, locale, registeredAt: noon });
    return mail;
  };
  beforeAll(async () => {
    engine = await startEngine();
    await dynamoRecords(engine).commit({
      by: theSystem,
      changes: [],
      taskTokens: [{ awaited: { kind: 'gate', id: gateId }, token: 'the token' }],
    });
  });
  afterAll(() => engine.stop());

  beforeEach(() => {
    letters = [];
    kept = [];
    signals = [];
    answer = 'resumed';
    deps = {
      records: dynamoRecords(engine),
      writeDecision: async () => {},
      writeCorrection: async () => {},
      writeContenders: async () => {},
      writeMembers: async () => {},
      tellJudges: async () => {},
      writeLetters: async () => {},
      makeOffers: async () => {},
      keepLetter: async (letterId, { template }) => {
        kept.push(`${letterId}: ${template}`);
      },
      askReferees: async () => {},
      writeToReferee: async () => {},
      writeToGuest: async () => {},
      remindOfInquiry: async () => {},
      remindOfClaim: async () => {},
      remindOfHeld: async () => {},
      remindOfEngaged: async () => {},
      remindOfInterviews: async () => {},
      publishResults: async () => {},
      signOpenPosts: async () => {},
      makePacket: async () => {},
      makeOutcome: async () => {},
      makeStatement: async () => {},
      tellElsewhere: async () => {},
      eraseHanded: async () => {},
      erase: async () => {},
      findConflicts: async () => {},
      findRaters: async () => {},
      profiles: dynamoPeople(engine).profiles,
      mail: {
        send: async (letter) => {
          letters.push(letter);
        },
      },
      machines: {
        start: async () => {},
        state: async () => 'running',
        signal: async (token, output) => {
          signals.push({ token, output });
          return answer;
        },
      },
      sender: { origin: 'https://irikteu.example', region: 'KZ-19' },
    };
  });

  it('writes to the address and in the language that the person has now', async () => {
    const personId = PersonId.parse('P0000000000000000KK1');
    const mail = await register(personId, 'kk');

    await deliver(deps, submitted(personId));

    expect(letters).toEqual([
      expect.objectContaining({
        to: mail,
        letterId: `letter-to-${personId}`,
        template: 'application-submitted',
        subject: 'KZ19-AAAA-BBBB өтінішіңіз қабылданды',
      }),
    ]);
    expect(letters[0]?.text).toContain('2022-3 легіне');
  });

  it('keeps a letter for the desk when the person has no mailbox', async () => {
    const personId = PersonId.parse('P0000000000000000ND1');
    await dynamoPeople(engine).profiles.register({
      personId,
      name: 'Айгүл',
      locale: 'kk',
      registeredAt: noon,
    });

    await deliver(deps, submitted(personId));

    expect([letters, kept]).toEqual([[], [`letter-to-${personId}: application-submitted`]]);
  });

  it('tells the mailbox that a person had before, and no other', async () => {
    const personId = PersonId.parse('P0000000000000000KK2');
    const before = await register(personId, 'ru');
    await dynamoPeople(engine).profiles.move(personId, MailAddress.parse('new@example.kz'));
    const body = {
      kind: 'letter',
      template: 'mailbox-changed',
      personId,
      facts: { changedAt: noon },
    } as const;
    const message = { id: 'about the mailbox', at: noon, body: { ...body, to: 'former-mailbox' } };

    await deliver(deps, { id: message.id, attempts: 1, message });
    await deliver(deps, submitted(personId));

    expect(letters.map(({ to, template }) => [to, template])).toEqual([
      [before, 'mailbox-changed'],
      ['new@example.kz', 'application-submitted'],
    ]);
  });

  it('writes to nobody when the person has been erased', async () => {
    await deliver(deps, submitted(PersonId.parse('P0000000000000000XX9')));

    expect(letters).toEqual([]);
  });

  it('answers the waiting machine with the newest token of the gate', async () => {
    await deliver(deps, signal(1));

    expect(signals).toEqual([{ token: 'the token', output: { outcome: 'cancelled' } }]);
  });

  it('takes a signal as done when the machine waits no longer, so that it is not sent for ever', async () => {
    answer = 'not-waiting';

    await expect(deliver(deps, signal(1))).resolves.toBeUndefined();
    await expect(deliver(deps, signal(2))).resolves.toBeUndefined();
    await expect(deliver(deps, signal(1, GateId.parse('G00000000000000000G9')))).resolves.toBeUndefined();

    expect(signals).toHaveLength(2);
  });

  it('refuses a row that is no message', async () => {
    await expect(deliver(deps, { id: 'x', attempts: 1, message: { nonsense: true } })).rejects.toThrow();
    await expect(deliver(deps, { id: 'x', attempts: 1, message: 'no JSON' })).rejects.toThrow();
  });
});
