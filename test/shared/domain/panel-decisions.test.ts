import { describe, expect, it } from 'vitest';
import type { Committee } from '#shared/domain/committee.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, PanelId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { freePanelists, type Panels, panelistsOf, panelsAggregate, unfitness } from '#shared/domain/panel.ts';
import { changePanel, composePanel, panelIn } from '#shared/domain/panel-decisions.ts';
import type { Rooms } from '#shared/domain/panel-rooms.ts';
import { risen, seat } from '#shared/domain/seating.ts';
import type { Sitting } from '#shared/domain/sittings.ts';
import { at } from '#test/builders/worlds.ts';

const roundId = RoundId.parse('R0VND'.padEnd(20, '0'));
const person = (name: string) => PersonId.parse(name.padEnd(20, '0'));
const [chair, one, two, three] = [person('CHA1R'), person('M1'), person('M2'), person('M3')];
const [stand, secretary] = [person('S1'), person('SECRETARY')];
const panelId = (name: string) => PanelId.parse(name.padEnd(20, '0'));
const [first, second] = [panelId('P1'), panelId('P2')];
const now = at('2022-10-20T03:00');

const committee: Committee = {
  roundId,
  conflicts: [],
  seats: [
    { personId: chair, seat: 'chair', appointedAt: now },
    { personId: secretary, seat: 'secretary', appointedAt: now },
    ...[one, two, three].map((personId) => ({ personId, seat: 'member' as const, appointedAt: now })),
    { personId: stand, seat: 'substitute', appointedAt: now },
  ],
};

const place = (text: string) => ({
  owner: `round#${text}`,
  kind: 'place' as const,
  version: 1,
  digest: sha256Of(text),
});
const composition = {
  members: [chair, one],
  languages: ['kk' as const],
  stepFree: true,
  place: place('12'),
};
const zone = 'Asia/Almaty';
const seated = { committee, least: 2, stations: ['lesson', 'conversation'], held: [], zone };
const rooms: Rooms = new Map();
const morning = { from: at('2022-10-24T04:00'), until: at('2022-10-24T06:00') };
const noon = { from: at('2022-10-24T06:00'), until: at('2022-10-24T08:00') };

const seatPanel = (panels: Panels, id: PanelId, ...sittings: Sitting[]) => {
  const panel = panelIn(panels, id);
  if (!panel) throw new Error('No such panel.');
  return seat(panels, [{ panel, place: panel.place, sittings }], {
    committee,
    rooms,
    now,
    zone,
    travel: undefined,
    elsewhere: [],
  });
};

/** Two panels that share a member; the first one sits in the morning. */
const twoPanels = (): Panels => {
  let panels: Panels | undefined;
  const add = (decision: ReturnType<typeof composePanel>) => {
    if (!decision.ok) throw new Error(JSON.stringify(decision.error));
    panels = evolveAll(panelsAggregate, panels, decision.value);
  };
  add(composePanel(panels, { id: first, roundId, ...composition }, seated, now));
  add(composePanel(panels, { id: second, roundId, ...composition, members: [one, two] }, seated, now));
  if (!panels) throw new Error('No panels.');
  add(seatPanel(panels, first, morning));
  return panels;
};

describe('composing a panel', () => {
  it('numbers the panels of a round', () => {
    expect(twoPanels().panels.map(({ number }) => number)).toEqual([1, 2]);
  });

  it.for([
    ['too few members', { members: [one, one] }, 'panel.fault.few'],
    ['the secretary', { members: [one, secretary] }, 'panel.fault.seat'],
    ['a substitute, who sits where the member would', { members: [one, stand] }, 'panel.fault.seat'],
    ['no language', { languages: [] }, 'panel.fault.language'],
    ['a station that the interview does not have', { stations: ['lesson', 'tour'] }, 'panel.fault.station'],
  ] as const)('is refused with %s', ([, wrong, message]) => {
    const said = { id: first, roundId, ...composition, stations: undefined, ...wrong };

    expect(
      composePanel(
        undefined,
        {
          ...said,
          members: [...said.members],
          languages: [...said.languages],
          stations: said.stations && [...said.stations],
        },
        seated,
        now,
      ),
    ).toMatchObject({ error: { kind: 'invalid', faults: [{ message }] } });
  });
});

