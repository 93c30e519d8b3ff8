import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { correctionsOf } from '#functions/commands/corrections-list.ts';
import { ownScores } from '#functions/commands/own-scores.ts';
import { roundHistory } from '#functions/commands/round-history.ts';
import { closeReport, reportScore } from '#functions/commands/score-reports.ts';
import { ownReports } from '#functions/commands/score-reports-view.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { applied, asked, aWronglyMarkedRound, correctionsIn } from '#test/builders/corrections.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  candidacyOf,
  chair,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const reason = 'Менің жазбамда басқа балл тұр.';

/** Interviews are open; a member who rated the first application, and one who did not. */
const aScene = async () => {
  const scene = await aWronglyMarkedRound();
  const { id: applicationId, number: application } = nth(scene.applications, 0);
  const raters = await ratersOf(scene.world, applicationId);
  const rater = raters.find((one) => one.id !== chair.id);
  const other = members.find(({ id }) => !raters.some((one) => one.id === id));
  if (!rater || !other) throw new Error('Nobody rated, or everybody did.');
  const command = { by: rater, roundId: scene.roundId, application, reason };
  return { ...scene, applicationId, application, rater, other, command };
};

const reportsOf = async (scene: MarksScene) => (await correctionsIn(scene))?.reports ?? [];

const listFor = async ({ world, roundId }: MarksScene, by: Person = secretary) =>
  granted(await correctionsOf(world, { by, roundId })).reports;

const answerFor = async ({ world, roundId }: MarksScene, by: Person) => {
  const { place } = granted(await ownScores(world, { by, roundId }));
  return [...(await ownReports(world, place)).values()].map(({ answer, closed }) => [
    answer.kind,
    closed?.said,
  ]);
};

const lettersIn = ({ world }: MarksScene) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === 'committee-score-reported' ? [body] : [],
  );

const appointed = async ({ world }: MarksScene, { id: personId }: Person): Promise<void> => {
  const grant = { type: 'role-granted', at: world.clock.now(), personId, role: 'administrator' } as const;
  const before = await world.records.find(staffAggregate, staffId);
  const { change } = changed(staffAggregate, staffId, before, [grant]);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
};

