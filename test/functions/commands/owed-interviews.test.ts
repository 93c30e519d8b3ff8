import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { viewInterviews } from '#functions/commands/interview-view.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import { cancelOwedInterview, planOwedInterview } from '#functions/commands/owed-interview-planning.ts';
import {
  askOwedInterview,
  grantOwedInterview,
  refuseOwedInterview,
} from '#functions/commands/owed-interviews.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { grounds, text, uphold } from '#test/builders/claims.ts';
import { allPoints, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import {
  anOwedScene,
  askedFor,
  grantedIn,
  type OwedScene,
  owedAt,
  owedIn,
  owedReason,
  plannedIn,
  planning,
  shownIn,
} from '#test/builders/owed-interviews.ts';
import { panelKept } from '#test/builders/panels.ts';
import { administrator, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const member = nth(members, 0);

const letters = ({ world }: OwedScene, template: string) =>
  world.records.commits
    .flatMap(({ outbox = [] }) => outbox)
    .flatMap(({ body }) => (body.kind === 'letter' && body.template === template ? [body] : []));

describe('an interview that was owed', () => {
  it('is granted by two people, and told to the applicant once it is', async () => {
    const scene = await anOwedScene();
    const { world, on, claimId } = scene;
    granted(await askedFor(scene));
    expect(await owedIn(scene)).toMatchObject({ status: 'waiting', found: { claim: claimId } });
    expect(await grantOwedInterview(world, on(secretary))).toEqual({
      ok: false,
      error: { kind: 'second-person-needed' },
    });
    expect(letters(scene, 'owed-interview-granted')).toEqual([]);

    granted(await grantOwedInterview(world, on(chair)));
    granted(await grantOwedInterview(world, on(administrator)));
    expect(await owedIn(scene)).toMatchObject({ status: 'granted', ended: { by: chair.id } });
    expect(letters(scene, 'owed-interview-granted')).toMatchObject([{ personId: scene.third.by.personId }]);
  });

  it('is granted once by two people at the same moment, and asked for once by two presses', async () => {
    const scene = await anOwedScene();
    const { world, on } = scene;
    granted(await askedFor(scene));
    granted(await askedFor(scene));
    granted(await askedFor(scene, chair));
    world.records.interfere(() => grantOwedInterview(world, on(administrator)));

    granted(await grantOwedInterview(world, on(chair)));
    const history = await world.records.history('owed-interview', scene.applicationId);
    expect(history.map(({ fact }) => fact.type)).toEqual(['owed-interview-asked', 'owed-interview-granted']);
    expect(letters(scene, 'owed-interview-granted')).toHaveLength(1);
  });

  it('is refused with a reason, and can be asked for anew', async () => {
    const scene = await anOwedScene();
    const { world, on } = scene;
    granted(await askedFor(scene));
    expect(await refuseOwedInterview(world, { ...on(chair), reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    granted(await refuseOwedInterview(world, { ...on(chair), reason: 'Жоқ.' }));
    expect(await grantOwedInterview(world, on(chair))).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(letters(scene, 'owed-interview-granted')).toEqual([]);

    granted(await askedFor(scene, chair));
    granted(await grantOwedInterview(world, on(secretary)));
    expect(nth(await shownIn(scene), 0).step).toBe('granted');
  });

  it('is refused for a number that is none, who was interviewed, and where nothing found one', async () => {
    const scene = await anOwedScene();
    const { world, roundId, candidates } = scene;
    const ask = (application: string) =>
      askOwedInterview(world, { by: secretary, roundId, application, reason: owedReason });
    const faultOf = async (application: string) => {
      const asked = await ask(application);
      return asked.ok || asked.error.kind !== 'invalid' ? undefined : asked.error.faults[0]?.message;
    };

    const stranger = { ...nth(members, 0), id: PersonId.parse('STRANGER000000000000') };
    const outside = { by: stranger, roundId, application: 'KZ19-XXXX-0000', reason: owedReason };
    expect(await askOwedInterview(world, outside)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await faultOf('KZ19-XXXX-0000')).toBe('owed-interview.fault.application');
    const first = nth(candidates, 0);
    expect(await faultOf(first.application.number)).toBe('owed-interview.fault.found');
    const claimId = granted(await makeClaim(world, { ...first, grounds, text })).state.id;
    granted(
      await uphold(world, { by: chair, roundId, claimId, reason: 'Қате.', corrected: { interview: 99 } }),
    );
    expect(await faultOf(first.application.number)).toBe('owed-interview.fault.total');
    expect(
      await askOwedInterview(world, { by: secretary, roundId, application: '', reason: '' }),
    ).toMatchObject({
      error: { kind: 'reason-needed' },
    });
  });

  it('is closed to whoever has a conflict of interest with the applicant', async () => {
    const scene = await anOwedScene();
    const { world, on } = scene;
    granted(await declareOwnConflict(world, on(member)));
    await plannedIn(scene);
    world.clock.to(at('2022-11-04T06:00'));
    const conflict = { error: { kind: 'conflict-of-interest' } };

    expect(await shownIn(scene, member)).toEqual([]);
    expect(await viewOneInterview(world, { ...on(member), owed: true })).toMatchObject(conflict);
    const scored = await scoreInterview(world, { ...on(member), owed: true, points: allPoints(4) });
    expect(scored).toMatchObject(conflict);
  });
});

describe('its time', () => {
  it('is set once for one interview, told by a letter, and no part of the timetable', async () => {
    const scene = await anOwedScene();
    const { world, roundId } = scene;
    expect(await planOwedInterview(world, planning(scene))).toMatchObject({ error: { kind: 'not-found' } });
    await grantedIn(scene);
    const before = granted(await viewInterviews(world, { by: secretary, roundId })).slots;
    granted(await planOwedInterview(world, planning(scene)));
    granted(await planOwedInterview(world, planning(scene)));

    const after = granted(await viewInterviews(world, { by: secretary, roundId })).slots;
    expect(after).toEqual(before);
    expect(letters(scene, 'owed-interview-set')).toMatchObject([
      { facts: { startsAt: owedAt, zone: 'Asia/Almaty', number: scene.number } },
    ]);
    const other = { ...planning(scene), from: at('2022-11-04T07:00') };
    expect(await planOwedInterview(world, other)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    const own = granted(await viewInterview(world, scene.third));
    expect(own).toMatchObject({ invited: false, owed: { status: 'planned', missed: false } });
    expect(own.booked?.slot.startsAt).toBe(owedAt);
  });

  it('is one where two secretaries set it at the same moment', async () => {
    const scene = await anOwedScene();
    const { world } = scene;
    await grantedIn(scene);
    const other = { ...planning(scene), from: at('2022-11-04T07:00') };
    world.records.interfere(() => planOwedInterview(world, other));

    expect(await planOwedInterview(world, planning(scene))).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(letters(scene, 'owed-interview-set')).toMatchObject([{ facts: { startsAt: other.from } }]);
  });

  it('is refused before now, without a place, and while another one is held before the whole committee', async () => {
    const scene = await anOwedScene();
    const { world, roundId, candidates } = scene;
    await grantedIn(scene);
    const past = await planOwedInterview(world, { ...planning(scene), from: at('2022-11-01T05:00') });
    expect(past).toMatchObject({ error: { faults: [{ place: 'from' }] } });
    const nowhere = await planOwedInterview(world, { ...planning(scene), place: ' ' });
    expect(nowhere).toMatchObject({ error: { faults: [{ place: 'place' }] } });

    const second = nth(candidates, 1);
    const claimId = granted(await makeClaim(world, { ...second, grounds, text })).state.id;
    granted(
      await uphold(world, { by: chair, roundId, claimId, reason: 'Қате.', corrected: { scoring: 71 } }),
    );
    const { applicationId, application } = second;
    const ask = { by: secretary, roundId, application: application.number, reason: owedReason };
    granted(await askOwedInterview(world, ask));
    granted(await grantOwedInterview(world, { by: chair, roundId, applicationId }));
    const meets = { ...planning(scene), applicationId, from: addSeconds(owedAt, 900), place: 'Кабинет 14' };
    world.records.interfere(async () => granted(await planOwedInterview(world, planning(scene))));
    expect(await planOwedInterview(world, meets)).toMatchObject({
      error: { faults: [{ message: 'interview.fault.planned', facts: { from: owedAt } }] },
    });
    const panel = (await panelKept(world, roundId)).id;
    expect(await planOwedInterview(world, { ...meets, panel })).toMatchObject({
      error: { faults: [{ message: 'panel.fault.committee' }] },
    });
  });

  it('is taken back with a reason, which brings back that one is owed; another one can be set', async () => {
    const scene = await anOwedScene();
    const { world, on } = scene;
    await plannedIn(scene);
    const off = { ...on(secretary), reason: 'Электр жарығы сөнді.' };
    granted(await cancelOwedInterview(world, off));
    granted(await cancelOwedInterview(world, off));

    expect(nth(await shownIn(scene), 0)).toMatchObject({
      step: 'granted',
      cancelled: [{ startsAt: owedAt, said: off.reason }],
    });
    expect(letters(scene, 'owed-interview-cancelled')).toHaveLength(1);
    const own = granted(await viewInterview(world, scene.third));
    expect([own.booked, own.owed?.cancelled?.reason]).toEqual([undefined, off.reason]);
    granted(await planOwedInterview(world, planning(scene)));
    expect(nth(await shownIn(scene), 0).step).toBe('planned');
  });

  it('stays once a card was given, and a missed one can be set anew', async () => {
    const scene = await anOwedScene();
    const { world, on } = scene;
    await plannedIn(scene);
    world.clock.to(at('2022-11-04T06:00'));
    granted(await recordAttendance(world, { ...on(secretary), owed: true, came: false }));
    expect(nth(await shownIn(scene), 0).step).toBe('missed');
    const scored = await scoreInterview(world, { ...on(member), owed: true, points: allPoints(4) });
    expect(scored).toMatchObject({ error: { kind: 'not-in-stage' } });

    granted(await cancelOwedInterview(world, { ...on(secretary), reason: 'Ауырып қалған.' }));
    const later = { ...planning(scene), from: at('2022-11-05T05:00') };
    granted(await planOwedInterview(world, later));
    world.clock.to(at('2022-11-05T05:30'));
    granted(await scoreInterview(world, { ...on(member), owed: true, points: allPoints(4) }));
    const late = await cancelOwedInterview(world, { ...on(secretary), reason: 'Кеш.' });
    expect(late).toMatchObject({ error: { kind: 'too-late' } });
  });
});

describe('its scorecards', () => {
  it('are given from its beginning on, each apart from the others', async () => {
    const scene = await anOwedScene();
    const { world, on } = scene;
    await plannedIn(scene);
    const card = { ...on(member), owed: true, points: allPoints(4) } as const;
    expect(await scoreInterview(world, card)).toMatchObject({ error: { kind: 'too-early' } });
    expect(await scoreInterview(world, { ...card, owed: undefined })).toMatchObject({
      error: { kind: 'wrong-stage' },
    });
    world.clock.to(at('2022-11-04T06:00'));
    granted(await scoreInterview(world, { ...card, by: chair, comments: { committee: 'Жақсы.' } }));
    granted(await writeNote(world, { ...on(chair), owed: true, note: 'Сабақ өткізді.' }));
    const seen = async () => granted(await viewOneInterview(world, { ...on(member), owed: true }));

    expect(await seen()).toMatchObject({ owed: true, line: { given: 1, own: false }, otherNotes: [] });
    expect((await seen()).others).toBeUndefined();
    granted(await scoreInterview(world, card));
    expect(await seen()).toMatchObject({
      others: [{ total: expect.any(Number) }],
      otherNotes: [{ text: 'Сабақ өткізді.' }],
    });
  });
});