describe('panels at two sites', () => {
  const title = { kk: 'Мектеп', ru: 'Школа', en: 'School' };
  const travel = {
    sites: ['lyceum', 'college'].map((code) => ({ code, title })),
    minutes: 40,
    source: 'The test',
    confidence: 'unverified' as const,
    verifiedOn: '2022-10-01',
  };
  const later = { from: at('2022-10-24T06:39'), until: at('2022-10-24T07:00') };
  /** The first sits in the morning; the second elsewhere and with other members, half an hour after it. */
  const apart = (): Panels => {
    const { panels, ...rest } = twoPanels();
    const [near, far] = panels;
    if (!near || !far) throw new Error('No panels.');
    const elsewhere = { ...far, site: 'college', members: [two, three], sittings: [later] };
    return { ...rest, panels: [{ ...near, site: 'lyceum' }, elsewhere] };
  };

  it('share no member who could not be there in time', () => {
    const anew = { id: second, ...composition, members: [one, two], site: 'college' };

    expect(changePanel(apart(), anew, { ...seated, travel }, now)).toMatchObject({
      error: {
        faults: expect.arrayContaining([
          expect.objectContaining({
            place: 'members',
            message: 'panel.fault.travel',
            facts: expect.objectContaining({ number: 1, minutes: 40 }),
          }),
        ]),
      },
    });
    const near = { ...travel, minutes: 39 };
    const faults = changePanel(apart(), anew, { ...seated, travel: near }, now);
    expect(JSON.stringify(faults)).not.toContain('panel.fault.travel');
  });
});

describe('a sitting', () => {
  it('is refused where a member sits with another panel then, and not right after it', () => {
    const panels = twoPanels();

    expect(seatPanel(panels, second, morning)).toMatchObject({
      error: { faults: [{ place: 'from', message: 'panel.fault.elsewhere', facts: { number: 1 } }] },
    });
    expect(seatPanel(panels, second, noon).ok).toBe(true);
  });

  it('is refused where the panel sits already', () => {
    expect(seatPanel(twoPanels(), first, { ...morning, from: at('2022-10-24T05:30') })).toMatchObject({
      error: { faults: [{ message: 'panel.fault.sits' }] },
    });
  });

  it('ends where times leave the plan, also in its middle', () => {
    const middle = { from: at('2022-10-24T04:30'), until: at('2022-10-24T05:00') };
    const after = evolveAll(
      panelsAggregate,
      twoPanels(),
      risen([{ panel: first, place: place('12'), startsAt: middle.from, endsAt: middle.until }], now),
    );

    expect(panelIn(after, first)?.sittings).toEqual([
      { from: morning.from, until: middle.from },
      { from: middle.until, until: morning.until },
    ]);
  });

  it('pauses between times that do not touch, and another one may sit there', () => {
    const panels = twoPanels();
    const [early, late] = [
      { from: at('2022-10-25T04:00'), until: at('2022-10-25T04:20') },
      { from: at('2022-10-25T04:45'), until: at('2022-10-25T05:05') },
    ];
    const planned = seatPanel(panels, first, early, late);
    const after = evolveAll(panelsAggregate, panels, planned.ok ? planned.value : []);
    if (!after) throw new Error('No panels.');

    expect(panelIn(after, first)?.sittings).toEqual([morning, early, late]);
    expect(seatPanel(after, second, { from: early.until, until: late.from }).ok).toBe(true);
    expect(seatPanel(after, second, { from: early.from, until: late.from }).ok).toBe(false);
  });

  it('that follows another one joins it', () => {
    const panels = twoPanels();
    const next = seatPanel(panels, first, noon);

    expect(panelIn(evolveAll(panelsAggregate, panels, next.ok ? next.value : []), first)?.sittings).toEqual([
      { from: morning.from, until: noon.until },
    ]);
  });
});

