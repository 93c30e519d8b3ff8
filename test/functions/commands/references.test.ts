import { describe, expect, it } from 'vitest';
import { submitApplication, viewApplication, withdrawApplication } from '#functions/commands/applications.ts';
import { erase } from '#functions/commands/erasing.ts';
import {
  declineReference,
  giveReference,
  readReference,
  saveReference,
} from '#functions/commands/reference-answer.ts';
import { askReferee, givenReferences, nameReferee, ownReferences } from '#functions/commands/references.ts';
import { fold } from '#shared/domain/event.ts';
import { RefereeId } from '#shared/domain/ids.ts';
import { referencesAggregate } from '#shared/domain/reference.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { bolat, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aReferenceScene, contact } from './reference-scene.ts';

const answer = { known: 'Five years, as head', recommends: 'yes', text: 'MARKER An able teacher.' } as const;

/** Both are named, the application is submitted, and the letters have gone out. */
const asked = async (over: Parameters<typeof aReferenceScene>[0] = {}) => {
  const scene = await aReferenceScene(over);
  granted(await scene.name(1));
  granted(await scene.name(2, { name: 'Second Referee', mail: 'second@example.kz', locale: 'kk' }));
  granted(await submitApplication(scene.world, scene.mine));
  await scene.deliver();
  const [first = '', second = ''] = scene.sent.map(scene.tokenIn);
  return { ...scene, first, second };
};

