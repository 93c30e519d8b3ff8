import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WaveOffer } from '#shared/domain/offer-wave.ts';
import { locales } from '#shared/i18n/index.ts';
import { kindsIn } from '#test/builders/offer-answers.ts';
import { anOffersRoundIn, aVacancy, offersIn, theAdministrator } from '#test/builders/offers.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

type Wave = readonly WaveOffer[];

/** A program whose mechanism is wrong; everything else, the checker too, is as it is. */
const brokenBy = (spoil: (wave: Wave, state: readonly WaveOffer[]) => Wave): void => {
  vi.resetModules();
  vi.doMock('#shared/domain/offer-wave.ts', async (original) => {
    const real = await original<typeof import('#shared/domain/offer-wave.ts')>();
    const nextWave: typeof real.nextWave = (contenders, vacancies, plan) => {
      const everybody = contenders.map(({ applicationId, number, facts }) => {
        const [vacancy] = facts.choices;
        if (!vacancy) throw new Error('Somebody wants nothing.');
        return { applicationId, number, vacancy };
      });
      return spoil(real.nextWave(contenders, vacancies, plan), everybody);
    };
    return { ...real, nextWave };
  });
};

const mended = (): void => {
  vi.doUnmock('#shared/domain/offer-wave.ts');
  vi.resetModules();
};

/** Modules as they are read now, broken or not. */
const program = async () => {
  const { makeNextOffers } = await import('#functions/commands/offer-making.ts');
  const { previewOffers } = await import('#functions/commands/offer-preview.ts');
  const { releaseOffers } = await import('#functions/commands/offer-release.ts');
  const { log } = await import('#functions/log.ts');
  return { makeNextOffers, previewOffers, releaseOffers, log };
};

/** Passes the first by: the third is offered what the first wants. */
const passingBy = (wave: Wave, everybody: readonly WaveOffer[]): Wave =>
  wave.flatMap((offer) =>
    offer.applicationId === everybody[0]?.applicationId ? (everybody[2] ?? []) : offer,
  );

describe('an offer by which somebody would be skipped', () => {
  afterEach(() => {
    mended();
    vi.restoreAllMocks();
  });

  it('is not made while the others are, is shown with its reason, and goes out once the program is mended', async () => {
    const world = aWorld();
    const [one, other] = [{ choices: ['MAT-001'] }, { choices: ['MAT-002'] }];
    const scene = await anOffersRoundIn(world, [one, other, one], [aVacancy('MAT-001'), aVacancy('MAT-002')]);
    const { roundId, people } = scene;
    brokenBy(passingBy);
    const broken = await program();
    const errors = vi.spyOn(broken.log, 'error').mockImplementation(() => undefined);
    granted(await broken.releaseOffers(world, { by: theAdministrator, roundId, confirmed: 2 }));

    expect(await broken.makeNextOffers(world, { roundId, by: theSystem })).toBe(1);
    expect(await broken.makeNextOffers(world, { roundId, by: theSystem })).toBe(0);

    expect(await offersIn(world, scene)).toEqual(['1 MAT-002 open']);
    expect(kindsIn(world).filter((kind) => kind === 'remind-held')).toHaveLength(1);
    expect(errors.mock.calls[0]).toEqual([
      'OFFER_NOT_SOUND',
      { roundId, applicationId: people[2]?.applicationId, reason: 'skipped' },
    ]);
    const { held } = granted(await broken.previewOffers(world, { by: theAdministrator, roundId }));
    expect(held).toMatchObject([
      {
        number: 'KZ19-AAAA-0002',
        vacancy: 'MAT-001',
        faults: [{ fault: 'skipped', who: 'KZ19-AAAA-0000' }],
      },
    ]);

    mended();
    const right = await program();
    expect(granted(await right.previewOffers(world, { by: theAdministrator, roundId })).held).toEqual([]);
    expect(await right.makeNextOffers(world, { roundId, by: theSystem })).toBe(1);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-002 open']);
  });

  it.for(locales)(
    'is named on the page of the round’s offers, with who would be passed by, in %s',
    async (locale) => {
      brokenBy((_wave, everybody) => everybody.slice(1, 2));
      const { aRound } = await import('#test/functions/web/offers-site.ts');
      const { translator } = await import('#shared/i18n/index.ts');
      const { administrator, board } = await aRound();

      const { status, text } = await administrator.get(`/${locale}/${board}`);

      expect(status).toBe(200);
      const t = translator(locale);
      expect(text).toContain(t('offer.heldBack.title'));
      expect(text).toContain(t('offer.heldBack.fault.skipped', { number: 'KZ19-AAAA-0000' }));
    },
  );
});
