import { beforeEach, describe, expect, it } from 'vitest';
import { chooseLetterLanguage } from '#functions/commands/letter-language.ts';
import { noteReturned, returnedTo } from '#functions/commands/returned-letters.ts';
import { askForCode, signInWithCode } from '#functions/commands/sign-in.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { watched } from '#test/house/watched.ts';

let deps: SignInDeps;

beforeEach(() => {
  deps = {
    ...aWorld(),
    people: memoryPeople(),
    publicOrigin: 'http://localhost:3000',
    sendCode: async () => {},
  };
});

describe('asking for a code', () => {
  it('costs the same work and one letter, whether the mailbox has an account or not: no clock tells either', async () => {
    const known = MailAddress.parse('known@example.kz');
    const personId = PersonId.parse('KN0WN'.padEnd(20, '0'));
    await deps.people.profiles.register({
      personId,
      mail: known,
      locale: 'kk',
      registeredAt: deps.clock.now(),
    });
    const work = async (mail: MailAddress) => {
      const made: string[] = [];
      const ports = watched({ people: deps.people, records: deps.records }, { made });
      const sendCode = async () => {
        made.push('letter');
      };
      await askForCode({ ...deps, ...ports, sendCode }, { mail, locale: 'en', network: `of ${mail}` });
      return made;
    };

    const [first, second] = [await work(known), await work(MailAddress.parse('unknown@example.kz'))];

    expect(first).toEqual(second);
    expect(first.filter((made) => made === 'letter')).toHaveLength(1);
    expect(first.length).toBeGreaterThan(4);
  });
});

describe('a code that arrived', () => {
  it('proves that letters reach its mailbox again', async () => {
    const codes: string[] = [];
    const sendCode: SignInDeps['sendCode'] = async ({ code }) => {
      codes.push(code);
    };
    const mail = MailAddress.parse('full@example.kz');
    const signIn = async () => {
      const asked = granted(await askForCode({ ...deps, sendCode }, { mail, locale: 'kk', network: 'one' }));
      const given = { ...asked, code: codes.at(-1) ?? '', network: 'one', device: '' };
      return granted(await signInWithCode(deps, given)).personId;
    };
    const personId = await signIn();
    const profiles = { ...deps, profiles: deps.people.profiles, nudge: { outbox: async () => {} } };
    await noteReturned(profiles, { mail, letter: 'inquiry-made#1' });

    const before = await returnedTo(deps, personId);
    await signIn();

    expect([before?.letter, await returnedTo(deps, personId)]).toEqual(['inquiry-made#1', undefined]);
  });
});

describe('codes that are typed', () => {
  it('are taken from one network 300 times an hour, for whichever mailbox, right or wrong', async () => {
    const given = { secret: 'nobody asked with it', code: '000000', network: 'one', device: '' };
    const kinds = new Set<string>();
    for (let tries = 0; tries < 300; tries += 1) {
      const tried = await signInWithCode(deps, given);
      kinds.add(tried.ok ? 'signed in' : tried.error.kind);
    }

    expect([...kinds]).toEqual(['code-expired']);
    expect(await signInWithCode(deps, given)).toMatchObject({ error: { kind: 'too-many-requests' } });
    expect(await signInWithCode(deps, { ...given, network: 'two' })).toMatchObject({
      error: { kind: 'code-expired' },
    });
  });
});

describe('the language of letters', () => {
  it('is that of the page on which somebody signs in, until they choose one: then it stays', async () => {
    const mail = MailAddress.parse('person@example.kz');
    const afterSigningIn = async (locale: 'kk' | 'ru' | 'en') => {
      let code = '';
      const sendCode: SignInDeps['sendCode'] = async (letter) => {
        code = letter.code;
      };
      const asked = granted(await askForCode({ ...deps, sendCode }, { mail, locale, network: 'one' }));
      const given = { secret: asked.secret, code, network: 'one', device: '' };
      const { personId } = granted(await signInWithCode(deps, given));
      return { personId, letters: (await deps.people.profiles.find(personId))?.locale };
    };

    const { personId, letters } = await afterSigningIn('en');
    expect(letters).toBe('en');
    expect((await afterSigningIn('ru')).letters).toBe('ru');
    await chooseLetterLanguage(deps, { personId, locale: 'kk' });
    expect((await afterSigningIn('en')).letters).toBe('kk');
  });
});