describe('an applicant whose round asks for references', () => {
  it('names people before submitting, and nothing of them lies in the record', async () => {
    const { world, mine, name } = await aReferenceScene();

    expect(await submitApplication(world, mine)).toMatchObject({
      error: { kind: 'incomplete', missing: [{ place: 'references', facts: { count: 2, named: 0 } }] },
    });
    granted(await name(1));
    granted(await name(1));
    expect(granted(await viewApplication(world, mine)).missing).toMatchObject([{ facts: { named: 1 } }]);
    granted(await name(2, { mail: 'second@example.kz' }));

    expect(granted(await viewApplication(world, mine)).missing).toEqual([]);
    const history = await world.records.history('references', mine.applicationId);
    expect(history).toHaveLength(2);
    expect(JSON.stringify(history)).not.toMatch(/MARKER|example\.kz/);
  });

  it('asks nobody any more once what they wrote is erased', async () => {
    const { world, mine, name } = await aReferenceScene();
    granted(await name(1));
    const deps = { ...world, eraser: memoryEraser(world.records), erasures: memoryErasures() };
    await erase(deps, { kind: 'application', id: mine.applicationId });

    expect(await name(2)).toMatchObject({ error: { kind: 'not-found', what: 'reference' } });
    expect(granted(await ownReferences(world, mine)).open).toBe(false);
  });

  it('is told of everything that is wrong with what was typed', async () => {
    const { name, world, mine } = await aReferenceScene();

    expect(await name(1, { name: ' ', position: 'x'.repeat(201), mail: 'not an address' })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'name' }, { place: 'position' }, { place: 'mail' }] },
    });
    expect(await name(3)).toMatchObject({ error: { kind: 'not-found', what: 'reference' } });
    expect(await nameReferee(world, { ...mine, by: bolat, slot: 1, contact })).toMatchObject({
      error: { kind: 'not-found', what: 'application' },
    });
  });

  it('has everyone asked by letter on submitting, each in their language, once', async () => {
    const { sent, deliver, world, first, second, references } = await asked();

    await deliver();

    expect(sent.map(({ to, template }) => [to, template])).toEqual([
      ['referee@example.kz', 'reference-asked'],
      ['second@example.kz', 'reference-asked'],
    ]);
    expect(sent[0]?.text).toContain('Сапарова Айгүл');
    expect(first).not.toBe(second);
    const stored = JSON.stringify([...world.records.outbox.values(), await references()]);
    for (const token of [first, second]) expect(stored).not.toContain(token);
  });

  it('has nobody asked where nobody waits to be, but whoever is named at the same moment', async () => {
    const { world, mine, name, sent, deliver } = await aReferenceScene({ required: false });
    let named: unknown;
    world.records.interfere(async () => {
      named = await name(1);
    });

    granted(await submitApplication(world, mine));
    await deliver();

    expect(named).toMatchObject({ ok: true });
    expect(sent.map(({ to }) => to)).toEqual(['referee@example.kz']);
    const quiet = await aReferenceScene({ required: false });
    granted(await submitApplication(quiet.world, quiet.mine));
    expect([...quiet.world.records.outbox.keys()].filter((id) => id.startsWith('ask-referees'))).toEqual([]);
  });

  it('asks at once, and again when the time has come, but floods nobody', async () => {
    const { world, mine, name, references, deliver, sent } = await aReferenceScene();
    granted(await name(1));
    const referee = (await references()).referees[0]?.id ?? RefereeId.parse('N0B0DY00000000000000');
    const ask = () => askReferee(world, { ...mine, referee });

    granted(await ask());
    granted(await ask());
    await deliver();
    expect(sent).toHaveLength(1);
    for (let hour = 0; hour < 5; hour += 1) {
      world.clock.pass(3601);
      granted(await ask());
    }
    world.clock.pass(3601);
    expect(await ask()).toMatchObject({ error: { kind: 'too-many-requests' } });
    world.clock.pass(86_400);
    expect((await ask()).ok).toBe(true);
  });

  it('corrects a position: whoever was asked stays so, and the link of the letter works', async () => {
    const { world, mine, name, references, first, second, sent, deliver } = await asked();
    const before = (await references()).referees[0];
    granted(await name(1, { position: 'Headteacher, school 14', locale: 'ru' }));
    const after = (await references()).referees[0];

    expect(after).toMatchObject({ id: before?.id, status: 'asked', links: before?.links });
    const form = granted(await readReference(world, first));
    expect(form.contact?.position).toBe('Headteacher, school 14');
    await deliver();
    expect(sent).toHaveLength(2);
    // Who has declined stays so under the same address: only another person is asked anew.
    granted(await declineReference(world, second));
    granted(await name(2, { name: 'Second Referee', mail: 'second@example.kz', position: 'Headteacher' }));
    expect((await references()).referees[1]?.status).toBe('declined');
    granted(
      await nameReferee(world, { ...mine, slot: 2, contact: { ...contact, mail: 'third@example.kz' } }),
    );
    expect((await references()).referees[1]?.status).toBe('named');
  });

  it('takes another name in another position for somebody else, also under a mailbox that a school shares', async () => {
    const { world, name, references, first } = await asked();
    const before = (await references()).referees[0];
    granted(await name(1, { name: 'Omarov Serik' }));
    expect((await references()).referees[0]).toMatchObject({ id: before?.id, status: 'asked' });

    granted(await name(1, { name: 'Kim Yelena', position: 'Deputy head, school 12' }));

    const after = (await references()).referees[0];
    expect(after).toMatchObject({ status: 'named', links: [] });
    expect(after?.id).not.toBe(before?.id);
    expect(await readReference(world, first)).toMatchObject({ error: { kind: 'reference-ended' } });
  });

  it('mends an address: the old link is void, the new one works', async () => {
    const { world, mine, name, references, deliver, sent, first, tokenIn } = await asked();
    granted(await name(1, { mail: 'right@example.kz' }));

    expect(await readReference(world, first)).toMatchObject({ error: { kind: 'reference-ended' } });
    const referee = (await references()).referees[0]?.id ?? RefereeId.parse('N0B0DY00000000000000');
    granted(await askReferee(world, { ...mine, referee }));
    await deliver();

    expect(sent.at(-1)?.to).toBe('right@example.kz');
    expect((await readReference(world, tokenIn(sent.at(-1)))).ok).toBe(true);
  });

  it('is told by letter, once each, that an answer came, and to name somebody else where one declined', async () => {
    const { world, mine, first, second } = await asked();
    granted(await saveReference(world, { token: first, answer }));
    granted(await giveReference(world, { token: first, answer }));
    granted(await declineReference(world, second));
    await declineReference(world, second);

    const letters = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template.startsWith('referee-') ? [body] : [],
    );
    expect(letters).toMatchObject([
      { template: 'referee-answered', personId: mine.by.personId, facts: { reference: 1 } },
      { template: 'referee-declined', personId: mine.by.personId, facts: { reference: 2 } },
    ]);
    expect(JSON.stringify(letters)).not.toMatch(/MARKER|example/);
  });

  it('sees who has answered, and not what, where it is confidential', async () => {
    for (const confidential of [true, false]) {
      const { world, mine, first } = await asked({ confidential });
      granted(await giveReference(world, { token: first, answer }));

      const { slots } = granted(await ownReferences(world, mine));

      expect(slots.map(({ referee }) => referee?.status)).toEqual(['given', 'asked']);
      expect(slots[0]?.answer).toEqual(confidential ? undefined : answer);
      expect(await givenReferences(world.records, mine.applicationId)).toMatchObject([
        { status: 'given', answer },
        { status: 'asked', answer: undefined },
      ]);
    }
  });
});

