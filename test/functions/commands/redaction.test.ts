import { describe, expect, it } from 'vitest';
import { erase } from '#functions/commands/erasing.ts';
import {
  releaseFile,
  releaseText,
  releaseWhole,
  takeBack,
  withholdCopy,
} from '#functions/commands/redaction.ts';
import { redactionOverview } from '#functions/commands/redaction-views.ts';
import { readCopies } from '#functions/commands/released-copies.ts';
import { changed } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';

const refusal = (kind: string) => ({ ok: false, error: { kind } });

describe('a text that tells who wrote it', () => {
  it('is proposed without that, released, and read by raters word for word as it was released', async () => {
    const { item, releaseProposal, seen } = await aRedactionScene();

    const before = await seen();
    const copy = await releaseProposal();

    expect(before).toMatchObject([{ item: 'motivation', standing: 'not-yet', text: undefined }, {}]);
    expect(copy).not.toMatch(/Сапаров|Айгүл|701/);
    expect((await seen())[0]).toMatchObject({ standing: 'released', text: copy });
    expect(await item('motivation')).toMatchObject({ standing: 'released', text: { copy, whole: false } });
  });

  it('is not released by mistake: what is still found in it must be confirmed', async () => {
    const { world, motivation, seen } = await aRedactionScene();
    const text = 'Мен Айгүл Сапаровамын.';

    const refused = await releaseText(world, { ...motivation, text, sure: false });
    const whole = await releaseWhole(world, { ...motivation, sure: false });
    const before = await seen();
    granted(await releaseText(world, { ...motivation, text, sure: true }));

    expect(refused).toMatchObject({
      error: {
        kind: 'invalid',
        faults: [{ place: 'copy', message: 'redaction.fault.found', facts: { count: 2 } }],
      },
    });
    expect(whole).toMatchObject(refusal('invalid'));
    expect(before[0]).toMatchObject({ standing: 'not-yet' });
    expect((await seen())[0]?.text).toBe(text);
  });

  it('is withheld with a reason, which raters are not told', async () => {
    const { world, motivation, seen, item } = await aRedactionScene();

    expect(await withholdCopy(world, { ...motivation, reason: ' ' })).toMatchObject(refusal('reason-needed'));
    granted(await withholdCopy(world, { ...motivation, reason: 'Every line names the village.' }));

    expect((await seen())[0]).toEqual({
      kind: 'text',
      item: 'motivation',
      requirement: undefined,
      standing: 'withheld',
      text: undefined,
      bytes: undefined,
    });
    expect(await item('motivation')).toMatchObject({ reason: 'Every line names the village.' });
  });

  it('neither empty nor endless is a copy', async () => {
    const { world, motivation } = await aRedactionScene();
    const messages = await Promise.all(
      [' ', 'x'.repeat(20_001)].map((text) => releaseText(world, { ...motivation, text, sure: true })),
    );

    expect(messages).toMatchObject([
      { error: { faults: [{ message: 'redaction.fault.empty' }] } },
      { error: { faults: [{ message: 'redaction.fault.long' }] } },
    ]);
  });
});

describe('a text with nothing to redact', () => {
  it('is released by a press of its own, as a copy that is stored apart', async () => {
    const plain = 'Ауылда математика оқытқым келеді. '.repeat(20).trim();
    const { world, motivation, seen } = await aRedactionScene('stop', [{ motivation: plain }]);
    granted(await releaseWhole(world, { ...motivation, sure: false }));
    const owners: string[] = [];
    const records = {
      ...world.records,
      document: async (...asked: Parameters<typeof world.records.document>) => {
        owners.push(asked[0].owner);
        return await world.records.document(...asked);
      },
    };

    const copies = granted(await readCopies({ ...world, records }, motivation));

    expect(copies[0]?.text).toBe(plain);
    expect((await seen())[0]?.text).toBe(plain);
    // The round file aside, no text was read but the copy: there is no original to fall back to.
    expect(owners).toEqual([`redaction#${motivation.applicationId}`]);
  });
});

