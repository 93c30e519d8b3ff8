import { describe, expect, it } from 'vitest';
import {
  myApplications,
  rankVacancies,
  saveSection,
  startApplication,
  viewApplication,
  withdrawApplication,
} from '#functions/commands/applications.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { aCallIn, aigul, aStartIn, aWorld, bolat, granted } from '#test/builders/scenes.ts';
import { cancelIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';

const notFound = { ok: false, error: { kind: 'not-found', what: 'application' } };
const closesAt = at('2022-10-04T12:00');
const identity = sectionsWell.identity;

const begun = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const applicationId = (await aStartIn(world, roundId)).state.id;
  return { world, roundId, mine: { by: aigul, applicationId } };
};

const codes = (...names: string[]) => names.map((name) => VacancyCode.parse(name));

describe('beginning an application', () => {
  it('gives it a number that does not tell its id', async () => {
    const world = aWorld();
    const { state } = await aStartIn(world, await aCallIn(world));

    expect(state.number).toMatch(/^KZ19-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(state.id).not.toContain(state.number.slice(5, 9));
    expect(await world.records.claimed(`application-number#${state.number}`)).toBe(state.id);
  });

  it('pressed twice begins one, also at the same moment', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    world.records.interfere(() => startApplication(world, { by: aigul, roundId }));

    const slower = await aStartIn(world, roundId);
    const again = await aStartIn(world, roundId);

    expect(slower).toEqual(again);
    expect(await myApplications(world, aigul)).toHaveLength(1);
  });

  it('is each person’s own', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    const first = await aStartIn(world, roundId, aigul);
    const second = await aStartIn(world, roundId, bolat);

    expect(second.id).not.toBe(first.id);
    expect((await myApplications(world, bolat)).map(({ id }) => id)).toEqual([second.id]);
  });

  it('draws another number when one is taken', async () => {
    const { world, roundId } = await begun();
    const taken = (await myApplications(world, aigul))[0]?.state.number ?? '';
    const [, first = '', second = ''] = taken.split('-');
    const ids = [
      `B${'0'.repeat(19)}`,
      `${first}${second}${'0'.repeat(12)}`,
      `C${'0'.repeat(19)}`,
      '9'.repeat(20),
    ];
    const chance = { ...world.chance, id: () => ids.shift() ?? world.chance.id() };

    const started = granted(await startApplication({ ...world, chance }, { by: bolat, roundId }));

    expect(started.state.number).toBe('KZ19-9999-9999');
  });

  it('needs an open call', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    world.clock.to(closesAt);

    expect(await startApplication(world, { by: aigul, roundId })).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone: 'Asia/Almaty', of: 'applications' },
    });
    expect(
      await startApplication(world, { by: aigul, roundId: RoundId.parse('N0B0DY00000000000000') }),
    ).toMatchObject({ error: { kind: 'not-found', what: 'round' } });
  });
});

describe('saving over several visits', () => {
  it('keeps what was typed, right or wrong, and shows what is still missing', async () => {
    const { world, mine } = await begun();
    const typed = { fullName: 'Айгүл', iinHeld: 'yes', iin: 'later' };

    granted(await saveSection(world, { ...mine, section: 'identity', basedOn: 0, typed }));
    const view = granted(await viewApplication(world, mine));

    expect(view.sections.identity).toEqual({ version: 1, typed });
    expect(view.sections.work).toEqual({ version: 0, typed: {} });
    expect(view.missing.map(({ message }) => message)).toContain('application-form.iin.shape');
  });

  it('writes nothing typed into any event', async () => {
    const { world, mine } = await begun();

    granted(await saveSection(world, { ...mine, section: 'identity', basedOn: 0, typed: identity }));

    const stored = JSON.stringify(await world.records.history('application', mine.applicationId));
    expect(Object.values(identity).filter((text) => stored.includes(JSON.stringify(text)))).toEqual([]);
  });

  it('in two tabs loses nothing: the later one is shown what stands', async () => {
    const { world, mine } = await begun();
    const first = { ...identity, fullName: 'Бірінші' };
    granted(await saveSection(world, { ...mine, section: 'identity', basedOn: 0, typed: first }));

    const answer = await saveSection(world, {
      ...mine,
      section: 'identity',
      basedOn: 0,
      typed: { ...identity, fullName: 'Екінші' },
    });

    expect(answer).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile', stored: { section: 'identity', version: 1, fields: first } },
    });
  });

  it('in two tabs on two sections keeps both, also when they meet', async () => {
    const { world, mine } = await begun();
    const work = { ...mine, section: 'work' as const, basedOn: 0, typed: sectionsWell.work };
    world.records.interfere(() => saveSection(world, work));

    granted(await saveSection(world, { ...mine, section: 'identity', basedOn: 0, typed: identity }));

    const { sections } = granted(await viewApplication(world, mine));
    expect([sections.work, sections.identity]).toEqual([
      { version: 1, typed: sectionsWell.work },
      { version: 2, typed: identity },
    ]);
  });

  it('pressed twice saves once', async () => {
    const { world, mine } = await begun();
    const save = { ...mine, section: 'identity' as const, basedOn: 0, typed: identity };

    const first = granted(await saveSection(world, save));
    const second = granted(await saveSection(world, save));

    expect(second).toEqual(first);
  });

  it('refuses a field that the section does not have, and stores nothing', async () => {
    const { world, mine } = await begun();

    const answer = await saveSection(world, { ...mine, section: 'work', basedOn: 0, typed: identity });

    expect(answer).toMatchObject({ error: { kind: 'invalid' } });
    expect(world.records.documents.size).toBe(0);
  });

  it('leaves what is not named as it is', async () => {
    const { world, mine } = await begun();
    granted(await saveSection(world, { ...mine, section: 'identity', basedOn: 0, typed: identity }));

    const later = { latinName: 'Aigul S.' };
    granted(await saveSection(world, { ...mine, section: 'identity', basedOn: 1, typed: later }));

    const { sections } = granted(await viewApplication(world, mine));
    expect(sections.identity.typed).toEqual({ ...identity, ...later });
  });

  it('ends at the deadline and with a cancelled round', async () => {
    const { world, roundId, mine } = await begun();
    const save = { ...mine, section: 'identity' as const, basedOn: 0, typed: identity };

    world.clock.to(closesAt);
    const late = await saveSection(world, save);
    granted(await cancelIn(world, roundId, 'No budget.'));
    const cancelled = await saveSection(world, save);

    expect(late).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone: 'Asia/Almaty', of: 'applications' },
    });
    expect(cancelled).toEqual({ ok: false, error: { kind: 'wrong-stage', stage: 'cancelled' } });
  });
});

