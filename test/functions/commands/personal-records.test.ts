import { describe, expect, it } from 'vitest';
import { erase } from '#functions/commands/erasing.ts';
import { personalDataOf } from '#functions/commands/personal-data.ts';
import { equalityWell, typedWell } from '#test/builders/application.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { administrator } from '#test/builders/scenes.ts';
import { account, kinds, signIn, texts, textsIn } from './personal-records.ts';
import { aWholePerson } from './personal-scene.ts';

/** The lists that must say for everything held about people where it goes. */
const lists = { texts, kinds, account, signIn };

/** What a list names as exported or erased, or as kept for a reason. */
const named = (fate: 'exported' | 'erased', how: 'so' | 'not') =>
  Object.entries(texts).flatMap(([name, { [fate]: said }]) =>
    (said === true) === (how === 'so') ? [name] : [],
  );

describe('every kind of record that can hold something about a person', () => {
  it('is in the list with each text that its events name, and nothing else is', () => {
    const found = Object.entries(kinds).flatMap(([name, { event }]) =>
      textsIn(event).map((place) => `${name}/${place}`),
    );

    expect(found.toSorted()).toEqual(Object.keys(texts).toSorted());
  });

  it('is exported and erased, or the list says why not', () => {
    const unsaid = Object.values(lists)
      .flatMap((list) => Object.entries(list))
      .filter(([, { exported, erased }]) => exported === '' || erased === '');

    expect(unsaid).toEqual([]);
  });

  it.for(['claim-rejected', 'claim-upheld'] as const)(
    'is in what a person gets exactly where the list says so, with a %s',
    async (verdict) => {
      const other =
        verdict === 'claim-rejected' ? 'claim/claim-upheld.reason' : 'claim/claim-rejected.reason';
      const { world, mine, people } = await aWholePerson(verdict);
      const deps = { ...world, people, publicOrigin: 'https://irikteu.example' };
      const data = await personalDataOf(deps, mine.by);
      const held = JSON.stringify(data);
      const atDesk = JSON.stringify(await personalDataOf(deps, { ...mine.by, assistant: administrator.id }));

      const marked = named('exported', 'so').filter(
        (name) => name !== other && name !== 'application/section-saved.document',
      );
      expect(marked.filter((name) => !held.includes(`TEXT ${name}`))).toEqual([]);
      expect(named('exported', 'not').filter((name) => held.includes(`TEXT ${name}`))).toEqual([]);
      for (const typed of [typedWell.fullName, typedWell.motivation]) expect(held).toContain(typed);
      const contact = [
        'mail@',
        'former-mail@',
        'TEXT name',
        '+77011234567',
        'TEXT address',
        'TEXT disclosure',
        '"kk"',
      ];
      expect(contact.filter((detail) => !held.includes(detail))).toEqual([]);
      // Answers about equality go to the person, and to nobody who acts for the person.
      expect(data.applications[0]?.equality).toEqual(equalityWell);
      expect(atDesk).not.toContain('equality');
    },
  );

  it.for(['claim-rejected', 'claim-upheld'] as const)('is erased, with a %s', async (verdict) => {
    const { world, mine } = await aWholePerson(verdict);
    const deps = { ...world, eraser: memoryEraser(world.records), erasures: memoryErasures() };
    const all = [...world.records.documents.values()].map(({ body }) => JSON.stringify(body));
    const shown = named('erased', 'so').filter((name) => all.some((body) => body.includes(`TEXT ${name}`)));
    // Everything but the form and its sections and the wishes for the interview, which say no name of their own, the other
    // verdict, and a deferral, which nobody here asked for: its reason is named by the same history of the placement.
    expect(shown).toHaveLength(named('erased', 'so').length - 5);

    const of = { kind: 'account', id: mine.by.personId } as const;
    await deps.erasures.add(of);
    await erase(deps, of);
    expect([...world.records.documents.keys()]).toEqual([]);
  });
});