describe('a referee', () => {
  it('reads who asks, writes over several visits, and gives the reference once', async () => {
    const { world, first, references, mine, name } = await asked();

    expect(granted(await readReference(world, first))).toMatchObject({
      applicant: 'Сапарова Айгүл Ерланқызы',
      contact: { name: 'MARKER Referee' },
    });
    granted(await saveReference(world, { token: first, answer: { ...answer, recommends: '' } }));
    expect(granted(await readReference(world, first)).answer.text).toBe(answer.text);
    expect(await giveReference(world, { token: first, answer: { ...answer, recommends: '' } })).toMatchObject(
      {
        error: { faults: [{ place: 'recommends' }] },
      },
    );
    granted(await giveReference(world, { token: first, answer }));

    const ended = { error: { kind: 'reference-ended' } };
    expect(await giveReference(world, { token: first, answer })).toMatchObject(ended);
    expect(await declineReference(world, first)).toMatchObject(ended);
    expect(await name(1, { name: 'Somebody else' })).toMatchObject(ended);
    const history = await world.records.history('references', mine.applicationId);
    expect(JSON.stringify(history)).not.toContain('MARKER');
    expect(fold(referencesAggregate, history)).toEqual(await references());
  });

  it('opens nothing but their own, and learns nothing from a token that was never sent', async () => {
    const { world, first, second } = await asked();
    granted(await giveReference(world, { token: first, answer }));

    expect(granted(await readReference(world, second))).toMatchObject({
      contact: { name: 'Second Referee' },
      answer: { text: '' },
    });
    for (const token of ['', 'guessed', `${second}x`, first]) {
      expect(await readReference(world, token)).toEqual({ ok: false, error: { kind: 'reference-ended' } });
    }
  });

  it('may decline, and the applicant names somebody else', async () => {
    const { world, first, name, references } = await asked();

    granted(await declineReference(world, first));
    expect((await references()).referees[0]?.status).toBe('declined');
    granted(await name(1, { name: 'Somebody else', mail: 'else@example.kz' }));
    expect((await references()).referees[0]?.status).toBe('named');
  });

  it('is reminded once, in the morning after three working days, with a link that works', async () => {
    const { world, sent, deliver, first, tokenIn } = await asked();
    granted(await declineReference(world, first));

    world.clock.to(at('2022-09-23T02:59'));
    await deliver();
    expect(sent).toHaveLength(2);
    world.clock.to(at('2022-09-23T03:00'));
    await deliver();

    expect(sent.slice(2).map(({ to, template }) => [to, template])).toEqual([
      ['second@example.kz', 'reference-reminder'],
    ]);
    expect((await readReference(world, tokenIn(sent[2]))).ok).toBe(true);
  });

  it('is neither written to nor heard once the applicant has withdrawn', async () => {
    const { world, mine, sent, deliver, first } = await asked();
    granted(await withdrawApplication(world, { ...mine, reasonCode: 'personal' }));

    world.clock.to(at('2022-09-30T03:00'));
    await deliver();

    expect(sent).toHaveLength(2);
    expect(await giveReference(world, { token: first, answer })).toMatchObject({
      error: { kind: 'reference-ended' },
    });
  });

  it('whose letter was delivered twice has two links, and both are theirs', async () => {
    const { world, mine, name, references, deliver, sent, tokenIn } = await aReferenceScene();
    granted(await name(1));
    const referee = (await references()).referees[0]?.id ?? RefereeId.parse('N0B0DY00000000000000');
    granted(await askReferee(world, { ...mine, referee }));
    const rows = [...world.records.outbox.entries()];
    await deliver();
    for (const [id, row] of rows) world.records.outbox.set(id, row);
    await deliver();

    expect(sent).toHaveLength(2);
    for (const letter of sent) expect((await readReference(world, tokenIn(letter))).ok).toBe(true);
  });
});
