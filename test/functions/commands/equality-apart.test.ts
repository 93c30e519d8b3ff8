import { describe, expect, it } from 'vitest';
import { saveSection, submitApplication, viewApplication } from '#functions/commands/applications.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import { equalityWell } from '#test/builders/application.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, dana, secretary } from '#test/builders/selection.ts';

describe('answers to the equality questions', () => {
  it('lie under an owner of their own, come back to whoever gave them, and are not in what is submitted', async () => {
    const world = aWorld();
    const applicationId = await aCompleteIn(world, await aCallIn(world));
    const mine = { by: aigul, applicationId };

    const { sections } = granted(await viewApplication(world, mine));
    granted(await submitApplication(world, mine));

    expect(sections.equality.typed).toEqual(equalityWell);
    const holding = [...world.records.documents.values()].filter((one) =>
      JSON.stringify(one.body).includes('equality'),
    );
    expect(holding.map(({ ref }) => [ref.owner, ref.kind])).toEqual([
      [`equality#${applicationId}`, 'equality'],
    ]);
    expect(JSON.stringify(await world.records.history('application', applicationId))).not.toContain(
      'village',
    );
  });

  it('are codes, since nothing checks them later', async () => {
    const world = aWorld();
    const applicationId = await aCompleteIn(world, await aCallIn(world));
    const typed = { equalityOrigin: 'MARKER' };
    const save = { by: aigul, applicationId, section: 'equality', basedOn: 0, typed } as const;

    expect(await saveSection(world, save)).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'equalityOrigin' }] },
    });
  });

  it('are neither shown to whoever acts for the person at the desk nor given by them', async () => {
    const world = aWorld();
    const applicationId = await aCompleteIn(world, await aCallIn(world));
    const atDesk = { by: { ...aigul, assistant: secretary.id }, applicationId };

    const { sections, answers } = granted(await viewApplication(world, atDesk));
    const save = { ...atDesk, section: 'equality', basedOn: 0, typed: { equalityOrigin: 'city' } } as const;

    expect(sections.motivation.typed).not.toEqual({});
    expect(sections.equality).toEqual({ version: 0, typed: {} });
    expect(Object.keys(answers).filter((name) => name.startsWith('equality'))).toEqual([]);
    expect(await saveSection(world, save)).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'page' },
    });
    const own = granted(await viewApplication(world, { by: aigul, applicationId }));
    expect(own.sections.equality.typed).toEqual(equalityWell);
  });

  it('are read by no step, page or operation of the selection', async () => {
    const world = aWorld();
    const read: string[] = [];
    const { document } = world.records;
    world.records.document = (ref: DocumentRef) => {
      read.push(ref.kind);
      return document(ref);
    };

    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}]);
    const site = aCommitteeSite(world);
    for (const person of [secretary, dana]) {
      const seat = await site.signIn(person);
      for (const { id } of applications) {
        const round = `/en/committee/rounds/${roundId}`;
        for (const page of ['screening', 'scoring']) await seat.get(`${round}/${page}/${id}`);
        await seat.get(`${round}/screening/${id}/answers`);
        await seat.get(`/api/rounds/${roundId}/candidacies/${id}/answers`);
      }
    }

    expect(read).toContain('form');
    expect(read).not.toContain('equality');
  });
});