it('that was redacted by hand is not released as the original by the other button', async () => {
  const plain = 'Ауылда Айкентай атанған мұғаліммін. '.repeat(20).trim();
  const { world, motivation, seen } = await aRedactionScene('stop', [{ motivation: plain }]);
  const whole = (inForm: string) => releaseWhole(world, { ...motivation, sure: false, inForm });

  expect(await whole(plain.replaceAll('Айкентай', '[…]'))).toMatchObject({
    error: { kind: 'invalid', faults: [{ place: 'copy', message: 'redaction.fault.dropped' }] },
  });
  expect((await seen())[0]).toMatchObject({ standing: 'not-yet' });
  expect((await whole(`${plain}\r\n`)).ok).toBe(true);
});

describe('a copy that was released', () => {
  it('is taken back: raters see nothing in its place, and the secretary goes on from it', async () => {
    const { world, motivation, releaseProposal, seen, item } = await aRedactionScene();
    const copy = await releaseProposal();

    granted(await takeBack(world, motivation));
    granted(await takeBack(world, motivation));

    expect((await seen())[0]).toMatchObject({ standing: 'not-yet', text: undefined });
    expect(JSON.stringify(await seen())).not.toContain('Ауылда');
    expect(await item('motivation')).toMatchObject({ standing: 'taken-back', text: { copy } });
    const types = (await world.records.history('redaction', motivation.applicationId)).map(
      ({ fact }) => fact.type,
    );
    expect(types).toEqual(['redaction-begun', 'text-released', 'copy-taken-back']);
  });

  it('is not shown any more once another original is in force, until it is released again', async () => {
    const { world, application, motivation, releaseProposal, seen, item, on } = await aRedactionScene();
    await releaseProposal();
    const found = await world.records.find(applicationAggregate, application.id);
    const { form, consentVersion, receipt, choices } = application;
    const body = await world.records.document(form);
    const next = writeDocument({ ...form, version: form.version + 1 }, body, 'another salt');
    const submitted = {
      form: next.ref,
      documents: [],
      consentVersion,
      receipt,
      choices,
    };
    const now = world.clock.now();
    const { change } = changed(applicationAggregate, application.id, found, [
      { type: 'amendment-begun', at: now },
      { type: 'application-submitted', at: now, ...submitted },
    ]);
    granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change], documents: [next] }));

    expect((await seen())[0]).toMatchObject({ standing: 'not-yet', text: undefined });
    expect(await item('motivation')).toMatchObject({ standing: 'stale' });
    expect(granted(await redactionOverview(world, on(secretary))).totals).toMatchObject({
      again: 1,
      open: 2,
    });
    granted(await withholdCopy(world, { ...motivation, reason: 'Changed.' }));
    expect((await seen())[0]).toMatchObject({ standing: 'withheld' });
  });

  it('is never edited: another one is refused, and the same press again is told that all is well', async () => {
    const { world, motivation, releaseProposal } = await aRedactionScene();
    const text = await releaseProposal();

    expect(await releaseText(world, { ...motivation, text, sure: false })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await releaseText(world, { ...motivation, text: 'Other.', sure: false })).toMatchObject(
      refusal('changed-meanwhile'),
    );
    expect(await withholdCopy(world, { ...motivation, reason: 'No.' })).toMatchObject(
      refusal('changed-meanwhile'),
    );
    expect(await world.records.history('redaction', motivation.applicationId)).toHaveLength(2);
  });

  it('by two at once is released once', async () => {
    const { world, motivation, seen } = await aRedactionScene();

    const both = await Promise.all(
      ['One.', 'Two.'].map((text) => releaseText(world, { ...motivation, text, sure: false })),
    );

    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(['One.', 'Two.']).toContain((await seen())[0]?.text);
  });

  it('and its file go with an erasure', async () => {
    const { world, application, file, releaseProposal, send } = await aRedactionScene();
    await releaseProposal();
    granted(await releaseFile(world, { ...file, sent: await send() }));

    const deps = { ...world, eraser: memoryEraser(world.records), erasures: memoryErasures() };
    await erase(deps, { kind: 'application', id: application.id });

    expect([...world.files.stored.keys()].filter((key) => key.includes(application.id))).toEqual([]);
    const [, released] = await world.records.history('redaction', application.id);
    expect(released?.fact.type).toBe('text-released');
    expect(JSON.stringify([...world.records.documents.values()])).not.toContain('Ауылда');
  });
});
