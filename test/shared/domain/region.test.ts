import { describe, expect, it } from 'vitest';
import { programmeRegions, RegionCode, regionName, regions } from '#shared/domain/region.ts';

describe('the regions', () => {
  it('are the twenty of ISO 3166-2 since the reform of 2022, each named in three languages', () => {
    expect(RegionCode.options).toHaveLength(20);
    expect(RegionCode.options).toEqual(Object.keys(regions));
    expect(RegionCode.options.filter((code) => Object.values(regionName(code)).includes(''))).toEqual([]);
  });

  it('of the programme are the four that Decree 390 names', () => {
    expect([...programmeRegions].map((code) => regionName(code).en)).toEqual([
      'Almaty Region',
      'Atyrau Region',
      'Mangystau Region',
      'Turkistan Region',
    ]);
  });
});