describe('someone else’s application', () => {
  it('is not found, whatever is tried', async () => {
    const { world, mine } = await begun();
    const theirs = { ...mine, by: bolat };
    const before = world.records.commits.length;

    const answers = [
      await viewApplication(world, theirs),
      await saveSection(world, { ...theirs, section: 'identity', basedOn: 0, typed: identity }),
      await rankVacancies(world, { ...theirs, basedOn: [], codes: [] }),
      await withdrawApplication(world, { ...theirs, reasonCode: 'mistake' }),
    ];

    expect(answers).toEqual(answers.map(() => notFound));
    expect(world.records.commits).toHaveLength(before);
  });
});

describe('ranking vacancies', () => {
  it('keeps the order', async () => {
    const { world, mine } = await begun();

    const ranked = granted(
      await rankVacancies(world, { ...mine, basedOn: [], codes: codes('PHY-002', 'MAT-001') }),
    );

    expect(ranked.state.choices).toEqual(['PHY-002', 'MAT-001']);
  });

  it('loses no choice to another tab that ranked between read and write', async () => {
    const { world, mine } = await begun();
    const add = (code: string) => rankVacancies(world, { ...mine, basedOn: [], codes: codes(code) });
    world.records.interfere(() => add('PHY-002'));

    const second = await add('MAT-001');

    const found = await world.records.find(applicationAggregate, mine.applicationId);
    expect(second).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(found?.state.choices).toEqual(['PHY-002']);
  });

  it('takes five of this round’s vacancies at most', async () => {
    const { world, mine } = await begun();
    const six = codes('MAT-001', 'MAT-002', 'MAT-003', 'MAT-004', 'MAT-005', 'MAT-006');

    expect(await rankVacancies(world, { ...mine, basedOn: [], codes: six })).toMatchObject({
      error: { kind: 'too-many-choices', limit: 5 },
    });
    expect(await rankVacancies(world, { ...mine, basedOn: [], codes: codes('MAT-999') })).toMatchObject({
      error: { kind: 'unknown-vacancy', codes: ['MAT-999'] },
    });
  });
});

describe('withdrawing', () => {
  it('is confirmed by one letter and lets the person begin anew while the call is open', async () => {
    const { world, roundId, mine } = await begun();

    granted(await withdrawApplication(world, { ...mine, reasonCode: 'mistake' }));
    granted(await withdrawApplication(world, { ...mine, reasonCode: 'mistake' }));
    const next = await aStartIn(world, roundId);

    const letters = [...world.records.outbox.values()].filter(({ body }) => body.kind === 'letter');
    expect(letters).toMatchObject([
      { body: { template: 'application-withdrawn', personId: aigul.personId, facts: { intake: '2022-3' } } },
    ]);
    expect(next.id).not.toBe(mine.applicationId);
    expect((await myApplications(world, aigul)).map(({ state }) => state.stage)).toContain('withdrawn');
  });
});