describe('changing a panel', () => {
  it('that sits is refused for a member who sits elsewhere then, and for another place', () => {
    const panels = evolveAll(panelsAggregate, twoPanels(), [
      { type: 'panel-changed', at: now, panel: second, ...composition, members: [two, three] },
      { type: 'panel-sits', at: now, panel: second, sitting: morning },
    ]);
    if (!panels) throw new Error('No panels.');

    expect(
      changePanel(panels, { id: first, ...composition, members: [chair, two] }, seated, now),
    ).toMatchObject({ error: { faults: [{ message: 'panel.fault.elsewhere', facts: { number: 2 } }] } });
    expect(changePanel(panels, { id: first, ...composition, place: place('14') }, seated, now)).toMatchObject(
      { error: { faults: [{ place: 'place', message: 'panel.fault.promised' }] } },
    );
  });

  it('may name stations where it sits or let it sit at any, but leave out none that it holds', () => {
    const to = (stations?: string[]) => ({ id: first, ...composition, ...(stations && { stations }) });
    const sits = { ...seated, held: ['lesson'] };
    const decided = changePanel(twoPanels(), to(['lesson']), sits, now);
    const tied = evolveAll(panelsAggregate, twoPanels(), decided.ok ? decided.value : []);
    if (!tied) throw new Error('No panels.');
    expect(panelIn(tied, first)).toMatchObject({ number: 1, stations: ['lesson'], sittings: [morning] });

    expect(changePanel(tied, to(['conversation']), sits, now)).toMatchObject({
      error: { faults: [{ place: 'stations', message: 'panel.fault.held' }] },
    });
    expect(changePanel(tied, to(['lesson', 'conversation']), sits, now).ok).toBe(true);
    const freed = changePanel(tied, to(), sits, now);
    const after = evolveAll(panelsAggregate, tied, freed.ok ? freed.value : []);
    expect(panelIn(after, first)).not.toHaveProperty('stations');
  });

  it('to what it is changes nothing', () => {
    expect(changePanel(twoPanels(), { id: first, ...composition }, seated, now)).toEqual({
      ok: true,
      value: [],
    });
  });
});

describe('who sits on a panel', () => {
  it('is its members, and a substitute in the place of whom they stand in for', () => {
    const away: Committee = {
      ...committee,
      seats: committee.seats.map((held) => (held.personId === stand ? { ...held, standsInFor: one } : held)),
    };
    const panel = panelIn(twoPanels(), first);

    expect(panelistsOf(panel, committee)).toEqual([chair, one]);
    expect(panelistsOf(panel, away)).toEqual([chair, stand]);
    expect(panelistsOf(undefined, committee)).toEqual([chair, one, two, three]);
  });

  it('leaves out who has a conflict of interest', () => {
    const applicationId = ApplicationId.parse('A1'.padEnd(20, '0'));
    const conflicts = [{ memberId: one, applicationId, declaredAt: now }];

    expect(freePanelists(panelIn(twoPanels(), first), { ...committee, conflicts }, applicationId)).toEqual([
      chair,
    ]);
  });
});

describe('a panel may not hear an application', () => {
  it('whose language it does not speak, who needs no steps, or with whom too few are left', () => {
    const panel = { languages: ['kk' as const], provides: [], longer: 0 };

    expect(unfitness(panel, { language: 'ru', access: ['step-free'] }, { has: 1, needs: 2 })).toEqual([
      'language',
      'step-free',
      'conflicts',
    ]);
    expect(unfitness(panel, { access: [] }, { has: 2, needs: 2 })).toEqual([]);
  });
});