describe('a report of a stored score', () => {
  it('is stored once from a double click and from two at once, and keeps its words', async () => {
    const scene = await aScene();
    const { world, command } = scene;
    world.records.interfere(async () => granted(await reportScore(world, command)));
    granted(await reportScore(world, command));
    granted(await reportScore(world, { ...command, reason: ` ${reason} ` }));

    expect(await reportsOf(scene)).toHaveLength(1);
    expect(await reportScore(world, { ...command, reason: 'Other words.' })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    const [said] = await listFor(scene);
    expect(said).toMatchObject({ application: command.application, said: reason, own: false });
    expect(said?.rater).toMatch(/^R\d+$/);
    expect(JSON.stringify(said)).not.toContain(command.by.id);
    expect(await checkRecord(world.records, { aggregate: 'corrections', id: scene.roundId })).toEqual({
      events: 1,
    });
  });

  it('is written of once to the secretary, without whose it is', async () => {
    const scene = await aScene();
    const { world, command, roundId } = scene;
    granted(await reportScore(world, command));
    granted(await reportScore(world, command));

    expect(lettersIn(scene)).toMatchObject([
      { personId: secretary.id, facts: { number: command.application, roundId } },
    ]);
    expect(JSON.stringify(lettersIn(scene))).not.toContain(command.by.id);
    granted(await closeReport(world, { by: secretary, roundId, report: 1, reason }));
    granted(await reportScore(world, { ...command, reason: 'Still wrong.' }));
    expect(lettersIn(scene)).toHaveLength(2);
  });

  it('is written of to the chair where a conflict closes it to the secretary, and else to administrators', async () => {
    const scene = await aScene();
    const { world, command, applicationId, roundId } = scene;
    await appointed(scene, theAdministrator);
    granted(await declareOwnConflict(world, { by: secretary, roundId, applicationId }));
    granted(await reportScore(world, command));
    expect(lettersIn(scene).map(({ personId }) => personId)).toEqual([chair.id]);

    const { id, number } = nth(scene.applications, 1);
    const rater = (await ratersOf(world, id)).find((one) => one.id !== chair.id);
    if (!rater) throw new Error('Nobody rated.');
    for (const by of [secretary, chair]) {
      granted(await declareOwnConflict(world, { by, roundId, applicationId: id }));
    }
    granted(await reportScore(world, { by: rater, roundId, application: number, reason }));
    expect(lettersIn(scene).map(({ personId }) => personId)).toEqual([chair.id, theAdministrator.id]);
  });

  it('is asked for its reason, and is of an own score after scoring alone', async () => {
    const scene = await aScene();
    const { world, command, other } = scene;
    const refusals = await Promise.all([
      reportScore(world, { ...command, reason: '  ' }),
      reportScore(world, { ...command, reason: 'x'.repeat(2001) }),
      reportScore(world, { ...command, by: other }),
      reportScore(world, { ...command, by: secretary }),
      reportScore(world, { ...command, by: guest }),
    ]);

    expect(refusals.map((one) => !one.ok && one.error.kind)).toEqual([
      'reason-needed',
      'invalid',
      'not-found',
      'not-allowed',
      'not-found',
    ]);
    expect(await reportsOf(scene)).toEqual([]);
  });

  it('is never of an application that a conflict closes, for who reports, reads or answers', async () => {
    const scene = await aScene();
    const { world, command, applicationId, roundId, rater } = scene;
    granted(await reportScore(world, command));
    granted(await declareOwnConflict(world, { by: rater, roundId, applicationId }));
    granted(await declareOwnConflict(world, { by: secretary, roundId, applicationId }));

    expect(await reportScore(world, command)).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    expect(await listFor(scene)).toEqual([]);
    expect(await listFor(scene, chair)).toHaveLength(1);
    expect(await closeReport(world, { by: secretary, roundId, report: 1, reason })).toMatchObject({
      error: { kind: 'conflict-of-interest' },
    });
    expect((await reportsOf(scene))[0]).not.toHaveProperty('closed');
  });

  it('is closed once by somebody else with a reason, which the rater reads, and may be made anew', async () => {
    const scene = await aScene();
    const { world, command, roundId, rater } = scene;
    granted(await reportScore(world, command));
    const closing = { by: secretary, roundId, report: 1, reason: 'Checked against the file.' };

    expect(await closeReport(world, { ...closing, reason: '' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    expect(await closeReport(world, { ...closing, by: rater })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(await closeReport(world, { ...closing, report: 2 })).toMatchObject({
      error: { kind: 'not-found' },
    });
    world.records.interfere(async () => granted(await closeReport(world, closing)));
    granted(await closeReport(world, closing));
    expect(await closeReport(world, { ...closing, by: chair })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(await answerFor(scene, rater)).toEqual([['closed', 'Checked against the file.']]);
    granted(await reportScore(world, { ...command, reason: 'Still wrong.' }));
    expect(await answerFor(scene, rater)).toEqual([['open', undefined]]);
    expect(await reportsOf(scene)).toHaveLength(2);
  });

  it('is not answered by who made it', async () => {
    const scene = await aScene();
    const { world, roundId, applications } = scene;
    const rated = await Promise.all(
      applications.map(async ({ id, number }) => ({ number, raters: await ratersOf(world, id) })),
    );
    const own = rated.find(({ raters }) => raters.some(({ id }) => id === chair.id));
    const application = own?.number ?? scene.application;
    granted(await reportScore(world, { by: chair, roundId, application, reason }));

    expect(await closeReport(world, { by: chair, roundId, report: 1, reason })).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    expect((await listFor(scene, chair))[0]).toMatchObject({ own: true });
  });

  it('is answered by a correction that is applied afterwards, and open again once that is taken back', async () => {
    const scene = await aScene();
    const { world, command, application, numbers, rater } = scene;
    const totals = (number: typeof application, scoring: number) =>
      ({ kind: 'totals', number, corrected: { scoring } }) as const;
    const before = await asked(scene, totals(application, 50));
    await applied(scene, before);
    world.clock.pass(1);
    granted(await reportScore(world, command));
    expect(await answerFor(scene, rater)).toEqual([['open', undefined]]);
    await applied(scene, await asked(scene, totals(nth(numbers, 1), 40)));
    expect(await answerFor(scene, rater)).toEqual([['open', undefined]]);
    const covering = await asked(scene, totals(application, 61));
    expect(await answerFor(scene, rater)).toEqual([['open', undefined]]);
    await applied(scene, covering);

    expect((await listFor(scene))[0]?.answer).toMatchObject({ kind: 'corrected', correction: covering });
    expect(
      await closeReport(world, { by: secretary, roundId: scene.roundId, report: 1, reason }),
    ).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    await applied(scene, await asked(scene, { kind: 'undo', correction: covering }));
    expect(await answerFor(scene, rater)).toEqual([['open', undefined]]);
  });

  it('is in the history of the round without whose it is', async () => {
    const scene = await aScene();
    const { world, command, roundId } = scene;
    granted(await reportScore(world, command));
    granted(await closeReport(world, { by: secretary, roundId, report: 1, reason }));
    const { deeds } = granted(
      await roundHistory({ ...world, people: memoryPeople() }, { by: secretary, roundId }),
    );

    expect(deeds.find(({ type }) => type === 'score-reported')?.by.kind).toBe('system');
    expect(deeds.find(({ type }) => type === 'score-report-closed')?.by).toMatchObject({ id: secretary.id });
  });
});

describe('a guest', () => {
  it('reports own items alone, after scoring and as long as the invitation stands', async () => {
    const { world, roundId, applications, hosted } = await aHostingScene(3);
    const own = nth(applications, 0);
    await hosted({ atMost: '', applications: own.number });
    for (const { id } of applications) {
      const { raters } = await candidacyOf(world, id);
      for (const by of [chair, ...members].filter((one) => raters.includes(one.id))) {
        granted(await score({ world, roundId }, by, id));
      }
    }
    granted(await score({ world, roundId }, guest, own.id));
    const command = { by: guest, roundId, application: own.number, reason };
    expect(await reportScore(world, command)).toMatchObject({ error: { kind: 'wrong-stage' } });
    await advanceIn(world, roundId);

    granted(await reportScore(world, command));
    for (const { number } of applications.slice(1)) {
      expect(await reportScore(world, { ...command, application: number })).toMatchObject({
        error: { kind: 'not-found' },
      });
    }
    expect(granted(await correctionsOf(world, { by: secretary, roundId })).reports).toHaveLength(1);
    world.clock.to(at('2022-10-21T12:00'));
    expect(await reportScore(world, command)).toMatchObject({ error: { kind: 'not-found' } });
  });
});
